#include "album/timeline.h"

#include <algorithm>
#include <cassert>
#include <ranges>

namespace segue {

namespace {

/// Places on one track, in flicks from its origin, become samples with one rounding each.
class TrackGrid {
public:
    TrackGrid(const Track& track, const PlacedEntry& entry, SampleRate rate)
        : shift_{track.origin.shift}, rate_{rate}, base_{nearestSample(entry.start - shift_, rate)}
    {
    }
    [[nodiscard]] SamplePos base() const { return base_; }
    /// \param place on the track's own time line
    [[nodiscard]] SamplePos at(Duration place) const { return base_ + nearestSamples(shift_ + place, rate_); }

private:
    Duration shift_;
    SampleRate rate_;
    SamplePos base_;
};

PlacedClip placeClip(const Album& album, const Clip& clip, const TrackGrid& grid)
{
    const Source* source = find(album, clip.source);
    const Duration sourceStart = source ? clip.at - nearestDuration(clip.in, source->rate) : clip.at;
    const Duration end = clip.at + lengthOf(album, clip);
    PlacedClip placed{
        .clip = clip.id, .begin = grid.at(clip.at), .end = grid.at(end), .anchor = grid.at(sourceStart)};
    // Between rounded edges, so that a cut just outside a fade takes no sample from it.
    placed.fadeIn = grid.at(clip.at + clip.fadeIn.length) - placed.begin;
    placed.fadeOut = placed.end - grid.at(end - clip.fadeOut.length);
    return placed;
}

PlacedTrackSamples placeTrack(const Album& album, const PlacedEntry& entry, SampleRate rate)
{
    const Track* track = find(album, entry.track);
    assert(track);
    const TrackGrid grid{*track, entry, rate};
    PlacedTrackSamples placed{.track = entry.track, .base = grid.base()};
    placed.start = grid.at(Duration{});
    placed.end = grid.at(entry.end - entry.start);
    placed.overlapEnd = placed.start;
    for (const Clip& clip : track->clips) placed.clips.push_back(placeClip(album, clip, grid));
    return placed;
}

bool mutedIn(const Album& album, const PlacedTrackSamples& placed, const PlacedClip& clip)
{
    return std::ranges::find(find(album, placed.track)->clips, clip.clip, &Clip::id)->muted;
}

} // namespace

SampleTimeline samplePlaces(const Album& album, const Piece& piece, SampleRate rate)
{
    SampleTimeline places{.rate = rate, .length = nearestSample(piece.end, rate) - SamplePos{}};
    for (const PlacedEntry& entry : piece.entries) {
        PlacedTrackSamples placed = placeTrack(album, entry, rate);
        if (!places.entries.empty() && entry.joint.gap < Duration{})
            placed.overlapEnd = std::max(placed.start, places.entries.back().end);
        places.entries.push_back(std::move(placed));
    }

    for (const PlacedTrackSamples& placed : places.entries)
        for (const PlacedClip& clip : placed.clips)
            if (!mutedIn(album, placed, clip))
                places.length = std::max(places.length, clip.end - SamplePos{});

    // From the back: a stretch belongs to the latest entry that has begun to sound in it.
    SamplePos next = SamplePos{} + places.length;
    for (PlacedTrackSamples& placed : std::views::reverse(places.entries)) {
        for (const PlacedClip& clip : placed.clips)
            if (!mutedIn(album, placed, clip)) next = std::min(next, clip.begin);
        placed.regionStart = next;
    }
    return places;
}

} // namespace segue
