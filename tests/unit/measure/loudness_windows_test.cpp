// Loudness windows against the plainest way to sum them.

#include "measure/loudness.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace segue;

namespace {

LoudnessSteps rough(std::size_t count, unsigned seed)
{
    std::mt19937 numbers{seed};
    LoudnessSteps steps;
    for (std::size_t i = 0; i < count; ++i)
        steps.push_back(static_cast<float>(numbers() % 100'000) / 100'000);
    return steps;
}

double meanOf(const LoudnessSteps& steps, std::size_t begin, std::size_t length)
{
    double sum = 0;
    for (std::size_t i = begin; i < begin + length; ++i) sum += static_cast<double>(steps[i]);
    return sum / static_cast<double>(length);
}

Duration stepsLong(std::size_t count)
{
    return Duration{static_cast<std::int64_t>(count) * (flicksPerSecond / 50)};
}

/// The first place of the largest mean.
Highest loudestByTrying(const LoudnessSteps& steps, std::size_t length)
{
    std::size_t place = 0;
    for (std::size_t i = 1; i + length <= steps.size(); ++i)
        if (meanOf(steps, i, length) > meanOf(steps, place, length) * (1 + 1e-12)) place = i;
    return {lufs(meanOf(steps, place, length)), stepsLong(place)};
}

} // namespace

TEST_CASE("the loudest window of any length is found wherever it lies")
{
    for (const std::size_t count : {1U, 4U, 5U, 23U, 150U, 151U, 407U, 1000U}) {
        const LoudnessSteps steps = rough(count, static_cast<unsigned>(count));
        for (std::size_t length = 1; length <= std::min<std::size_t>(count, 180); ++length) {
            CAPTURE(count);
            CAPTURE(length);
            const Highest expected = loudestByTrying(steps, length);
            const auto found = loudestSection(steps, stepsLong(length));
            REQUIRE(found);
            CHECK(found->at == expected.at);
            CHECK(found->value == doctest::Approx(expected.value).epsilon(1e-9));
        }
        CHECK(!loudestSection(steps, stepsLong(count + 1)));
    }
}

TEST_CASE("of windows that are equally loud the first one counts")
{
    const LoudnessSteps steps(1000, 0.1F);
    for (const std::size_t length : {1U, 7U, 20U, 150U, 999U}) {
        CAPTURE(length);
        CHECK(loudestSection(steps, stepsLong(length))->at == Duration{});
    }
}

TEST_CASE("short-term and momentary curves are the means of 3 s and 400 ms from each 100 ms on")
{
    for (const std::size_t count : {19U, 20U, 149U, 150U, 154U, 155U, 640U}) {
        CAPTURE(count);
        const LoudnessSteps steps = rough(count, 3);
        for (const std::size_t length : {20U, 150U}) {
            const auto curve = length == 20 ? momentaryCurve(steps) : shortTermCurve(steps);
            CHECK(curve.size() == (count < length ? 0 : (count - length) / 5 + 1));
            for (std::size_t w = 0; w < curve.size(); ++w)
                CHECK(curve[w] == doctest::Approx(lufs(meanOf(steps, w * 5, length))).epsilon(1e-9));
        }
    }
}
