#include "gui/model/track_edits.h"

#include "album/edit.h"

#include <ranges>

namespace segue::gui {

namespace {

const Clip* clipIn(const Album& album, ClipId id)
{
    for (const Track& track : album.tracks)
        for (const Clip& clip : track.clips)
            if (clip.id == id) return &clip;
    return nullptr;
}

Error gone() { return {"The clip is not in the album any more"}; }

/// The entry behind a track in the same piece; nullptr behind the last.
const Entry* nextOf(const Edition& edition, TrackId track)
{
    const auto at = std::ranges::find(edition.entries, track, &Entry::track);
    if (at == edition.entries.end() || at + 1 == edition.entries.end()) return nullptr;
    const auto position = static_cast<std::size_t>(at + 1 - edition.entries.begin());
    return beginsPiece(edition, position) ? nullptr : &*(at + 1);
}

/// Sets the joint's gap; an overlap gets a crossfade where it had none because there was no overlap.
Result<Album> withGap(Album album, EditionId edition, TrackId track, Duration gap)
{
    const Entry& entry = *find(*find(album, edition), track);
    const bool wasOverlap = entry.joint.gap < Duration{};
    if (gap < Duration{} && !wasOverlap)
        return edit::setCrossfade(std::move(album), edition, track, -gap, Crossfade{});
    return edit::setGap(std::move(album), edition, track, gap);
}

} // namespace

Result<Album> moveTracks(Album album, EditionId edition, const std::vector<TrackId>& tracks,
                         std::size_t position)
{
    const Edition* e = find(album, edition);
    if (e == nullptr) return failure("The edition is not in the album any more");
    std::vector<TrackId> before, moved, behind;
    for (std::size_t i = 0; i < e->entries.size(); ++i) {
        const TrackId track = e->entries[i].track;
        const bool moves = std::ranges::find(tracks, track) != tracks.end();
        (moves ? moved : i < position ? before : behind).push_back(track);
    }
    std::vector<TrackId> order = std::move(before);
    order.insert(order.end(), moved.begin(), moved.end());
    order.insert(order.end(), behind.begin(), behind.end());
    Result<Album> result = std::move(album);
    for (std::size_t i = 0; i < order.size() && result; ++i)
        if (find(*result, edition)->entries[i].track != order[i])
            result = edit::moveEntry(std::move(*result), edition, order[i], i);
    return result;
}

Result<Album> moveSound(Album album, EditionId edition, TrackId track, Duration by, bool alone)
{
    const Edition* e = find(album, edition);
    const Entry* entry = e == nullptr ? nullptr : find(*e, track);
    if (entry == nullptr) return failure("The track is not in this edition");
    const Entry* next = alone ? nextOf(*e, track) : nullptr;
    const std::optional<TrackId> nextTrack = next == nullptr ? std::nullopt : std::optional{next->track};
    const Duration nextGap = next == nullptr ? Duration{} : next->joint.gap;
    const Duration gap = entry->joint.gap;
    auto moved = withGap(std::move(album), edition, track, gap + by);
    if (!moved || !nextTrack) return moved;
    return withGap(std::move(*moved), edition, *nextTrack, nextGap - by);
}

Result<Album> trimEdge(Album album, EditionId edition, TrackId track, ClipId id, bool begin, Duration at,
                       bool alone)
{
    const Clip* clip = clipIn(album, id);
    const Source* source = clip == nullptr ? nullptr : find(album, clip->source);
    if (source == nullptr) return failure(gone());
    const SampleCount offset = nearestSamples(at - clip->at, source->rate);
    const SampleCount end = clip->in + clip->length;
    const SampleCount in =
        begin ? std::clamp(clip->in + offset, SampleCount{}, end - SampleCount{1}) : clip->in;
    const SampleCount last =
        begin ? end : std::clamp(clip->in + offset, clip->in + SampleCount{1}, source->length);
    const Track before = *find(album, track);
    const Duration endBefore = endOf(album, before);
    const bool beganTrack = begin && clip->at == Duration{};
    auto trimmed = edit::trimClip(std::move(album), id, in, last - in);
    if (!trimmed) return trimmed;
    if (beganTrack) {
        const Duration by = clipIn(*trimmed, id)->at;
        if (by != Duration{}) return edit::setStartMark(std::move(*trimmed), track, by);
        return trimmed;
    }
    const Duration by = endOf(*trimmed, *find(*trimmed, track)) - endBefore;
    const Edition* e = find(*trimmed, edition);
    const Entry* next = e == nullptr ? nullptr : nextOf(*e, track);
    if (!alone || next == nullptr || by == Duration{}) return trimmed;
    const TrackId nextTrack = next->track;
    const Duration nextGap = next->joint.gap;
    return withGap(std::move(*trimmed), edition, nextTrack, nextGap - by);
}

Result<Album> slipAudio(Album album, ClipId id, Duration by)
{
    const Clip* clip = clipIn(album, id);
    const Source* source = clip == nullptr ? nullptr : find(album, clip->source);
    if (source == nullptr) return failure(gone());
    SampleCount samples = -nearestSamples(by, source->rate);
    // Stops where the source does.
    samples =
        std::clamp(samples, -clip->in, std::max(SampleCount{}, source->length - clip->in - clip->length));
    return edit::slipClip(std::move(album), id, samples);
}

Result<Album> fadeTo(Album album, TrackId track, ClipId id, bool in, Duration at)
{
    const Clip* clip = clipIn(album, id);
    if (clip == nullptr || find(album, track) == nullptr) return failure(gone());
    const Duration length = lengthOf(album, *clip), end = clip->at + length;
    Fade fade = in ? clip->fadeIn : clip->fadeOut;
    const Duration most = length - (in ? clip->fadeOut.length : clip->fadeIn.length);
    fade.length = std::clamp(in ? at - clip->at : end - at, Duration{}, most);
    return in ? edit::setFadeIn(std::move(album), id, fade) : edit::setFadeOut(std::move(album), id, fade);
}

Result<Album> moveOverlapEnd(Album album, EditionId edition, TrackId incoming, Duration by)
{
    const Edition* e = find(album, edition);
    if (e == nullptr) return failure("The edition is not in the album any more");
    const auto at = std::ranges::find(e->entries, incoming, &Entry::track);
    if (at == e->entries.end() || at == e->entries.begin()) return failure("No track stands before this one");
    const TrackId outgoing = (at - 1)->track;
    const Track& track = *find(album, outgoing);
    if (track.end) {
        // A crossfade holds the mark; it is taken off for the while and put on again over what is left.
        const Joint joint = at->joint;
        const Duration end = *track.end + by;
        Result<Album> moved = std::move(album);
        if (joint.crossfade) moved = edit::setCrossfade(std::move(*moved), edition, incoming, -joint.gap, {});
        if (moved) moved = edit::setEndMark(std::move(*moved), outgoing, end);
        if (!moved || !joint.crossfade) return moved;
        const Duration gap = find(*find(*moved, edition), incoming)->joint.gap;
        if (gap >= Duration{}) return moved;
        return edit::setCrossfade(std::move(*moved), edition, incoming, -gap, joint.crossfade);
    }
    const Clip* last = nullptr;
    for (const Clip& clip : track.clips)
        if (!clip.muted &&
            (last == nullptr || clip.at + lengthOf(album, clip) > last->at + lengthOf(album, *last)))
            last = &clip;
    if (last == nullptr) return failure("The track before has no sound");
    const Duration edge = last->at + lengthOf(album, *last) + by;
    const ClipId id = last->id;
    return trimEdge(std::move(album), edition, outgoing, id, false, edge, true);
}

Result<Album> placeByEar(Album album, EditionId edition, TrackId track, Instant heard)
{
    const Edition* e = find(album, edition);
    if (e == nullptr || find(*e, track) == nullptr) return failure("The track is not in this edition");
    const Timeline timeline = buildTimeline(album, *e);
    for (const Piece& piece : timeline.pieces)
        for (const PlacedEntry& entry : piece.entries)
            if (entry.track == track)
                return moveSound(std::move(album), edition, track, heard - entry.start, false);
    return failure("The track is not in this edition");
}

} // namespace segue::gui
