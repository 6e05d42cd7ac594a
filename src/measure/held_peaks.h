/// \file
/// The traces of a limiter or clipper: the loud moments of a sound all end at one height. Music that nothing
/// held has its highest peak once.
#pragma once

#include "measure/hops.h"

#include <optional>

namespace segue {

struct HeldPeaks {
    double share = 0;   ///< of the tenths of a second that sound: those which peak at the ceiling
    double ceiling = 0; ///< dBFS
    Duration first{};   ///< the first of them
};

/// Peaks this close to the highest stand at the ceiling, dB: limiters leave less, loud bars of music more.
inline constexpr double heldWithin = 0.1;
/// Fewer are chance: a drum machine's loudest stroke comes back, too.
inline constexpr double leastHeldShare = 0.05;
inline constexpr std::size_t leastHeld = 20;
/// Tenths of a second that differ less than this in level (standard deviation, dB) are a steady tone, which
/// has its peaks at one height by itself.
inline constexpr double steadyTone = 0.3;

/// Nothing when no ceiling is seen: silence, a steady tone, too few peaks at one height.
[[nodiscard]] std::optional<HeldPeaks> heldPeaks(const ScannedSound& sound);

} // namespace segue
