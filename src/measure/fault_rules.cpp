#include "measure/fault_rules.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace segue {

namespace {

using enum Finding::Level;

constexpr std::string_view generated = "generated sounds with and without it, exact counts and places";

constexpr std::string_view rendered = "rendered editions with and without it, exact places";

constexpr std::array table{
    FaultRule{
        {fault::notFinite, error, false, "Every sample is a number",
         "IEEE 754: NaN and infinity have no level"},
        "samples",
        "such a sample has no value that could be written: players and plants make noise or silence of it",
        "have the file rendered again where it came from",
        "",
        generated},
    FaultRule{
        {fault::overFullScale, warning, true, "No sample of a float file is beyond full scale", "practice"},
        "dBFS",
        "written as whole numbers it is cut off, which distorts",
        "turn the track down, or have the mix delivered lower",
        "",
        generated},
    FaultRule{{fault::clipped, warning, true, "No run of samples stands at full scale",
               "practice of mastering houses"},
              "samples",
              "the top of the wave is missing: it sounds harsh, more so after lossy encoding, and plants ask "
              "about it",
              "listen; if it was not meant, ask for a version with headroom",
              "clip.run",
              generated},
    FaultRule{{fault::flatTops, note, true, "Tops are not cut flat below full scale",
               "practice of mastering houses"},
              "dBFS",
              "the sound was clipped and turned down afterwards: lower peaks are no headroom",
              "listen; ask for the version before the clipper",
              "flat.runs",
              generated},
    FaultRule{{fault::interSample, note, true, "The wave between the samples stays below full scale",
               "ITU-R BS.1770-4, annex 2"},
              "dBTP",
              "converters and lossy decoders clip there although no sample does",
              "turn the track down by the excess",
              "",
              "generated sounds with and without it, exact places"},
    FaultRule{{fault::click, warning, true, "No click stands in the music", "practice"},
              "dB",
              "a click is heard on every one of the discs",
              "listen at the place; repair the source when it does not belong to the music",
              "click.ratio click.floor click.confidence",
              "generated music and real recordings with clicks of 1 to 40 samples put in (tests/truth)"},
    FaultRule{{fault::dropout, error, true, "The sound does not stop for a moment", "practice"},
              "ms",
              "samples were lost in a transfer or a render: it is heard as a click or a stutter",
              "have the file made or copied again",
              "dropout.shortest gap.context gap.sound",
              "generated music and real recordings with gaps of 1 to 80 ms put in (tests/truth)"},
    FaultRule{{fault::silence, note, true, "No digital silence stands inside a sound", "practice"},
              "ms",
              "a pause inside a track is often two pieces in one file, or a forgotten hidden track",
              "listen; split the track there if it is two",
              "silence.shortest black.floor",
              generated},
    FaultRule{{fault::black, warning, true, "The noise floor does not fall to digital black inside a sound",
               "practice of mastering houses"},
              "ms",
              "the ear notices that the room is gone, and takes it for a fault of the disc",
              "lay room tone or a fade over the place",
              "silence.shortest black.floor",
              generated},
    FaultRule{{fault::noSound, warning, true, "Every track sounds", "practice"},
              "",
              "a file that was exported with everything muted is a silent track on every disc",
              "listen to the track; export its file again, or accept a silence that is meant",
              "",
              "rendered editions with and without it, exact places"},
    FaultRule{{fault::dc, warning, true, "A channel's mean is zero", "practice"},
              "%",
              "DC takes headroom away and makes every edit and every pause click",
              "have the file made again with the DC filtered out",
              "dc.offset",
              generated},
    FaultRule{{fault::polarity, warning, true, "Left and right are not turned against each other",
               "practice; lacquer cutting demands it"},
              "",
              "in mono the middle of the music disappears, and on vinyl the stylus is thrown upwards",
              "turn the polarity of one channel, at its source",
              "polarity.correlation polarity.shortest",
              generated},
    FaultRule{{fault::mono, note, true, "A stereo file holds two different channels", "practice"},
              "dB",
              "a stereo mix may have been folded down by mistake",
              "ask whether the music is meant to be mono",
              "mono.difference",
              generated},
    FaultRule{{fault::deadChannel, error, true, "Both channels sound", "practice"},
              "dB",
              "one loudspeaker stays silent",
              "have the file made again, or map the living channel to both sides",
              "dead.channel",
              generated},
    FaultRule{{fault::bitDepth, note, true, "The bits that a file has are used", "practice"},
              "bits",
              "the file was made from one with fewer bits: a better original may exist",
              "ask for the original, if it has more",
              "",
              generated},
    FaultRule{{fault::upsampled, note, true, "The sound uses the bandwidth of its sample rate", "practice"},
              "kHz",
              "the file was converted from a lower rate: a store may reject it as not high resolution",
              "ask for the original rate",
              "rate.edge",
              generated},
    FaultRule{
        {fault::lossy, warning, true, "The sound was never lossily encoded", "practice; stores reject it"},
        "kHz",
        "what the encoder took away is gone, and encoding again for the stores makes it worse",
        "ask for the file before the encoder",
        "lossy.edge lossy.ceiling",
        "recordings and broadband music encoded as MP3 and AAC and decoded again (tests/truth)"},
    FaultRule{{fault::lossyUnknown, note, true, "The spectrum has no edge below 20.7 kHz", "practice"},
              "kHz",
              "encoders at high rates end here, and so do some converters: nobody can tell from the sound",
              "ask whether the file was ever lossily encoded",
              "lossy.edge lossy.ceiling",
              "recordings and broadband music encoded at high rates (tests/truth)"},
    FaultRule{{fault::headCut, warning, true, "A sound does not begin in the middle of itself", "practice"},
              "dBFS",
              "it begins with a click, and what came before may be missing",
              "take the head from the longer version, or fade in",
              "edge.level",
              generated},
    FaultRule{
        {fault::tailCut, warning, true, "A sound does not end in the middle of itself", "practice"},
        "dBFS",
        "it ends with a click, and the rest of the sound may be missing",
        "take the tail from the longer version, or fade out; a track that runs into the next one is meant",
        "edge.level",
        generated},
    FaultRule{{fault::tailShort, note, true, "A fade ends in silence", "practice"},
              "dBFS",
              "on headphones the end is heard to fall off",
              "fade out to the end",
              "tail.level",
              generated},
    FaultRule{{fault::jointStep, error, true, "At a joint without a gap the wave goes on without a step",
               "practice"},
              "dBFS",
              "a step between two samples is a click on every disc",
              "move the joint, or crossfade a few milliseconds",
              "joint.step edge.level",
              rendered},
    FaultRule{
        {fault::jointDc, warning, true, "At a joint without a gap the mean of the wave stays", "practice"},
        "%",
        "DC that comes or goes thumps",
        "filter the DC out of the source",
        "joint.dc",
        rendered},
    FaultRule{{fault::jointBlack, error, true, "A joint without a gap holds no digital black", "practice"},
              "ms",
              "the room is gone for a moment between two pieces that should run on: it is heard as a hole",
              "close the hole: trim the silence away, or let the tracks overlap",
              "dropout.shortest black.floor",
              rendered},
    FaultRule{
        {fault::jointCancel, warning, true, "The two sides of a crossfade do not cancel each other",
         "practice"},
        "dB",
        "two takes of the same sound, a little apart in time or polarity, leave a hole in the crossfade",
        "shift one side, turn its polarity, or shorten the crossfade",
        "joint.cancel",
        rendered},
    FaultRule{{fault::jointEdge, warning, true, "Against silence a sound neither starts nor stops hard",
               "practice"},
              "dBFS",
              "it clicks",
              "fade a few milliseconds",
              "edge.level",
              rendered},
    FaultRule{{fault::jointTail, note, true, "What fades out before a gap ends in silence", "practice"},
              "dBFS",
              "on headphones the end is heard to fall off",
              "lengthen the fade",
              "tail.level",
              rendered},
    FaultRule{{fault::jointLoudness, note, true, "Neighbours do not jump in loudness", "practice"},
              "LU",
              "the listener reaches for the volume",
              "balance the two tracks, if the jump is not meant",
              "joint.loudness",
              "generated neighbours, up and down, with fades and without"},
};

std::string_view sideOf(int channel)
{
    return channel == 0 ? " in the left channel" : channel == 1 ? " in the right channel" : "";
}

std::string wordsOf(const Fault& f)
{
    const auto is = [&f](std::string_view rule) { return f.rule == rule; };
    const std::string_view side = sideOf(f.channel);
    const auto whole = static_cast<std::int64_t>(f.value);
    if (is(fault::notFinite))
        return whole == 1 ? fmt::format("One sample is no number{}", side)
                          : fmt::format("{} samples are no numbers{}", whole, side);
    if (is(fault::overFullScale)) return fmt::format("The sound reaches {:+.1f} dBFS{}", f.value, side);
    if (is(fault::clipped)) return fmt::format("{} samples in a row are clipped{}", whole, side);
    if (is(fault::flatTops))
        return fmt::format("{} tops are cut flat at {:.2f} dBFS{}", f.count, f.value, side);
    if (is(fault::interSample))
        return fmt::format("The wave reaches {:+.1f} dBTP between the samples{}", f.value, side);
    if (is(fault::click))
        return fmt::format("This may be a click{}: {:.0f} dB above what is around it", side, f.value);
    if (is(fault::dropout)) return fmt::format("The sound is gone for {:.1f} ms{}", f.value, side);
    if (is(fault::silence)) return fmt::format("The sound pauses for {:.0f} ms of digital silence", f.value);
    if (is(fault::black)) return fmt::format("The sound drops to digital black for {:.0f} ms", f.value);
    if (is(fault::noSound)) return "The whole track is digital silence";
    if (is(fault::dc)) return fmt::format("There is DC of {:+.2f} % of full scale{}", f.value, side);
    if (is(fault::polarity))
        return fmt::format("Left and right seem to have opposite polarity: their correlation is {:.2f}",
                           f.value);
    if (is(fault::mono))
        return f.value <= -190
                   ? std::string{"Both channels are the same"}
                   : fmt::format("Both channels are nearly the same: they differ by {:.0f} dB", f.value);
    if (is(fault::deadChannel))
        return fmt::format("The {} channel is dead{}", f.channel == 0 ? "left" : "right",
                           f.value <= -190 ? std::string{}
                                           : fmt::format(": {:.0f} dB below the other", f.value));
    if (is(fault::bitDepth)) return fmt::format("Only {} bits of each sample are used", whole);
    if (is(fault::upsampled))
        return fmt::format("The sound ends at {:.1f} kHz, as if made at a lower rate", f.value);
    if (is(fault::lossy))
        return fmt::format(
            "The sound seems to have been MP3, AAC or the like: its spectrum is cut at {:.1f} kHz", f.value);
    if (is(fault::lossyUnknown))
        return fmt::format(
            "The spectrum is cut at {:.1f} kHz: a lossy encoder at a high rate, or a converter", f.value);
    if (is(fault::headCut)) return fmt::format("The sound begins at {:.0f} dBFS", f.value);
    if (is(fault::tailCut)) return fmt::format("The sound ends at {:.0f} dBFS", f.value);
    if (is(fault::jointStep))
        return fmt::format("The wave steps by {:.0f} dBFS from one sample to the next{}", f.value, side);
    if (is(fault::jointDc))
        return fmt::format("The mean of the wave moves by {:.2f} % of full scale{}", f.value, side);
    if (is(fault::jointBlack))
        return fmt::format("The joint has a hole of {:.1f} ms of digital black", f.value);
    if (is(fault::jointCancel))
        return fmt::format("The crossfade loses {:.1f} dB because its sides cancel", -f.value);
    if (is(fault::jointEdge))
        return fmt::format("Against the silence the sound starts or stops at {:.0f} dBFS", f.value);
    if (is(fault::jointTail))
        return fmt::format("Before the silence the sound still reaches {:.0f} dBFS", f.value);
    if (is(fault::jointLoudness))
        return fmt::format("The next track is {:.1f} LU {}", std::fabs(f.value),
                           f.value > 0 ? "louder" : "softer");
    assert(is(fault::tailShort));
    return fmt::format("The last 10 ms still reach {:.0f} dBFS", f.value);
}

} // namespace

std::span<const FaultRule> faultRules() { return table; }

const FaultRule& faultRule(std::string_view id)
{
    const auto found =
        std::ranges::find(table, id, [](const FaultRule& r) -> std::string_view { return r.rule.id; });
    assert(found != table.end());
    return *found;
}

std::string describe(const Fault& f) { return wordsOf(f); }

Finding findingOf(const Fault& f, SampleRate rate, const std::string& file)
{
    const FaultRule& rule = faultRule(f.rule);
    std::string message =
        fmt::format("{}, at {}", wordsOf(f), clockTime(nearestDuration(f.begin - SamplePos{}, rate)));
    if (f.count > 1 && f.rule != fault::flatTops)
        message += fmt::format(", and at {} more places up to {}", f.count - 1,
                               clockTime(nearestDuration(f.end - SamplePos{}, rate)));
    return finding(rule.rule, std::move(message), {.file = file, .sample = f.begin},
                   std::string{rule.whatToDo});
}

} // namespace segue
