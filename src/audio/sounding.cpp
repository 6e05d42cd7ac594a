#include "audio/sounding.h"

#include <algorithm>

namespace segue {

namespace {

struct Region {
    SamplePos begin{}, end{};
};
bool meet(Region a, Region b) { return std::max(a.begin, b.begin) < std::min(a.end, b.end); }

// The clip's end mark and the track's may be rounded apart by one sample.
constexpr SampleCount tolerance{1};

// The crossfade does the fading of a clip that reaches the edge of the overlap; a clip that ends inside keeps
// its own fade, or it would stop with a click.
bool takesOverFadeOut(const SoundingCrossfade& crossfade, const SoundingClip& clip)
{
    return clip.place.end + tolerance >= crossfade.end &&
           meet({clip.fadeOutBegin(), clip.place.end}, {crossfade.begin, crossfade.end});
}
bool takesOverFadeIn(const SoundingCrossfade& crossfade, const SoundingClip& clip)
{
    return clip.place.begin <= crossfade.begin + tolerance &&
           meet({clip.place.begin, clip.fadeInEnd()}, {crossfade.begin, crossfade.end});
}

void cut(SoundingClip& clip, const SoundingCrossfade& crossfade)
{
    if (clip.entry + 1 == crossfade.incoming) {
        clip.end = std::min(clip.end, crossfade.end);
        if (takesOverFadeOut(crossfade, clip)) clip.fadeOut = {};
    } else if (clip.entry == crossfade.incoming) {
        clip.begin = std::max(clip.begin, crossfade.begin);
        if (takesOverFadeIn(crossfade, clip)) clip.fadeIn = {};
    }
}

bool sameSound(const SoundingClip& a, const SoundingClip& b)
{
    const SampleCount apart = a.place.anchor - b.place.anchor;
    return a.clip.source == b.clip.source && -tolerance <= apart && apart <= tolerance;
}

// Both sides play the same recording in step: their sum is coherent, and equal power would bulge by 3 dB.
bool isContinuous(const Sounding& sounding, const SoundingCrossfade& crossfade)
{
    const auto within = [&](const SoundingClip& clip, std::size_t entry) {
        return clip.entry == entry && meet({clip.begin, clip.end}, {crossfade.begin, crossfade.end});
    };
    return std::ranges::any_of(sounding.clips, [&](const SoundingClip& out) {
        return within(out, crossfade.incoming - 1) &&
               std::ranges::any_of(sounding.clips, [&](const SoundingClip& in) {
                   return within(in, crossfade.incoming) && sameSound(out, in);
               });
    });
}

} // namespace

std::vector<std::size_t> Sounding::at(SamplePos position) const
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < clips.size(); ++i)
        if (clips[i].soundsAt(position)) found.push_back(i);
    return found;
}

Sounding soundingOn(const Album& album, const Piece& piece, const SampleTimeline& places)
{
    Sounding sounding;
    for (std::size_t entry = 0; entry < places.entries.size(); ++entry) {
        const PlacedTrackSamples& placed = places.entries[entry];
        const Track& track = *find(album, placed.track);
        for (const PlacedClip& place : placed.clips) {
            const auto clip = std::ranges::find(track.clips, place.clip, &Clip::id);
            if (clip == track.clips.end() || clip->muted) continue;
            sounding.clips.push_back({entry, *clip, *find(album, clip->source), place, place.begin, place.end,
                                      place.fadeIn, place.fadeOut});
        }
    }
    for (std::size_t entry = 1; entry < places.entries.size(); ++entry) {
        const PlacedTrackSamples& placed = places.entries[entry];
        const auto& wanted = piece.entries[entry].joint.crossfade;
        if (!wanted || placed.overlapEnd <= placed.start) continue;
        SoundingCrossfade crossfade{entry, placed.start, placed.overlapEnd};
        for (SoundingClip& clip : sounding.clips) cut(clip, crossfade);
        const Curve standard = isContinuous(sounding, crossfade) ? Curve::linear : Curve::equalPower;
        crossfade.out = wanted->out.value_or(standard);
        crossfade.in = wanted->in.value_or(standard);
        sounding.crossfades.push_back(crossfade);
    }
    return sounding;
}

NoiseKey noiseKeyOf(const Track& track, std::uint64_t seed)
{
    return noiseKey(seed, (track.origin.noise == TrackId{} ? track.id : track.origin.noise).value);
}

} // namespace segue
