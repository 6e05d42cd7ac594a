// The recording characteristic, in formula and as the filter that cuts.

#include "vinyl/riaa.h"

#include "vinyl/cutting_filter.h"
#include "vinyl/side_estimate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <utility>

using namespace segue;
using namespace segue::vinyl;

namespace {

double decibels(double gain) { return 20 * std::log10(gain); }

constexpr std::pair<double, double> table[] = {
    {20, -19.274},    {30, -18.593},    {50, -16.946},    {80, -14.506},   {100, -13.088}, {150, -10.271},
    {200, -8.219},    {300, -5.484},    {315, -5.179},    {400, -3.784},   {500, -2.648},  {1000, 0},
    {2000, 2.589},    {3000, 4.740},    {5000, 8.210},    {7000, 10.816},  {8000, 11.894}, {10'000, 13.734},
    {12'000, 15.264}, {15'000, 17.157}, {16'000, 17.708}, {20'000, 19.620}};

} // namespace

TEST_CASE("the recording characteristic has the published values")
{
    for (const auto& [hertz, wanted] : table) {
        CAPTURE(hertz);
        CHECK(decibels(riaaGain(hertz)) == doctest::Approx(wanted).epsilon(0.001).scale(1));
    }
    CHECK(velocityAtFullScale({}, 0) == doctest::Approx(0.2506).epsilon(0.001));
    CHECK(velocityAtFullScale({.dbfs = -14}, 6) == doctest::Approx(0.5).epsilon(0.001));
}

TEST_CASE("the filter that cuts follows the characteristic within 0.05 dB from 20 Hz to 20 kHz")
{
    for (const int rate : {44'100, 48'000, 88'200, 96'000, 176'400, 192'000}) {
        CAPTURE(rate);
        const CuttingFilter filter = designCuttingFilter(SampleRate{rate});
        for (double hertz = 20; hertz <= 20'000; hertz *= 1.01) {
            CAPTURE(hertz);
            const double angular = 2 * std::numbers::pi * hertz;
            CHECK(std::fabs(decibels(std::abs(filter.velocityResponse(hertz)) / riaaGain(hertz))) < 0.05);
            CHECK(std::fabs(decibels(std::abs(filter.accelerationResponse(hertz)) / riaaGain(hertz) /
                                     angular)) < 0.1);
            if (hertz < 30 || hertz > 10'000) continue;
            CHECK(std::fabs(decibels(std::abs(filter.displacementResponse(hertz)) * angular /
                                     riaaGain(hertz))) < 0.1);
        }
    }
}

TEST_CASE("minutes alone give the level of the published chart")
{
    const RecordFormat lp{};
    CHECK(std::fabs(levelForMinutes(lp, 20) - 0.0) < 0.1);
    CHECK(std::fabs(levelForMinutes(lp, 24) - -3.0) < 0.1);
    CHECK(std::fabs(levelForMinutes(lp, 28) - -6.0) < 0.1);
    CHECK(spaceLevelForMinutes(lp, 14) == doctest::Approx(4.9).epsilon(0.02));
    CHECK(levelForMinutes(lp, 10) == 4.0);
    CHECK(levelForMinutes({DiscSize::inch7, Speed::rpm45}, 2) == 3.0);
    CHECK(std::isinf(levelForMinutes(lp, 60)));
    for (const double level : {-6.0, -1.5, 2.0})
        CHECK(spaceLevelForMinutes(lp, minutesForLevel(lp, level)) == doctest::Approx(level));
}

TEST_CASE("other rooms' tables lie within the stated distance of the planner")
{
    struct Row {
        RecordFormat format;
        double minutes, published, distance;
    };
    const RecordFormat lp{}, maxi{DiscSize::inch12, Speed::rpm45}, single{DiscSize::inch7, Speed::rpm45};
    for (const Row& r : {Row{lp, 14, 4, 2}, Row{lp, 18, 2, 2}, Row{lp, 20, 1, 2}, Row{lp, 22, 0, 2},
                         Row{lp, 24, -1, 2.1}, Row{maxi, 14, 2, 2}, Row{maxi, 16, 0, 2},
                         Row{single, 5.25, 0, 2}, Row{single, 6, -2, 2}, Row{single, 6.5, -4, 2}}) {
        CAPTURE(r.minutes);
        CHECK(std::fabs(spaceLevelForMinutes(r.format, r.minutes) - r.published) <= r.distance);
    }
}
