/// \file
/// The highest level a side can be cut at, and what stands in the way of more.
#pragma once

#include "vinyl/groove.h"
#include "vinyl/riaa.h"

#include <optional>

namespace segue::vinyl {

enum class Limit { none, space, lift, slope, curvature };
/// "space", "lift", ... as in JSON.
[[nodiscard]] const char* name(Limit limit);

struct CuttingLimit {
    /// dB above the file; absent when nothing up to +40 dB stands in the way, as with silence.
    std::optional<double> gain{};
    Limit limit = Limit::none;
    double at = 0; ///< of the moment that binds, seconds of the programme; the end of the side for space
};

/// Bisection between -60 and +40 dB to a thousandth of a dB. Space: the guaranteed schedule fits the recorded
/// surface. Lift: the depth opens at most as far as the profile allows, or without depth control leaves
/// min_depth. Slope: lateral velocity at most the groove's speed at the radius where the moment lands.
/// Curvature: the acceleration kept up for two milliseconds is one the elliptical tip can follow there.
[[nodiscard]] CuttingLimit highestLevel(const CuttingCurves& curves, const SideStretch& side,
                                        const LatheProfile& lathe, const RecordFormat& format,
                                        const CuttingReference& reference);

/// What binds at one level; Limit::none when it can be cut.
[[nodiscard]] CuttingLimit bindingAt(const CuttingCurves& curves, const SideStretch& side,
                                     const LatheProfile& lathe, const RecordFormat& format,
                                     const CuttingReference& reference, double gain);

} // namespace segue::vinyl
