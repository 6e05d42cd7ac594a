#include "deliver/paint_wave.h"

#include "deliver/cairo_owned.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace segue {

using namespace picture;

namespace {

struct Ramp {
    std::uint32_t levels[256]; // premultiplied, by coverage

    Ramp(Colour c, double opacity)
    {
        for (std::uint32_t a = 0; a < 256; ++a) {
            const auto alpha = static_cast<std::uint32_t>(std::lround(a * opacity));
            const auto part = [&](std::uint32_t v) { return (v * alpha + 127) / 255; };
            levels[a] = alpha << 24U | part(c.red) << 16U | part(c.green) << 8U | part(c.blue);
        }
    }
};

/// Writes a column from `top` to `bottom` (pixels, fractions give soft ends) into one x of the image.
void column(std::uint32_t* pixels, std::size_t stride, int height, double top, double bottom,
            const Ramp& ramp)
{
    top = std::clamp(top, 0.0, static_cast<double>(height));
    bottom = std::clamp(bottom, top, static_cast<double>(height));
    // Never thinner than one pixel: silence is a line.
    if (bottom - top < 1) {
        const double middle = std::clamp((top + bottom) / 2, 0.5, height - 0.5);
        top = middle - 0.5;
        bottom = middle + 0.5;
    }
    const int first = static_cast<int>(top), last = std::min(height - 1, static_cast<int>(bottom));
    for (int y = first; y <= last; ++y) {
        const double covered = std::min(bottom, y + 1.0) - std::max(top, static_cast<double>(y));
        if (covered <= 0) continue;
        pixels[static_cast<std::size_t>(y) * stride] =
            ramp.levels[static_cast<std::size_t>(covered * 255 + 0.5)];
    }
}

} // namespace

void paintWave(_cairo* context, const Wave& wave, Look look, double scale)
{
    const int width = static_cast<int>(std::lround(wave.box.width * scale));
    const int height = static_cast<int>(std::lround(wave.box.height * scale));
    if (width < 1 || height < 1 || wave.columns.empty()) return;
    const Owned<cairo_surface_t> image{cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)};
    if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) return;
    cairo_surface_flush(image.get());
    auto* pixels = reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(image.get()));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image.get())) / 4;
    const Ramp peak{colourOf(wave.peak, look), wave.opacity}, body{colourOf(wave.body, look), wave.opacity};
    const double half = height / 2.0;
    for (int x = 0; x < width; ++x) {
        const auto at = static_cast<std::size_t>(x) * wave.columns.size() / static_cast<std::size_t>(width);
        const Wave::Column& c = wave.columns[at];
        if (c.low > c.high) continue; // nothing here
        column(pixels + x, stride, height, half - static_cast<double>(c.high) * half,
               half - static_cast<double>(c.low) * half, peak);
        // The body lies inside the peaks, also where the signal is all on one side of zero.
        const float top = std::min(c.rms, c.high), bottom = std::max(-c.rms, c.low);
        if (top > bottom)
            column(pixels + x, stride, height, half - static_cast<double>(top) * half,
                   half - static_cast<double>(bottom) * half, body);
    }
    cairo_surface_mark_dirty(image.get());
    cairo_surface_set_device_scale(image.get(), scale, scale);
    cairo_set_source_surface(context, image.get(), wave.box.x, wave.box.y);
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST);
    cairo_paint(context);
}

} // namespace segue
