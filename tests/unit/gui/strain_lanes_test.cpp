// The lanes under the timeline of a record: what stands where, and what the mouse is told.

#include "gui/model/strain_lanes.h"

#include "album/edit.h"
#include "support/album_builder.h"
#include "support/silent_record.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using picture::Rect;

namespace {

constexpr Rect lanes{0, 200, 900, 2 * strainLaneHeight};

Album twoSides()
{
    const Album a = test::album({60, 60, 60, 60}, seconds(2), VinylSettings{});
    return get(edit::setBreak(a, edition(a), track(a, 3), Break::side));
}

/// Two sides of two tracks each, planned in silence, with a strained second on side B.
struct Record {
    Album album = twoSides();
    vinyl::PlannedRecord record{};
    Layout layout = layoutOf(album, edition(album));
    View view{.edition = edition(album)};

    Record()
    {
        record = plannedInSilence(album);
        // Ten seconds into track 3.
        vinyl::SideStrain& strain = record.plan.sides[1].strain;
        const double begin = record.programme.tracks[2].start + 10;
        for (std::size_t i = 0; i < strain.tenths.size(); ++i) {
            const double at = strain.begin + static_cast<double>(i) * vinyl::strainSeconds;
            if (at >= begin - 0.01 && at < begin + 1) strain.tenths[i] = {1.5F, 0.5F};
        }
        view.piece = 1;
        view.axis = {.left = Instant{}, .flicksPerPixel = 705'600'000.0 / 10}; // 10 pixels a second
    }
    [[nodiscard]] Instant startOfThird() const { return layout.piece(1)->entries.front().start; }
};

std::size_t areasOf(const picture::DrawList& list, picture::Ink ink)
{
    return static_cast<std::size_t>(std::ranges::count_if(list, [&](const auto& mark) {
        const auto* area = std::get_if<picture::Area>(&mark);
        return area != nullptr && area->ink == ink;
    }));
}

} // namespace

TEST_CASE("a moment that cannot be cut stands in its lane where the timeline has it")
{
    const Record r;
    const double x = r.view.axis.x(r.startOfThird() + seconds(10));
    const auto list = drawStrainLanes(r.layout, r.view, &r.record, lanes);
    std::size_t bars = 0;
    for (const auto& mark : list)
        if (const auto* area = std::get_if<picture::Area>(&mark);
            area != nullptr && area->ink == picture::Ink::error) {
            ++bars;
            CHECK(area->box.x >= x - 1.5);
            CHECK(area->box.right() <= x + 12);
            CHECK(area->box.bottom() <= lanes.y + strainLaneHeight + 0.5); // the upper lane
        }
    CHECK(bars >= 9);
    CHECK(bars <= 12);
}

TEST_CASE("the mouse is told how much of what can be cut a moment takes, in either lane")
{
    const Record r;
    const double x = r.view.axis.x(r.startOfThird() + milliseconds(10'500));
    const auto low = strainAt(r.layout, r.view, &r.record, lanes, {x, lanes.y + 5});
    const auto high = strainAt(r.layout, r.view, &r.record, lanes, {x, lanes.y + strainLaneHeight + 5});
    REQUIRE(low.has_value());
    REQUIRE(high.has_value());
    CHECK(low->words.starts_with("Low end 150 % of what can be cut, predicted, at "));
    CHECK(high->words.starts_with("High end 50 % of what can be cut"));
    CHECK_FALSE(strainAt(r.layout, r.view, &r.record, lanes, {x, lanes.y - 5}).has_value());
}

TEST_CASE("without a plan, or with one of other sides, the lanes stand empty")
{
    Record r;
    CHECK(areasOf(drawStrainLanes(r.layout, r.view, nullptr, lanes), picture::Ink::error) == 0);
    r.record.plan.sides.pop_back();
    CHECK(areasOf(drawStrainLanes(r.layout, r.view, &r.record, lanes), picture::Ink::error) == 0);
    CHECK_FALSE(strainAt(r.layout, r.view, &r.record, lanes, {300, lanes.y + 5}).has_value());
}
