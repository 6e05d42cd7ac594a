#include "album/timeline.h"

#include <algorithm>
#include <cassert>

namespace segue {

namespace {

TrackMarks marksOf(const Album& album, const CdSettings& settings, const Piece& piece, std::size_t i)
{
    const PlacedEntry& entry = piece.entries[i];
    const Track* track = find(album, entry.track);
    assert(track);
    TrackMarks marks{.track = entry.track};
    const bool first = i == 0;
    const bool hasPause = !first && entry.joint.gap > Duration{};
    // Without a pause there is no room in front of the music, so the offset would point into the track
    // before.
    const CdFramePos start =
        frameContaining(first || hasPause ? entry.start - settings.startOffset : entry.start);
    if (hasPause) {
        const CdFramePos pause = frameContaining(piece.entries[i - 1].end + settings.endOffset);
        if (pause < start)
            marks.pauseStart = pause;
        else
            marks.pauseDropped = true;
    }
    marks.indexes.push_back(start);
    for (const Duration index : track->indexes) marks.indexes.push_back(frameContaining(entry.start + index));
    return marks;
}

} // namespace

DiscMarks cdMarks(const Album& album, const CdSettings& settings, const Piece& piece)
{
    DiscMarks marks;
    for (std::size_t i = 0; i < piece.entries.size(); ++i)
        marks.tracks.push_back(marksOf(album, settings, piece, i));
    // A last clip whose two roundings both went up may end one sample after a sector that piece.end just
    // fills.
    const SampleCount samples = samplePlaces(album, piece, cdRate).length;
    const CdFramePos afterSamples{detail::scaleCeil(samples.value(), 1, samplesPerCdFrame)};
    marks.leadOut = std::max(frameAtOrAfter(piece.end), afterSamples);
    return marks;
}

} // namespace segue
