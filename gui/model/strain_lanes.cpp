#include "gui/model/strain_lanes.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::gui {

using namespace picture;

namespace {

/// This part of a lane's height is 1: what passes it can be seen to.
constexpr double limitShare = 0.68;

/// The side of the plan that the timeline shows, and where its seconds lie there.
struct ShownSide {
    const vinyl::SideStrain* strain = nullptr;
    double offset = 0; ///< seconds of the piece at second 0 of the programme
    [[nodiscard]] double seconds(Instant at) const { return inSeconds(at - Instant{}) - offset; }
    [[nodiscard]] static double inSeconds(Duration d)
    {
        return static_cast<double>(d.value()) / static_cast<double>(flicksPerSecond);
    }
};

std::optional<ShownSide> shownSide(const Layout& layout, const View& view, const vinyl::PlannedRecord* record)
{
    const Piece* piece = layout.piece(view.piece);
    if (record == nullptr || piece == nullptr || piece->entries.empty() ||
        record->plan.sides.size() != layout.timeline.pieces.size())
        return {};
    const vinyl::SidePlan& side = record->plan.sides[view.piece];
    const auto& track = record->programme.tracks[side.first];
    if (track.id != piece->entries.front().track) return {}; // of another order
    return ShownSide{&side.strain,
                     ShownSide::inSeconds(piece->entries.front().start - Instant{}) - track.start};
}

Rect laneBox(const Rect& bounds, int lane)
{
    const double height = bounds.height / 2;
    return {bounds.x, bounds.y + lane * height + 1, bounds.width, height - 1};
}

Ink inkOf(double strain, double warning)
{
    return strain > 1 ? Ink::error : strain > warning ? Ink::accent : Ink::dim;
}

} // namespace

DrawList drawStrainLanes(const Layout& layout, const View& view, const vinyl::PlannedRecord* record,
                         const Rect& bounds)
{
    DrawList list{Area{bounds, Ink::background}};
    const auto side = shownSide(layout, view, record);
    for (int lane = 0; lane < 2; ++lane) {
        const Rect box = laneBox(bounds, lane);
        list.emplace_back(Area{box, Ink::panel});
        const double limit = box.bottom() - box.height * limitShare;
        if (side) {
            const double warning = lane == 0 ? side->strain->lowWarning : side->strain->highWarning;
            for (int column = 0; column < bounds.width; ++column) {
                const double x = column;
                const vinyl::Strain most =
                    side->strain->largest(side->seconds(view.axis.at(x)), side->seconds(view.axis.at(x + 1)));
                const double strain = static_cast<double>(lane == 0 ? most.low : most.high);
                if (strain <= 0.01) continue;
                const double height = std::min(box.height, strain * box.height * limitShare);
                list.emplace_back(Area{.box = {bounds.x + x, box.bottom() - height, 1, height},
                                       .ink = inkOf(strain, warning)});
            }
        }
        list.emplace_back(Line{{box.x, limit}, {box.right(), limit}, Ink::line, 0.8});
        // The label stands on the line, which stops for it.
        list.emplace_back(Area{{box.x + 2, limit - 8, 56, 16}, Ink::panel, 3, 0.85});
        list.emplace_back(Text{.box = {box.x + 6, limit - 8, 90, 15},
                               .words = lane == 0 ? "Low end" : "High end",
                               .ink = Ink::dim,
                               .size = 10.5});
    }
    const double playhead = std::round(view.axis.x(view.playing.value_or(view.cursor)));
    list.emplace_back(Area{{playhead, bounds.y, 1, bounds.height}, Ink::accent});
    return list;
}

std::optional<StrainPlace> strainAt(const Layout& layout, const View& view,
                                    const vinyl::PlannedRecord* record, const Rect& bounds, Point point)
{
    const auto side = shownSide(layout, view, record);
    if (!side || !bounds.contains(point)) return {};
    const Instant at = view.axis.at(point.x - bounds.x);
    const vinyl::Strain most =
        side->strain->largest(side->seconds(at), side->seconds(view.axis.at(point.x - bounds.x + 1)));
    const bool low = point.y < bounds.y + bounds.height / 2;
    return StrainPlace{
        at, fmt::format("{} {:.0f} % of what can be cut, predicted, at {} \u00b7 Click: go there",
                        low ? "Low end" : "High end", static_cast<double>(low ? most.low : most.high) * 100,
                        shownTime(layout, at))};
}

} // namespace segue::gui
