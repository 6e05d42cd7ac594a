#include "gui/model/strip.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using picture::Rect;

namespace {

constexpr Rect bounds{0, 0, 1000, 76};

std::optional<TrackId> trackHit(const StripScene& scene, picture::Point at)
{
    const StripItem* item = hitTest(scene, at);
    if (item == nullptr || !std::holds_alternative<StripTrack>(item->part)) return {};
    return std::get<StripTrack>(item->part).track;
}

Rect blockOf(const StripScene& scene, TrackId track)
{
    for (const StripItem& item : scene.items)
        if (const auto* t = std::get_if<StripTrack>(&item.part); t != nullptr && t->track == track)
            return item.bounds;
    throw std::runtime_error("the track has no block");
}

} // namespace

TEST_CASE("blocks are to scale, in order, and left of the summary")
{
    const Album a = album({10, 20, 40});
    const StripScene scene = buildStrip(layoutOf(a, edition(a)), bounds);
    const Rect one = blockOf(scene, track(a, 1)), two = blockOf(scene, track(a, 2)),
               three = blockOf(scene, track(a, 3));
    CHECK(two.width / one.width == doctest::Approx(2).epsilon(0.03));
    CHECK(three.width / one.width == doctest::Approx(4).epsilon(0.03));
    CHECK(one.right() < two.x);
    CHECK(two.right() < three.x);
    CHECK(three.right() <= scene.summary.x);
    CHECK(one.x > bounds.x);
}

TEST_CASE("every block that can be seen is hit at its middle, on random albums and in every edition")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Album a = randomAlbum(seed);
        for (const Edition& e : a.editions) {
            const Layout layout = layoutOf(a, e.id);
            const StripScene scene = buildStrip(layout, bounds);
            for (const StripItem& item : scene.items) {
                if (!item.shown) continue;
                CAPTURE(seed);
                const StripItem* hit = hitTest(scene, item.bounds.centre());
                REQUIRE(hit != nullptr);
                // Overlapping tracks cover each other's edges, never all of a block.
                if (std::holds_alternative<StripGap>(item.part)) REQUIRE(hit == &item);
            }
            for (const StripItem& item : scene.items) REQUIRE(item.bounds.x >= bounds.x);
        }
    }
}

TEST_CASE("chips of gaps do not cover each other: what finds no room is not shown")
{
    const Album a = album(std::vector<double>(60, 10.0));
    const StripScene scene = buildStrip(layoutOf(a, edition(a)), bounds);
    double end = -100;
    std::size_t shown = 0;
    for (const StripItem& item : scene.items) {
        if (!std::holds_alternative<StripGap>(item.part) || !item.shown) continue;
        ++shown;
        CHECK(item.bounds.x >= end);
        end = item.bounds.right();
    }
    CHECK(shown > 10);
    CHECK(shown < 60);
}

TEST_CASE("a gap's chip says its seconds, an overlap's a cross, touching tracks zero")
{
    Album a = album({30, 30, 30});
    a = get(edit::setGap(a, edition(a), track(a, 2), Duration{}));
    a = get(edit::setCrossfade(a, edition(a), track(a, 3), milliseconds(1500), Crossfade{}));
    const StripScene scene = buildStrip(layoutOf(a, edition(a)), bounds);
    std::vector<std::string> labels;
    for (const StripItem& item : scene.items)
        if (std::holds_alternative<StripGap>(item.part)) labels.push_back(item.label);
    CHECK(labels == std::vector<std::string>{"2.0 s", "0", "\u00d7 1.5"});
}

TEST_CASE("discs stand apart with a divider between them")
{
    Album a = album({10, 10, 10, 10});
    a = get(edit::setBreak(a, edition(a), track(a, 3), Break::disc));
    const StripScene scene = buildStrip(layoutOf(a, edition(a)), bounds);
    REQUIRE(scene.dividers.size() == 1);
    CHECK(blockOf(scene, track(a, 2)).right() < scene.dividers[0]);
    CHECK(scene.dividers[0] < blockOf(scene, track(a, 3)).x);
    CHECK(trackHit(scene, blockOf(scene, track(a, 3)).centre()) == track(a, 3));
}

TEST_CASE("a track dropped over a block's left half comes before it, over its right half behind it")
{
    const Album a = album({10, 10, 10, 10});
    const Layout layout = layoutOf(a, edition(a));
    const StripScene scene = buildStrip(layout, bounds);
    const auto drop = [&](int dragged, int over, double part) {
        const Rect block = blockOf(scene, track(a, over));
        return dropPosition(layout, scene, track(a, dragged), block.x + part * block.width);
    };
    CHECK(drop(1, 3, 0.25) == 1);
    CHECK(drop(1, 3, 0.75) == 2);
    CHECK(drop(4, 1, 0.25) == 0);
    CHECK(drop(4, 1, 0.75) == 1);
    CHECK(drop(2, 2, 0.25) == 1);
    CHECK(drop(2, 2, 0.75) == 1);
    CHECK(dropPosition(layout, scene, track(a, 1), 5000) == 3);
    CHECK(dropPosition(layout, scene, track(a, 4), -5000) == 0);
}

TEST_CASE("a finding's dot covers neither number, title nor time, however narrow the block")
{
    for (const std::size_t tracks : {3U, 8U, 14U, 20U, 30U, 45U, 99U}) {
        const Album a = album(std::vector<double>(tracks, 30.0));
        const Layout layout = layoutOf(a, edition(a));
        TrackMarksByFinding findings;
        for (const Entry& entry : a.editions.front().entries) findings[entry.track] = Finding::Level::warning;
        const auto list =
            drawStrip(layout, View{.edition = layout.edition->id}, buildStrip(layout, bounds), findings);
        std::size_t dots = 0;
        for (const auto& mark : list) {
            const auto* dot = std::get_if<picture::Disc>(&mark);
            if (dot == nullptr) continue;
            ++dots;
            for (const auto& other : list)
                if (const auto* text = std::get_if<picture::Text>(&other)) {
                    const double r = dot->radius;
                    const bool beside =
                        text->box.right() <= dot->centre.x - r || text->box.x >= dot->centre.x + r ||
                        text->box.bottom() <= dot->centre.y - r || text->box.y >= dot->centre.y + r;
                    CAPTURE(tracks);
                    CAPTURE(text->words);
                    REQUIRE(beside);
                }
        }
        CHECK(dots == tracks);
    }
}

TEST_CASE("an album without tracks has an empty strip")
{
    Album empty = get(edit::addEdition({}, "CD", CdSettings{})).first;
    const Layout layout = layoutOf(empty, empty.editions[0].id);
    const StripScene scene = buildStrip(layout, bounds);
    CHECK(scene.items.empty());
    CHECK(hitTest(scene, {100, 30}) == nullptr);
    CHECK_FALSE(drawStrip(layout, View{.edition = layout.edition->id}, scene, {}).empty());
}
