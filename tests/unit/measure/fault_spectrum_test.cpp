#include "measure/fault_finder.h"
#include "measure/fault_rules.h"
#include "measure/fault_spectrum.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

/// Everything above `edge` taken away, as an encoder's filter bank does: 401 taps.
std::vector<Frame> lowPassed(const std::vector<Frame>& sound, SampleRate rate, double edge)
{
    constexpr int side = 200;
    std::vector<double> h;
    for (int k = -side; k <= side; ++k) {
        const double x = std::numbers::pi * k, turns = 2 * edge / rate.hertz();
        h.push_back((0.42 + 0.5 * std::cos(x / (side + 1)) + 0.08 * std::cos(2 * x / (side + 1))) *
                    (k == 0 ? turns : std::sin(turns * x) / x));
    }
    std::vector<Frame> out(sound.size());
    for (std::size_t i = side; i + side < sound.size(); ++i)
        for (std::size_t k = 0; k < h.size(); ++k) {
            const Frame f = sound[i + side - k];
            out[i].left += h[k] * f.left;
            out[i].right += h[k] * f.right;
        }
    return out;
}

Faults spectrumOf(const std::vector<Frame>& sound, SampleRate rate)
{
    FaultFinder finder{{.rate = rate, .length = SampleCount{std::ssize(sound)}, .bits = 24},
                       {},
                       FaultKinds::only(FaultKind::spectrum)};
    finder.take(sound);
    return finder.finish();
}

} // namespace

TEST_CASE("a spectrum cut at 16 kHz is suspected, at 20 kHz nobody can tell, and music as it is says nothing")
{
    const auto sound = musicLike(cdRate, 5, 1);
    CHECK(spectrumOf(sound, cdRate).empty());
    const auto low = spectrumOf(lowPassed(sound, cdRate, 16'000), cdRate);
    REQUIRE(low.size() == 1);
    CHECK(low[0].rule == fault::lossy);
    CHECK(low[0].value == doctest::Approx(16).epsilon(0.02));
    CHECK(low[0].confidence > 0.7);
    const auto high = spectrumOf(lowPassed(sound, cdRate, 20'000), cdRate);
    REQUIRE(high.size() == 1);
    CHECK(high[0].rule == fault::lossyUnknown);
    CHECK(high[0].value == doctest::Approx(20).epsilon(0.02));
}

TEST_CASE("a spectrum that falls gently is no encoder's")
{
    auto sound = musicLike(cdRate, 5, 1);
    // Two poles at 2 kHz: 12 dB an octave.
    for (int pass = 0; pass < 2; ++pass) {
        Frame y;
        for (Frame& f : sound)
            y = f = {y.left + 0.25 * (f.left - y.left), y.right + 0.25 * (f.right - y.right)};
    }
    CHECK(spectrumOf(sound, cdRate).empty());
}

TEST_CASE("sound at 96 kHz that ends at 22 kHz was made at a lower rate")
{
    const SampleRate rate{96'000};
    const auto sound = musicLike(rate, 5, 1);
    CHECK(spectrumOf(sound, rate).empty());
    const auto found = spectrumOf(lowPassed(sound, rate, 22'000), rate);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == fault::upsampled);
    CHECK(found[0].value == doctest::Approx(22).epsilon(0.02));
    CHECK(spectrumOf(lowPassed(sound, rate, 40'000), rate).empty());
}

TEST_CASE("a few damaged moments do not hide an edge")
{
    auto sound = lowPassed(musicLike(cdRate, 10, 1), cdRate, 16'000);
    FaultDice dice{9};
    for (int i = 0; i < 3; ++i) sound[static_cast<std::size_t>(30'000 + dice.below(300'000))] = {0.9, -0.9};
    const auto found = spectrumOf(sound, cdRate);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == fault::lossy);
}

TEST_CASE("too little sound says nothing")
{
    CHECK(spectrumOf(lowPassed(musicLike(cdRate, 0.6, 1), cdRate, 16'000), cdRate).empty());
}
