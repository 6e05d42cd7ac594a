/// \file
/// From displacement to the disc: depth, the space each turn needs beside the next, how far the cutter head
/// advances, and the radius every moment lands on. (The structure of lathes' pitch automation: the depth and
/// both edges of the groove, now and one revolution later.)
#pragma once

#include "vinyl/profiles.h"

#include <span>
#include <vector>

namespace segue::vinyl {

/// Seconds of a file that sound nothing and are cut all the same: a groove without movement.
struct SideSilence {
    double leadIn = 0; ///< before the first sound of a side
    double tail = 0;   ///< behind its last
    [[nodiscard]] friend bool operator==(const SideSilence&, const SideSilence&) = default;
};
/// What side files have unless something else is wished.
inline constexpr SideSilence usualSilence{.leadIn = 1, .tail = 2};

/// What lies on one side: a stretch of the programme, in seconds from its beginning, between two silences.
struct SideStretch {
    double begin = 0, end = 0;   ///< of the sound; what the programme has before and behind it is not cut
    std::vector<double> bands{}; ///< where the cutter makes a visible band, ascending
    SideSilence silence{};
    [[nodiscard]] double length() const { return end - begin; }
    /// \name Of the file that is cut, in seconds of the programme: before its beginning it counts backwards
    /// @{
    [[nodiscard]] double cutBegin() const { return begin - silence.leadIn; }
    [[nodiscard]] double cutEnd() const { return end + silence.tail; }
    /// @}
};
[[nodiscard]] SideStretch wholeProgramme(const CuttingCurves& curves);

/// A side as it would be cut at one level.
struct Groove {
    double begin = 0, end = 0; ///< seconds of the programme: what is cut, the silences included
    double firstSegmentAt = 0, segmentSeconds = 0; ///< the first one begins at `begin` or earlier
    /// Radius advanced until each segment's beginning, and at the end: one more than there are segments; mm,
    /// bands and silences included.
    std::vector<double> advance{};
    double used = 0;          ///< mm, pitch opened for a whole turn around whatever needs it: surely cuttable
    double agileUsed = 0;     ///< mm, the least that a lathe with perfect preview could use
    double widestOpening = 0; ///< um of depth beyond the base, that vertical movement of either sign asks for
    double deepest = 0;       ///< um, at any instant
    double shallowestFixed = 0; ///< um, least depth of a groove without depth control
    /// At a time of the programme, from the side's cutBegin() to its cutEnd().
    [[nodiscard]] double radiusAt(double seconds, const Radii& radii) const;
};

/// \param micrometres of displacement per unit of the curves: 1e6 * velocityAtFullScale(reference, gain)
[[nodiscard]] Groove cutGroove(const CuttingCurves& curves, const SideStretch& side,
                               const LatheProfile& lathe, double micrometres);

/// The distance in micrometres that each segment needs between its turn and the next.
[[nodiscard]] std::vector<double> neededPitch(const CuttingCurves& curves, const SideStretch& side,
                                              const LatheProfile& lathe, double micrometres);

} // namespace segue::vinyl
