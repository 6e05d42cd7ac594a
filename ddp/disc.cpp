#include "ddp/disc.h"

#include <cassert>

namespace segue::ddp {

namespace {

/// The next track that has an INDEX 01; a damaged set may have tracks without.
const DiscTrack* nextPlaced(const Disc& disc, std::size_t track)
{
    for (std::size_t i = track + 1; i < disc.tracks.size(); ++i)
        if (!disc.tracks[i].indexes.empty()) return &disc.tracks[i];
    return nullptr;
}

} // namespace

CdFrameCount lengthOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    const DiscTrack* next = nextPlaced(disc, track);
    return (next != nullptr ? next->start() : disc.leadOut) - disc.tracks[track].start();
}

CdFrameCount musicOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    const DiscTrack* next = nextPlaced(disc, track);
    const CdFramePos end = next != nullptr ? next->pauseStart.value_or(next->start()) : disc.leadOut;
    return end - disc.tracks[track].start();
}

CdFrameCount pauseOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    const DiscTrack& t = disc.tracks[track];
    if (track == 0) return t.start() - CdFramePos{0};
    return t.pauseStart ? t.start() - *t.pauseStart : CdFrameCount{};
}

} // namespace segue::ddp
