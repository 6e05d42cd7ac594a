/// \file
/// An open joint from within: the two tracks overlap on both sides of a point, and each side is set by
/// itself. The sound of neither track moves; more or less of it is heard.
#pragma once

#include "gui/model/view.h"

namespace segue::gui {

/// How long the overlap is on either side of the point.
struct JointReach {
    Duration before{}; ///< how early the incoming track enters
    Duration after{};  ///< how long the outgoing one goes on
    [[nodiscard]] friend bool operator==(const JointReach&, const JointReach&) = default;
};
/// The point that the overlap before `incoming` lies around, from the start of the track before: `wanted`
/// while that lies inside, else the middle. Nothing without an overlap.
[[nodiscard]] std::optional<Duration> jointPoint(const Layout& layout, TrackId incoming,
                                                 std::optional<Duration> wanted);
/// \pre jointPoint() gave `point`
[[nodiscard]] JointReach jointReach(const Layout& layout, TrackId incoming, Duration point);
/// Trims the tails until the overlap reaches that far. Refused beyond what the files hold, where nothing is
/// left of the overlap, and as edit::setStartMark and setEndMark refuse in other editions.
[[nodiscard]] Result<Album> setJointReach(const Album& album, EditionId edition, TrackId incoming,
                                          Duration point, JointReach reach);

} // namespace segue::gui
