#include "ddp/disc.h"

#include <cassert>

namespace segue::ddp {

CdFrameCount lengthOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    const CdFramePos end = track + 1 < disc.tracks.size() ? disc.tracks[track + 1].start() : disc.leadOut;
    return end - disc.tracks[track].start();
}

CdFrameCount musicOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    if (track + 1 >= disc.tracks.size()) return disc.leadOut - disc.tracks[track].start();
    const DiscTrack& next = disc.tracks[track + 1];
    return next.pauseStart.value_or(next.start()) - disc.tracks[track].start();
}

CdFrameCount pauseOf(const Disc& disc, std::size_t track)
{
    assert(track < disc.tracks.size());
    const DiscTrack& t = disc.tracks[track];
    if (track == 0) return t.start() - CdFramePos{0};
    return t.pauseStart ? t.start() - *t.pauseStart : CdFrameCount{};
}

} // namespace segue::ddp
