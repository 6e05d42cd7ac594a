// Depth, pitch, radius and the highest level, against calculation (standard profile, 12", 33 1/3).

#include "vinyl/cutting_level.h"

#include "support/album_builder.h"
#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr double twentyMinutes = 1200;

const CuttingCurves& silence()
{
    static const CuttingCurves curves = curvesOf(twentyMinutes, constant(0, 0), 8000);
    return curves;
}
double capacity(const CuttingCurves& curves, const Groove& groove)
{
    return curves.seconds() / 60 * radiiOf(DiscSize::inch12).width() / groove.used;
}
double micrometres(double gain) { return 1e6 * velocityAtFullScale({}, gain); }

/// Segments of random movement: what a groove is made of, without any sound.
CuttingCurves randomCurves(Dice& dice, std::size_t segments)
{
    CuttingCurves curves{.rate = SampleRate{8000}};
    for (std::size_t i = 0; i < segments; ++i) {
        const auto draw = [&] { return static_cast<float>(dice.between(0, dice.between(1, 1000))) * 1e-7F; };
        GrooveSegment g{.lowLeft = -draw(), .highLeft = draw(), .lowRight = -draw(), .highRight = draw()};
        g.deeper = draw();
        g.shallower = draw();
        curves.segments.push_back(g);
    }
    curves.length = SampleCount{std::llround(static_cast<double>(segments) * curves.segmentSeconds() * 8000)};
    return curves;
}

} // namespace

TEST_CASE("twenty minutes of silence use 43.87 mm")
{
    const Groove groove = grooveOf(silence());
    CHECK(within(neededPitch(silence(), wholeProgramme(silence()), {}, micrometres(0)).front(), 65.8, 0.1));
    CHECK(within(groove.used, 43.87, 0.1));
    CHECK(within(groove.radiusAt(twentyMinutes, radiiOf(DiscSize::inch12)), 102.4, 0.1));
    CHECK(within(capacity(silence(), groove), 39.2, 0.1));
    CHECK(!highestLevel(silence(), wholeProgramme(silence()), {}, {}, {}).gain);
}

TEST_CASE("twenty minutes of a 1 kHz tone use the space that calculation says")
{
    const CuttingCurves curves = curvesOf(twentyMinutes, tone(1000, -14, 22'050), 22'050);
    const Groove groove = grooveOf(curves);
    CHECK(within(neededPitch(curves, wholeProgramme(curves), {}, micrometres(0))[1000], 88.31, 0.5));
    CHECK(within(groove.used, 58.87, 0.5));
    CHECK(within(capacity(curves, groove), 29.2, 0.5));

    // The same at full scale is the same 14 dB higher.
    const Groove loud = grooveOf(curves, 14);
    CHECK(within(loud.used, 119.1, 0.5));
    CHECK(within(capacity(curves, loud), 14.45, 0.5));
    const CuttingLimit limit = highestLevel(curves, wholeProgramme(curves), {}, {}, {.dbfs = -28});
    REQUIRE(limit.gain);
    CHECK(limit.limit == Limit::space);
    CHECK(std::fabs(*limit.gain - -5.03) < 0.05);
    CHECK(within(grooveOf(curves, 14 + *limit.gain).used, 86.0, 0.1));
}

TEST_CASE("at 45 a stationary sound needs 1.35 times the radius")
{
    const double slow = grooveOf(curvesOf(60, tone(1000, -14))).used;
    const double fast = grooveOf(curvesOf(60, tone(1000, -14), 44'100, Speed::rpm45)).used;
    CHECK(within(fast / slow, 1.35, 2));
}

TEST_CASE("depth control opens the groove for vertical movement, a fixed depth loses it")
{
    const CuttingCurves loud = curvesOf(6, tone(100, -14, 44'100, 1, -1));
    const Groove groove = grooveOf(loud);
    CHECK(within(groove.shallowestFixed, 0.46, 60)); // 25.4 - 24.94: the rest of a difference
    CHECK(std::fabs(groove.shallowestFixed - 0.46) < 0.25);
    CHECK(within(groove.widestOpening, 12.24, 2));
    const CuttingCurves quiet = curvesOf(6, tone(100, -20, 44'100, 1, -1));
    CHECK(grooveOf(quiet).widestOpening <= 0);
    CHECK(within(grooveOf(quiet).shallowestFixed, 12.90, 1));
    // A fixed-depth lathe is at its floor 0.14 dB higher.
    LatheProfile fixed;
    fixed.depthControl = false;
    const CuttingLimit limit = highestLevel(quiet, wholeProgramme(quiet), fixed, {}, {});
    REQUIRE(limit.gain);
    CHECK(limit.limit == Limit::lift);
    CHECK(std::fabs(*limit.gain - 0.14) < 0.05);
    CHECK(highestLevel(quiet, wholeProgramme(quiet), {}, {}, {}).limit == Limit::lift);
}

TEST_CASE("one burst opens its own turn and the one before it")
{
    // It begins with its crest: a sine that begins at zero first swings further than it does later.
    const Formula burst = [sine = tone(1000, -14)](std::int64_t at) {
        // 50 ms inside segment 160, which begins at 18.0 s.
        const std::int64_t from = 44'100 * 1803 / 100;
        return at >= from && at < from + 2205 ? sine(at - from + 11) : Frame{};
    };
    const double extra = grooveOf(curvesOf(40, burst)).used - grooveOf(curvesOf(40, constant(0, 0))).used;
    CAPTURE(extra * 1000);
    CHECK(within(extra * 1000, 22.5, 5));
}

TEST_CASE("the guaranteed schedule leaves every turn the space it needs, always goes inwards, and grows with "
          "the level")
{
    Dice dice{11};
    for (int i = 0; i < scaled(60); ++i) {
        const CuttingCurves curves = randomCurves(dice, static_cast<std::size_t>(dice.between(1, 400)));
        const SideStretch side = wholeProgramme(curves);
        LatheProfile lathe;
        lathe.holdNeighbours = dice.between(0, 1) == 1;
        double last = 0;
        for (const double gain : {-6.0, 0.0, 0.5, 6.0}) {
            const Groove groove = cutGroove(curves, side, lathe, micrometres(gain));
            const std::vector<double> pitch = neededPitch(curves, side, lathe, micrometres(gain));
            double least = 1;
            for (std::size_t k = 0; k + 1 < groove.advance.size(); ++k) {
                CHECK(groove.advance[k + 1] >= groove.advance[k]);
                if (k + segmentsPerTurn < groove.advance.size())
                    least = std::min(least, groove.advance[k + segmentsPerTurn] - groove.advance[k] -
                                                pitch[k] * 1e-3);
            }
            CHECK(least >= -1e-6); // mm: a nanometre
            CHECK(groove.used > last);
            CHECK(groove.agileUsed <= groove.used + 1e-9);
            last = groove.used;
        }
    }
}

TEST_CASE("the silence before and behind a side is cut like silence that is in the sound")
{
    Dice dice{12};
    for (int i = 0; i < scaled(20); ++i) {
        const CuttingCurves sound = randomCurves(dice, 60);
        CuttingCurves file = sound; // a turn of silence before it, two behind it
        file.segments.insert(file.segments.begin(), segmentsPerTurn, GrooveSegment{});
        file.segments.insert(file.segments.end(), 2 * segmentsPerTurn, GrooveSegment{});
        const double turn = revolutionSeconds(Speed::rpm33);
        file.length = SampleCount{
            std::llround(static_cast<double>(file.segments.size()) * file.segmentSeconds() * 8000)};
        SideStretch side = wholeProgramme(sound);
        side.silence = {.leadIn = turn, .tail = 2 * turn};
        LatheProfile lathe;
        lathe.holdNeighbours = dice.between(0, 1) == 1;
        const Groove around = cutGroove(sound, side, lathe, micrometres(0)),
                     whole = cutGroove(file, wholeProgramme(file), lathe, micrometres(0));
        CHECK(around.used == doctest::Approx(whole.used).epsilon(1e-12));
        CHECK(around.agileUsed == doctest::Approx(whole.agileUsed).epsilon(1e-12));
        const Radii radii = radiiOf(DiscSize::inch12);
        for (double at = side.cutBegin(); at <= side.cutEnd(); at += 0.07)
            CHECK(around.radiusAt(at, radii) ==
                  doctest::Approx(whole.radiusAt(at + turn, radii)).epsilon(1e-12));
    }
}

TEST_CASE("a second before and two behind take a groove of silence each, on a side that begins anywhere")
{
    const CuttingCurves curves = curvesOf(60, constant(0, 0), 8000);
    const Radii radii = radiiOf(DiscSize::inch12);
    for (const double begin : {0.0, 10.0, 23.456}) {
        SideStretch side{.begin = begin, .end = begin + 20};
        side.silence = usualSilence;
        const Groove groove = cutGroove(curves, side, {}, micrometres(0));
        const double perSecond = 65.8e-3 / 1.8;
        CHECK(groove.used == doctest::Approx(23 * perSecond).epsilon(1e-9));
        CHECK(groove.radiusAt(begin - 1, radii) == doctest::Approx(radii.outer).epsilon(1e-12));
        CHECK(groove.radiusAt(begin, radii) == doctest::Approx(radii.outer - perSecond).epsilon(1e-9));
        CHECK(groove.radiusAt(begin + 20, radii) ==
              doctest::Approx(radii.outer - 21 * perSecond).epsilon(1e-9));
        CHECK(groove.radiusAt(begin + 22, radii) ==
              doctest::Approx(radii.outer - groove.used).epsilon(1e-12));
    }
}

TEST_CASE("bands take their place where they stand")
{
    const CuttingCurves curves = curvesOf(60, constant(0, 0), 8000);
    SideStretch side = wholeProgramme(curves);
    const double plain = cutGroove(curves, side, {}, micrometres(0)).used;
    side.bands = {20, 40};
    const Groove groove = cutGroove(curves, side, {}, micrometres(0));
    CHECK(groove.used == doctest::Approx(plain + 2));
    const Radii radii = radiiOf(DiscSize::inch12);
    CHECK(groove.radiusAt(19, radii) - groove.radiusAt(21, radii) > 1);
    CHECK(groove.radiusAt(21, radii) - groove.radiusAt(39, radii) < 1);
}

TEST_CASE("a stretch in the middle is cut from the rim like a side of its own")
{
    const CuttingCurves curves = curvesOf(
        120, [sine = tone(1000, -14)](std::int64_t at) { return at < 44'100 * 60 ? sine(at) : Frame{}; });
    const Groove loud = cutGroove(curves, {.begin = 0, .end = 60}, {}, micrometres(0));
    const Groove silent = cutGroove(curves, {.begin = 60, .end = 120}, {}, micrometres(0));
    CHECK(within(loud.used, 58.87 / 20, 1));
    CHECK(within(silent.used, 43.87 / 20, 1));
    CHECK(silent.radiusAt(60.2, radiiOf(DiscSize::inch12)) > 146);
}
