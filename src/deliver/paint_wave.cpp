#include "deliver/paint_wave.h"

#include "deliver/cairo_owned.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace segue {

using namespace picture;

namespace {

std::uint32_t premultiplied(Colour c, double opacity)
{
    const auto alpha = static_cast<std::uint32_t>(std::lround(255 * opacity));
    const auto part = [&](std::uint32_t v) { return (v * alpha + 127) / 255; };
    return alpha << 24U | part(c.red) << 16U | part(c.green) << 8U | part(c.blue);
}

/// Part of the way from one pixel to another, 0 to 256.
std::uint32_t mixed(std::uint32_t from, std::uint32_t to, std::uint32_t part)
{
    std::uint32_t result = 0;
    for (std::uint32_t shift = 0; shift < 32; shift += 8)
        result |= ((from >> shift & 0xffU) * (256 - part) + (to >> shift & 0xffU) * part) >> 8U << shift;
    return result;
}

/// What one x of the image has of a colour: whole pixels from `first` to `last` (exclusive), and soft ends.
struct Bar {
    double top = 0, bottom = 0; ///< the same: nothing
    int first = 0, last = 0;

    static Bar between(double top, double bottom, int height)
    {
        top = std::clamp(top, 0.0, static_cast<double>(height));
        bottom = std::clamp(bottom, top, static_cast<double>(height));
        // Never thinner than one pixel: silence is a line.
        if (bottom - top < 1) {
            const double middle = std::clamp((top + bottom) / 2, 0.5, height - 0.5);
            top = middle - 0.5;
            bottom = middle + 0.5;
        }
        return {top, bottom, static_cast<int>(std::ceil(top)), static_cast<int>(bottom)};
    }
    void softenEnds(std::uint32_t* pixels, std::size_t stride, std::uint32_t colour) const
    {
        const auto soften = [&](int y, double covered) {
            if (covered <= 0) return;
            std::uint32_t& pixel = pixels[static_cast<std::size_t>(y) * stride];
            pixel = mixed(pixel, colour, static_cast<std::uint32_t>(covered * 256 + 0.5));
        };
        if (top < bottom) soften(first - 1, first - top);
        if (top < bottom && last >= first) soften(last, bottom - last);
    }
};

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
    const std::uint32_t peak = premultiplied(colourOf(wave.peak, look), wave.opacity),
                        body = premultiplied(colourOf(wave.body, look), wave.opacity);
    const double half = height / 2.0;
    std::vector<Bar> peaks(static_cast<std::size_t>(width)), bodies(peaks.size());
    for (std::size_t x = 0; x < peaks.size(); ++x) {
        const Wave::Column& c = wave.columns[x * wave.columns.size() / peaks.size()];
        if (c.low > c.high) continue; // nothing here
        const auto between = [&](float high, float low) {
            return Bar::between(half - static_cast<double>(high) * half,
                                half - static_cast<double>(low) * half, height);
        };
        peaks[x] = between(c.high, c.low);
        // The body lies inside the peaks, also where the signal is all on one side of zero.
        const float top = std::min(c.rms, c.high), bottom = std::max(-c.rms, c.low);
        if (top > bottom) bodies[x] = between(top, bottom);
    }
    // Row by row, as the image lies in memory.
    for (int y = 0; y < height; ++y) {
        std::uint32_t* row = pixels + static_cast<std::size_t>(y) * stride;
        for (std::size_t x = 0; x < peaks.size(); ++x)
            if (y >= peaks[x].first && y < peaks[x].last)
                row[x] = y >= bodies[x].first && y < bodies[x].last ? body : peak;
    }
    for (std::size_t x = 0; x < peaks.size(); ++x) {
        peaks[x].softenEnds(pixels + x, stride, peak);
        bodies[x].softenEnds(pixels + x, stride, body);
    }
    cairo_surface_mark_dirty(image.get());
    cairo_surface_set_device_scale(image.get(), scale, scale);
    cairo_set_source_surface(context, image.get(), wave.box.x, wave.box.y);
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST);
    cairo_paint(context);
}

} // namespace segue
