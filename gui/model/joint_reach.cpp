#include "gui/model/joint_reach.h"

#include "album/edit.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

namespace segue::gui {

namespace {

struct Neighbours {
    const PlacedEntry* outgoing = nullptr;
    const PlacedEntry* incoming = nullptr;
};

std::optional<Neighbours> overlapping(const Layout& layout, TrackId incoming)
{
    const auto place = placeOf(layout, incoming);
    if (!place || place->entry == 0) return {};
    const auto& entries = layout.timeline.pieces[place->piece].entries;
    if (entries[place->entry].overlap() == Duration{}) return {};
    return Neighbours{&entries[place->entry - 1], &entries[place->entry]};
}

const Clip* lastSounding(const Album& album, const Track& track)
{
    const Clip* last = nullptr;
    for (const Clip& clip : track.clips)
        if (!clip.muted &&
            (last == nullptr || clip.at + lengthOf(album, clip) > last->at + lengthOf(album, *last)))
            last = &clip;
    return last;
}

const Clip* firstSounding(const Track& track)
{
    const Clip* first = nullptr;
    for (const Clip& clip : track.clips)
        if (!clip.muted && (first == nullptr || clip.at < first->at)) first = &clip;
    return first;
}

/// Where the outgoing track's end mark follows its sound, that may be trimmed as far as the file goes.
Status checkTail(const Album& album, const Track& outgoing, Duration by)
{
    const Clip* last = outgoing.end ? nullptr : lastSounding(album, outgoing);
    const Source* source = last == nullptr ? nullptr : find(album, last->source);
    if (source == nullptr) return {};
    const Duration left = nearestDuration(source->length - last->in - last->length, source->rate);
    if (by <= left) return {};
    return failure(fmt::format("Its file ends {} s too early for that", shownSeconds(by - left)),
                   displayTitle(outgoing));
}

/// The incoming track enters `by` later (negative: earlier) with its sound where it is.
Result<Album> moveEntrance(Album album, EditionId edition, TrackId incoming, Duration by)
{
    const Track& track = *find(album, incoming);
    const Clip* first = firstSounding(track);
    // Where the mark does not stand with the sound's beginning, it alone moves.
    if (first == nullptr || first->at != Duration{})
        return edit::setStartMark(std::move(album), incoming, by);
    const Source* source = find(album, first->source);
    const Duration before = source == nullptr ? Duration{} : nearestDuration(first->in, source->rate);
    if (-by > before)
        return failure(fmt::format("Its file begins {} s too late for that", shownSeconds(-by - before)),
                       displayTitle(track));
    const ClipId clip = first->id;
    return trimEdge(std::move(album), edition, incoming, clip, true, by, false);
}

} // namespace

std::optional<Duration> jointPoint(const Layout& layout, TrackId incoming, std::optional<Duration> wanted)
{
    const auto both = overlapping(layout, incoming);
    if (!both) return {};
    const Duration from = both->incoming->start - both->outgoing->start,
                   to = both->outgoing->end - both->outgoing->start;
    if (wanted && *wanted >= from && *wanted <= to) return wanted;
    return from + Duration{(to - from).value() / 2};
}

JointReach jointReach(const Layout& layout, TrackId incoming, Duration point)
{
    const auto both = overlapping(layout, incoming);
    if (!both) return {};
    const Instant at = both->outgoing->start + point;
    return {at - both->incoming->start, both->outgoing->end - at};
}

Result<Album> setJointReach(const Album& album, EditionId edition, TrackId incoming, Duration point,
                            JointReach reach)
{
    if (find(album, edition) == nullptr) return failure("The edition is not in the album any more");
    const Layout layout = layoutOf(album, edition);
    const auto both = overlapping(layout, incoming);
    if (!both) return failure("The tracks do not overlap; overlap them first, with X or a negative pause");
    if (reach.before < Duration{} || reach.after < Duration{} || reach.before + reach.after == Duration{})
        return failure("Of an overlap something must be left, on one side of the joint at least");
    const JointReach now = jointReach(layout, incoming, point);
    if (reach == now) return album;
    const TrackId outgoing = both->outgoing->track;
    const Duration later = now.before - reach.before, longer = reach.after - now.after;
    if (const auto s = checkTail(album, *find(album, outgoing), longer); !s) return failure(s.error());
    // A crossfade holds the marks; it is taken off for the while and put on again over what is left.
    const Joint joint = find(*find(album, edition), incoming)->joint;
    Result<Album> moved = album;
    if (joint.crossfade) moved = edit::setCrossfade(std::move(*moved), edition, incoming, -joint.gap, {});
    if (moved && longer != Duration{}) moved = moveOverlapEnd(std::move(*moved), edition, incoming, longer);
    if (moved && later != Duration{}) moved = moveEntrance(std::move(*moved), edition, incoming, later);
    if (!moved || !joint.crossfade) return moved;
    const Duration gap = find(*find(*moved, edition), incoming)->joint.gap;
    if (gap >= Duration{}) return moved;
    return edit::setCrossfade(std::move(*moved), edition, incoming, -gap, joint.crossfade);
}

} // namespace segue::gui
