/// \file
/// Dragging the line between two sides or discs on the album strip to another joint. The order stays; what
/// lies between goes to the other side.
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/strip.h"

#include <optional>

namespace segue::gui {

/// The line under a point: between piece `n` and the one after it.
[[nodiscard]] std::optional<std::size_t> dividerAt(const StripScene& scene, picture::Point at);

/// Where a line dropped at `x` would come to stand.
struct BreakPlace {
    TrackId before{}; ///< the track that would begin the second piece
    double x = 0;     ///< of the joint
};
/// The nearest joint between the neighbouring lines, so that a track stays on each side of it, and not
/// between tracks that are kept together.
[[nodiscard]] BreakPlace nearestBreak(const Layout& layout, const StripScene& scene, std::size_t divider,
                                      double x);

/// Moves the break: one step. Nothing changes where it stands already.
[[nodiscard]] Proposal moveBreak(const Album& album, const Layout& layout, std::size_t divider,
                                 TrackId before);

} // namespace segue::gui
