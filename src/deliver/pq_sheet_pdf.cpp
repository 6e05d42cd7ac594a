#include "deliver/pq_sheet.h"

#include "deliver/cairo_owned.h"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

// A4 in points.
constexpr double pageWidth = 595.276, pageHeight = 841.89, margin = 36;
constexpr double bodySize = 8.5, rowHeight = 13.5;

cairo_status_t append(void* target, const unsigned char* data, unsigned int length)
{
    auto& bytes = *static_cast<std::vector<std::byte>*>(target);
    const auto* first = reinterpret_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + length);
    return CAIRO_STATUS_SUCCESS;
}

enum class Weight { normal, bold };
enum class Align { left, right };

struct Column {
    const char* label;
    std::string PqSheetRow::* value;
    double x, width;
    Align align = Align::left;
    bool mono = false;
};

constexpr std::array columns{
    Column{"Track", &PqSheetRow::track, 0, 30},
    Column{"Index", &PqSheetRow::index, 33, 30},
    Column{"Time", &PqSheetRow::time, 64, 46, Align::right, true},
    Column{"Pause", &PqSheetRow::pause, 114, 44, Align::right, true},
    Column{"Length", &PqSheetRow::length, 162, 44, Align::right, true},
    Column{"Title", &PqSheetRow::title, 216, 100},
    Column{"Performer", &PqSheetRow::performer, 319, 82},
    Column{"ISRC", &PqSheetRow::isrc, 403, 70},
    Column{"Flags", &PqSheetRow::flags, 475, 48},
};

/// Draws the sheet page by page.
class Painter {
public:
    Painter(cairo_surface_t* surface, const PqSheet& sheet)
        : surface_{surface}, sheet_{sheet}, cairo_{cairo_create(surface)}
    {
    }

    void paint()
    {
        paintHead();
        paintTable();
        paintFoot();
        numberPage();
    }
    [[nodiscard]] int missingGlyphs() const { return missing_; }

private:
    /// \return the height the text took
    double text(double x, double y, double width, const std::string& words, double size,
                Weight weight = Weight::normal, Align align = Align::left, bool mono = false,
                double grey = 0.1)
    {
        const Owned<PangoLayout> layout{pango_cairo_create_layout(cairo_.get())};
        const Owned<PangoFontDescription> font{pango_font_description_new()};
        pango_font_description_set_family(font.get(), mono ? "DejaVu Sans Mono" : "DejaVu Sans");
        pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
        if (weight == Weight::bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        if (align == Align::right) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
        pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
        if (!measuring_) {
            missing_ += pango_layout_get_unknown_glyphs_count(layout.get());
            cairo_set_source_rgb(cairo_.get(), grey, grey, grey);
            cairo_move_to(cairo_.get(), x, y);
            pango_cairo_show_layout(cairo_.get(), layout.get());
        }
        int w = 0, h = 0;
        pango_layout_get_size(layout.get(), &w, &h);
        return static_cast<double>(h) / PANGO_SCALE;
    }

    void rule(double y, double width, double grey)
    {
        cairo_set_source_rgb(cairo_.get(), grey, grey, grey);
        cairo_set_line_width(cairo_.get(), width);
        cairo_move_to(cairo_.get(), margin, y);
        cairo_line_to(cairo_.get(), pageWidth - margin, y);
        cairo_stroke(cairo_.get());
    }

    void paintHead()
    {
        y_ = margin;
        text(margin, y_, pageWidth - 2 * margin, sheet_.title, 17, Weight::bold);
        y_ += 30;
        // Two columns: left half first, then the right one.
        const double half = (pageWidth - 2 * margin - 16) / 2;
        const std::size_t perColumn = (sheet_.head.size() + 1) / 2;
        std::array<double, 2> bottoms{y_, y_};
        for (std::size_t i = 0; i < sheet_.head.size(); ++i) {
            const std::size_t side = i / perColumn;
            const double x = margin + static_cast<double>(side) * (half + 16);
            const auto& [label, value] = sheet_.head[i];
            text(x, bottoms[side], 86, label, bodySize, Weight::normal, Align::left, false, 0.4);
            const bool longCode = value.size() == 32 && label.find("MD5") != std::string::npos;
            bottoms[side] +=
                std::max(13.0, text(x + 88, bottoms[side], half - 88, value, longCode ? 7.0 : bodySize,
                                    Weight::normal, Align::left, longCode) +
                                   2.5);
        }
        y_ = std::max(bottoms[0], bottoms[1]) + 12;
    }

    void tableHead()
    {
        for (const Column& column : columns)
            text(margin + column.x, y_, column.width, column.label, bodySize, Weight::bold, column.align);
        y_ += rowHeight;
        rule(y_, 0.9, 0.1);
        y_ += 3;
    }

    double heightOf(const PqSheetRow& row)
    {
        measuring_ = true;
        double height = 0;
        for (const Column& column : columns)
            height = std::max(height, text(0, 0, column.width, row.*column.value, bodySize, Weight::normal,
                                           column.align, column.mono));
        measuring_ = false;
        return std::max(rowHeight, height + 3);
    }

    void paintTable()
    {
        tableHead();
        for (std::size_t i = 0; i < sheet_.rows.size(); ++i) {
            const PqSheetRow& row = sheet_.rows[i];
            const double height = heightOf(row);
            // A track's first row stays with the one that follows it.
            if (y_ + height + (row.index == "00" ? rowHeight : 0) > pageHeight - margin - 26) nextPage();
            if (!row.track.empty() && i != 0) rule(y_ - 2, 0.3, 0.75);
            for (const Column& column : columns) {
                const bool start = column.value == &PqSheetRow::time && row.index == "01";
                const double size =
                    column.value == &PqSheetRow::isrc || column.value == &PqSheetRow::flags ? 7.5 : bodySize;
                text(margin + column.x, y_, column.width, row.*column.value, size,
                     start || column.value == &PqSheetRow::title ? Weight::bold : Weight::normal,
                     column.align, column.mono, row.index == "01" ? 0.1 : 0.35);
            }
            y_ += height;
        }
        rule(y_, 0.9, 0.1);
        y_ += 10;
    }

    void paintFoot()
    {
        if (y_ + 60 > pageHeight - margin - 26) nextPage();
        double x = margin;
        for (const auto& [label, value] : sheet_.foot) {
            text(x, y_, 60, label, bodySize, Weight::normal, Align::left, false, 0.4);
            text(x + 58, y_, 90, value, bodySize + 1.5, Weight::bold, Align::left, true);
            x += 165;
        }
        y_ += 22;
        text(margin, y_, pageWidth - 2 * margin, sheet_.remark, bodySize, Weight::normal, Align::left, false,
             0.4);
    }

    void numberPage()
    {
        std::string name;
        for (const auto& [label, value] : sheet_.head)
            if (label == "Artist" || label == "Title" || label == "Catalogue number")
                name += (name.empty() ? "" : " · ") + value;
        text(margin, pageHeight - margin - 6, pageWidth - 2 * margin - 60, name, 7, Weight::normal,
             Align::left, false, 0.5);
        text(pageWidth - margin - 60, pageHeight - margin - 6, 60, fmt::format("page {}", page_), 7,
             Weight::normal, Align::right, false, 0.5);
    }

    void nextPage()
    {
        numberPage();
        cairo_surface_show_page(surface_);
        ++page_;
        y_ = margin;
        tableHead();
    }

    cairo_surface_t* surface_;
    const PqSheet& sheet_;
    Owned<cairo_t> cairo_;
    double y_ = margin;
    int page_ = 1, missing_ = 0;
    bool measuring_ = false;
};

} // namespace

Result<std::vector<std::byte>> pqSheetPdf(const PqSheet& sheet, int& missingGlyphs)
{
    std::vector<std::byte> bytes;
    const Owned<cairo_surface_t> surface{
        cairo_pdf_surface_create_for_stream(append, &bytes, pageWidth, pageHeight)};
    // No clock in anything delivered: cairo would write the time of day.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, sheet.title.c_str());
    {
        Painter painter{surface.get(), sheet};
        painter.paint();
        missingGlyphs = painter.missingGlyphs();
    }
    cairo_surface_finish(surface.get());
    if (const cairo_status_t status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
        return failure(fmt::format("The PQ sheet could not be drawn: {}", cairo_status_to_string(status)),
                       "PQ-SHEET.pdf", ErrorKind::io);
    return bytes;
}

} // namespace segue
