#include "audio/fade_curve.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;

namespace {

long double formula(Curve curve, long double x)
{
    const long double quarter = std::numbers::pi_v<long double> / 2;
    switch (curve) {
    case Curve::linear: return x;
    case Curve::equalPower: return std::sin(quarter * x);
    case Curve::cosine: return (1 - std::cos(2 * quarter * x)) / 2;
    case Curve::exponential: return (std::pow(1000.0L, x) - 1) / 999;
    case Curve::logarithmic: return std::log(1 + 999 * x) / std::log(1000.0L);
    case Curve::squareRoot: return std::sqrt(x);
    }
    return 0;
}

} // namespace

TEST_CASE("every fade curve is within 1e-12 of its formula")
{
    for (const Curve curve : allCurves)
        for (int i = 0; i <= 10'000; ++i) {
            const double x = i / 10'000.0;
            CHECK(std::abs(static_cast<long double>(fadeGain(curve, x)) - formula(curve, x)) < 1e-12L);
        }
}

TEST_CASE("every fade curve runs from exactly 0 to exactly 1 and never falls")
{
    for (const Curve curve : allCurves) {
        CAPTURE(name(curve));
        CHECK(fadeGain(curve, 0.0) == 0.0);
        CHECK(fadeGain(curve, 1.0) == 1.0);
        double before = 0;
        for (int i = 1; i <= 4096; ++i) {
            const double gain = fadeGain(curve, i / 4096.0);
            CHECK(gain > before);
            CHECK(gain <= 1.0);
            before = gain;
        }
    }
}

TEST_CASE("no fade ends with a step")
{
    // One sample short of either end of a ten-second fade nothing is missing that could be heard.
    const SampleCount n{441'000};
    for (const Curve curve : {Curve::linear, Curve::equalPower, Curve::cosine, Curve::exponential}) {
        CHECK(fadeInGain(curve, 0, n) < 1e-5);
        CHECK(1 - fadeInGain(curve, n.value() - 1, n) < 1e-5);
    }
    // These two rise steeply from 0, as their names say; their upper end is closed too.
    for (const Curve curve : {Curve::logarithmic, Curve::squareRoot}) {
        CHECK(fadeInGain(curve, 0, n) < 2e-3);
        CHECK(1 - fadeInGain(curve, n.value() - 1, n) < 1e-5);
    }
}

TEST_CASE("a fade samples its curve in the middle of each sample, and a fade out is the mirror of a fade in")
{
    for (const Curve curve : allCurves)
        for (const std::int64_t n : {1, 2, 3, 588, 44'100}) {
            CHECK(fadeInGain(curve, 0, SampleCount{n}) == fadeGain(curve, 0.5 / static_cast<double>(n)));
            for (std::int64_t i = 0; i < n; i += std::max<std::int64_t>(1, n / 7))
                CHECK(fadeOutGain(curve, i, SampleCount{n}) == fadeInGain(curve, n - 1 - i, SampleCount{n}));
        }
}

TEST_CASE("two equal-power sides keep the power, two linear or cosine sides keep the sum")
{
    const SampleCount n{10'007};
    for (std::int64_t i = 0; i < n.value(); i += 13) {
        const double in = fadeInGain(Curve::equalPower, i, n), out = fadeOutGain(Curve::equalPower, i, n);
        CHECK(in * in + out * out == doctest::Approx(1.0).epsilon(1e-13));
        for (const Curve curve : {Curve::linear, Curve::cosine})
            CHECK(fadeInGain(curve, i, n) + fadeOutGain(curve, i, n) == doctest::Approx(1.0).epsilon(1e-13));
    }
}
