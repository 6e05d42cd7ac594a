#include "gui/model/levels_curve.h"

#include <algorithm>

namespace segue::gui {

using namespace picture;

namespace {

constexpr double between = 14, narrowestHistogram = 90, widestHistogram = 220;

Rect curveBox(const Rect& box)
{
    const Rect inner = box.inset(6);
    const double histogram = std::clamp(inner.width / 6, narrowestHistogram, widestHistogram);
    return {inner.x, inner.y, std::max(1.0, inner.width - histogram - between), inner.height};
}

} // namespace

LoudProgramme loudProgrammeOf(const MeasuredEdition& measured)
{
    return loudProgramme(namedPassages(*measured.album, measured.scan));
}

DrawList levelsCurve(const LoudProgramme& programme, const Rect& box)
{
    const LoudScale scale = scaleOf(programme);
    const Rect curve = curveBox(box), inner = box.inset(6);
    DrawList list{Area{.box = box, .ink = Ink::background}};
    std::ranges::move(loudnessCurve(programme, scale, curve), std::back_inserter(list));
    const double left = curve.right() + between;
    std::ranges::move(
        loudnessHistogram(programme, scale, {left, inner.y, inner.right() - left, inner.height}),
        std::back_inserter(list));
    return list;
}

std::optional<MomentInTrack> momentInCurve(const Layout& layout, const MeasuredEdition& measured,
                                           const LoudProgramme& programme, const Rect& box, Point at)
{
    const auto moment = momentAt(programme, curveBox(box), at);
    if (!moment || moment->track >= measured.scan.entries.size()) return {};
    const EntryScan& entry = measured.scan.entries[moment->track];
    const auto place = placeOf(layout, entry.track);
    if (!place) return {};
    // What was measured may begin before the track's time 0.
    const Edition* then = find(*measured.album, measured.edition);
    const Timeline timeline = buildTimeline(*measured.album, *then);
    const auto& entries = timeline.pieces[static_cast<std::size_t>(entry.piece) - 1].entries;
    const auto placed = std::ranges::find(entries, entry.track, &PlacedEntry::track);
    const Instant sounded = nearestInstant(entry.begin, measured.scan.rate) + moment->into;
    return MomentInTrack{entry.track, std::max(Duration{}, sounded - placed->start)};
}

} // namespace segue::gui
