#include "picture/level_scene.h"

#include "support/planned_record.h"
#include "vinyl/event_words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::picture;
using namespace segue::test;

namespace {

constexpr Rect box{10, 20, 700, 260};

/// Two sides; on the first antiphase bass at 2:30, on the second a softer one at its second 30.
PlannedRecord someRecord(vinyl::PlanWish wish = {.albumLevel = true, .sides = 2})
{
    const Formula loud = tone(60, -6, 8000, 1, -1), soft = tone(60, -9, 8000, 1, -1);
    const auto sound = [=](std::int64_t at) {
        const std::int64_t second = at / 8000;
        return second == 150 ? loud(at) : second == 300 ? soft(at) : segue::Frame{};
    };
    return plannedRecord({2, 1, 3, 1}, sound, std::move(wish));
}
bool says(const DrawList& list, std::string_view words)
{
    return std::ranges::any_of(list, [&](const Item& item) {
        const auto* text = std::get_if<Text>(&item);
        return text != nullptr && text->words.find(words) != std::string::npos;
    });
}
std::vector<Line> lines(const DrawList& list, Ink ink)
{
    std::vector<Line> found;
    for (const Item& item : list)
        if (const auto* line = std::get_if<Line>(&item); line != nullptr && line->ink == ink)
            found.push_back(*line);
    return found;
}

} // namespace

TEST_CASE("the sides stand side by side on one scale, each as wide as it plays long")
{
    const PlannedRecord r = someRecord();
    const LevelScene scene = levelScene(r.programme, r.plan, box, true);
    REQUIRE(scene.sides.size() == 2);
    const LevelSide &a = scene.sides[0], &b = scene.sides[1];
    CHECK(a.plot.right() < b.plot.x);
    CHECK(b.plot.right() == doctest::Approx(box.right()));
    CHECK(a.plot.y == b.plot.y);
    CHECK(a.plot.width / b.plot.width ==
          doctest::Approx(r.plan.sides[0].stretch.length() / r.plan.sides[1].stretch.length()));
    CHECK(a.x(a.begin) == doctest::Approx(a.plot.x));
    CHECK(a.x(a.end) == doctest::Approx(a.plot.right()));
    CHECK(scene.y(scene.scale.top) == doctest::Approx(a.plot.y));
    CHECK(scene.y(scene.scale.bottom) == doctest::Approx(a.plot.bottom()));
}

TEST_CASE(
    "each side has a line at its own level, one line at the planned level goes through all, and words say "
    "which limit binds and what is to spare")
{
    const PlannedRecord r = someRecord();
    REQUIRE(r.plan.highest);
    const LevelScene scene = levelScene(r.programme, r.plan, box, true);
    const auto own = lines(scene.list, Ink::text);
    for (const LevelSide& s : scene.sides) {
        const double y = scene.y(*r.plan.sides[s.side].limit.gain);
        CHECK(std::ranges::any_of(own, [&](const Line& l) {
            return l.from.y == y && l.from.x == s.plot.x && l.to.x == s.plot.right();
        }));
    }
    const auto planned = lines(scene.list, Ink::accent);
    REQUIRE(!planned.empty());
    CHECK(planned.front().from.x == scene.sides.front().plot.x);
    CHECK(planned.front().to.x == scene.sides.back().plot.right());
    CHECK(planned.front().from.y == scene.y(r.plan.gain));
    const std::size_t other = 1 - r.plan.decisive;
    CHECK(says(scene.list, "lift in "));
    CHECK(says(scene.list, "sets the level"));
    CHECK(says(scene.list, vinyl::spareWords(r.plan, other)));
    CHECK(vinyl::spareWords(r.plan, other).ends_with("dB to spare"));
}

TEST_CASE("a level higher than a side allows is drawn and told as too much, and nothing leaves the box")
{
    const PlannedRecord r = someRecord({.gain = 12, .sides = 2});
    const LevelScene scene = levelScene(r.programme, r.plan, box, true);
    CHECK(says(scene.list, "less than planned"));
    CHECK(std::ranges::any_of(scene.list, [](const Item& item) {
        const auto* area = std::get_if<Area>(&item);
        return area != nullptr && area->ink == Ink::error;
    }));
    for (const Item& item : scene.list)
        if (const auto* shape = std::get_if<Shape>(&item))
            for (const Point p : shape->points) {
                CHECK(p.x >= box.x);
                CHECK(p.x <= box.right() + 0.5);
                CHECK(p.y >= box.y);
                CHECK(p.y <= box.bottom());
            }
}

TEST_CASE("the ceiling hangs lowest where the side's limit binds")
{
    const PlannedRecord r = someRecord();
    const LevelScene scene = levelScene(r.programme, r.plan, box, false);
    for (const LevelSide& s : scene.sides) {
        double lowest = 0, where = 0;
        for (const Item& item : scene.list) {
            const auto* shape = std::get_if<Shape>(&item);
            if (shape == nullptr || shape->ink != Ink::laneABody) continue;
            for (const Point p : shape->points)
                if (s.plot.contains({p.x, s.plot.y}) && p.y > lowest) {
                    lowest = p.y;
                    where = p.x;
                }
        }
        const vinyl::CuttingLimit& limit = r.plan.sides[s.side].limit;
        CHECK(lowest == doctest::Approx(scene.y(*limit.gain)).epsilon(0.002));
        CHECK(std::fabs(where - s.x(limit.at)) < 6); // a turn is about three pixels wide
    }
}

TEST_CASE("a point of the picture is a moment of its side with its ceiling")
{
    const PlannedRecord r = someRecord();
    const LevelScene scene = levelScene(r.programme, r.plan, box, true);
    const std::size_t index = r.plan.sides[0].limit.limit == vinyl::Limit::lift ? 0 : 1;
    const LevelSide& s = scene.sides[index];
    const double at = r.plan.sides[index].limit.at;
    const auto hit = levelHit(scene, r.plan, {s.x(at), s.plot.centre().y});
    REQUIRE(hit);
    CHECK(hit->side == index);
    CHECK(std::fabs(hit->seconds - at) < 0.01);
    CHECK(hit->ceiling.binding() == vinyl::Limit::lift);
    CHECK(hit->ceiling.lowest() == doctest::Approx(*r.plan.sides[index].limit.gain).epsilon(0.001).scale(1));
    CHECK_FALSE(levelHit(scene, r.plan, {box.x + 1, box.centre().y}));
    CHECK_FALSE(levelHit(scene, r.plan, {s.plot.centre().x, box.y}));
}

TEST_CASE("the scale holds the planned level and those of all sides, in whole steps")
{
    vinyl::VinylPlan plan;
    plan.sides.resize(3);
    plan.gain = 1.2;
    CHECK(levelScaleOf(plan) == LevelScale{-3, 9}); // nothing limits it
    plan.sides[0].limit = {.gain = 1.2, .limit = vinyl::Limit::slope};
    plan.sides[1].limit = {.gain = 7.3, .limit = vinyl::Limit::space};
    CHECK(levelScaleOf(plan) == LevelScale{-3, 12});
    plan.sides[2].limit = {.gain = -60, .limit = vinyl::Limit::space}; // fits nowhere
    CHECK(levelScaleOf(plan) == LevelScale{-3, 12});
    plan.sides[1].limit.gain = 39;
    CHECK(levelScaleOf(plan) == LevelScale{-3, 27});
    plan.gain = 39;
    CHECK(levelScaleOf(plan) == LevelScale{-3, 39});
}

TEST_CASE("a side that fits at no level, silence and many short sides are drawn too")
{
    const PlannedRecord endless = plannedRecord({45, 1}, constant(0, 0), {.sides = 2});
    CHECK(says(levelScene(endless.programme, endless.plan, box, true).list, "does not fit"));
    CHECK(says(levelScene(endless.programme, endless.plan, box, true).list, "any level"));
    const PlannedRecord many = plannedRecord({1, 1, 1, 1, 1, 1}, constant(0, 0), {.sides = 6});
    const LevelScene scene = levelScene(many.programme, many.plan, {0, 0, 300, 120}, false);
    CHECK(scene.sides.size() == 6);
}
