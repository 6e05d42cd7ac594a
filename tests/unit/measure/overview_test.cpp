// An overview shows what is there: against sums made sample by sample.

#include "measure/overview.h"

#include "audio/kernels.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::int64_t binFrames = Overview::framesInFinestBin;

double sideOf(const Frame& frame, int channel) { return channel == 0 ? frame.left : frame.right; }

/// Frames of 16-bit values, so that every extreme is exact; loud and quiet stretches.
std::vector<Frame> randomFrames(Dice& dice, std::int64_t count)
{
    std::vector<Frame> frames(static_cast<std::size_t>(count));
    std::int64_t size = 1;
    for (std::size_t i = 0; Frame & f : frames) {
        if (i++ % 700 == 0) size = dice.between(0, 32'767);
        f = {static_cast<double>(dice.between(-size, size)) / fullScale,
             static_cast<double>(dice.between(-size - 1, size / 2)) / fullScale};
    }
    return frames;
}

Overview overviewOf(std::span<const Frame> frames, int channels = 2, std::size_t block = 16'384)
{
    OverviewBuilder builder{channels, SampleCount{std::ssize(frames)}};
    for (std::size_t at = 0; at < frames.size(); at += block)
        builder.take(frames.subspan(at, std::min(block, frames.size() - at)));
    return builder.overview();
}

/// Sample by sample, of exactly these frames.
OverviewBin slow(std::span<const Frame> frames, int channel)
{
    if (frames.empty()) return {};
    double low = 2, high = -2, energy = 0;
    for (const Frame& f : frames) {
        const double v = sideOf(f, channel);
        low = std::min(low, v);
        high = std::max(high, v);
        energy += v * v;
    }
    const auto step = [](double v) { return static_cast<std::int16_t>(std::lround(v * fullScale)); };
    return {step(low), step(high),
            static_cast<std::uint16_t>(
                std::lround(std::sqrt(energy / static_cast<double>(frames.size())) * fullScale))};
}

std::span<const Frame> cut(std::span<const Frame> frames, std::int64_t begin, std::int64_t end)
{
    const auto length = std::ssize(frames);
    const std::int64_t from = std::clamp<std::int64_t>(begin, 0, length);
    const std::int64_t to = std::clamp<std::int64_t>(end, from, length);
    return frames.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
}

void checkLike(const OverviewBin& bin, const OverviewBin& expected, int rmsSteps)
{
    CHECK(bin.low == expected.low);
    CHECK(bin.high == expected.high);
    CHECK(std::abs(bin.rms - expected.rms) <= rmsSteps);
}

} // namespace

TEST_CASE("every bin of every level shows its own frames, whatever the length")
{
    Dice dice{1};
    for (const std::int64_t length : {1, 2, 255, 256, 257, 511, 512, 1023, 1024, 1025, 4096, 5000, 70'001})
        for (const int channels : {1, 2}) {
            CAPTURE(length);
            const auto frames = randomFrames(dice, length);
            const Overview overview = overviewOf(frames, channels);
            CHECK(overview.channels() == channels);
            CHECK(overview.length() == SampleCount{length});
            CHECK(overview.complete());
            for (int level = 0; level < overview.levels(); ++level)
                for (int channel = 0; channel < channels; ++channel) {
                    const std::int64_t size = Overview::binLength(level).value();
                    const auto bins = overview.level(level, channel);
                    REQUIRE(std::ssize(bins) == (length + size - 1) / size);
                    CHECK((bins.size() == 1) == (level + 1 == overview.levels()));
                    for (std::int64_t i = 0; i < std::ssize(bins); ++i)
                        checkLike(overview.bin(level, channel, i),
                                  slow(cut(frames, i * size, (i + 1) * size), channel), 0);
                }
        }
}

TEST_CASE("any range shows the frames between its bins' edges")
{
    Dice dice{2};
    for (int round = 0; round < 60; ++round) {
        const std::int64_t length = dice.between(1, 150'000);
        const auto frames = randomFrames(dice, length);
        const Overview overview = overviewOf(frames);
        for (int range = 0; range < 40; ++range) {
            const std::int64_t begin = dice.between(-1000, length + 500);
            const std::int64_t end = begin + dice.between(-10, length);
            const int channel = range % 2;
            CAPTURE(length);
            CAPTURE(begin);
            CAPTURE(end);
            const OverviewBin bin = overview.over(channel, SamplePos{begin}, SamplePos{end});
            const std::int64_t from = std::max<std::int64_t>(begin, 0);
            if (from >= std::min(end, length)) {
                CHECK(bin == OverviewBin{});
                continue;
            }
            const auto touched = cut(frames, from / binFrames * binFrames,
                                     (std::min(end, length) + binFrames - 1) / binFrames * binFrames);
            checkLike(bin, slow(touched, channel), 1);
        }
    }
}

TEST_CASE("silence is zero in every bin")
{
    const Overview overview = overviewOf(std::vector<Frame>(3000));
    for (const OverviewBin& bin : overview.bins()) CHECK(bin == OverviewBin{});
    CHECK(overview.over(0, SamplePos{0}, SamplePos{3000}) == OverviewBin{});
}

TEST_CASE("full scale and what lies beyond are shown as far as the steps go")
{
    std::vector<Frame> frames(600, Frame{1.0, -1.0});
    CHECK(overviewOf(frames).over(0, SamplePos{0}, SamplePos{600}) == OverviewBin{32'767, 32'767, 32'768});
    CHECK(overviewOf(frames).over(1, SamplePos{0}, SamplePos{600}) == OverviewBin{-32'768, -32'768, 32'768});
    for (const double v : {3.0, 1e100, 1e300, std::numeric_limits<double>::infinity()}) {
        CAPTURE(v);
        frames.assign(600, Frame{v, -v});
        CHECK(overviewOf(frames).over(0, SamplePos{0}, SamplePos{600}) ==
              OverviewBin{32'767, 32'767, 65'535});
        CHECK(overviewOf(frames).over(1, SamplePos{0}, SamplePos{600}) ==
              OverviewBin{-32'768, -32'768, 65'535});
    }
}

TEST_CASE("a sample that is not a number counts as zero, and its neighbours as they are")
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Frame> frames(512, Frame{0.5, 0.25});
    for (const std::size_t at : {0U, 5U, 255U, 300U}) {
        CAPTURE(at);
        auto spoilt = frames;
        spoilt[at].left = nan;
        auto zeroed = frames;
        zeroed[at].left = 0;
        CHECK(std::ranges::equal(overviewOf(spoilt).bins(), overviewOf(zeroed).bins()));
    }
    CHECK(overviewOf(std::vector<Frame>(256, Frame{nan, nan})).bin(0, 0, 0) == OverviewBin{});
}

TEST_CASE("the size of the blocks changes nothing")
{
    Dice dice{3};
    auto frames = randomFrames(dice, 20'000);
    for (Frame& f : frames) f.left += 1e-7 * static_cast<double>(dice.between(-100, 100));
    const Overview whole = overviewOf(frames, 2, frames.size());
    for (const std::size_t block : {1U, 97U, 255U, 256U, 588U, 4096U})
        CHECK(std::ranges::equal(overviewOf(frames, 2, block).bins(), whole.bins()));
}

TEST_CASE("every build of the loops makes the same overview")
{
    Dice dice{4};
    const auto frames = randomFrames(dice, 9999);
    const Overview fastest = overviewOf(frames);
    for (const Kernels& kernels : runnableKernels()) {
        forceKernels(&kernels);
        CHECK(std::ranges::equal(overviewOf(frames).bins(), fastest.bins()));
    }
    forceKernels(nullptr);
}

TEST_CASE("an overview of a beginning is that of a source which ends there, but knows the whole length")
{
    Dice dice{5};
    const auto frames = randomFrames(dice, 10'000);
    OverviewBuilder builder{2, SampleCount{10'000}};
    CHECK(builder.overview().levels() == 0);
    CHECK(builder.overview().over(0, SamplePos{0}, SamplePos{10'000}) == OverviewBin{});
    std::int64_t at = 0;
    for (const std::int64_t step : {1, 255, 1, 999, 4000, 4744}) {
        builder.take(cut(frames, at, at + step));
        at += step;
        const Overview part = builder.overview();
        CHECK(part.covered() == SampleCount{at});
        CHECK(part.length() == SampleCount{10'000});
        CHECK(part.complete() == (at == 10'000));
        const Overview alone = overviewOf(cut(frames, 0, at));
        CHECK(std::ranges::equal(part.bins(), alone.bins()));
        CHECK(part.over(1, SamplePos{at}, SamplePos{20'000}) == OverviewBin{});
    }
}

TEST_CASE("frames beyond the source's length are passed over")
{
    OverviewBuilder builder{2, SampleCount{300}};
    builder.take(std::vector<Frame>(1000, Frame{0.5, 0.5}));
    CHECK(builder.taken() == SampleCount{300});
    CHECK(builder.overview().complete());
    CHECK(builder.overview().level(0, 0).size() == 2);
}

TEST_CASE("an empty overview has nothing to show")
{
    const Overview none;
    CHECK(none.levels() == 0);
    CHECK(none.bins().empty());
    CHECK(none.over(0, SamplePos{0}, SamplePos{100}) == OverviewBin{});
}
