// A limiter's traces: seen where something held the peaks, and nowhere else.

#include "measure/held_peaks.h"

#include "measure/intake.h"
#include "measure/sound_scan.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

constexpr SampleRate rate{44'100};

ScannedSound scanned(double seconds, const std::function<double(std::int64_t)>& sample)
{
    const auto frames = static_cast<std::int64_t>(seconds * rate.hertz());
    SoundScan scan{rate, 2, SampleCount{frames}, false};
    std::vector<Frame> block(static_cast<std::size_t>(frames));
    for (std::int64_t i = 0; i < frames; ++i) {
        const double v = sample(i);
        block[static_cast<std::size_t>(i)] = {v, v};
    }
    scan.take(block);
    return scan.finish();
}

/// Strokes of random strength, three a second, that ring off over a bed of noise: what music has of peaks.
std::function<double(std::int64_t)> strokes(double ceiling, std::uint64_t seed = 1)
{
    return [ceiling, dice = Dice{seed}, strength = 0.0](std::int64_t i) mutable {
        if (i % 14'700 == 0) strength = 0.3 + 0.7 * static_cast<double>(dice.next() % 1000) / 1000;
        strength *= 0.9998;
        const double noise = static_cast<double>(dice.next() % 2001) / 1000 - 1;
        const double v =
            strength * std::sin(2 * std::numbers::pi * 180 * static_cast<double>(i) / 44'100) + 0.05 * noise;
        return std::clamp(v, -ceiling, ceiling);
    };
}

} // namespace

TEST_CASE("a ceiling that holds the strokes is seen, with its height and how often it is met")
{
    const auto held = heldPeaks(scanned(30, strokes(0.5)));
    REQUIRE(held.has_value());
    CHECK(held->ceiling == doctest::Approx(20 * std::log10(0.5)).epsilon(0.001));
    CHECK(held->share > 0.15);
    CHECK(held->share < 0.8);
    CHECK(held->first < seconds(2));
}

TEST_CASE("the same music without a ceiling, silence and a steady tone have no limiter's traces")
{
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U})
        CHECK_FALSE(heldPeaks(scanned(30, strokes(2, seed))).has_value());
    CHECK_FALSE(heldPeaks(scanned(5, [](std::int64_t) { return 0.0; })).has_value());
    CHECK_FALSE(heldPeaks(scanned(0, [](std::int64_t) { return 0.0; })).has_value());
    CHECK_FALSE(heldPeaks(scanned(10, [](std::int64_t i) {
                    return 0.5 * std::sin(2 * std::numbers::pi * 997 * static_cast<double>(i) / 44'100);
                })).has_value());
}

TEST_CASE("few peaks at one height are chance")
{
    // A second held in thirty.
    const auto music = strokes(2);
    CHECK_FALSE(heldPeaks(scanned(30, [&](std::int64_t i) {
                    const double v = music(i);
                    return i < 44'100 ? v : v * 0.3;
                })).has_value());
}

TEST_CASE("the intake report tells the mix engineer about the limiter")
{
    const ScannedSound sound = scanned(30, strokes(0.5));
    const AudioFileInfo info{rate, sound.length, 2, {"WAV", "PCM", 24}};
    const IntakeMix mix = intakeOf("a.wav", info, figuresOf(sound), {}, heldPeaks(sound));
    REQUIRE(mix.remarks.size() == 1);
    CHECK(mix.remarks[0].sentence.starts_with("A limiter or clipper has left its traces: "));
    CHECK(mix.remarks[0].sentence.find("within 0.1 dB of -6.02 dBFS, first at 0:00.") != std::string::npos);
}
