#include "vinyl/bass_filter.h"

#include "core/portable_math.h"

#include <numbers>

namespace segue::vinyl {

double tangentOfHalfTurns(double turns) { return sineQuarter(2 * turns) / sineQuarter(1 - 2 * turns); }

std::array<Section, 2> lowPass4(double hertz, double rate)
{
    const double w = tangentOfHalfTurns(hertz / rate);
    std::array<Section, 2> sections;
    // Damping 2 cos(pi/8) and 2 cos(3 pi/8).
    constexpr std::array damping{1.847759065022573, 0.7653668647301796};
    for (std::size_t i = 0; i < 2; ++i) {
        const double bottom = 1 + damping[i] * w + w * w;
        sections[i] = {.b0 = w * w / bottom,
                       .b1 = 2 * w * w / bottom,
                       .b2 = w * w / bottom,
                       .a1 = 2 * (w * w - 1) / bottom,
                       .a2 = (1 - damping[i] * w + w * w) / bottom};
    }
    return sections;
}

Section highPass(int order, double hertz, double rate)
{
    const double w = tangentOfHalfTurns(hertz / rate);
    if (order == 1) return {.b0 = 1 / (1 + w), .b1 = -1 / (1 + w), .b2 = 0, .a1 = (w - 1) / (1 + w), .a2 = 0};
    const double bottom = 1 + std::numbers::sqrt2 * w + w * w;
    return {.b0 = 1 / bottom,
            .b1 = -2 / bottom,
            .b2 = 1 / bottom,
            .a1 = 2 * (w * w - 1) / bottom,
            .a2 = (1 - std::numbers::sqrt2 * w + w * w) / bottom};
}

} // namespace segue::vinyl
