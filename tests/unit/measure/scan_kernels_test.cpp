// The loops of the scan: the same bits on every processor, and the filters of the standard.

#include "measure/scan_kernels.h"

#include "support/generated_music.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>

using namespace segue;
using namespace segue::test;

namespace {

struct Answers {
    std::vector<float> floats{};
    FloatSums sums{};
    std::array<float, 2> four{}, two{};
    std::array<WeightedStretch, stretchesInGroup> weighted{};
    std::array<std::array<StereoSums, 4>, 2> bands{};
};

Answers answersOf(const ScanKernels& k, const std::vector<Frame>& sound)
{
    constexpr std::int64_t hop = 441;
    constexpr std::size_t frames = 1021;
    Answers a;
    a.floats.resize(2 * 4000);
    k.toFloats(std::span{sound}.first(4000), a.floats.data());
    a.sums = k.sums(a.floats.data(), 2000);
    a.four = k.peak4(a.floats.data() + 2 * peakHistory, frames, {0.01F, 0.3F});
    a.two = k.peak2(a.floats.data() + 2 * peakHistory, frames, {});
    const SampleRate rate{4410};
    const float* const p = a.floats.data();
    k.weigh(kWeightingAt(rate), {p, p + 300, p + 600, p + 900, p + 1200, p + 1500, p + 1800, p + 2100}, hop,
            a.weighted);
    k.bands(bandSplitsAt(SampleRate{44'100}), p, p + 700, 2000, 1500, a.bands);
    return a;
}

} // namespace

TEST_CASE("every set of scan kernels gives the same bits")
{
    const auto sound = generatedMusic(3, 44'100, 0.2);
    const auto all = runnableScanKernels();
    const Answers first = answersOf(all.front(), sound);
    for (const ScanKernels& k : all.subspan(1)) {
        CAPTURE(k.name);
        const Answers a = answersOf(k, sound);
        CHECK(a.floats == first.floats);
        CHECK(a.sums.energy == first.sums.energy);
        CHECK(a.sums.sum == first.sums.sum);
        CHECK(a.sums.product == first.sums.product);
        CHECK(a.sums.peak == first.sums.peak);
        CHECK(a.four == first.four);
        CHECK(a.two == first.two);
        CHECK(a.weighted == first.weighted);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < 4; ++b) {
                CHECK(a.bands[s][b].energy == first.bands[s][b].energy);
                CHECK(a.bands[s][b].product == first.bands[s][b].product);
            }
    }
}

TEST_CASE("K-weighting at 48 kHz is the table of BS.1770-4")
{
    const KWeighting k = kWeightingAt(SampleRate{48'000});
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    CHECK(near(k.shelf.b0, 1.53512485958697));
    CHECK(near(k.shelf.b1, -2.69169618940638));
    CHECK(near(k.shelf.b2, 1.19839281085285));
    CHECK(near(k.shelf.a1, -1.69065929318241));
    CHECK(near(k.shelf.a2, 0.73248077421585));
    CHECK(near(k.highPass.a1, -1.99004745483398));
    CHECK(near(k.highPass.a2, 0.99007225036621));
}

TEST_CASE("sums and peaks are those of a plain loop")
{
    const auto sound = generatedMusic(8, 44'100, 0.1);
    for (const ScanKernels& k : runnableScanKernels()) {
        std::vector<float> floats(2 * sound.size());
        k.toFloats(sound, floats.data());
        FloatSums plain;
        const std::size_t frames = sound.size() / 4 * 4;
        for (std::size_t i = 0; i < frames; ++i) {
            const double left = static_cast<double>(floats[2 * i]),
                         right = static_cast<double>(floats[2 * i + 1]);
            plain.energy = {plain.energy[0] + left * left, plain.energy[1] + right * right};
            plain.sum = {plain.sum[0] + left, plain.sum[1] + right};
            plain.product += left * right;
            plain.peak = {std::max(plain.peak[0], std::abs(floats[2 * i])),
                          std::max(plain.peak[1], std::abs(floats[2 * i + 1]))};
        }
        const FloatSums sums = k.sums(floats.data(), frames);
        CHECK(sums.peak == plain.peak);
        CHECK(sums.product == doctest::Approx(plain.product).epsilon(1e-5));
        for (std::size_t c = 0; c < 2; ++c) {
            CHECK(sums.energy[c] == doctest::Approx(plain.energy[c]).epsilon(1e-5));
            CHECK(std::abs(sums.sum[c] - plain.sum[c]) < 1e-3);
        }
    }
}

TEST_CASE("a true peak does not depend on what was known, unless that is larger")
{
    const auto sound = generatedMusic(12, 44'100, 0.1);
    std::vector<float> floats(2 * sound.size());
    for (const ScanKernels& k : runnableScanKernels()) {
        k.toFloats(sound, floats.data());
        const float* const from = floats.data() + 2 * peakHistory;
        const std::size_t frames = sound.size() - peakHistory;
        for (const auto peak : {k.peak4, k.peak2}) {
            const std::array<float, 2> all = peak(from, frames, {});
            CHECK(all[0] > 0.1F);
            CHECK(peak(from, frames, {all[0] * 0.99F, all[1] * 0.5F}) == all);
            CHECK(peak(from, frames, {2.0F, 3.0F}) == std::array{2.0F, 3.0F});
        }
    }
}

TEST_CASE("each band has the tone that lies in it")
{
    const SampleRate rate{44'100};
    const std::array<double, 4> tones{40, 350, 2200, 12'000};
    for (std::size_t tone = 0; tone < tones.size(); ++tone) {
        std::vector<float> sound(2 * 8000);
        for (std::size_t i = 0; i < sound.size(); i += 2) {
            const double turn = std::numbers::pi * tones[tone] * static_cast<double>(i) / rate.hertz();
            sound[i] = static_cast<float>(std::sin(turn));
            sound[i + 1] = -sound[i];
        }
        std::array<std::array<StereoSums, 4>, 2> out{};
        scanKernels().bands(bandSplitsAt(rate), sound.data(), sound.data(), 8000, 6615, out);
        double all = 0;
        for (const StereoSums& band : out[0]) all += band.energy[0];
        CHECK(out[0][tone].energy[0] > 0.9 * all);
        CHECK(out[0][tone].product == doctest::Approx(-out[0][tone].energy[0]));
    }
}
