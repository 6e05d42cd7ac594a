/// \file
/// Two lanes under the timeline of a vinyl edition: what the bass asks of the lathe, and what the treble asks
/// of the stylus at the radius where it lands, on the timeline's own axis. Up to the line is room, above it
/// is an error.
#pragma once

#include "gui/model/sides.h"
#include "gui/model/view.h"
#include "picture/draw_list.h"

#include <optional>
#include <string>

namespace segue::gui {

inline constexpr double strainLaneHeight = 24;

/// \param record null, or of another division into sides than the layout: the lanes stand empty
[[nodiscard]] picture::DrawList drawStrainLanes(const Layout& layout, const View& view,
                                                const vinyl::PlannedRecord* record,
                                                const picture::Rect& bounds);

/// What the mouse points at.
struct StrainPlace {
    Instant at{};
    std::string words{}; ///< "Low end 140 % of what can be cut, 2:31.4 · Click: go there"
};
[[nodiscard]] std::optional<StrainPlace> strainAt(const Layout& layout, const View& view,
                                                  const vinyl::PlannedRecord* record,
                                                  const picture::Rect& bounds, picture::Point point);

} // namespace segue::gui
