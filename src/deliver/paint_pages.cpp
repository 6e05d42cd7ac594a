#include "deliver/paint_pages.h"

#include "deliver/cairo_owned.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <fmt/format.h>

#include <string_view>

namespace segue {

namespace {

template <class Bytes>
cairo_status_t append(void* target, const unsigned char* data, unsigned int length)
{
    auto& bytes = *static_cast<Bytes*>(target);
    const auto* first = reinterpret_cast<const typename Bytes::value_type*>(data);
    bytes.insert(bytes.end(), first, first + length);
    return CAIRO_STATUS_SUCCESS;
}

Status finished(cairo_surface_t* surface)
{
    cairo_surface_finish(surface);
    const cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS) return {};
    return failure(fmt::format("The pages could not be drawn: {}", cairo_status_to_string(status)), {},
                   ErrorKind::io);
}

} // namespace

PaintStyle printStyle()
{
    return {.look = picture::Look::light,
            .family = "Inter, Cantarell, Noto Sans, DejaVu Sans, sans-serif",
            .toScale = true,
            .digits = "JetBrains Mono, Noto Sans Mono, DejaVu Sans Mono, monospace"};
}

picture::TextWidth printedWidth()
{
    return [painter = std::make_shared<Painter>(), style = printStyle()](const picture::Text& text) {
        return painter->widthOf(text, style);
    };
}

Result<PrintedPages> paintPdf(const std::vector<picture::DrawList>& pages, const std::string& title)
{
    constexpr double pointsPerPixel = 0.75;
    PrintedPages printed;
    const Owned<cairo_surface_t> surface{cairo_pdf_surface_create_for_stream(
        append<std::vector<std::byte>>, &printed.pdf, picture::pageWidth * pointsPerPixel,
        picture::pageHeight * pointsPerPixel)};
    // cairo would write the time of day.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    {
        const Owned<cairo_t> c{cairo_create(surface.get())};
        cairo_scale(c.get(), pointsPerPixel, pointsPerPixel);
        Painter painter;
        for (const picture::DrawList& page : pages) {
            painter.paint(c.get(), page, printStyle(), 4);
            cairo_show_page(c.get());
        }
        printed.missingGlyphs = painter.missingGlyphs();
    }
    if (const auto s = finished(surface.get()); !s) return failure(s.error());
    return printed;
}

Result<std::string> paintSvg(const picture::DrawList& list, const PaintStyle& style, int width, int height)
{
    std::string svg;
    const Owned<cairo_surface_t> surface{
        cairo_svg_surface_create_for_stream(append<std::string>, &svg, width, height)};
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
    {
        const Owned<cairo_t> c{cairo_create(surface.get())};
        Painter painter;
        painter.paint(c.get(), list, style, 4);
    }
    if (const auto s = finished(surface.get()); !s) return failure(s.error());
    // cairo counts the surfaces of the program.
    constexpr std::string_view counted = " id=\"surface";
    if (const auto at = svg.find(counted); at != std::string::npos)
        svg.erase(at, svg.find('"', at + counted.size()) + 1 - at);
    return svg;
}

} // namespace segue
