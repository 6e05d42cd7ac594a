#include "audio/render.h"

#include "audio/sounding.h"

#include <algorithm>
#include <set>

namespace segue {

namespace {

bool actsOn(const SoundingCrossfade& crossfade, const SoundingClip& clip, SamplePos at)
{
    return crossfade.actsAt(at) && (clip.entry == crossfade.incoming || clip.entry + 1 == crossfade.incoming);
}

bool keepsSamples(const SoundingClip& sound)
{
    return sound.clip.map != ChannelMap::monoSum || sound.source.channels == 1;
}

struct Judge {
    const Album& album;
    const Piece& piece;
    const Sounding& sounding;
    const RenderSettings& settings;

    // The first reason in the order of SpanReason why the sound here is not a copy.
    [[nodiscard]] SpanReason reason(const std::vector<std::size_t>& clips, SamplePos at) const
    {
        const SoundingClip& sound = sounding.clips[clips.front()];
        const bool crossfaded = std::ranges::any_of(
            sounding.crossfades, [&](const SoundingCrossfade& c) { return actsOn(c, sound, at); });
        if (crossfaded || sounding.clips[clips.back()].entry != sound.entry) return SpanReason::overlap;
        if (clips.size() > 1) return SpanReason::severalClips;
        if (!gainOf(sound).isUnity()) return SpanReason::gain;
        if (sound.fadesAt(at)) return SpanReason::fade;
        if (sound.clip.inverted) return SpanReason::inverted;
        if (!keepsSamples(sound)) return SpanReason::channelMap;
        if (sound.source.rate != settings.rate) return SpanReason::rate;
        if (sound.source.fingerprint.sixteenBitExact) return SpanReason::none;
        if (settings.bits == 16) return SpanReason::notSixteenBit;
        const bool fits = std::ranges::find(settings.exact24, sound.source.id) != settings.exact24.end();
        return fits ? SpanReason::none : SpanReason::notTwentyFourBit;
    }

private:
    [[nodiscard]] Decibels gainOf(const SoundingClip& sound) const
    {
        const PlacedEntry& entry = piece.entries[sound.entry];
        const TrackGain& track = find(album, entry.track)->gain;
        return sound.clip.gain + track.hand + track.balance + entry.gain;
    }
};

// Where what sounds, or how, or whose noise is used may change.
std::set<SamplePos> changePoints(const Sounding& sounding, const SampleTimeline& places, SampleCount length)
{
    std::set<SamplePos> points{SamplePos{}, SamplePos{} + length};
    const auto add = [&](SamplePos at) {
        if (SamplePos{} < at && at < SamplePos{} + length) points.insert(at);
    };
    for (const SoundingClip& sound : sounding.clips) {
        if (sound.begin >= sound.end) continue;
        add(sound.begin);
        add(sound.end);
        for (const SamplePos at : {sound.fadeInEnd(), sound.fadeOutBegin()})
            if (sound.soundsAt(at)) add(at);
    }
    for (const SoundingCrossfade& crossfade : sounding.crossfades) {
        add(crossfade.begin);
        add(crossfade.end);
    }
    for (const PlacedTrackSamples& entry : places.entries) add(entry.regionStart);
    return points;
}

// The last entry whose region has begun; before the first region it is the first entry.
std::size_t entryAt(const SampleTimeline& places, SamplePos at)
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < places.entries.size(); ++i)
        if (places.entries[i].regionStart <= at) found = i;
    return found;
}

void ditherWholeTracks(std::vector<RenderSpan>& spans)
{
    std::set<std::size_t> dithered;
    for (const RenderSpan& span : spans)
        if (span.kind == RenderSpan::Kind::dithered) dithered.insert(span.entry);
    for (RenderSpan& span : spans)
        if (span.kind == RenderSpan::Kind::copied && dithered.contains(span.entry)) {
            span.kind = RenderSpan::Kind::dithered;
            span.reason = SpanReason::wholeTrack;
        }
}

} // namespace

std::string_view describe(SpanReason reason)
{
    switch (reason) {
    case SpanReason::none: return "nothing was changed";
    case SpanReason::overlap: return "an overlap of two tracks";
    case SpanReason::severalClips: return "several clips at once";
    case SpanReason::gain: return "a gain";
    case SpanReason::fade: return "a fade";
    case SpanReason::inverted: return "inverted polarity";
    case SpanReason::channelMap: return "left and right mixed to mono";
    case SpanReason::rate: return "the source has another sample rate";
    case SpanReason::notSixteenBit: return "the source has more than 16 bits";
    case SpanReason::notTwentyFourBit: return "the source has more than 24 bits";
    case SpanReason::equaliser: return "an equaliser";
    case SpanReason::wholeTrack: break;
    }
    return "the rest of the track is dithered";
}

RenderPlan planRender(const Album& album, const Piece& piece, SampleCount length,
                      const RenderSettings& settings)
{
    RenderPlan plan{samplePlaces(album, piece, settings.rate), length, {}};
    const Sounding sounding = soundingOn(album, piece, plan.places);
    const Judge judge{album, piece, sounding, settings};
    const std::set<SamplePos> points = changePoints(sounding, plan.places, length);
    for (auto begin = points.begin(); std::next(begin) != points.end(); ++begin) {
        RenderSpan span{.begin = *begin, .end = *std::next(begin), .entry = entryAt(plan.places, *begin)};
        if (const auto clips = sounding.at(span.begin); !clips.empty()) {
            span.reason = judge.reason(clips, span.begin);
            span.kind =
                span.reason == SpanReason::none ? RenderSpan::Kind::copied : RenderSpan::Kind::dithered;
        }
        plan.spans.push_back(span);
    }
    if (settings.ditherWholeTracks) ditherWholeTracks(plan.spans);
    return plan;
}

} // namespace segue
