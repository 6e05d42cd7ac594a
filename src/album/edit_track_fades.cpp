#include "album/edit.h"
#include "album/edit_support.h"

#include <algorithm>

namespace segue::edit {

namespace {

SampleCount endInSource(const Clip& clip) { return clip.in + clip.length; }

/// Clips of different rates that stop together may differ by less than a sample of theirs.
bool isWithinOneSample(const Album& album, const Clip& clip, Duration difference)
{
    return difference < nearestDuration(SampleCount{1}, find(album, clip.source)->rate);
}

/// The unmuted clips that are the first to be heard from time 0 on.
std::vector<ClipId> openingClips(const Album& album, const Track& track)
{
    const auto heard = [&](const Clip& c) {
        return !c.muted && cutNear(album, c, Duration{}) < endInSource(c);
    };
    const auto from = [](const Clip& c) { return std::max(c.at, Duration{}); };
    std::optional<Duration> first;
    for (const Clip& clip : track.clips)
        if (heard(clip)) first = first ? std::min(*first, from(clip)) : from(clip);
    std::vector<ClipId> ids;
    for (const Clip& clip : track.clips)
        if (heard(clip) && isWithinOneSample(album, clip, from(clip) - *first)) ids.push_back(clip.id);
    return ids;
}

/// The unmuted clips that are the last to be heard before the track's end.
std::vector<ClipId> closingClips(const Album& album, const Track& track)
{
    const Duration end = endOf(album, track);
    const auto heard = [&](const Clip& c) { return !c.muted && cutNear(album, c, end) > c.in; };
    const auto to = [&](const Clip& c) { return std::min(c.at + lengthOf(album, c), end); };
    std::optional<Duration> last;
    for (const Clip& clip : track.clips)
        if (heard(clip)) last = last ? std::max(*last, to(clip)) : to(clip);
    std::vector<ClipId> ids;
    for (const Clip& clip : track.clips)
        if (heard(clip) && isWithinOneSample(album, clip, *last - to(clip))) ids.push_back(clip.id);
    return ids;
}

} // namespace

Result<Album> setTrackFadeIn(Album album, TrackId id, Fade fade)
{
    const auto track = trackOf(album, id);
    if (!track) return failure(track.error());
    const std::string title = displayTitle(**track);
    const auto clips = openingClips(album, **track);
    if (clips.empty()) return failure("The track has no sound to fade in", title);
    for (ClipId clipId : clips) {
        const SampleCount cut = cutNear(album, clipOf(album, clipId)->clip(), Duration{});
        if (cut > clipOf(album, clipId)->clip().in) {
            if (fade.length == Duration{}) continue; // it begins before time 0, so it has no fade there
            const auto second = cutClip(album, *clipOf(album, clipId), cut);
            if (!second) return failure(second.error());
            clipId = *second;
        }
        Clip& clip = clipOf(album, clipId)->clip();
        clip.fadeIn = fade;
        if (const auto s = checkClip(album, clip, title); !s) return failure(s.error());
    }
    return album;
}

Result<Album> setTrackFadeOut(Album album, TrackId id, Fade fade)
{
    const auto track = trackOf(album, id);
    if (!track) return failure(track.error());
    const std::string title = displayTitle(**track);
    const auto clips = closingClips(album, **track);
    if (clips.empty()) return failure("The track has no sound to fade out", title);
    const Duration end = endOf(album, **track);
    for (const ClipId clipId : clips) {
        const SampleCount cut = cutNear(album, clipOf(album, clipId)->clip(), end);
        if (cut < endInSource(clipOf(album, clipId)->clip())) {
            if (fade.length == Duration{}) continue; // it sounds on, so it has no fade there
            const auto tail = cutClip(album, *clipOf(album, clipId), cut);
            if (!tail) return failure(tail.error());
            clipOf(album, *tail)->clip().muted = true;
        }
        Clip& clip = clipOf(album, clipId)->clip();
        clip.fadeOut = fade;
        if (const auto s = checkClip(album, clip, title); !s) return failure(s.error());
    }
    return album;
}

} // namespace segue::edit
