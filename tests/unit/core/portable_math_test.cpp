#include "core/portable_math.h"

#include "core/decibels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace segue;

namespace {

constexpr double promised = 1e-13;
constexpr long double halfPi = 1.57079632679489661923132169163975144L;

double relativeError(double value, long double truth)
{
    return static_cast<double>(std::abs((static_cast<long double>(value) - truth) / truth));
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

} // namespace

TEST_CASE("the sine quarter is exact at its ends and within its promise between")
{
    static_assert(std::numeric_limits<long double>::digits >= 64,
                  "the reference must know more than a double");
    CHECK(bits(sineQuarter(0.0)) == bits(0.0));
    CHECK(bits(sineQuarter(1.0)) == bits(1.0));
    constexpr int steps = 200'000;
    double worst = 0;
    for (int i = 0; i <= steps; ++i) {
        const double x = static_cast<double>(i) / steps;
        const double y = sineQuarter(x);
        worst =
            std::max(worst, static_cast<double>(std::abs(static_cast<long double>(y) -
                                                         std::sin(halfPi * static_cast<long double>(x)))));
        if (y < 0.0 || y > 1.0) FAIL("outside 0..1 at " << x);
    }
    MESSAGE("worst absolute error of the sine: " << worst);
    CHECK(worst < promised);
    CHECK(worst < 1e-15);
}

TEST_CASE("the sine quarter never falls")
{
    constexpr int steps = 100'000;
    double before = 0;
    for (int i = 0; i <= steps; ++i) {
        const double y = sineQuarter(static_cast<double>(i) / steps);
        if (y < before) FAIL("falls at step " << i);
        before = y;
    }
    CHECK(before == 1.0);
}

TEST_CASE("the exponential keeps its promise over its whole range")
{
    CHECK(bits(portableExp(0.0)) == bits(1.0));
    CHECK(bits(portableExp(-0.0)) == bits(1.0));
    constexpr int steps = 200'000;
    double worst = 0;
    for (int i = -steps; i <= steps; ++i) {
        const double wide = 700.0 * i / steps;
        const double narrow = 1.0 * i / steps;
        worst = std::max(worst, relativeError(portableExp(wide), std::exp(static_cast<long double>(wide))));
        worst =
            std::max(worst, relativeError(portableExp(narrow), std::exp(static_cast<long double>(narrow))));
    }
    MESSAGE("worst relative error of the exponential: " << worst);
    CHECK(worst < promised);
    CHECK(worst < 1e-15);
}

TEST_CASE("the logarithm keeps its promise from the smallest to the largest number")
{
    CHECK(bits(portableLog(1.0)) == bits(0.0));
    double worst = 0;
    const auto look = [&worst](double x) {
        const long double truth = std::log(static_cast<long double>(x));
        if (truth != 0) worst = std::max(worst, relativeError(portableLog(x), truth));
    };
    for (int exponent = -1022; exponent <= 1023; ++exponent)
        for (int i = 0; i < 100; ++i) look(std::ldexp(1.0 + i / 100.0, exponent));
    for (int i = 1; i <= 200'000; ++i) look(i / 100'000.0); // around 1, where the result is small
    double next = 1.0;
    for (int i = 0; i < 100; ++i) look(next = std::nextafter(next, 2.0));
    look(std::numeric_limits<double>::denorm_min());
    look(std::numeric_limits<double>::max());
    MESSAGE("worst relative error of the logarithm: " << worst);
    CHECK(worst < promised);
    CHECK(worst < 1e-15);
}

// Computed once; a compiler or processor that gives other bits breaks "same project, same bytes".
TEST_CASE("portable math gives these very bits")
{
    CHECK(bits(sineQuarter(0.25)) == 0x3FD87DE2A6AEA963u);
    CHECK(bits(sineQuarter(0.7)) == 0x3FEC83201D3D2C6Cu);
    CHECK(bits(portableExp(1.0)) == 0x4005BF0A8B14576Au);
    CHECK(bits(portableExp(-123.456)) == 0x34CDA9FB9E4EE720u);
    CHECK(bits(portableLog(10.0)) == 0x40026BB1BBB55516u);
    CHECK(bits(portableLog(0.001)) == 0xC01BA18A998FFFA0u);
}

TEST_CASE("zero decibels are a gain of exactly one")
{
    CHECK(bits(Decibels{}.gain()) == bits(1.0));
    CHECK(bits(Decibels{0.0}.gain()) == bits(1.0));
    CHECK(bits(Decibels{-0.0}.gain()) == bits(1.0));
    CHECK(bits(Decibels::fromGain(1.0).value()) == bits(0.0));
    CHECK(Decibels{-3} + Decibels{3} == Decibels{});
    CHECK((Decibels{-3} + Decibels{3}).isUnity());
}

TEST_CASE("decibels follow the definition over the range of a console")
{
    double worst = 0, worstWayBack = 0;
    for (int i = -20'000; i <= 6'000; ++i) {
        if (i == 0) continue;
        const double db = i / 100.0;
        const double gain = Decibels{db}.gain();
        worst = std::max(worst, relativeError(gain, std::pow(10.0L, static_cast<long double>(db) / 20)));
        worstWayBack = std::max(
            worstWayBack, relativeError(Decibels::fromGain(gain).value(), static_cast<long double>(db)));
    }
    MESSAGE("worst relative error of a gain: " << worst << ", of the way back: " << worstWayBack);
    CHECK(worst < 1e-14);
    CHECK(worstWayBack < promised); // near 0 dB the gain's own rounding weighs more
    CHECK(Decibels::fromGain(0.5).value() == doctest::Approx(-6.020599913279624).epsilon(1e-14));
}

TEST_CASE("silence is a gain of exactly zero and below everything")
{
    CHECK(bits(Decibels::silence().gain()) == bits(0.0));
    CHECK(Decibels::fromGain(0.0) == Decibels::silence());
    CHECK(Decibels::silence() < Decibels{-200});
    CHECK((Decibels::silence() + Decibels{20}).gain() == 0.0);
    CHECK(Decibels{-100'000}.gain() == 0.0);
    CHECK(Decibels{100'000}.gain() == std::numeric_limits<double>::infinity());
    CHECK(Decibels::fromGain(std::numeric_limits<double>::infinity()).gain() ==
          std::numeric_limits<double>::infinity());
}
