// Bass: depth, width, infrasonics; and no false alarm.

#include "vinyl/low_end.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

LowEnd checked(const CuttingCurves& curves, const LatheProfile& lathe = {}, double gain = 0)
{
    const SideStretch side = wholeProgramme(curves);
    const Groove groove = grooveOf(curves, gain, lathe);
    const RecordFormat format;
    return checkLowEnd({curves, side, groove, lathe, format, velocityAtFullScale({}, gain)});
}
Finding::Level worst(const VinylEvents& events, std::string_view kind = {})
{
    Finding::Level level = Finding::Level::note;
    for (const VinylEvent& e : events)
        if (kind.empty() || e.kind == kind) level = std::min(level, e.severity);
    return level;
}
std::ptrdiff_t count(const VinylEvents& events, std::string_view kind)
{
    return std::ranges::count(events, kind, &VinylEvent::kind);
}

} // namespace

TEST_CASE("antiphase bass at the reference is a warning with depth control and an error without")
{
    const CuttingCurves loud = curvesOf(6, tone(100, -14, 44'100, 1, -1));
    const LowEnd automatic = checked(loud);
    CHECK(within(automatic.extraDepth, 12.24, 2));
    CHECK(worst(automatic.events, "depth") == Finding::Level::warning);
    CHECK(count(automatic.events, "depth") == 1);
    LatheProfile fixed;
    fixed.depthControl = false;
    CHECK(worst(checked(loud, fixed).events, "fixed_depth") == Finding::Level::error);
    const CuttingCurves quiet = curvesOf(6, tone(100, -20, 44'100, 1, -1));
    CHECK(count(checked(quiet).events, "depth") == 0);
    CHECK(worst(checked(quiet, fixed).events) == Finding::Level::warning);
    CHECK(count(checked(quiet, fixed).events, "fixed_depth") == 1);
    // The floor of a fixed depth is reached at -19.86 dBFS.
    CHECK(worst(checked(quiet, fixed, 0.10).events, "fixed_depth") == Finding::Level::warning);
    CHECK(worst(checked(quiet, fixed, 0.18).events, "fixed_depth") == Finding::Level::error);
    CHECK(worst(checked(loud, {}, 8).events, "depth") == Finding::Level::error);
}

TEST_CASE("correlation is what it should be")
{
    CHECK(correlation(1, 1, 1) == 1);
    CHECK(correlation(1, 1, -1) == -1);
    CHECK(correlation(1, 0, 0) == 0);
    CHECK(correlation(0, 0, 0) == 1);
    const auto rho = [](const Formula& f, double seconds) {
        return checked(curvesOf(seconds, f)).bassCorrelation;
    };
    CHECK(rho(tone(80, -14), 2) == doctest::Approx(1).epsilon(0.01));
    CHECK(rho(tone(80, -14, 44'100, 1, -1), 2) == doctest::Approx(-1).epsilon(0.01));
    CHECK(rho(tone(80, -14, 44'100, 1, 0), 2) == doctest::Approx(0).epsilon(0.01).scale(1));
    // M and S of other frequencies, S 10 dB lower: as independent as two signals can be.
    const Formula wide = [m = tone(60, -14), s = tone(75, -24)](std::int64_t at) {
        return Frame{m(at).left + s(at).left, m(at).left - s(at).left};
    };
    CHECK(std::fabs(rho(wide, 10) - 0.818) < 0.02);
    CHECK(sideOverMiddle(1, 1, (1 - 0.1) / (1 + 0.1)) == doctest::Approx(-10));
}

TEST_CASE("an infrasonic tone is found")
{
    const LowEnd found = checked(curvesOf(5, tone(15, -30)));
    CHECK(count(found.events, "infrasonic") == 1);
    CHECK(found.infrasonic > -40);
    CHECK(count(checked(curvesOf(5, tone(40, -10))).events, "infrasonic") == 0);
}

TEST_CASE("an event lies where it begins, in time and on the disc, though it is worst later")
{
    const Formula rising = [rumble = tone(10, -20, 8000)](std::int64_t k) {
        const double t = static_cast<double>(k) / 8000;
        const Frame r = rumble(k);
        return Frame{r.left * (0.2 + t / 60), r.right * (0.2 + t / 60)};
    };
    const CuttingCurves curves = curvesOf(40, rising, 8000);
    const LowEnd found = checked(curves);
    REQUIRE(count(found.events, "infrasonic") == 1);
    const auto e = std::ranges::find(found.events, "infrasonic", &VinylEvent::kind);
    CHECK(e->begin == 0);
    CHECK(e->worst > 30);
    CHECK(e->radius == doctest::Approx(radiiOf(DiscSize::inch12).outer));
}

TEST_CASE("a burst of antiphase bass is found at its moment")
{
    // 60 Hz for half a second at 3:07.250 of a track that begins at 4:10.
    constexpr double at = 250 + 187.25;
    const Formula sound = [burst = tone(60, -12, 8000, 1, -1), music = tone(200, -20, 8000)](std::int64_t k) {
        const double t = static_cast<double>(k) / 8000;
        const Frame m = music(k), b = t >= at && t < at + 0.5 ? burst(k - std::llround(at * 8000)) : Frame{};
        return Frame{m.left + b.left, m.right + b.right};
    };
    const LowEnd found = checked(curvesOf(460, sound, 8000));
    const auto e = std::ranges::find(found.events, "depth", &VinylEvent::kind);
    REQUIRE(e != found.events.end());
    CHECK(std::fabs(e->begin - at) <= 0.02);
    CHECK(count(found.events, "depth") == 1);
    const auto phase = std::ranges::find(found.events, "antiphase_bass", &VinylEvent::kind);
    REQUIRE(phase != found.events.end());
    CHECK(std::fabs(phase->begin - at) <= 0.02);
}

TEST_CASE("sound out of phase begins where it sounds, not where the three seconds around it begin")
{
    const Formula sound = [wrong = tone(700, -14, 8000, 1, -1),
                           right = tone(700, -40, 8000)](std::int64_t k) {
        const double t = static_cast<double>(k) / 8000;
        return t >= 10 && t < 15 ? wrong(k) : right(k);
    };
    const LowEnd found = checked(curvesOf(30, sound, 8000));
    REQUIRE(count(found.events, "phase") == 1);
    const auto e = std::ranges::find(found.events, "phase", &VinylEvent::kind);
    CHECK(std::fabs(e->begin - 10) < 0.11);
    CHECK(std::fabs(e->length - 5) < 0.21);
}

TEST_CASE("a quiet wide bass is no more than a warning and costs no depth")
{
    const Formula quiet = [m = tone(50, -45), s = tone(70, -40)](std::int64_t at) {
        return Frame{m(at).left + s(at).left, m(at).left - s(at).left};
    };
    const LowEnd found = checked(curvesOf(10, quiet));
    CHECK(found.extraDepth <= 0);
    CHECK(found.bassCorrelation < 0);
    CHECK(worst(found.events) != Finding::Level::error);
    CHECK(count(found.events, "depth") == 0);
}
