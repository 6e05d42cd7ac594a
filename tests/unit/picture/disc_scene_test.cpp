#include "picture/disc_scene.h"

#include "support/planned_record.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::picture;
using namespace segue::test;

namespace {

/// Two sides; on the first antiphase bass from 0:40 for two seconds and at 2:30.
PlannedRecord someRecord()
{
    const Formula bass = tone(60, -10, 8000, 1, -1);
    const auto sound = [bass](std::int64_t at) {
        const std::int64_t second = at / 8000;
        return (second >= 40 && second < 42) || second == 150 ? bass(at) : segue::Frame{};
    };
    return plannedRecord({2, 1, 3, 1}, sound, {.sides = 2});
}
constexpr Rect box{10, 20, 400, 300};
double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

} // namespace

TEST_CASE("a disc is drawn to scale in the middle of its box")
{
    const PlannedRecord r = someRecord();
    const DiscScene scene = discScene(r.programme, r.plan, 0, box, false);
    CHECK(scene.centre == box.centre());
    const auto* rim = std::get_if<Disc>(&scene.list.front());
    REQUIRE(rim);
    CHECK(rim->radius == doctest::Approx(150.5 * scene.perMillimetre));
    CHECK(rim->radius <= 150);
    CHECK(rim->radius > 148);
}

TEST_CASE("tracks are rings from the lead-in to where the side ends, without a hole between them")
{
    const PlannedRecord r = someRecord();
    for (std::size_t i = 0; i < 2; ++i) {
        const DiscScene scene = discScene(r.programme, r.plan, i, box, false);
        const vinyl::SidePlan& side = r.plan.sides[i];
        REQUIRE(scene.tracks.size() == side.end - side.first);
        CHECK(scene.tracks.front().outer == 146.3);
        CHECK(scene.tracks.back().inner == doctest::Approx(146.3 - side.groove.used));
        for (std::size_t t = 1; t < scene.tracks.size(); ++t)
            CHECK(scene.tracks[t].outer == scene.tracks[t - 1].inner);
    }
}

TEST_CASE("events lie on the groove at their radius and turn, errors over warnings over notes")
{
    const PlannedRecord r = someRecord();
    const DiscScene scene = discScene(r.programme, r.plan, 0, box, true);
    const vinyl::SidePlan& side = r.plan.sides[0];
    REQUIRE(side.events.size() >= 2);
    REQUIRE(scene.dots.size() == side.events.size());
    for (const DiscDot& dot : scene.dots) {
        const vinyl::VinylEvent& e = side.events[dot.event];
        const double at = e.worst > 0 ? e.worst : e.begin;
        CHECK(distance(dot.centre, discPoint(scene, r.plan, 0, at)) < 1e-9);
        CHECK(distance(dot.centre, scene.centre) ==
              doctest::Approx(side.groove.radiusAt(at, vinyl::Radii{}) * scene.perMillimetre));
    }
    CHECK(std::ranges::is_sorted(scene.dots, [&](const DiscDot& a, const DiscDot& b) {
        return side.events[a.event].severity > side.events[b.event].severity;
    }));
}

TEST_CASE("time runs against the clock from the top, a turn in 1.8 s")
{
    const PlannedRecord r = someRecord();
    const DiscScene scene = discScene(r.programme, r.plan, 0, box, false);
    const Point top = discPoint(scene, r.plan, 0, 0), quarter = discPoint(scene, r.plan, 0, 0.45);
    CHECK(top.x == doctest::Approx(scene.centre.x));
    CHECK(top.y < scene.centre.y);
    CHECK(quarter.x < scene.centre.x);
    CHECK(quarter.y == doctest::Approx(scene.centre.y).epsilon(0.01));
}

TEST_CASE("a click finds the event, the track and the very turn it lies on")
{
    const PlannedRecord r = someRecord();
    const DiscScene scene = discScene(r.programme, r.plan, 0, box, false);
    for (const double at : {3.0, 77.7, 140.0}) {
        const DiscHit hit = discHit(scene, r.plan, 0, discPoint(scene, r.plan, 0, at));
        REQUIRE(hit.seconds.has_value());
        // Silence: turns lie 66 um apart, so that the radius alone is good to a turn.
        CHECK(std::fabs(*hit.seconds - at) < 1.81);
        const double turns = (*hit.seconds - at) / 1.8;
        CHECK(turns == doctest::Approx(std::round(turns)).epsilon(0.01));
        CHECK(hit.track == std::optional<std::size_t>{at > 122 ? 1 : 0});
    }
    const DiscDot& dot = scene.dots.back();
    CHECK(discHit(scene, r.plan, 0, dot.centre).event == dot.event);
    const DiscHit label = discHit(scene, r.plan, 0, scene.centre);
    CHECK_FALSE(label.track.has_value());
    CHECK_FALSE(label.seconds.has_value());
    CHECK(label.radius == 0);
    CHECK_FALSE(discHit(scene, r.plan, 0, {box.x, box.y}).track.has_value());
}

TEST_CASE("every size has its own disc")
{
    for (const vinyl::DiscSize size :
         {vinyl::DiscSize::inch12, vinyl::DiscSize::inch10, vinyl::DiscSize::inch7}) {
        const PlannedRecord r = plannedRecord({1}, constant(0, 0), {.format = {.size = size}});
        const DiscScene scene = discScene(r.programme, r.plan, 0, box, false);
        CHECK(scene.tracks.front().outer * scene.perMillimetre < 150);
        CHECK(scene.tracks.front().outer * scene.perMillimetre > 140);
    }
}
