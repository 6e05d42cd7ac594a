#include "deliver/paint.h"

#include "deliver/cairo_owned.h"
#include "deliver/paint_wave.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <numbers>
#include <tuple>
#include <unordered_map>

namespace segue {

using namespace picture;

namespace {

void setInk(cairo_t* c, Ink ink, const PaintStyle& style, double opacity)
{
    const Colour colour = colourOf(ink, style.look);
    cairo_set_source_rgba(c, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, opacity);
}

void roundedPath(cairo_t* c, const Rect& box, double radius)
{
    if (radius <= 0) {
        cairo_rectangle(c, box.x, box.y, box.width, box.height);
        return;
    }
    const double r = std::min({radius, box.width / 2, box.height / 2});
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_sub_path(c);
    cairo_arc(c, box.right() - r, box.y + r, r, -quarter, 0);
    cairo_arc(c, box.right() - r, box.bottom() - r, r, 0, quarter);
    cairo_arc(c, box.x + r, box.bottom() - r, r, quarter, 2 * quarter);
    cairo_arc(c, box.x + r, box.y + r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(c);
}

} // namespace

/// The newest texts with their layout. What makes a layout is its key; the colour and the place are not part.
class Painter::Texts {
public:
    PangoLayout* layoutOf(cairo_t* c, const Text& text, const PaintStyle& style)
    {
        std::string key = text.words;
        key += '\n';
        for (const double number : {text.size, text.box.width})
            key += std::to_string(std::lround(number * 8)) + ' ';
        key += static_cast<char>('a' + static_cast<int>(text.weight) * 2 + (text.digits ? 1 : 0));
        key += style.family;
        key += style.toScale ? '=' : '~';
        if (const auto known = byKey_.find(key); known != byKey_.end()) {
            order_.splice(order_.begin(), order_, known->second);
            return known->second->second.get();
        }
        Owned<PangoLayout> layout{pango_cairo_create_layout(c)};
        if (style.toScale) unhinted(layout.get());
        pango_layout_set_font_description(layout.get(), fontOf(text, style));
        pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        pango_layout_set_width(layout.get(), static_cast<int>(std::ceil(text.box.width) * PANGO_SCALE));
        pango_layout_set_text(layout.get(), text.words.data(), static_cast<int>(text.words.size()));
        order_.emplace_front(key, std::move(layout));
        byKey_.emplace(std::move(key), order_.begin());
        if (order_.size() > 2000) {
            byKey_.erase(order_.back().first);
            order_.pop_back();
        }
        return order_.front().second.get();
    }

private:
    static void unhinted(PangoLayout* layout)
    {
        PangoContext* context = pango_layout_get_context(layout);
        pango_context_set_round_glyph_positions(context, FALSE);
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options);
        cairo_font_options_destroy(options);
        pango_layout_context_changed(layout);
    }
    /// Made once for each style of text: parsing a family list costs more than laying out a word.
    const PangoFontDescription* fontOf(const Text& text, const PaintStyle& style)
    {
        const std::string& family = text.digits ? style.digits : style.family;
        for (const auto& [key, font] : fonts_)
            if (key == std::tuple{family, text.size, text.weight}) return font.get();
        Owned<PangoFontDescription> font{pango_font_description_new()};
        pango_font_description_set_family(font.get(), family.c_str());
        pango_font_description_set_absolute_size(font.get(), text.size * PANGO_SCALE);
        constexpr std::array weights{PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_MEDIUM, PANGO_WEIGHT_SEMIBOLD};
        pango_font_description_set_weight(font.get(), weights[static_cast<std::size_t>(text.weight)]);
        fonts_.emplace_back(std::tuple{family, text.size, text.weight}, std::move(font));
        return fonts_.back().second.get();
    }

    using Entry = std::pair<std::string, Owned<PangoLayout>>;
    std::list<Entry> order_;
    std::unordered_map<std::string, std::list<Entry>::iterator> byKey_;
    std::vector<std::pair<std::tuple<std::string, double, Weight>, Owned<PangoFontDescription>>> fonts_;
};

namespace {

struct Brush {
    cairo_t* c;
    const PaintStyle& style;
    double scale;

    void operator()(const Area& area) const
    {
        setInk(c, area.ink, style, area.opacity);
        roundedPath(c, area.box, area.radius);
        cairo_fill(c);
    }
    void operator()(const Frame& frame) const
    {
        setInk(c, frame.ink, style, 1);
        cairo_set_line_width(c, frame.width);
        roundedPath(c, frame.box.inset(frame.width / 2), std::max(0.0, frame.radius - frame.width / 2));
        cairo_stroke(c);
    }
    void operator()(const Line& line) const
    {
        setInk(c, line.ink, style, line.opacity);
        cairo_set_line_width(c, line.width);
        constexpr double dash = 3;
        cairo_set_dash(c, &dash, line.dashed ? 1 : 0, 0);
        // Upright and level lines stand on whole pixels, so that they are sharp.
        const double half = line.width / 2;
        const bool upright = line.from.x == line.to.x, level = line.from.y == line.to.y;
        cairo_move_to(c, line.from.x + (upright ? half : 0), line.from.y + (level ? half : 0));
        cairo_line_to(c, line.to.x + (upright ? half : 0), line.to.y + (level ? half : 0));
        cairo_stroke(c);
        cairo_set_dash(c, nullptr, 0, 0);
    }
    void operator()(const Shape& shape) const
    {
        if (shape.points.empty()) return;
        setInk(c, shape.ink, style, shape.opacity);
        cairo_new_path(c);
        for (const Point& p : shape.points) cairo_line_to(c, p.x, p.y);
        if (shape.width <= 0) {
            cairo_close_path(c);
            cairo_fill(c);
        } else {
            cairo_set_line_width(c, shape.width);
            cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
            cairo_stroke(c);
        }
    }
    void operator()(const picture::Disc& disc) const
    {
        setInk(c, disc.ink, style, 1);
        cairo_new_sub_path(c);
        cairo_arc(c, disc.centre.x, disc.centre.y, disc.radius, 0, 2 * std::numbers::pi);
        cairo_fill(c);
    }
    void operator()(const Wave& wave) const { paintWave(c, wave, style.look, scale); }
    void operator()(const BeginClip& clip) const
    {
        cairo_save(c);
        cairo_rectangle(c, clip.box.x, clip.box.y, clip.box.width, clip.box.height);
        cairo_clip(c);
    }
    void operator()(const EndClip&) const { cairo_restore(c); }
};

} // namespace

Painter::Painter() : texts_{std::make_unique<Texts>()} {}
Painter::~Painter() = default;

void Painter::paint(_cairo* c, const DrawList& list, const PaintStyle& style, double scale)
{
    const Brush brush{c, style, scale};
    for (const Item& item : list) {
        const auto* text = std::get_if<Text>(&item);
        if (text == nullptr) {
            std::visit(
                [&](const auto& i) {
                    if constexpr (!std::is_same_v<std::decay_t<decltype(i)>, Text>) brush(i);
                },
                item);
            continue;
        }
        if (text->words.empty() || text->box.width < 1) continue;
        PangoLayout* layout = texts_->layoutOf(c, *text, style);
        missingGlyphs_ += pango_layout_get_unknown_glyphs_count(layout);
        int width = 0, height = 0;
        pango_layout_get_size(layout, &width, &height);
        const double spare = text->box.width - static_cast<double>(width) / PANGO_SCALE;
        const double indent = text->align == Align::left    ? 0
                              : text->align == Align::right ? spare
                                                            : spare / 2;
        const double y = text->box.y + (text->box.height - static_cast<double>(height) / PANGO_SCALE) / 2;
        setInk(c, text->ink, style, 1);
        cairo_move_to(c, text->box.x + indent, std::round(y));
        pango_cairo_show_layout(c, layout);
    }
}

double Painter::widthOf(const Text& text, const PaintStyle& style)
{
    const Owned<cairo_surface_t> surface{cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)};
    const Owned<cairo_t> c{cairo_create(surface.get())};
    Text wide = text;
    wide.box.width = 10'000;
    int width = 0;
    pango_layout_get_size(texts_->layoutOf(c.get(), wide, style), &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

Result<std::string> paintPng(const DrawList& list, const PaintStyle& style, int width, int height,
                             double scale)
{
    const auto pixels = [&](int logical) { return static_cast<int>(std::lround(logical * scale)); };
    const Owned<cairo_surface_t> surface{
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(width), pixels(height))};
    const Owned<cairo_t> c{cairo_create(surface.get())};
    cairo_scale(c.get(), scale, scale);
    Painter painter;
    painter.paint(c.get(), list, style, scale);
    std::string png;
    const auto append = [](void* target, const unsigned char* data, unsigned int length) {
        static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &png);
    if (status != CAIRO_STATUS_SUCCESS)
        return failure(std::string{"The picture could not be painted: "} + cairo_status_to_string(status), {},
                       ErrorKind::io);
    return png;
}

} // namespace segue
