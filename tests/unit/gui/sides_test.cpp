#include "gui/model/sides.h"

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

constexpr Rect box{0, 0, 900, 400};

/// An album planned in silence: how long everything is, and nothing else.
struct Record {
    Album album;
    vinyl::PlannedRecord record{};

    explicit Record(const std::vector<double>& lengths, const std::vector<std::size_t>& firsts = {})
        : album{test::album(lengths, seconds(2), VinylSettings{})}
    {
        for (const std::size_t t : firsts)
            album = get(edit::setBreak(std::move(album), edition(album),
                                       track(album, static_cast<int>(t) + 1), Break::side));
        plan();
    }
    void plan() { record = plannedInSilence(album); }
    [[nodiscard]] std::vector<std::size_t> firstsAfter(const Proposal& proposal) const
    {
        std::vector<std::size_t> firsts;
        const Album after = get(proposal.album);
        const auto& entries = after.editions.front().entries;
        for (std::size_t i = 1; i < entries.size(); ++i)
            if (entries[i].breakBefore == Break::side) firsts.push_back(i);
        return firsts;
    }
    [[nodiscard]] std::vector<std::size_t> moved(std::size_t track, std::size_t side) const
    {
        return firstsAfter(moveToSide(album, record, track, side));
    }
};

using Firsts = std::vector<std::size_t>;

} // namespace

TEST_CASE("a side's blocks lie on its row, in order, as wide as their grooves")
{
    const Record r{{300, 200, 400, 100}, {2}};
    const SidesScene scene = sidesScene(r.record, box, 0);
    REQUIRE(scene.rows.size() == 2);
    REQUIRE(scene.blocks.size() == 4);
    for (const SideBlock& block : scene.blocks) {
        CHECK(block.side == (block.track < 2 ? 0 : 1));
        const Rect row = scene.rows[block.side];
        CHECK(block.box.y >= row.y);
        CHECK(block.box.bottom() <= row.bottom());
        CHECK(hitTest(scene, block.box.centre()) != nullptr);
        CHECK(hitTest(scene, block.box.centre())->track == block.track);
    }
    CHECK(scene.blocks[0].box.right() <= scene.blocks[1].box.x);
    // 300 s and 200 s, each with a pause; both in silence at one pitch.
    CHECK(scene.blocks[0].box.width / scene.blocks[1].box.width ==
          doctest::Approx(302.0 / 200).epsilon(0.05));
    CHECK(hitTest(scene, {5, 5}) == nullptr);
}

TEST_CASE("a side that does not fit is drawn to the edge and no further")
{
    const Record r{{2400, 1800}};
    const SidesScene scene = sidesScene(r.record, box, 0);
    for (const SideBlock& block : scene.blocks) CHECK(block.box.right() <= box.right() - 200);
    const bool red = std::ranges::any_of(scene.list, [](const picture::Item& item) {
        const auto* area = std::get_if<picture::Area>(&item);
        return area != nullptr && area->ink == picture::Ink::error && area->box.width > 0;
    });
    CHECK(red);
}

TEST_CASE(
    "each side says how much level it would allow, which one sets it, and what the others have to spare")
{
    Record r{{100, 100}, {1}};
    vinyl::VinylPlan& plan = r.record.plan;
    plan.sides[0].limit = {.gain = 2.4, .limit = vinyl::Limit::slope};
    plan.sides[1].limit = {.gain = -1.0, .limit = vinyl::Limit::space};
    plan.highest = plan.gain = -1.0;
    plan.decisive = 1;
    const SidesScene scene = sidesScene(r.record, box, 0);
    const auto says = [&](std::string_view words) {
        return std::ranges::any_of(scene.list, [&](const picture::Item& item) {
            const auto* text = std::get_if<picture::Text>(&item);
            return text != nullptr && text->words.find(words) != std::string::npos;
        });
    };
    CHECK(says("+2.4 dB (slope), 3.4 dB to spare"));
    CHECK(says("-1.0 dB (space) sets the level"));
}

TEST_CASE(
    "a track that is dragged to the next side takes those behind it along, to the one before those before it")
{
    const Record r{{100, 100, 100, 100, 100, 100}, {2, 4}};
    CHECK(r.moved(1, 1) == Firsts{1, 4});
    CHECK(r.moved(3, 2) == Firsts{2, 3});
    CHECK(r.moved(2, 0) == Firsts{3, 4});
    CHECK(r.moved(4, 1) == Firsts{2, 5});
    CHECK(r.moved(5, 3) == Firsts{2, 4, 5}); // a side of its own
    CHECK(r.moved(3, 1) == Firsts{2, 4});    // where it is
}

TEST_CASE("a whole side that goes to its neighbour is one with it")
{
    const Record r{{100, 100, 100, 100}, {1, 3}};
    CHECK(r.moved(0, 1) == Firsts{3});
    CHECK(r.moved(3, 1) == Firsts{1});
    CHECK(r.moved(2, 0) == Firsts{3});
}

TEST_CASE("what would leave an empty side or change the order is refused with its reason")
{
    const Record r{{100, 100, 100, 100}, {1, 2, 3}};
    CHECK(moveToSide(r.album, r.record, 0, 2).album.error().what ==
          "The order stays, so a track moves to the side before or behind its own");
    CHECK(moveToSide(r.album, r.record, 3, 4).album.error().what ==
          "The tracks before it would leave an empty side");
}

TEST_CASE("a track takes along what it is kept together with")
{
    Record r{{100, 100, 100, 100, 100, 100}, {3}};
    for (const int n : {3, 5})
        r.album =
            get(edit::setKeepWithPrevious(std::move(r.album), edition(r.album), track(r.album, n), true));
    r.plan();
    CHECK(r.moved(2, 1) == Firsts{1});
    CHECK(r.moved(3, 0) == Firsts{5});
    CHECK(r.moved(1, 1) == Firsts{1});
    CHECK(moveToSide(r.album, r.record, 4, 2).album.error().what.find("the side's first track") !=
          std::string::npos);
    r.album = get(edit::setKeepWithPrevious(std::move(r.album), edition(r.album), track(r.album, 6), true));
    r.plan();
    CHECK(r.moved(4, 0).empty());
}

TEST_CASE("a clasp in the bars holds tracks that are kept together")
{
    Record r{{100, 100, 100}, {1}};
    r.album = get(edit::setKeepWithPrevious(std::move(r.album), edition(r.album), track(r.album, 3), true));
    r.plan();
    const SidesScene scene = sidesScene(r.record, box, 0);
    const auto clasps = std::ranges::count_if(scene.list, [&](const picture::Item& drawn) {
        const auto* area = std::get_if<picture::Area>(&drawn);
        return area != nullptr && area->ink == picture::Ink::accent && area->box.x < scene.blocks[2].box.x &&
               area->box.right() > scene.blocks[2].box.x;
    });
    CHECK(clasps == 1);
}

TEST_CASE("sides are divided at given tracks in one step, and all others are joined")
{
    const Record r{{100, 100, 100, 100}, {1, 2}};
    const Proposal divided = breakBefore(r.album, r.record, {2, 3});
    CHECK(divided.label == "Divide over 3 sides");
    CHECK(r.firstsAfter(divided) == Firsts{2, 3});
    CHECK(r.firstsAfter(breakBefore(r.album, r.record, {})).empty());
}

TEST_CASE("a moment of the programme is told in the track that sounds")
{
    const Record r{{100, 100, 100}, {1}};
    const MomentInTrack moment = momentAt(r.record, 1, 102 + 30.5);
    CHECK(moment.track == r.album.tracks[1].id);
    CHECK(moment.inTrack == milliseconds(30'500));
}

TEST_CASE("a place of the level picture tells what its moment would allow, beside what is planned")
{
    Record r{{100, 100}, {1}};
    r.record.plan.gain = 1.5;
    picture::LevelHit hit{.side = 1, .seconds = 102 + 62.34};
    CHECK(levelPlaceWords(r.record, hit) == "B1 1:02.300 \u00b7 nothing limits the level here");
    hit.ceiling.slope = 4.5;
    CHECK(levelPlaceWords(r.record, hit) ==
          "B1 1:02.300 \u00b7 would allow +4.5 dB by itself (slope), 3.0 dB above the plan");
    hit.ceiling.lift = -0.5;
    CHECK(levelPlaceWords(r.record, hit) ==
          "B1 1:02.300 \u00b7 would allow -0.5 dB by itself (lift), 2.0 dB below the plan");
}

TEST_CASE("the record is told in one line")
{
    const Record r{{100, 100}, {1}};
    CHECK(recordWords(r.record) ==
          "12\u2033 at 33\u2153, lathe standard, reference -14 dBFS \u00b7 nothing limits the level");
}
