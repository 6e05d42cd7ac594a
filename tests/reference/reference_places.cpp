#include "reference/reference_places.h"

#include <algorithm>
#include <limits>

namespace segue::reference {

namespace {

__extension__ using Wide = __int128;

std::int64_t floorDivide(Wide a, Wide b)
{
    Wide q = a / b;
    if (q * b > a) --q;
    return static_cast<std::int64_t>(q);
}
std::int64_t ceilDivide(Wide a, Wide b) { return -floorDivide(-a, b); }
/// a * b / c to the nearest, halves up.
std::int64_t nearest(std::int64_t a, std::int64_t b, std::int64_t c)
{
    return floorDivide(Wide{a} * b * 2 + c, Wide{c} * 2);
}
constexpr std::int64_t perSecond = 705'600'000;
std::int64_t flicks(std::int64_t n, SampleRate rate) { return nearest(n, perSecond, rate.hertz()); }
std::int64_t samples(std::int64_t t, SampleRate rate) { return nearest(t, rate.hertz(), perSecond); }

/// A clip on its track's time line, in flicks.
struct ClipTimes {
    std::int64_t begin = 0, end = 0, zero = 0;
};
ClipTimes timesOf(const Clip& clip, const Source& source)
{
    const std::int64_t at = clip.at.value(), in = clip.in.value(), length = clip.length.value();
    return {at, at + flicks(in + length, source.rate) - flicks(in, source.rate),
            at - flicks(in, source.rate)};
}

/// The pieces under construction, in flicks.
struct Builder {
    const Album& album;
    const Edition& edition;
    SampleRate rate;
    const CdSettings* cd = std::get_if<CdSettings>(&edition.medium);
    bool vinyl = std::holds_alternative<VinylSettings>(edition.medium);

    std::vector<PiecePlaces> pieces{};
    std::int64_t endBefore = 0; ///< of the entry before
    std::int64_t endBeforeInSamples = 0;
    std::int64_t pieceEnd = 0;
    std::int64_t lastSample = 0;

    void finishPiece()
    {
        if (pieces.empty()) return;
        PiecePlaces& piece = pieces.back();
        const std::int64_t end = pieceEnd + (cd ? cd->endSilence.value() : 0);
        piece.length = std::max(samples(end, rate), lastSample);
        std::int64_t following = piece.length;
        for (std::size_t k = piece.entries.size(); k-- > 0;) {
            for (const ClipPlace& c : piece.entries[k].clips) following = std::min(following, c.begin);
            piece.entries[k].regionStart = following;
        }
        if (cd) piece.length = 588 * std::max(ceilDivide(end, 9'408'000), ceilDivide(piece.length, 588));
    }

    void add(const Entry& entry, bool first, bool firstOfEdition)
    {
        const Track& track = *find(album, entry.track);
        std::int64_t start = endBefore + entry.joint.gap.value();
        if (first) {
            finishPiece();
            pieces.emplace_back();
            pieceEnd = lastSample = 0;
            const std::int64_t pause = firstOfEdition ? entry.joint.gap.value()
                                       : cd           ? cd->firstPause.value()
                                                      : 0;
            start = pause + (cd ? cd->startOffset.value() : 0);
        }
        const std::int64_t shift = track.origin.shift.value();
        const std::int64_t base = samples(start - shift, rate);
        const auto place = [&](std::int64_t t) { return base + samples(shift + t, rate); };

        EntryPlace placed{.track = &track, .gain = entry.gain.value(), .base = base, .start = place(0)};
        std::int64_t end = 0;
        for (const Clip& clip : track.clips) {
            const Source& source = *find(album, clip.source);
            if (clip.muted) continue;
            const ClipTimes t = timesOf(clip, source);
            end = std::max(end, t.end);
            pieceEnd = std::max(pieceEnd, start + t.end);
            ClipPlace c{&clip, &source, place(t.begin), place(t.end), place(t.zero)};
            c.fadeIn = place(t.begin + clip.fadeIn.length.value()) - c.begin;
            c.fadeOut = c.end - place(t.end - clip.fadeOut.length.value());
            lastSample = std::max(lastSample, c.end);
            placed.clips.push_back(c);
        }
        if (track.end) end = track.end->value();
        placed.end = place(end);
        placed.overlapEnd = placed.start;
        if (!first && entry.joint.gap.value() < 0)
            placed.overlapEnd = std::max(placed.start, endBeforeInSamples);
        if (!first && entry.joint.crossfade) placed.crossfade = &*entry.joint.crossfade;
        pieceEnd = std::max(pieceEnd, start + end);
        endBefore = start + end;
        endBeforeInSamples = placed.end;
        pieces.back().entries.push_back(std::move(placed));
    }
};

} // namespace

std::vector<PiecePlaces> places(const Album& album, const Edition& edition, SampleRate rate)
{
    Builder builder{album, edition, rate};
    bool firstOfEdition = true;
    for (const Entry& entry : edition.entries) {
        const bool breaks =
            entry.breakBefore == Break::disc || (builder.vinyl && entry.breakBefore == Break::side);
        builder.add(entry, firstOfEdition || breaks, firstOfEdition);
        firstOfEdition = false;
    }
    builder.finishPiece();
    return std::move(builder.pieces);
}

} // namespace segue::reference
