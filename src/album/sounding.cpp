#include "album/sounding.h"

#include <algorithm>
#include <vector>

namespace segue {

namespace {

const Clip* openingClip(const Track& track)
{
    const Clip* first = nullptr;
    for (const Clip& clip : track.clips)
        if (!clip.muted && (!first || clip.at < first->at)) first = &clip;
    return first;
}

const Clip* closingClip(const Album& album, const Track& track)
{
    const Clip* last = nullptr;
    Duration lastEnd{};
    for (const Clip& clip : track.clips) {
        const Duration end = clip.at + lengthOf(album, clip);
        if (clip.muted || (last && end <= lastEnd)) continue;
        last = &clip;
        lastEnd = end;
    }
    return last;
}

struct Sounding {
    Instant begin{}, end{};
    std::size_t entry = 0;
};

std::vector<Sounding> soundingClips(const Album& album, const Piece& piece)
{
    std::vector<Sounding> all;
    const auto& entries = piece.entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
        for (const Clip& clip : find(album, entries[i].track)->clips) {
            if (clip.muted) continue;
            Instant begin = entries[i].start + clip.at, end = begin + lengthOf(album, clip);
            // A crossfade silences what lies outside it: the one track behind its end, the other before its
            // start.
            if (entries[i].joint.crossfade) begin = std::max(begin, entries[i].start);
            if (i + 1 < entries.size() && entries[i + 1].joint.crossfade) end = std::min(end, entries[i].end);
            if (begin < end) all.push_back({begin, end, i});
        }
    std::ranges::sort(all, {}, &Sounding::begin);
    return all;
}

} // namespace

std::set<std::size_t> entriesInCrowds(const Album& album, const Piece& piece)
{
    std::set<std::size_t> crowded;
    std::vector<Sounding> now;
    for (const Sounding& clip : soundingClips(album, piece)) {
        std::erase_if(now, [&clip](const Sounding& s) { return s.end <= clip.begin; });
        now.push_back(clip);
        std::set<std::size_t> together;
        for (const Sounding& s : now) together.insert(s.entry);
        if (together.size() > 2) crowded.insert(*together.rbegin());
    }
    for (std::size_t i = 2; i < piece.entries.size(); ++i)
        if (piece.entries[i].start < piece.entries[i - 2].end) crowded.insert(i);
    return crowded;
}

bool fadesIn(const Track& track)
{
    const Clip* clip = openingClip(track);
    return clip && clip->fadeIn.length > Duration{};
}

bool fadesOut(const Album& album, const Track& track)
{
    const Clip* clip = closingClip(album, track);
    return clip && clip->fadeOut.length > Duration{};
}

bool isContinuous(const Album& album, const Track& outgoing, const Track& incoming)
{
    const Clip* last = closingClip(album, outgoing);
    const Clip* first = openingClip(incoming);
    return last && first && last->source == first->source && last->in + last->length == first->in;
}

} // namespace segue
