/// \file
/// How close a side comes to what lathe and stylus can do, from moment to moment: the curves behind the
/// events, for drawing under the programme.
#pragma once

#include "vinyl/vinyl_event.h"

#include <vector>

namespace segue::vinyl {

/// A tenth of a second. 1 is where an error begins.
struct Strain {
    /// Of the depth that vertical movement takes away, or of lateral movement, the larger.
    float low = 0;
    /// Of the curvature that an elliptical tip follows at the radius there, or of the slope, the larger.
    float high = 0;
    [[nodiscard]] friend bool operator==(const Strain&, const Strain&) = default;
};
inline constexpr double strainSeconds = blockSeconds * blocksPerWindow;

struct SideStrain {
    std::vector<Strain> tenths{};           ///< from the side's first tenth of the programme on
    double begin = 0;                       ///< of the first, seconds of the programme
    double lowWarning = 1, highWarning = 1; ///< from here on there may be a warning
    /// The largest of a stretch of the programme, in seconds; 0 outside the side.
    [[nodiscard]] Strain largest(double from, double to) const;
};
[[nodiscard]] SideStrain strainOf(const CutSide& side);

} // namespace segue::vinyl
