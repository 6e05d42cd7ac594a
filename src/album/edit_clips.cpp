#include "album/edit.h"
#include "album/edit_support.h"
#include "core/time_text.h"

#include <fmt/format.h>

namespace segue::edit {

namespace {

/// Lets `change` have the clip and holds the result against what every clip must keep.
template <class Change>
Result<Album> withClip(Album album, ClipId id, Change change)
{
    const auto place = clipOf(album, id);
    if (!place) return failure(place.error());
    change(place->clip());
    if (const auto s = checkClip(album, place->clip(), displayTitle(*place->track)); !s)
        return failure(s.error());
    return album;
}

Duration endOfClip(const Album& album, const Clip& clip) { return clip.at + lengthOf(album, clip); }

} // namespace

Result<std::pair<Album, ClipId>> addClip(Album album, TrackId track, Clip clip)
{
    const auto found = trackOf(album, track);
    if (!found) return failure(found.error());
    const auto id = newId<ClipId>(album);
    if (!id) return failure(id.error());
    clip.id = *id;
    if (const auto s = checkClip(album, clip, displayTitle(**found)); !s) return failure(s.error());
    (*found)->clips.push_back(clip);
    return std::pair{std::move(album), *id};
}

Result<Album> removeClip(Album album, ClipId id)
{
    const auto place = clipOf(album, id);
    if (!place) return failure(place.error());
    place->track->clips.erase(place->track->clips.begin() + static_cast<std::ptrdiff_t>(place->index));
    return album;
}

Result<Album> splitClip(Album album, ClipId id, Duration at)
{
    const auto place = clipOf(album, id);
    if (!place) return failure(place.error());
    const Clip& clip = place->clip();
    const std::string title = displayTitle(*place->track);
    if (const auto s = checkTime(at, "The place", title); !s) return failure(s.error());
    const SampleCount cut = cutNear(album, clip, at);
    if (cut <= clip.in || cut >= clip.in + clip.length)
        return failure(fmt::format("The split must lie inside the clip, between {} and {}",
                                   clockTime(clip.at), clockTime(endOfClip(album, clip))),
                       title);
    if (const auto second = cutClip(album, *place, cut); !second) return failure(second.error());
    return album;
}

Result<Album> trimClip(Album album, ClipId id, SampleCount in, SampleCount length)
{
    const auto place = clipOf(album, id);
    if (!place) return failure(place.error());
    const Source* source = find(album, place->clip().source);
    // Held against the source before any arithmetic: `in` may be anything.
    if (!source || in < SampleCount{} || in > source->length)
        return failure("The clip would begin outside its source", displayTitle(*place->track));
    const SampleRate rate = source->rate;
    return withClip(std::move(album), id, [&](Clip& clip) {
        clip.at += nearestDuration(in, rate) - nearestDuration(clip.in, rate);
        clip.in = in;
        clip.length = length;
    });
}

Result<Album> slipClip(Album album, ClipId id, SampleCount by)
{
    const auto place = clipOf(album, id);
    if (!place) return failure(place.error());
    const Clip& clip = place->clip();
    const Source* source = find(album, clip.source);
    if (!source) return failure("The clip has lost its source", displayTitle(*place->track));
    const SampleCount before = clip.in, behind = source->length - clip.in - clip.length;
    if (by < -before || by > behind)
        return failure(
            fmt::format("The source has {} samples before the clip and {} behind it; it cannot be slipped "
                        "further",
                        before.value(), behind.value()),
            displayTitle(*place->track));
    place->clip().in += by;
    return album;
}

Result<Album> moveClip(Album album, ClipId id, Duration at)
{
    return withClip(std::move(album), id, [at](Clip& clip) { clip.at = at; });
}

Result<Album> setClipGain(Album album, ClipId id, Decibels gain)
{
    return withClip(std::move(album), id, [gain](Clip& clip) { clip.gain = gain; });
}

Result<Album> setFadeIn(Album album, ClipId id, Fade fade)
{
    return withClip(std::move(album), id, [fade](Clip& clip) { clip.fadeIn = fade; });
}

Result<Album> setFadeOut(Album album, ClipId id, Fade fade)
{
    return withClip(std::move(album), id, [fade](Clip& clip) { clip.fadeOut = fade; });
}

Result<Album> setInverted(Album album, ClipId id, bool inverted)
{
    return withClip(std::move(album), id, [inverted](Clip& clip) { clip.inverted = inverted; });
}

Result<Album> setMuted(Album album, ClipId id, bool muted)
{
    return withClip(std::move(album), id, [muted](Clip& clip) { clip.muted = muted; });
}

Result<Album> setChannelMap(Album album, ClipId id, ChannelMap map)
{
    return withClip(std::move(album), id, [map](Clip& clip) { clip.map = map; });
}

} // namespace segue::edit
