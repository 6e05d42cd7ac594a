#include "album/edit.h"
#include "album/edit_support.h"
#include "album/timeline.h"
#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::edit {

namespace {

/// Whether the entry's joint is what is heard, not the pause of a piece it opens.
bool actsAt(const Edition& edition, std::size_t position) { return !beginsPiece(edition, position); }

/// Makes the gap before `position` longer by `by`, because a mark at one of its ends moved.
Status recountGap(Edition& edition, std::size_t position, Duration by, const std::string& title)
{
    Joint& joint = edition.entries[position].joint;
    const bool crossfaded = joint.gap < Duration{} && joint.crossfade;
    if (crossfaded && actsAt(edition, position))
        return failure(
            fmt::format("In the edition \"{}\" this mark is one end of a crossfade, which would change with "
                        "it; remove the crossfade first",
                        edition.name),
            title);
    if (crossfaded) return {}; // kept as the engineer set it, for the day the break goes
    const Duration gap = joint.gap + by;
    if (position == 0 && gap < Duration{})
        return failure(
            fmt::format("In the edition \"{}\" the start mark would stand {} before the beginning; make the "
                        "first pause longer first",
                        edition.name, clockTime(-gap)),
            title);
    if (auto s = checkTime(gap, "The gap", title); !s) return s;
    joint.gap = gap;
    return {};
}

/// The part of a title that counts: "Live", "Live (2)", "Live (3)" ...
std::string nextTitle(const std::string& title, bool alreadyCounted)
{
    const auto open = title.rfind(" (");
    if (alreadyCounted && open != std::string::npos && title.ends_with(')')) {
        const auto number = parseInteger(std::string_view{title}.substr(open + 2, title.size() - open - 3));
        if (number && *number >= 2 && *number < 1'000)
            return fmt::format("{} ({})", std::string_view{title}.substr(0, open), *number + 1);
    }
    return title + " (2)";
}

/// What forbids a split: an overlap that would lie on three tracks. A cut at the nearest source sample may
/// fall a little beside the mark, so it keeps clear of the overlap by more than any sample lasts.
Status checkSplitInOverlaps(const Album& album, const Track& track, Duration at)
{
    constexpr Duration clearance = milliseconds(1);
    const Duration end = endOf(album, track);
    for (const Edition& edition : album.editions) {
        if (!has(edition, track.id)) continue;
        const std::size_t position = *positionOf(album, edition, track.id);
        const auto overlapAt = [&](std::size_t i) {
            if (i >= edition.entries.size() || !actsAt(edition, i)) return Duration{};
            return -std::min(edition.entries[i].joint.gap, Duration{});
        };
        const Duration before = overlapAt(position), behind = overlapAt(position + 1);
        if ((before > Duration{} && at <= before + clearance) ||
            (behind > Duration{} && end - at <= behind + clearance))
            return failure(
                fmt::format("At {} the track overlaps its neighbour in the edition \"{}\"; split outside the "
                            "overlap",
                            clockTime(at), edition.name),
                displayTitle(track));
    }
    return {};
}

/// Moves what sounds from `at` on from one track to the other, cutting clips that reach over it.
Status moveClipsBehind(Album& album, TrackId from, TrackId to, Duration at)
{
    const auto index = [&album](TrackId id) {
        return static_cast<std::size_t>(std::ranges::find(album.tracks, id, &Track::id) -
                                        album.tracks.begin());
    };
    Track& first = album.tracks[index(from)];
    for (std::size_t i = 0; i < first.clips.size(); ++i) {
        const Clip& clip = first.clips[i];
        const SampleCount cut = cutNear(album, clip, at);
        if (cut > clip.in && cut < clip.in + clip.length) {
            if (const auto id = cutClip(album, {&first, i}, cut); !id) return failure(id.error());
            ++i; // the second half moves below
        }
    }
    Track& second = album.tracks[index(to)];
    for (const Clip& clip : first.clips)
        if (cutNear(album, clip, at) <= clip.in) second.clips.push_back(clip);
    std::erase_if(first.clips, [&](const Clip& clip) { return cutNear(album, clip, at) <= clip.in; });
    for (Clip& clip : second.clips) clip.at -= at;
    return {};
}

Track secondHalfOf(const Track& parent, TrackId id, Duration at)
{
    Track second{.id = id, .texts = parent.texts, .translations = parent.translations};
    const bool counted = parent.id != parent.origin.noise;
    if (second.texts.title) second.texts.title = nextTitle(*second.texts.title, counted);
    for (Translation& t : second.translations)
        if (t.texts.title) t.texts.title = nextTitle(*t.texts.title, counted);
    second.flags = parent.flags;
    second.gain = parent.gain;
    if (parent.end) second.end = *parent.end - at;
    for (const Duration index : parent.indexes)
        if (index > at) second.indexes.push_back(index - at);
    second.origin = {.noise = parent.origin.noise, .shift = parent.origin.shift + at};
    return second;
}

} // namespace

Result<std::pair<Album, TrackId>> splitTrack(Album album, TrackId id, Duration at)
{
    const auto track = trackOf(album, id);
    if (!track) return failure(track.error());
    const std::string title = displayTitle(**track);
    const Duration end = endOf(album, **track);
    if (at <= Duration{} || at >= end)
        return failure(
            fmt::format("The split must lie between the track's start and its end at {}", clockTime(end)),
            title);
    if (const auto s = checkTime((*track)->origin.shift + at, "The track's distance from its origin", title);
        !s)
        return failure(s.error());
    if (const auto s = checkSplitInOverlaps(album, **track, at); !s) return failure(s.error());
    if (album.tracks.size() >= mostTracks)
        return failure(fmt::format("An album holds {} tracks at most", mostTracks));
    const auto secondId = newId<TrackId>(album);
    if (!secondId) return failure(secondId.error());

    const auto position = *track - album.tracks.data();
    album.tracks.insert(album.tracks.begin() + position + 1, secondHalfOf(**track, *secondId, at));
    if (const auto s = moveClipsBehind(album, id, *secondId, at); !s) return failure(s.error());
    Track& first = album.tracks[static_cast<std::size_t>(position)];
    Track& second = album.tracks[static_cast<std::size_t>(position) + 1];
    first.end = at;
    std::erase_if(first.indexes, [at](Duration index) { return index >= at; });
    // A cut at the nearest source sample may leave the last clip on one side of the end it made.
    if (!second.end && endOf(album, second) != end - at) second.end = end - at;

    for (Edition& edition : album.editions) {
        if (!has(edition, id)) continue;
        const std::size_t place = *positionOf(album, edition, id);
        auto& entries = edition.entries;
        // What was kept together with a neighbour stays with it as a whole.
        const bool keep = entries[place].keepWithPrevious ||
                          (place + 1 < entries.size() && entries[place + 1].keepWithPrevious);
        const Entry behind{
            .track = *secondId, .joint = {}, .gain = entries[place].gain, .keepWithPrevious = keep};
        entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(place) + 1, behind);
    }
    return std::pair{std::move(album), *secondId};
}

Result<Album> setStartMark(Album album, TrackId id, Duration by)
{
    const auto found = trackOf(album, id);
    if (!found) return failure(found.error());
    Track& track = **found;
    const std::string title = displayTitle(track);
    if (by == Duration{}) return album;
    if (const auto s = checkTime(by, "The move", title); !s) return failure(s.error());
    const Duration end = endOf(album, track);
    if (end <= Duration{}) return failure("The track has no sound to set a start mark in", title);
    if (by >= end)
        return failure(fmt::format("The start mark must stand before the track's end at {}", clockTime(end)),
                       title);
    if (!track.indexes.empty() && track.indexes.front() <= by)
        return failure(
            fmt::format("The start mark must stand before INDEX 02 at {}; move or remove the index first",
                        clockTime(track.indexes.front())),
            title);
    if (const auto s = checkTime(track.origin.shift + by, "The track's distance from its origin", title); !s)
        return failure(s.error());
    if (const auto s = checkTime(end - by, "The track", title); !s) return failure(s.error());

    for (Clip& clip : track.clips) {
        clip.at -= by;
        if (const auto s = checkTime(clip.at, "The clip's place", title); !s) return failure(s.error());
    }
    for (Duration& index : track.indexes) index -= by;
    if (track.end) *track.end -= by;
    track.origin.shift += by;
    for (SignOff& signOff : album.signOffs) {
        if (signOff.track != id || !signOff.at) continue;
        *signOff.at -= by;
        if (const auto s = checkTime(*signOff.at, "An accepted place", title); !s) return failure(s.error());
    }
    for (Edition& edition : album.editions)
        if (has(edition, id))
            if (const auto s = recountGap(edition, *positionOf(album, edition, id), by, title); !s)
                return failure(s.error());
    return album;
}

Result<Album> setEndMark(Album album, TrackId id, std::optional<Duration> end)
{
    const auto found = trackOf(album, id);
    if (!found) return failure(found.error());
    Track& track = **found;
    const std::string title = displayTitle(track);
    const Duration oldEnd = endOf(album, track);
    if (end) {
        if (const auto s = checkTime(*end, "The end mark", title); !s) return failure(s.error());
        if (*end <= Duration{}) return failure("The end mark must stand behind the start mark", title);
    }
    track.end = end;
    const Duration newEnd = endOf(album, track);
    if (!track.indexes.empty() && track.indexes.back() >= newEnd && newEnd != oldEnd)
        return failure(
            fmt::format("The end at {} must stand behind INDEX {:02} at {}; move or remove the index first",
                        clockTime(newEnd), track.indexes.size() + 1, clockTime(track.indexes.back())),
            title);
    if (newEnd == oldEnd) return album;
    for (Edition& edition : album.editions) {
        if (!has(edition, id)) continue;
        const std::size_t next = *positionOf(album, edition, id) + 1;
        if (next == edition.entries.size()) continue;
        if (const auto s = recountGap(edition, next, oldEnd - newEnd, title); !s) return failure(s.error());
    }
    return album;
}

Result<Album> setIndexes(Album album, TrackId id, std::vector<Duration> indexes)
{
    const auto track = trackOf(album, id);
    if (!track) return failure(track.error());
    const std::string title = displayTitle(**track);
    std::ranges::sort(indexes);
    const Duration end = endOf(album, **track);
    if (indexes.size() > 98)
        return failure(fmt::format("A track has INDEX 02 to 99, that is 98 further indexes; these are {}",
                                   indexes.size()),
                       title);
    for (const Duration index : indexes)
        if (index <= Duration{} || index >= end)
            return failure(
                fmt::format(
                    "An index must lie behind the track's start and before its end at {}; this one is at "
                    "{}",
                    clockTime(end), clockTime(index)),
                title);
    if (const auto twice = std::ranges::adjacent_find(indexes); twice != indexes.end())
        return failure(fmt::format("Two indexes stand at {}", clockTime(*twice)), title);
    (*track)->indexes = std::move(indexes);
    return album;
}

} // namespace segue::edit
