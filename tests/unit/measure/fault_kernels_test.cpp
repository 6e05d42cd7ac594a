#include "measure/fault_kernels.h"

#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::size_t warmUp = 256, tileCount = 16;

std::vector<FaultTile> tilesOf(const FaultKernels& kernels, const std::vector<Frame>& sound)
{
    std::vector<FaultTile> tiles(tileCount);
    kernels.survey(&sound[warmUp], tiles);
    kernels.highPeaks(designHighPass(cdRate, 5000), sound.data() + warmUp, warmUp, tiles);
    return tiles;
}
std::vector<Frame> noise(std::uint64_t seed)
{
    FaultDice dice{seed};
    std::vector<Frame> sound(warmUp + tileCount * faultTileFrames);
    for (Frame& f : sound) f = {dice.level(), dice.level()};
    return sound;
}
/// The gain of the filter at a frequency, from its tiles once it has settled.
double gainAt(double hertz)
{
    std::vector<Frame> sound(warmUp + tileCount * faultTileFrames);
    for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i].left = std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 44'100);
    double peak = 0;
    for (const FaultTile& t : tilesOf(faultKernels(), sound))
        peak = std::max(peak, static_cast<double>(t.highFrequency[0]));
    return peak;
}

} // namespace

TEST_CASE("every set of kernels sees the same bits in a tile")
{
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        auto sound = noise(seed);
        if (seed % 3 == 0) sound[400].left = std::numeric_limits<double>::quiet_NaN();
        const auto first = tilesOf(runnableFaultKernels().front(), sound);
        for (const FaultKernels& kernels : runnableFaultKernels()) {
            CAPTURE(kernels.name);
            const auto tiles = tilesOf(kernels, sound);
            // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): NaN is to be the same NaN
            CHECK(std::memcmp(tiles.data(), first.data(), tiles.size() * sizeof(FaultTile)) == 0);
        }
    }
}

TEST_CASE("a tile has the extremes of its quarters and the sums of all")
{
    auto sound = noise(3);
    sound[warmUp + 20] = {0.5, -3};
    const FaultTile tile = tilesOf(faultKernels(), sound)[0];
    CHECK(tile.low[1].right == -3);
    CHECK(tile.peak.right == 3);
    Frame sum, energy;
    double difference = 0;
    for (std::size_t i = 0; i < faultTileFrames; ++i) {
        const Frame f = sound[warmUp + i];
        sum = {sum.left + f.left, sum.right + f.right};
        energy = {energy.left + f.left * f.left, energy.right + f.right * f.right};
        difference += (f.left - f.right) * (f.left - f.right);
    }
    CHECK(tile.sum.left == doctest::Approx(sum.left));
    CHECK(tile.energy.right == doctest::Approx(energy.right));
    CHECK(tile.difference == doctest::Approx(difference));
}

TEST_CASE("the high-pass loses 3 dB at its edge and 50 dB at three fifths of it")
{
    CHECK(gainAt(5'000) == doctest::Approx(0.707).epsilon(0.02));
    CHECK(gainAt(8'000) == doctest::Approx(1).epsilon(0.02));
    CHECK(gainAt(18'000) == doctest::Approx(1).epsilon(0.02));
    CHECK(gainAt(3'000) < 0.0035);
    CHECK(gainAt(300) < 0.0035);
    CHECK(gainAt(0) < 0.0035);
}
