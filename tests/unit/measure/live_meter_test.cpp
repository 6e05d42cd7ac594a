#include "measure/live_meter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using namespace segue;

namespace {

constexpr SampleRate rate{48'000};

/// A sine on the left, `right` times it on the right.
std::vector<float> sine(double seconds, double dbfs, double hertz = 1000, double right = 1)
{
    std::vector<float> samples;
    const double level = std::pow(10, dbfs / 20);
    const auto frames = static_cast<std::size_t>(seconds * rate.hertz());
    for (std::size_t i = 0; i < frames; ++i) {
        const double value =
            level * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate.hertz());
        samples.push_back(static_cast<float>(value));
        samples.push_back(static_cast<float>(right * value));
    }
    return samples;
}

void hear(LiveMeter& meter, const std::vector<float>& samples, std::size_t block = 4800)
{
    const std::span all{samples};
    for (std::size_t at = 0; at < all.size(); at += 2 * block)
        meter.take(all.subspan(at, std::min(2 * block, all.size() - at)));
}

} // namespace

// The minimum requirements of EBU Tech 3341: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS, within 0.1.
TEST_CASE("a sine of 1 kHz reads its level in LUFS, momentary, short-term and integrated")
{
    for (const double level : {-23.0, -33.0}) {
        LiveMeter meter{rate};
        hear(meter, sine(20, level));
        const LiveReading reading = meter.reading();
        CAPTURE(level);
        REQUIRE(reading.momentary);
        REQUIRE(reading.shortTerm);
        REQUIRE(reading.integrated);
        CHECK(std::abs(*reading.momentary - level) < 0.1);
        CHECK(std::abs(*reading.shortTerm - level) < 0.1);
        CHECK(std::abs(*reading.integrated - level) < 0.1);
    }
}

// EBU Tech 3341, case 3: -36 for 10 s, -23 for 60 s, -36 for 10 s; the gate leaves out the quiet parts.
TEST_CASE("quiet parts before and behind are gated out of the integrated loudness")
{
    LiveMeter meter{rate};
    hear(meter, sine(10, -36));
    hear(meter, sine(60, -23));
    hear(meter, sine(10, -36));
    CHECK(std::abs(meter.reading().integrated.value_or(0) + 23) < 0.1);
    CHECK(std::abs(meter.reading().momentary.value_or(0) + 36) < 0.1);
}

// EBU Tech 3342, case 1: 20 s at -20 and 20 s at -30 have a range of 10 LU, within 1.
TEST_CASE("two levels ten decibels apart have a range of 10 LU")
{
    LiveMeter meter{rate};
    hear(meter, sine(20, -20));
    hear(meter, sine(20, -30));
    CHECK(std::abs(meter.reading().range.value_or(0) - 10) < 1);
}

TEST_CASE("nothing heard, and silence, have no loudness and no correlation")
{
    LiveMeter meter{rate};
    for (int i = 0; i < 2; ++i) {
        const LiveReading reading = meter.reading();
        CHECK_FALSE(reading.momentary);
        CHECK_FALSE(reading.shortTerm);
        CHECK_FALSE(reading.integrated);
        CHECK_FALSE(reading.range);
        CHECK_FALSE(reading.correlation);
        CHECK(reading.truePeak == std::array{-144.0, -144.0});
        CHECK(reading.highest == std::array{-144.0, -144.0});
        hear(meter, std::vector<float>(2 * 48'000 * 5));
    }
}

TEST_CASE("correlation is 1 of mono, -1 of inverted sides, 0 of a quarter turn")
{
    const auto correlation = [](const std::vector<float>& samples) {
        LiveMeter meter{rate};
        hear(meter, samples);
        return meter.reading().correlation.value_or(9);
    };
    CHECK(correlation(sine(1, -20)) == doctest::Approx(1));
    CHECK(correlation(sine(1, -20, 1000, 0.1)) == doctest::Approx(1));
    CHECK(correlation(sine(1, -20, 1000, -1)) == doctest::Approx(-1));
    std::vector<float> turned = sine(2, -20);
    for (std::size_t i = 0; i + 24 < turned.size(); i += 2) turned[i + 1] = turned[i + 24]; // 12 of 48 frames
    turned.resize(turned.size() - 24);
    CHECK(std::abs(correlation(turned)) < 0.01);
}

TEST_CASE("correlation forgets what was heard a few seconds ago")
{
    LiveMeter meter{rate};
    hear(meter, sine(5, -10, 1000, -1));
    hear(meter, sine(3, -10));
    CHECK(meter.reading().correlation.value_or(0) > 0.99);
}

// A quarter of the sampling rate with its phase between the samples: the samples stay 3 dB below the peak.
TEST_CASE("the true peak finds what lies between the samples, and its highest value stays until the reset")
{
    std::vector<float> between;
    for (int i = 0; i < 48'000; ++i) {
        const double value = 0.5 * std::sin(std::numbers::pi / 2 * i + std::numbers::pi / 4);
        between.push_back(static_cast<float>(value));
        between.push_back(static_cast<float>(value / 2));
    }
    LiveMeter meter{rate};
    hear(meter, between);
    LiveReading reading = meter.reading();
    CHECK(std::abs(reading.truePeak[0] - 20 * std::log10(0.5)) < 0.3);
    CHECK(std::abs(reading.truePeak[1] - 20 * std::log10(0.25)) < 0.3);
    hear(meter, sine(1, -40));
    reading = meter.reading();
    CHECK(std::abs(reading.truePeak[0] + 40) < 0.3);
    CHECK(std::abs(reading.highest[0] - 20 * std::log10(0.5)) < 0.5);
    meter.reset();
    CHECK(meter.reading().highest == std::array{-144.0, -144.0});
    CHECK_FALSE(meter.reading().integrated);
}

TEST_CASE("how the frames are cut into blocks does not change a reading")
{
    const std::vector<float> samples = sine(4, -18, 440, 0.7);
    LiveMeter large{rate}, small{rate};
    hear(large, samples, 48'000);
    hear(small, samples, 37);
    CHECK(large.reading().shortTerm == small.reading().shortTerm);
    CHECK(large.reading().integrated == small.reading().integrated);
    CHECK(large.reading().highest[0] == doctest::Approx(small.reading().highest[0]));
    CHECK(large.reading().correlation.value_or(0) ==
          doctest::Approx(small.reading().correlation.value_or(1)));
}
