#include "album/timeline.h"

#include <algorithm>

namespace segue {

namespace {

struct SoundExtent {
    Duration begin{}, end{};
    bool any = false;
};

SoundExtent soundOf(const Album& album, const Track& track)
{
    SoundExtent sound;
    for (const Clip& clip : track.clips) {
        if (clip.muted) continue;
        const Duration end = clip.at + lengthOf(album, clip);
        sound.begin = sound.any ? std::min(sound.begin, clip.at) : clip.at;
        sound.end = sound.any ? std::max(sound.end, end) : end;
        sound.any = true;
    }
    return sound;
}

/// The pause from a piece's Instant 0 to its first INDEX 01 (or time 0, where there are no marks).
Duration firstPauseOf(const Edition& edition, const Entry& entry, bool firstOfEdition)
{
    // Edits keep the first gap from going below 0; a damaged file must not turn it into an overlap with
    // nothing.
    if (firstOfEdition) return std::max(entry.joint.gap, Duration{});
    const auto* cd = std::get_if<CdSettings>(&edition.medium);
    return cd ? cd->firstPause : Duration{};
}

} // namespace

bool splitsPieces(const Medium& medium, Break breakBefore)
{
    if (breakBefore == Break::none) return false;
    return breakBefore == Break::disc || std::holds_alternative<VinylSettings>(medium);
}

bool beginsPiece(const Edition& edition, std::size_t position)
{
    return position == 0 || splitsPieces(edition.medium, edition.entries[position].breakBefore);
}

Timeline buildTimeline(const Album& album, const Edition& edition)
{
    const auto* cd = std::get_if<CdSettings>(&edition.medium);
    Timeline timeline;
    for (std::size_t i = 0; i < edition.entries.size(); ++i) {
        const Entry& entry = edition.entries[i];
        const Track* track = find(album, entry.track);
        if (!track) continue;
        const bool firstOfEdition = timeline.pieces.empty();
        PlacedEntry placed{.track = entry.track, .position = i, .joint = entry.joint, .gain = entry.gain};
        if (firstOfEdition || beginsPiece(edition, i)) {
            timeline.pieces.push_back({.number = static_cast<int>(timeline.pieces.size()) + 1});
            placed.joint = {.gap = firstPauseOf(edition, entry, firstOfEdition), .crossfade = {}};
            placed.start = Instant{} + placed.joint.gap + (cd ? cd->startOffset : Duration{});
        } else {
            placed.start = timeline.pieces.back().entries.back().end + placed.joint.gap;
        }
        placed.end = placed.start + endOf(album, *track);
        const SoundExtent sound = soundOf(album, *track);
        placed.soundStart = placed.start + sound.begin;
        placed.soundEnd = placed.start + sound.end;

        Piece& piece = timeline.pieces.back();
        piece.end = std::max({piece.end, placed.end, placed.soundEnd});
        piece.entries.push_back(placed);
    }
    if (cd)
        for (Piece& piece : timeline.pieces) piece.end += cd->endSilence;
    return timeline;
}

} // namespace segue
