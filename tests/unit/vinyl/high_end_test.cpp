// Treble at the radius where it lands.

#include "vinyl/high_end.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

/// A groove that stands still at one radius.
Groove grooveAt(double radius)
{
    const double advance = radiiOf(DiscSize::inch12).outer - radius;
    return {.segmentSeconds = 1000, .advance = {advance, advance}, .used = advance};
}

HighEnd checkAt(const CuttingCurves& curves, double radius)
{
    const SideStretch side = wholeProgramme(curves);
    const Groove groove = grooveAt(radius);
    const LatheProfile lathe;
    const RecordFormat format;
    return checkHighEnd({curves, side, groove, lathe, format, velocityAtFullScale({}, 0)});
}

} // namespace

TEST_CASE("10 kHz at the reference is too sharp and too steep at the innermost radius")
{
    const CuttingCurves curves = curvesOf(2, tone(10'000, -14));
    const HighEnd inside = checkAt(curves, 60.3);
    const auto event = [&](std::string_view kind) -> const VinylEvent& {
        const auto found = std::ranges::find(inside.events, kind, &VinylEvent::kind);
        REQUIRE(found != inside.events.end());
        return *found;
    };
    CHECK(event("curvature").severity == Finding::Level::error);
    CHECK(std::fabs(event("curvature").value - 8.36) < 0.1);
    CHECK(std::fabs(event("curvature").radiusNeeded - 97.6) < 0.5);
    CHECK(std::fabs(event("slope").radiusNeeded - 98.5) < 0.5);
    CHECK(std::fabs(radiusThatTraces(15'271, 18, Speed::rpm33) - 150.2) < 0.5);
    CHECK(within(inside.acceleration, 1557, 1));
    // Where it traces nobody sees an error.
    const HighEnd outside = checkAt(curves, 120);
    CHECK(std::ranges::none_of(outside.events, [](const VinylEvent& e) {
        return e.kind != "coil" && e.severity == Finding::Level::error;
    }));
}

TEST_CASE("a sibilant is found at its place with its frequency")
{
    const Formula sound = [treble = tone(8000, -12), bass = tone(80, -20)](std::int64_t at) {
        const double t = static_cast<double>(at) / 44'100;
        const Frame b = bass(at), s = t >= 1.5 && t < 1.58 ? treble(at) : Frame{};
        return Frame{b.left + s.left, b.right + s.right};
    };
    HighEnd found = checkAt(curvesOf(3, sound), 62);
    FrameSound programme{44'100, 3, sound};
    REQUIRE(nameFrequencies(found.events, programme, 10));
    const auto e = std::ranges::find(found.events, "curvature", &VinylEvent::kind);
    REQUIRE(e != found.events.end());
    CHECK(std::fabs(e->begin - 1.5) < 0.02);
    CHECK(std::fabs(e->length - 0.08) < 0.03);
    CHECK(e->frequency == 8000);
    CHECK(std::ranges::count(found.events, "curvature", &VinylEvent::kind) == 1);
}

TEST_CASE("treble that heats the coils for a second is an event, a short one is not")
{
    const auto noisy = [](double seconds) {
        return [hiss = tone(12'000, -18), seconds](std::int64_t at) {
            return static_cast<double>(at) / 44'100 < seconds ? hiss(at) : Frame{};
        };
    };
    const auto coils = [&](double seconds) {
        const HighEnd found = checkAt(curvesOf(4, noisy(seconds)), 140);
        return std::ranges::count(found.events, "coil", &VinylEvent::kind);
    };
    CHECK(coils(3) == 1);
    CHECK(coils(0.1) == 0);
}

TEST_CASE("silence asks nothing")
{
    const HighEnd found = checkAt(curvesOf(2, constant(0, 0)), 61);
    CHECK(found.events.empty());
    CHECK(found.acceleration == 0);
}
