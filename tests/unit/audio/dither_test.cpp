#include "audio/dither.h"

#include "audio/quantise.h"
#include "support/fake_sound.h"
#include "support/spectrum.h"

#include <doctest/doctest.h>

#include <numbers>
#include <numeric>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::size_t many = std::size_t{1} << 20;

std::vector<double> noiseOf(std::uint64_t seed, std::uint32_t track, std::int64_t first, int channel,
                            std::size_t count = many)
{
    std::vector<double> noise(count);
    for (std::size_t i = 0; i < count; ++i)
        noise[i] = tpdfNoise(seed, track, first + static_cast<std::int64_t>(i), channel);
    return noise;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b, std::size_t lag = 0)
{
    double sum = 0;
    for (std::size_t i = 0; i + lag < a.size(); ++i) sum += a[i] * b[i + lag];
    return sum / static_cast<double>(a.size() - lag) * 6; // by the variance, 1/6
}

std::vector<Frame> make(const Formula& formula, std::size_t count)
{
    std::vector<Frame> frames(count);
    for (std::size_t i = 0; i < count; ++i) frames[i] = formula(static_cast<std::int64_t>(i));
    return frames;
}

std::vector<Pcm16Frame> quantised(Dither dither, const std::vector<Frame>& frames, std::int64_t position = 0,
                                  std::uint64_t seed = 1, std::uint32_t track = 1)
{
    std::vector<Pcm16Frame> out(frames.size());
    Quantiser quantiser{dither, noiseKey(seed, track), position};
    (void)quantiser.run(frames, out);
    return out;
}

// Sine of `lsb` amplitude, `cycles` in `period` samples, on the left; a third of it on the right.
Formula tone(double lsb, int cycles, int period)
{
    return [=](std::int64_t at) {
        const double turn = static_cast<double>(at % period) * cycles / period;
        const double x = lsb / 32'768 * std::sin(2 * std::numbers::pi * turn);
        return Frame{x, x / 3};
    };
}

// What quantising added on the left, in LSB.
std::vector<double> addedNoise(Dither dither, std::size_t count)
{
    const std::vector<Frame> in = make(tone(1234.5, 1009, 44'100), count);
    const std::vector<Pcm16Frame> out = quantised(dither, in);
    std::vector<double> added(count);
    for (std::size_t i = 0; i < count; ++i) added[i] = out[i].left - in[i].left * 32'768;
    return added;
}

// The power of 1 - c1 z^-1 - c2 z^-2 ... at each bin of a transform of `size`.
std::vector<double> shapeOf(const std::vector<double>& filter, std::size_t size)
{
    std::vector<double> power(size / 2 + 1);
    for (std::size_t bin = 0; bin < power.size(); ++bin) {
        std::complex<double> gain = 1;
        for (std::size_t k = 0; k < filter.size(); ++k)
            gain -= filter[k] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(bin * (k + 1)) /
                                                    static_cast<double>(size));
        power[bin] = std::norm(gain);
    }
    return power;
}

// The largest difference between two spectra in dB, over bands of 1/32 of the range. The first two bins and
// the last are left out: the window spreads the ends of the axis over them.
double worstDecibels(const std::vector<double>& measured, const std::vector<double>& theory)
{
    const std::size_t band = (measured.size() - 1) / 32;
    double worst = 0;
    for (std::size_t first = 2; first + band < measured.size(); first += band) {
        const auto sum = [&](const std::vector<double>& p) {
            return std::accumulate(p.begin() + static_cast<std::ptrdiff_t>(first),
                                   p.begin() + static_cast<std::ptrdiff_t>(first + band), 0.0);
        };
        worst = std::max(worst, std::abs(10 * std::log10(sum(measured) / sum(theory))));
    }
    return worst;
}

} // namespace

TEST_CASE("the dither has a triangular distribution within 1 LSB, mean 0 and variance 1/6")
{
    for (const std::int64_t first : {std::int64_t{0}, std::int64_t{-500'000}, std::int64_t{1} << 33}) {
        const std::vector<double> noise = noiseOf(1, 7, first, 0);
        double sum = 0, squares = 0;
        std::array<int, 8> bins{};
        for (const double d : noise) {
            REQUIRE(std::abs(d) < 1);
            sum += d;
            squares += d * d;
            ++bins[static_cast<std::size_t>((d + 1) * 4)];
        }
        const auto n = static_cast<double>(noise.size());
        CHECK(std::abs(sum / n) < 4 * std::sqrt(1 / 6.0 / n));
        CHECK(squares / n == doctest::Approx(1 / 6.0).epsilon(0.005));
        const std::array triangle{1, 3, 5, 7, 7, 5, 3, 1}; // of 32
        for (std::size_t b = 0; b < bins.size(); ++b)
            CHECK(bins[b] / n == doctest::Approx(triangle[b] / 32.0).epsilon(0.02));
    }
}

TEST_CASE("the dither's spectrum is flat within 0.2 dB")
{
    const std::vector<double> flat(513, 1 / 6.0);
    for (const std::int64_t first : {std::int64_t{0}, std::int64_t{-500'000}})
        for (const int channel : {0, 1})
            CHECK(worstDecibels(powerSpectrum(noiseOf(3, 2, first, channel), 1024), flat) < 0.2);
}

TEST_CASE("the dither of one sample says nothing about another's: channels, neighbours, tracks, seeds")
{
    const double chance = 5 / std::sqrt(static_cast<double>(many));
    const std::vector<double> left = noiseOf(1, 1, -1000, 0);
    CHECK(std::abs(correlation(left, noiseOf(1, 1, -1000, 1))) < chance);
    for (std::size_t lag = 1; lag <= 64; ++lag) CHECK(std::abs(correlation(left, left, lag)) < chance);
    for (const std::uint32_t track : {0U, 2U, 3U, 17U, 0xffff'ffffU})
        for (const int channel : {0, 1})
            CHECK(std::abs(correlation(left, noiseOf(1, track, -1000, channel))) < chance);
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{1} << 40})
        CHECK(std::abs(correlation(left, noiseOf(seed, 1, -1000, 0))) < chance);
    // The counter's two halves: what repeats in the low one does not repeat in the noise.
    CHECK(std::abs(correlation(left, noiseOf(1, 1, (std::int64_t{1} << 31) - 1000, 0))) < chance);
}

TEST_CASE("the dither of a known place has a known value")
{
    // Promise: the same project gives the same bytes, in this and every later version.
    CHECK(tpdfNoise(1, 1, 0, 0) == 45927.0 / 65'536);
    CHECK(tpdfNoise(1, 1, 0, 1) == -54674.0 / 65'536);
    CHECK(tpdfNoise(1, 1, -1, 0) == -32447.0 / 65'536);
    CHECK(tpdfNoise(42, 99, 1'000'000, 1) == 13655.0 / 65'536);
    CHECK(tpdfNoise(0xffff'ffff'ffff'ffffU, 0xffff'ffffU, -5'000'000'000, 0) == 27753.0 / 65'536);
}

TEST_CASE("TPDF dither makes the whole error white and independent of the sound: 1/4 LSB squared")
{
    const std::vector<double> quarter(513, 0.25);
    CHECK(worstDecibels(powerSpectrum(addedNoise(Dither::tpdf, many), 1024), quarter) < 0.2);
}

TEST_CASE("shaped dither has the published filter's spectrum within 0.2 dB")
{
    const std::vector<double> light{1.623, -0.982, 0.109};
    const std::vector<double> strong{2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847};
    for (const auto& [dither, filter] :
         {std::pair{Dither::shapedLight, light}, {Dither::shapedStrong, strong}}) {
        std::vector<double> theory = shapeOf(filter, 1024);
        for (double& p : theory) p *= 0.25;
        CHECK(worstDecibels(powerSpectrum(addedNoise(dither, 4 * many), 1024), theory) < 0.2);
    }
}

TEST_CASE("a tone at -100 dBFS survives TPDF dither undistorted, and does not survive rounding")
{
    constexpr int period = 4096, cycles = 37;
    constexpr std::size_t periods = 1024;
    const double lsb = 32'768 * 1e-5;
    const auto harmonics = [&](Dither dither) {
        const std::vector<Pcm16Frame> out =
            quantised(dither, make(tone(lsb, cycles, period), period * periods));
        std::vector<std::complex<double>> mean(period);
        for (std::size_t i = 0; i < out.size(); ++i)
            mean[i % period] += static_cast<double>(out[i].left) / static_cast<double>(periods);
        fourier(mean);
        std::vector<double> amplitudes;
        for (int h = 1; h <= 15; ++h)
            amplitudes.push_back(std::abs(mean[static_cast<std::size_t>(h * cycles)]) * 2 / period);
        return amplitudes;
    };
    // Of an amplitude that is only noise: sigma of each part is sqrt(2 * 1/4 / samples).
    const double noise = std::sqrt(0.5 / (period * static_cast<double>(periods)));
    const std::vector<double> dithered = harmonics(Dither::tpdf);
    CHECK(std::abs(dithered[0] - lsb) < 5 * noise);
    for (std::size_t h = 1; h < dithered.size(); ++h) CHECK(dithered[h] < 5 * noise);
    for (const double amplitude : harmonics(Dither::none)) CHECK(amplitude == 0.0);
}

TEST_CASE("quantising agrees with the plain arithmetic of rendering.md, however it is divided")
{
    std::vector<Frame> in = make(noise24(5, 1.0), 2000);
    in[77] = {1.0, -1.0};
    in[78] = {3.0, -3.0};
    in[79] = {0.5 / 32'768, 1.5 / 32'768};
    for (const auto& [dither, filter] :
         {std::pair{Dither::none, std::vector<double>{}},
          {Dither::tpdf, {}},
          {Dither::shapedLight, {1.623, -0.982, 0.109}},
          {Dither::shapedStrong, {2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847}}}) {
        // Across position 0 and across a carry of the 32-bit counter.
        for (const std::int64_t position : {std::int64_t{-700}, (std::int64_t{1} << 31) - 333}) {
            std::array<std::vector<double>, 2> errors;
            std::vector<Pcm16Frame> expected(in.size());
            for (std::size_t i = 0; i < in.size(); ++i)
                for (const int channel : {0, 1}) {
                    auto& e = errors[static_cast<std::size_t>(channel)];
                    double feedback = 0;
                    for (std::size_t k = filter.size(); k >= 1; --k)
                        feedback += filter[k - 1] * (e.size() >= k ? e[e.size() - k] : 0.0);
                    const double v = (channel == 0 ? in[i].left : in[i].right) * 32'768 - feedback;
                    const double d = dither == Dither::none
                                         ? 0.0
                                         : tpdfNoise(9, 4, position + static_cast<std::int64_t>(i), channel);
                    const double r = std::nearbyint(v + d);
                    e.push_back(r - v);
                    const double q = std::min(std::max(r, -32'768.0), 32'767.0);
                    (channel == 0 ? expected[i].left : expected[i].right) = static_cast<std::int16_t>(q);
                }
            for (const std::size_t block :
                 {std::size_t{1}, std::size_t{3}, std::size_t{64}, std::size_t{97}, in.size()}) {
                std::vector<Pcm16Frame> out(in.size());
                Quantiser quantiser{dither, noiseKey(9, 4), position};
                for (std::size_t at = 0; at < in.size(); at += block) {
                    const std::size_t n = std::min(block, in.size() - at);
                    (void)quantiser.run(std::span{in}.subspan(at, n), std::span{out}.subspan(at, n));
                }
                CHECK(out == expected);
            }
        }
    }
}

TEST_CASE("halves round to the even neighbour and everything is clamped to 16 bit")
{
    const std::vector<Frame> in = make(
        [](std::int64_t at) {
            const std::array lsb{0.5,      1.5,      2.5,       -0.5,      -1.5, 32'767.4,
                                 32'767.5, 40'000.0, -32'768.5, -32'769.0, 1e30, -1e30};
            return Frame{lsb[static_cast<std::size_t>(at)] / 32'768, 0};
        },
        12);
    std::vector<Pcm16Frame> out(in.size());
    const QuantiseTally tally = Quantiser{Dither::none, {}, 0}.run(in, out);
    const std::array expected{0, 2, 2, 0, -2, 32'767, 32'767, 32'767, -32'768, -32'768, 32'767, -32'768};
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(out[i].left == expected[i]);
    CHECK(tally.slight == 2); // 32768 and -32769; -32768.5 rounds to the even -32768
    CHECK(tally.beyond == 3);
    CHECK(tally.firstBeyond == 7U);
    CHECK(tally.peak == 1e30 / 32'768);
}

TEST_CASE("two LSB beyond full scale are slight, three are beyond, sample by sample")
{
    std::vector<Frame> in(1000);
    in[10] = {32'769.0 / 32'768, -32'770.0 / 32'768}; // 2 and 2
    in[500] = {32'770.0 / 32'768, 0};                 // 3
    in[501] = {0, -32'771.0 / 32'768};                // 3
    std::vector<Pcm16Frame> out(in.size());
    const QuantiseTally tally = Quantiser{Dither::none, {}, 0}.run(in, out);
    CHECK(tally.slight == 2);
    CHECK(tally.beyond == 2);
    CHECK(tally.firstBeyond == 500U);
    CHECK(tally.peak == 32'771.0 / 32'768);
}

TEST_CASE("full-scale music is never beyond, whatever the dither")
{
    const std::vector<Frame> in =
        make([](std::int64_t at) { return at % 2 == 0 ? Frame{1, -1} : Frame{-1, 1}; }, 100'000);
    for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        std::vector<Pcm16Frame> out(in.size());
        const QuantiseTally tally = Quantiser{dither, noiseKey(1, 1), 0}.run(in, out);
        CHECK(tally.slight > 0);
        CHECK(tally.beyond == 0);
    }
}

TEST_CASE(
    "samples beyond are the same ones for every dither with the same noise, however the sound is divided")
{
    // Four LSB over now and then: the shaper's feedback brings some of these back into the range.
    const auto in = make(
        [](std::int64_t at) {
            return Frame{at % 53 == 0 ? 32'771.0 / 32'768 : 0.1, at % 59 == 0 ? -32'772.0 / 32'768 : 0.2};
        },
        10'000);
    const auto tallyOf = [&](Dither dither, std::size_t block) {
        Quantiser quantiser{dither, noiseKey(3, 2), 0};
        QuantiseTally sum;
        for (std::size_t at = 0; at < in.size(); at += block) {
            std::vector<Pcm16Frame> out(std::min(block, in.size() - at));
            const QuantiseTally some = quantiser.run(std::span{in}.subspan(at, out.size()), out);
            sum.beyond += some.beyond;
            sum.slight += some.slight;
            sum.peak = std::max(sum.peak, some.peak);
        }
        return sum;
    };
    const QuantiseTally plain = tallyOf(Dither::tpdf, in.size());
    REQUIRE(plain.beyond > 100);
    for (const Dither dither : {Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        const QuantiseTally whole = tallyOf(dither, in.size());
        for (const std::size_t block : std::array<std::size_t, 4>{1, 7, 61, 4096}) {
            CAPTURE(name(dither));
            CAPTURE(block);
            const QuantiseTally divided = tallyOf(dither, block);
            CHECK(divided.beyond == plain.beyond);
            CHECK(divided.slight == whole.slight);
            CHECK(divided.peak == whole.peak);
        }
    }
}

TEST_CASE("the shaper recovers at once from an over")
{
    std::vector<Frame> in = make(constant(0.25, 0.25), 3000);
    for (std::size_t i = 1000; i < 2000; ++i) in[i] = {8.0, -8.0};
    const std::vector<Pcm16Frame> out = quantised(Dither::shapedStrong, in);
    for (std::size_t i = 2000; i < 3000; ++i) CHECK(std::abs(out[i].left - 8192) < 40);
}

TEST_CASE("the first frame that is not a number is found, on either channel")
{
    for (const double bad : {std::nan(""), -std::nan(""), HUGE_VAL, -HUGE_VAL})
        for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedStrong}) {
            std::vector<Frame> in(500);
            in[321].right = bad;
            in[400].left = bad;
            std::vector<Pcm16Frame> out(in.size());
            CHECK(Quantiser{dither, noiseKey(1, 1), 0}.run(in, out).firstNonFinite == 321U);
        }
}

TEST_CASE("a dither's name can be read again, and an unknown one is refused with the choice")
{
    for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        CHECK(parseDither(name(dither)) == dither);
        CHECK_FALSE(describe(dither).empty());
    }
    const auto unknown = parseDither("pow-r");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().what.find("shaped-light") != std::string::npos);
}
