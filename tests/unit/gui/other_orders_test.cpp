// Another order of a record's tracks, as the Vinyl tab offers and takes it.

#include "gui/model/other_orders.h"

#include "album/edit.h"
#include "support/album_builder.h"
#include "support/silent_record.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Five tracks, 1 2 | 3 4 5, of which 3 and 4 are kept together.
Album fiveTracks()
{
    Album a = album({10, 20, 30, 40, 50}, seconds(2), VinylSettings{});
    a = get(edit::setBreak(std::move(a), edition(a), track(a, 3), Break::side));
    return get(edit::setKeepWithPrevious(std::move(a), edition(a), track(a, 4), true));
}

/// 3 4 5 | 1 2
const vinyl::OrderSuggestion other{
    .order = {2, 3, 4, 0, 1}, .breaks = {3}, .gains = 0.62, .improves = 2.1, .words = "3 4 5 / 1 2"};

} // namespace

TEST_CASE("another order says what it gains and what it is")
{
    CHECK(orderWords(other) == "+0.6 dB level, 2.1 points better: 3 4 5 / 1 2");
}

TEST_CASE("another order is taken with its side breaks, in one step, and pairs stay together")
{
    const Album before = fiveTracks();
    const vinyl::PlannedRecord record = plannedInSilence(before);
    const Proposal taken = takeOrder(before, record, other);
    CHECK(taken.label == "Take another order");
    const auto entries = get(taken.album).editions.front().entries;
    REQUIRE(entries.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(entries[i].track == record.programme.tracks[other.order[i]].id);
        CHECK(entries[i].breakBefore == (i == 3 ? Break::side : Break::none));
        CHECK(entries[i].keepWithPrevious == (i == 1));
    }
}

TEST_CASE("a pair that the old break's place would part stays together in another order")
{
    const Album before = fiveTracks();
    const vinyl::PlannedRecord record = plannedInSilence(before);
    // 1 3 4 2 | 5: the place where the side was turned lies within the pair.
    const auto entries = get(takeOrder(before, record, {.order = {0, 2, 3, 1, 4}, .breaks = {4}}).album)
                             .editions.front()
                             .entries;
    CHECK(entries[2].keepWithPrevious);
    CHECK(entries[4].breakBefore == Break::side);
}

TEST_CASE("an order of an album that changed meanwhile is not taken")
{
    const Album before = fiveTracks();
    const vinyl::PlannedRecord record = plannedInSilence(before);
    const Album without = get(edit::removeEntry(before, edition(before), track(before, 2)));
    CHECK(takeOrder(without, record, other).album.error().what.find("changed meanwhile") !=
          std::string::npos);
    const Album moved = get(edit::moveEntry(before, edition(before), track(before, 2), 4));
    CHECK(takeOrder(moved, record, other).album.error().what.find("changed meanwhile") != std::string::npos);
}
