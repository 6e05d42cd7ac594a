/// \file
/// The album strip: the whole edition to scale on one row, with its gaps, breaks and findings.
#pragma once

#include "core/finding.h"
#include "gui/model/view.h"
#include "picture/draw_list.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace segue::gui {

/// \name What can be hit
/// @{
struct StripTrack {
    TrackId track{};
};
/// The joint before a track.
struct StripGap {
    TrackId track{};
};
/// @}
using StripPart = std::variant<StripTrack, StripGap>;

struct StripItem {
    StripPart part{};
    picture::Rect bounds{};
    std::string label{};
    bool shown = true; ///< a gap's chip may find no room; the joint can be hit all the same
};

struct StripScene {
    picture::Rect bounds{};
    std::vector<StripItem> items{};
    std::vector<double> dividers{}; ///< between discs or sides
    picture::Rect summary{};        ///< the corner with length and what is left
    /// Where a place on a piece stands.
    [[nodiscard]] double x(std::size_t piece, Instant at) const;

    struct Scale {
        double x = 0, pixelsPerFlick = 0;
    };
    std::vector<Scale> pieces{};
};

/// The worst finding of each track; tracks without any are absent.
using TrackMarksByFinding = std::map<TrackId, Finding::Level>;

[[nodiscard]] StripScene buildStrip(const Layout& layout, picture::Rect bounds);
[[nodiscard]] const StripItem* hitTest(const StripScene& scene, picture::Point at);
/// Where a track dropped at `x` would come to stand among all entries but itself, 0 = first.
[[nodiscard]] std::size_t dropPosition(const Layout& layout, const StripScene& scene, TrackId dragged,
                                       double x);

/// The sign that two tracks are kept together: holds both, wherever between them `from` and `to` lie.
[[nodiscard]] picture::Area claspBetween(double from, double to, double y);

struct StripDrag {
    TrackId track{};
    double x = 0;
};
[[nodiscard]] picture::DrawList drawStrip(const Layout& layout, const View& view, const StripScene& scene,
                                          const TrackMarksByFinding& findings,
                                          std::optional<StripDrag> drag = {});

} // namespace segue::gui
