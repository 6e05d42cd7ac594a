#include "gui/model/break_drag.h"

#include "album/edit.h"
#include "vinyl/vinyl_plan.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

namespace segue::gui {

namespace {
constexpr double reach = 8; // pixels to both sides: half of the room between two sides
} // namespace

std::optional<std::size_t> dividerAt(const StripScene& scene, picture::Point at)
{
    for (std::size_t i = 0; i < scene.dividers.size(); ++i)
        if (std::fabs(at.x - scene.dividers[i]) <= reach && scene.bounds.contains(at)) return i;
    return {};
}

BreakPlace nearestBreak(const Layout& layout, const StripScene& scene, std::size_t divider, double x)
{
    assert(divider + 1 < layout.timeline.pieces.size());
    const Piece& next = layout.timeline.pieces[divider + 1];
    BreakPlace nearest{next.entries.front().track, scene.dividers[divider]};
    for (std::size_t p = divider; p < divider + 2; ++p) {
        const auto& entries = layout.timeline.pieces[p].entries;
        for (std::size_t i = 1; i < entries.size(); ++i) {
            if (layout.edition->entries[entries[i].position].keepWithPrevious) continue;
            // In the middle of the pause.
            const double at = (scene.x(p, entries[i - 1].end) + scene.x(p, entries[i].start)) / 2;
            if (std::fabs(at - x) < std::fabs(nearest.x - x)) nearest = {entries[i].track, at};
        }
    }
    return nearest;
}

Proposal moveBreak(const Album& album, const Layout& layout, std::size_t divider, TrackId before)
{
    const std::size_t piece = divider + 1;
    assert(piece < layout.timeline.pieces.size());
    const TrackId now = layout.timeline.pieces[piece].entries.front().track;
    const std::string label =
        fmt::format("Begin {} with \u201c{}\u201d",
                    layout.isCd() ? fmt::format("disc {}", piece + 1) : "side " + vinyl::sideName(piece),
                    displayTitle(*find(album, before)));
    if (before == now) return {label, album};
    const Break kind = find(*layout.edition, now)->breakBefore;
    Result<Album> changed = edit::setBreak(album, layout.edition->id, now, Break::none);
    if (changed) changed = edit::setBreak(std::move(*changed), layout.edition->id, before, kind);
    return {label, std::move(changed)};
}

} // namespace segue::gui
