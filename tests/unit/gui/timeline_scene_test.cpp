#include "support/gui_bench.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using picture::Rect;

namespace {

constexpr Rect bounds{10, 20, 1200, 320};

/// Two tracks of 10 s, the second 4 s into the first: 2..12 and 8..18.
Album crossfaded()
{
    const Album a = album({10, 10});
    return get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(4), Crossfade{}));
}

TimelineScene sceneOf(const Layout& layout, double pixelsPerSecond, Instant left = {}, std::size_t piece = 0)
{
    View view{.edition = layout.edition->id, .piece = piece};
    view.axis = {left, 705'600'000.0 / pixelsPerSecond};
    return buildTimelineScene(layout, view, bounds);
}

template <class P>
std::vector<const SceneItem*> all(const TimelineScene& scene)
{
    std::vector<const SceneItem*> found;
    for (const SceneItem& item : scene.items)
        if (std::holds_alternative<P>(item.part)) found.push_back(&item);
    return found;
}

} // namespace

TEST_CASE("what is seen is hit at its own middle, unless something that lies over it covers that place")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Album a = randomAlbum(seed);
        const Layout layout = layoutOf(a, edition(a));
        Dice dice{seed};
        for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p) {
            const TimelineScene scene = sceneOf(layout, static_cast<double>(dice.between(2, 400)),
                                                Instant{} + time(static_cast<double>(dice.between(0, 9))), p);
            for (std::size_t i = 0; i < scene.items.size(); ++i) {
                const SceneItem& item = scene.items[i];
                const picture::Point middle = item.bounds.centre();
                if (!bounds.contains(middle)) continue;
                const SceneItem* hit = hitTest(scene, middle);
                CAPTURE(seed);
                CAPTURE(i);
                // A thing of no width cannot be hit; all others are, or lie below what is.
                if (item.bounds.width <= 0) continue;
                REQUIRE(hit != nullptr);
                const auto at = static_cast<std::size_t>(hit - scene.items.data());
                REQUIRE(at >= i);
                if (at == i) continue;
                // Headers and flags are only covered by their like.
                if (std::holds_alternative<FlagPart>(item.part))
                    REQUIRE(std::holds_alternative<FlagPart>(hit->part));
                if (std::holds_alternative<HeaderPart>(item.part))
                    REQUIRE(std::holds_alternative<HeaderPart>(hit->part));
            }
        }
    }
}

TEST_CASE("everything of a track lies in its lane, and neighbours in the other one")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Album a = randomAlbum(seed);
        const Layout layout = layoutOf(a, edition(a));
        const TimelineScene scene = sceneOf(layout, 20);
        const auto laneOf = [&](TrackId t) {
            const auto place = placeOf(layout, t);
            return scene.lane(
                static_cast<int>(layout.timeline.pieces[place->piece].entries[place->entry].position % 2));
        };
        CAPTURE(seed);
        for (const SceneItem* header : all<HeaderPart>(scene)) {
            const Rect lane = laneOf(std::get<HeaderPart>(header->part).track);
            REQUIRE(header->bounds.y == lane.y);
            REQUIRE(header->bounds.bottom() < lane.bottom());
        }
        for (const SceneItem* clip : all<ClipPart>(scene)) {
            const Rect lane = laneOf(std::get<ClipPart>(clip->part).track);
            REQUIRE(clip->bounds.y > lane.y);
            REQUIRE(clip->bounds.bottom() == doctest::Approx(lane.bottom()));
        }
        const auto headers = all<HeaderPart>(scene);
        for (std::size_t i = 1; i < headers.size(); ++i)
            REQUIRE(headers[i]->bounds.y != headers[i - 1]->bounds.y);
        REQUIRE(scene.lane(0).bottom() <= scene.lane(1).y);
        REQUIRE(scene.lane(1).bottom() <= bounds.bottom() + 0.001);
    }
}

TEST_CASE("an overlap reaches over both lanes, with an edge to hold in each")
{
    const Album a = crossfaded();
    const Layout layout = layoutOf(a, edition(a));
    const TimelineScene scene = sceneOf(layout, 20);
    const auto zones = all<OverlapPart>(scene);
    REQUIRE(zones.size() == 1);
    CHECK(zones[0]->bounds.x == doctest::Approx(10 + 8 * 20));
    CHECK(zones[0]->bounds.right() == doctest::Approx(10 + 12 * 20));
    CHECK(zones[0]->bounds.overlaps(scene.lane(0)));
    CHECK(zones[0]->bounds.overlaps(scene.lane(1)));
    CHECK(zones[0]->label == "overlap 4.000 s");
    const auto edges = all<OverlapEdgePart>(scene);
    REQUIRE(edges.size() == 2);
    for (const SceneItem* edge : edges) {
        const bool begin = std::get<OverlapEdgePart>(edge->part).edge == Edge::begin;
        CHECK(edge->bounds.overlaps(scene.lane(begin ? 1 : 0)));
        CHECK_FALSE(edge->bounds.overlaps(scene.lane(begin ? 0 : 1)));
        CHECK(hitTest(scene, edge->bounds.centre()) == edge);
    }
    CHECK(all<PausePart>(scene).size() == 1); // before the first
}

TEST_CASE("a pause stands in the lane of the track it is before, as long as it lasts")
{
    const Album a = album({10, 10}); // 2..12, 14..24
    const TimelineScene scene = sceneOf(layoutOf(a, edition(a)), 20);
    const auto pauses = all<PausePart>(scene);
    REQUIRE(pauses.size() == 2);
    CHECK(pauses[1]->bounds.x == doctest::Approx(10 + 12 * 20));
    CHECK(pauses[1]->bounds.width == doctest::Approx(40));
    CHECK(pauses[1]->bounds.y == scene.lane(1).y);
    CHECK(pauses[1]->label == "2.000 s");
}

TEST_CASE("a clip too narrow to tell its edges apart has none to take hold of")
{
    const Album a = album({10});
    const Layout layout = layoutOf(a, edition(a));
    CHECK(all<ClipEdgePart>(sceneOf(layout, 2)).empty());
    CHECK(all<FadePart>(sceneOf(layout, 2)).empty());
    CHECK(all<ClipEdgePart>(sceneOf(layout, 20)).size() == 2);
    CHECK(all<FadePart>(sceneOf(layout, 20)).size() == 2);
}

TEST_CASE("fade handles stand where the fades end")
{
    Album a = album({10});
    a = get(edit::setFadeIn(a, clip(a, 1), {seconds(2), Curve::linear}));
    a = get(edit::setFadeOut(a, clip(a, 1), {seconds(3), Curve::linear}));
    const TimelineScene scene = sceneOf(layoutOf(a, edition(a)), 20);
    for (const SceneItem* fade : all<FadePart>(scene)) {
        const bool in = std::get<FadePart>(fade->part).edge == Edge::begin;
        CHECK(fade->at == Instant{} + seconds(in ? 4 : 9));
        CHECK(fade->bounds.centre().x == doctest::Approx(10 + (in ? 4 : 9) * 20));
        CHECK(hitTest(scene, fade->bounds.centre()) == fade);
    }
}

TEST_CASE("flags stand for start, end and each index; the end only where the next track does not begin")
{
    Album a = album({10, 10, 10}, Duration{});
    a = get(edit::setIndexes(a, track(a, 1), {seconds(3), seconds(6)}));
    a = get(edit::setGap(a, edition(a), track(a, 3), seconds(2)));
    const TimelineScene scene = sceneOf(layoutOf(a, edition(a)), 20);
    std::vector<std::pair<FlagKind, std::string>> flags;
    for (const SceneItem* flag : all<FlagPart>(scene))
        flags.emplace_back(std::get<FlagPart>(flag->part).kind, flag->label);
    // What the disc makes of them lies below: INDEX 00 where there is room for it, and lead-out.
    CHECK(flags == std::vector<std::pair<FlagKind, std::string>>{{FlagKind::pauseStart, "3.0"},
                                                                 {FlagKind::leadOut, "AA"},
                                                                 {FlagKind::index, "1.2"},
                                                                 {FlagKind::index, "1.3"},
                                                                 {FlagKind::start, "1"},
                                                                 {FlagKind::end, ""},
                                                                 {FlagKind::start, "2"},
                                                                 {FlagKind::end, ""},
                                                                 {FlagKind::start, "3"}});
}

TEST_CASE("nothing is hit outside the timeline, and the empty album has lanes and a ruler")
{
    Album empty;
    empty = get(edit::addEdition(empty, "CD", CdSettings{})).first;
    const Layout layout = layoutOf(empty, empty.editions[0].id);
    const TimelineScene scene = sceneOf(layout, 20);
    CHECK(hitTest(scene, {5, 30}) == nullptr);
    CHECK(hitTest(scene, {50, 500}) == nullptr);
    REQUIRE(hitTest(scene, {50, 25}) != nullptr);
    CHECK(std::holds_alternative<RulerPart>(hitTest(scene, {50, 25})->part));
    CHECK(std::holds_alternative<LanePart>(hitTest(scene, scene.lane(1).centre())->part));
}

TEST_CASE("what is far outside the window is not in the scene")
{
    const Album a = album(std::vector<double>(50, 10.0));
    const TimelineScene scene = sceneOf(layoutOf(a, edition(a)), 400, Instant{} + seconds(200));
    for (const SceneItem& item : scene.items) {
        CHECK(item.bounds.right() >= bounds.x - 100);
        CHECK(item.bounds.x <= bounds.right() + 100);
    }
    CHECK(scene.items.size() < 30);
}

TEST_CASE("ruler marks ascend, never begin before zero, and labels stand at least as far apart as asked")
{
    Dice dice{11};
    for (int i = 0; i < 3000; ++i) {
        const double magnitude = std::pow(10.0, static_cast<double>(dice.between(180, 1085)) / 100);
        const TimeAxis axis{Instant{dice.between(-4'000'000'000, 9'000'000'000'000)},
                            std::clamp(magnitude, 62.5, 70'560'000'000.0)};
        const bool frames = dice.chance(50);
        const double width = static_cast<double>(dice.between(100, 3000));
        const auto marks = rulerMarks(axis, width, frames);
        CAPTURE(i);
        CAPTURE(axis.flicksPerPixel);
        REQUIRE(marks.size() < 400);
        std::optional<Instant> label;
        for (std::size_t k = 0; k < marks.size(); ++k) {
            REQUIRE(marks[k].at >= Instant{});
            REQUIRE(axis.x(marks[k].at) <= width);
            if (k > 0) REQUIRE(marks[k].at > marks[k - 1].at);
            if (!marks[k].labelled) continue;
            if (label) REQUIRE(axis.x(marks[k].at) - axis.x(*label) >= 129.99);
            label = marks[k].at;
            if (frames) REQUIRE(marks[k].at.value() % flicksPerCdFrame == 0);
        }
    }
}

TEST_CASE("a label that began left of the window still reaches in")
{
    const TimeAxis axis{Instant{} + time(10.5), 705'600'000.0 / 100}; // 2 s between labels
    const auto marks = rulerMarks(axis, 1000, true);
    REQUIRE_FALSE(marks.empty());
    CHECK(marks.front().labelled);
    CHECK(marks.front().at == Instant{} + seconds(10));
}
