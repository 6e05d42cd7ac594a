/// \file
/// Sections 6 and 7 of docs/formats/rendering.md for the reference renderer: gains, curves, noise.
#pragma once

#include "album/fade.h"

#include <cstdint>

namespace segue::reference {

[[nodiscard]] double gain(double decibels);
[[nodiscard]] double curveAt(Curve curve, double x);
/// In LSB, of channel 0 or 1 at this position from the track's origin.
[[nodiscard]] double noise(std::uint64_t seed, std::uint32_t track, std::int64_t position, int channel);

} // namespace segue::reference
