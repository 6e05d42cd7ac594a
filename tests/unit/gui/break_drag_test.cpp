#include "gui/model/break_drag.h"

#include "album/edit.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using picture::Rect;

namespace {

constexpr Rect bounds{0, 0, 1000, 76};

/// Six tracks on three sides: 1-3, 4-5, 6.
Album threeSides()
{
    Album a = album({10, 10, 10, 10, 10, 10});
    a = get(edit::setMedium(std::move(a), edition(a), VinylSettings{}));
    a = get(edit::setBreak(std::move(a), edition(a), track(a, 4), Break::side));
    return get(edit::setBreak(std::move(a), edition(a), track(a, 6), Break::side));
}

std::vector<int> firsts(const Album& a)
{
    std::vector<int> numbers;
    const auto& entries = a.editions.front().entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].breakBefore == Break::side) numbers.push_back(static_cast<int>(i) + 1);
    return numbers;
}

Rect blockOf(const StripScene& scene, TrackId track)
{
    for (const StripItem& item : scene.items)
        if (const auto* t = std::get_if<StripTrack>(&item.part); t != nullptr && t->track == track)
            return item.bounds;
    throw std::runtime_error("the track has no block");
}

} // namespace

TEST_CASE("the line between two sides is hit where it stands, and nowhere else")
{
    const Album a = threeSides();
    const StripScene scene = buildStrip(layoutOf(a, edition(a)), bounds);
    REQUIRE(scene.dividers.size() == 2);
    CHECK(dividerAt(scene, {scene.dividers[0], 30}) == 0);
    CHECK(dividerAt(scene, {scene.dividers[1] - 3, 30}) == 1);
    CHECK(!dividerAt(scene, blockOf(scene, track(a, 2)).centre()));
    CHECK(!dividerAt(scene, {scene.dividers[0], 300}));
    const Album one = album({10, 10});
    CHECK(!dividerAt(buildStrip(layoutOf(one, edition(one)), bounds), {500, 30}));
}

TEST_CASE("a line dropped near a joint moves the side break there, in one step")
{
    const Album a = threeSides();
    const Layout layout = layoutOf(a, edition(a));
    const StripScene scene = buildStrip(layout, bounds);
    const auto dropped = [&](std::size_t divider, double x) {
        const BreakPlace place = nearestBreak(layout, scene, divider, x);
        return firsts(get(moveBreak(a, layout, divider, place.before).album));
    };
    CHECK(dropped(0, blockOf(scene, track(a, 3)).x - 2) == std::vector{3, 6});
    CHECK(dropped(0, blockOf(scene, track(a, 2)).x) == std::vector{2, 6});
    CHECK(dropped(0, blockOf(scene, track(a, 5)).x) == std::vector{5, 6});
    CHECK(dropped(1, blockOf(scene, track(a, 5)).x) == std::vector{4, 5});
    // Back where it was: nothing changes.
    CHECK(get(moveBreak(a, layout, 0, track(a, 4)).album) == a);
    CHECK(dropped(0, scene.dividers[0] + 3) == std::vector{4, 6});
    CHECK(moveBreak(a, layout, 0, track(a, 3)).label == "Begin side B with \u201cTrack 3\u201d");
}

TEST_CASE("a line stays between its neighbours: every side keeps a track")
{
    const Album a = threeSides();
    const Layout layout = layoutOf(a, edition(a));
    const StripScene scene = buildStrip(layout, bounds);
    CHECK(nearestBreak(layout, scene, 0, -500).before == track(a, 2));
    CHECK(nearestBreak(layout, scene, 0, 5000).before == track(a, 5));
    CHECK(nearestBreak(layout, scene, 1, -500).before == track(a, 5));
    CHECK(nearestBreak(layout, scene, 1, 5000).before == track(a, 6));
}

TEST_CASE("disc breaks of a CD move the same way and stay disc breaks")
{
    Album a = album({10, 10, 10, 10});
    a = get(edit::setBreak(std::move(a), edition(a), track(a, 3), Break::disc));
    const Layout layout = layoutOf(a, edition(a));
    const Album moved = get(moveBreak(a, layout, 0, track(a, 2)).album);
    CHECK(moved.editions.front().entries[1].breakBefore == Break::disc);
    CHECK(moved.editions.front().entries[2].breakBefore == Break::none);
}

TEST_CASE("a line finds no place between tracks that are kept together")
{
    Album a = threeSides();
    a = get(edit::setKeepWithPrevious(std::move(a), edition(a), track(a, 3), true));
    const Layout layout = layoutOf(a, edition(a));
    const StripScene scene = buildStrip(layout, bounds);
    const double joint = blockOf(scene, track(a, 3)).x;
    CHECK(nearestBreak(layout, scene, 0, joint - 5).before != track(a, 3));
    CHECK(nearestBreak(layout, scene, 0, blockOf(scene, track(a, 2)).x).before == track(a, 2));
}
