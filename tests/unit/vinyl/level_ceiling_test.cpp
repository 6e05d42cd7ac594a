// What every turn of a side would allow agrees with what the whole side allows.

#include "vinyl/level_ceiling.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

struct Found {
    CuttingLimit limit{};
    SideCeiling ceiling{};
};
Found found(const CuttingCurves& curves, const LatheProfile& lathe = {})
{
    const SideStretch side = wholeProgramme(curves);
    Found f{.limit = highestLevel(curves, side, lathe, {}, {}), .ceiling = {}};
    f.ceiling = ceilingOf(curves, side, lathe, {}, {}, f.limit.gain.value_or(0));
    return f;
}
/// `sound` for a second at its place, music so soft elsewhere that nothing limits it.
Formula at(double seconds, const Formula& sound)
{
    return [=, music = tone(440, -50)](std::int64_t k) {
        const auto from = std::llround(seconds * 44'100);
        return k >= from && k < from + 44'100 ? sound(k - from) : music(k);
    };
}

} // namespace

TEST_CASE("the lowest ceiling of a side is its highest level, and lies where the limit binds")
{
    for (const auto& [sound, limit] : {std::pair{tone(100, -6, 44'100, 1, -1), Limit::lift},
                                       {tone(17'000, -14), Limit::curvature},
                                       {tone(2000, -1), Limit::slope}}) {
        const Found f = found(curvesOf(60, at(31, sound)));
        REQUIRE(f.limit.gain);
        CHECK(f.limit.limit == limit);
        const LevelCeiling lowest = f.ceiling.lowest(0, 60);
        CHECK(lowest.binding() == limit);
        CHECK(lowest.lowest() == doctest::Approx(*f.limit.gain).epsilon(0.001).scale(1));
        CHECK(f.ceiling.lowest(30, 33).lowest() == lowest.lowest());
        CHECK(f.ceiling.lowest(0, 29).lowest() > lowest.lowest() + 10);
        CHECK(f.ceiling.lowest(35, 60).lowest() > lowest.lowest() + 10);
    }
}

TEST_CASE("without depth control the ceiling is where the groove has its least depth")
{
    LatheProfile fixed;
    fixed.depthControl = false;
    const Found f = found(curvesOf(10, tone(100, -20, 44'100, 1, -1)), fixed);
    CHECK(std::fabs(f.ceiling.lowest(2, 8).lift - 0.14) < 0.05);
}

TEST_CASE("treble has a lower ceiling further in, by the square of the groove's speed")
{
    // Cut at full scale, so that half a minute lies a good part further in.
    const CuttingCurves curves = curvesOf(300, tone(8000, -20));
    const SideStretch side = wholeProgramme(curves);
    const SideCeiling ceiling = ceilingOf(curves, side, {}, {}, {}, 10);
    const Groove groove = cutGroove(curves, side, {}, velocityAtFullScale({}, 10) * 1e6);
    const Radii radii;
    const double from = ceiling.lowest(10, 11).curvature, to = ceiling.lowest(290, 291).curvature;
    CHECK(from - to ==
          doctest::Approx(40 * std::log10(groove.radiusAt(12, radii) / groove.radiusAt(292, radii)))
              .epsilon(0.02));
    CHECK(from > to);
}

TEST_CASE("silence has no ceiling, and neither has what lies outside the side")
{
    const Found f = found(curvesOf(20, constant(0, 0)));
    CHECK(f.ceiling.lowest(0, 20).binding() == Limit::none);
    CHECK(f.ceiling.lowest(0, 20).lowest() == LevelCeiling::noCeiling);
    const CuttingCurves loud = curvesOf(40, tone(8000, -3));
    const SideCeiling part = ceilingOf(loud, {.begin = 10, .end = 20}, {}, {}, {}, 0);
    CHECK(part.lowest(0, 9).binding() == Limit::none);
    CHECK(part.lowest(23, 40).binding() == Limit::none);
    CHECK(part.lowest(11, 12).binding() != Limit::none);
}
