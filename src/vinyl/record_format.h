/// \file
/// Sizes and speeds of records and the geometry of their recorded surface (IEC 60098, JIS S8502).
#pragma once

#include "vinyl/cutting_curves.h"

namespace segue::vinyl {

enum class DiscSize : std::uint8_t { inch12, inch10, inch7 };

struct RecordFormat {
    DiscSize size = DiscSize::inch12;
    Speed speed = Speed::rpm33;
    [[nodiscard]] friend bool operator==(const RecordFormat&, const RecordFormat&) = default;
};

/// Millimetres: where the recorded surface begins, the smallest recorded radius, and the radius inside which
/// the treble suffers most.
struct Radii {
    double outer = 146.3, inner = 60.3, quality = 65;
    [[nodiscard]] double width() const { return outer - inner; }
};
[[nodiscard]] constexpr Radii radiiOf(DiscSize size)
{
    switch (size) {
    case DiscSize::inch12: return {146.3, 60.3, 65};
    case DiscSize::inch10: return {120.9, 60.3, 65};
    case DiscSize::inch7: break;
    }
    return {84.15, 53.0, 56};
}
[[nodiscard]] constexpr int inches(DiscSize size)
{
    return size == DiscSize::inch12 ? 12 : size == DiscSize::inch10 ? 10 : 7;
}
/// Speed of the groove under the stylus, m/s.
[[nodiscard]] constexpr double grooveSpeed(double radiusMillimetres, Speed speed)
{
    return 2 * 3.14159265358979323846 * radiusMillimetres * 1e-3 / revolutionSeconds(speed);
}
/// No cut is promised at more than this above the reference, however short the side: treble limits it then.
[[nodiscard]] constexpr double mostPromisedGain(DiscSize size) { return size == DiscSize::inch7 ? 3 : 4; }

} // namespace segue::vinyl
