#include "play/play_list.h"

#include <algorithm>
#include <cassert>

namespace segue {

namespace {

constexpr Duration betweenStretches = milliseconds(500);

std::int64_t lengthOf(const PlaySegment& segment)
{
    return (segment.end - segment.begin + segment.silenceAfter).value();
}

// Cuts inside the piece are ramped; its own beginning and end are heard as they are.
PlaySegment cut(SamplePos begin, SamplePos end, SampleCount pieceLength)
{
    const SamplePos pieceEnd = SamplePos{} + pieceLength;
    PlaySegment segment{.begin = std::clamp(begin, SamplePos{}, pieceEnd),
                        .end = std::clamp(end, SamplePos{}, pieceEnd)};
    segment.end = std::max(segment.begin, segment.end);
    segment.rampIn = segment.begin > SamplePos{};
    segment.rampOut = segment.end < pieceEnd;
    return segment;
}

PlaySegment joint(const SampleTimeline& places, std::size_t incoming, Rolls rolls)
{
    const SamplePos outgoingEnd = places.entries[incoming - 1].end, start = places.entries[incoming].start;
    return cut(std::min(outgoingEnd, start) - rolls.before, std::max(outgoingEnd, start) + rolls.after,
               places.length);
}

} // namespace

PlayList playFrom(SamplePos from, SampleCount pieceLength, std::optional<PlayRange> loop)
{
    const SamplePos end = SamplePos{} + pieceLength;
    PlayList list{{cut(from, end, pieceLength)}, {}};
    if (!loop) return list;
    loop->begin = std::max(loop->begin, SamplePos{});
    loop->end = std::min(loop->end, end);
    if (loop->end <= loop->begin || loop->end <= from) return list;
    list.segments.front().end = loop->end;
    list.segments.push_back({.begin = loop->begin, .end = loop->end});
    list.repeatFrom = 1;
    return list;
}

PlayList playJoint(const SampleTimeline& places, std::size_t incoming, Rolls rolls, JointSides sides,
                   bool repeat)
{
    assert(0 < incoming && incoming < places.entries.size());
    PlaySegment segment = joint(places, incoming, rolls);
    if (sides == JointSides::outgoing || sides == JointSides::outgoingWithoutFade)
        segment.only = places.entries[incoming - 1].track;
    else if (sides != JointSides::both)
        segment.only = places.entries[incoming].track;
    segment.crossfades = sides != JointSides::outgoingWithoutFade && sides != JointSides::incomingWithoutFade;
    PlayList list{{segment}, {}};
    if (repeat) {
        list.segments.front().silenceAfter = nearestSamples(betweenStretches, places.rate);
        list.repeatFrom = 0;
    }
    return list;
}

PlayList playJoints(const SampleTimeline& places, Rolls rolls, std::size_t first)
{
    assert(first > 0);
    PlayList list;
    for (std::size_t i = first; i < places.entries.size(); ++i) {
        list.segments.push_back(joint(places, i, rolls));
        list.segments.back().silenceAfter = nearestSamples(betweenStretches, places.rate);
    }
    return list;
}

PlayList playAsFiles(const SampleTimeline& places, std::size_t first)
{
    PlayList list;
    for (std::size_t i = first; i < places.entries.size(); ++i) {
        const PlacedTrackSamples& entry = places.entries[i];
        list.segments.push_back({.begin = entry.start,
                                 .end = std::max(entry.start, entry.end),
                                 .only = entry.track,
                                 .silenceAfter = nearestSamples(betweenStretches, places.rate)});
    }
    return list;
}

PlayList playCompared(std::span<const ComparedStretch> stretches, SampleCount pieceLength)
{
    assert(!stretches.empty());
    PlayList list{.segments = {}, .repeatFrom = 0};
    for (const ComparedStretch& stretch : stretches) {
        PlaySegment segment = cut(stretch.range.begin, stretch.range.end, pieceLength);
        segment.only = stretch.track;
        segment.gain = stretch.gain;
        segment.rampIn = segment.rampOut = true; // what comes before it is another track
        list.segments.push_back(segment);
    }
    return list;
}

std::optional<PlayPlace> placeAfter(const PlayList& list, std::int64_t frames)
{
    std::int64_t round = 0;
    for (std::size_t i = 0; i < list.segments.size(); ++i) {
        const std::int64_t length = lengthOf(list.segments[i]);
        if (frames < length) return PlayPlace{i, SampleCount{frames}};
        frames -= length;
        if (list.repeatFrom && i >= *list.repeatFrom) round += length;
    }
    if (round <= 0) return {};
    frames %= round;
    for (std::size_t i = *list.repeatFrom;; ++i) {
        const std::int64_t length = lengthOf(list.segments[i]);
        if (frames < length) return PlayPlace{i, SampleCount{frames}};
        frames -= length;
    }
}

std::optional<std::int64_t> framesIn(const PlayList& list)
{
    std::int64_t sum = 0, round = 0;
    for (std::size_t i = 0; i < list.segments.size(); ++i) {
        sum += lengthOf(list.segments[i]);
        if (list.repeatFrom && i >= *list.repeatFrom) round += lengthOf(list.segments[i]);
    }
    if (round > 0) return {};
    return sum;
}

} // namespace segue
