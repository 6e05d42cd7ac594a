#include "album/album.h"

#include <algorithm>

namespace segue {

namespace {

template <class Items, class Id>
auto byId(const Items& items, Id id) -> decltype(items.data())
{
    const auto at = std::ranges::find_if(items, [id](const auto& item) { return item.id == id; });
    return at == items.end() ? nullptr : &*at;
}

} // namespace

const Source* find(const Album& album, SourceId id) { return byId(album.sources, id); }
const Track* find(const Album& album, TrackId id) { return byId(album.tracks, id); }
const Edition* find(const Album& album, EditionId id) { return byId(album.editions, id); }

const Entry* find(const Edition& edition, TrackId track)
{
    const auto at = std::ranges::find(edition.entries, track, &Entry::track);
    return at == edition.entries.end() ? nullptr : &*at;
}

Duration lengthOf(const Album& album, const Clip& clip)
{
    const Source* source = find(album, clip.source);
    if (!source) return {};
    return nearestDuration(clip.in + clip.length, source->rate) - nearestDuration(clip.in, source->rate);
}

Duration endOf(const Album& album, const Track& track)
{
    if (track.end) return *track.end;
    Duration end{};
    for (const Clip& clip : track.clips)
        if (!clip.muted) end = std::max(end, clip.at + lengthOf(album, clip));
    return end;
}

std::string displayTitle(const Track& track)
{
    return track.texts.title && !track.texts.title->empty() ? *track.texts.title : "untitled";
}

} // namespace segue
