// Our loudness and true peak against libebur128's, at every rate that masters come in.

#include "measure/reference_scan.h"
#include "measure/sound_figures.h"
#include "measure/sound_scan.h"
#include "support/album_builder.h"
#include "support/generated_music.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

/// In blocks of any size, the same from run to run.
void takeInPieces(SoundScan& scan, std::span<const Frame> frames, Dice& dice)
{
    while (!frames.empty()) {
        const auto count = std::min(frames.size(), static_cast<std::size_t>(dice.between(1, 20'000)));
        scan.take(frames.first(count));
        frames = frames.subspan(count);
    }
}

} // namespace

TEST_CASE("the scan agrees with libebur128 at all rates")
{
    Dice dice{5};
    for (const int hertz : {8000, 22'050, 32'000, 44'100, 48'000, 88'200, 96'000, 176'400, 192'000}) {
        CAPTURE(hertz);
        const SampleRate rate{hertz};
        const auto music = generatedMusic(static_cast<std::uint64_t>(hertz), hertz, 4.1);
        SoundScan scan{rate, 2, SampleCount{std::ssize(music)}, false};
        takeInPieces(scan, music, dice);
        const ScannedSound scanned = scan.finish();
        const SoundFigures ours = figuresOf(scanned);
        ReferenceScan reference{rate};
        reference.take(music);
        const ReferenceFigures theirs = reference.figures();
        CHECK(std::abs(*ours.integrated - *theirs.integrated) < 0.01);
        CHECK(std::abs(*ours.range - *theirs.range) < 0.05);
        CHECK(std::abs(ours.samplePeak->value - *theirs.samplePeak) < 0.01);
        if (hertz < 192'000) CHECK(std::abs(ours.truePeak->value - *theirs.truePeak) < 0.01);
        // The reference looks every 100 ms, we every 20: the highest of the same windows.
        LoudnessSteps steps;
        addSteps(steps, scanned);
        CHECK(std::abs(std::ranges::max(momentaryCurve(steps)) - *theirs.momentary) < 0.01);
        CHECK(std::abs(std::ranges::max(shortTermCurve(steps)) - *theirs.shortTerm) < 0.01);
        CHECK(ours.momentary->value >= *theirs.momentary - 0.001);
        CHECK(ours.shortTerm->value >= *theirs.shortTerm - 0.001);
    }
}

TEST_CASE("looked at every 20 ms, libebur128 finds the same highest windows")
{
    const SampleRate rate{44'100};
    const auto music = generatedMusic(6, rate.hertz(), 6);
    SoundScan scan{rate, 2, SampleCount{std::ssize(music)}, false};
    scan.take(music);
    const SoundFigures ours = figuresOf(scan.finish());
    ReferenceScan reference{rate, milliseconds(20)};
    reference.take(music);
    CHECK(std::abs(ours.momentary->value - *reference.figures().momentary) < 0.01);
    CHECK(std::abs(ours.shortTerm->value - *reference.figures().shortTerm) < 0.01);
}

TEST_CASE("at 192 kHz and above true peaks are really oversampled, which libebur128 does not do")
{
    for (const int hertz : {192'000, 352'800}) {
        const SampleRate rate{hertz};
        std::vector<Frame> sine(static_cast<std::size_t>(hertz / 2));
        for (std::size_t i = 0; i < sine.size(); ++i) {
            // A quarter of the rate, 45 degrees off: no sample comes near the peak.
            const double v =
                0.5 * std::sin(std::numbers::pi / 2 * static_cast<double>(i) + std::numbers::pi / 4);
            sine[i] = {v, v};
        }
        for (std::size_t i = 0; i < 5000; ++i) {
            const double gain = static_cast<double>(i) / 5000;
            for (Frame* f : {&sine[i], &sine[sine.size() - 1 - i]}) *f = {f->left * gain, f->right * gain};
        }
        SoundScan scan{rate, 2, SampleCount{std::ssize(sine)}, false};
        scan.take(sine);
        ReferenceScan reference{rate};
        reference.take(sine);
        CHECK(std::abs(figuresOf(scan.finish()).truePeak->value - 20 * std::log10(0.5)) < 0.1);
        CHECK(*reference.figures().truePeak < -9);
    }
}

TEST_CASE("several sounds one after another agree with libebur128's view of the whole")
{
    const SampleRate rate{44'100};
    std::vector<ScannedSound> sounds;
    ReferenceScan whole{rate};
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto music = generatedMusic(seed, rate.hertz(), 4, 0.3 * static_cast<double>(seed));
        SoundScan scan{rate, 2, SampleCount{std::ssize(music)}, false};
        scan.take(music);
        sounds.push_back(scan.finish());
        whole.take(music);
    }
    std::vector<Passage> passages;
    for (const ScannedSound& sound : sounds) passages.push_back({.sound = &sound});
    const SoundFigures ours = figuresOf(passages);
    const ReferenceFigures theirs = whole.figures();
    // The filters begin anew in each sound, which is all the difference.
    CHECK(std::abs(*ours.integrated - *theirs.integrated) < 0.01);
    CHECK(std::abs(*ours.range - *theirs.range) < 0.05);
    CHECK(std::abs(ours.truePeak->value - *theirs.truePeak) < 0.01);
}
