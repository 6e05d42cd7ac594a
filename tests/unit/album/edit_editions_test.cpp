#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace segue;
using namespace segue::test;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// "1:2.0 2:1.0 | 3:x0.5": number of the track when added, gap, crossfade and breaks of the first edition.
std::string orderOf(const Album& a)
{
    std::string text;
    for (const Entry& e : firstEdition(a).entries) {
        if (!text.empty())
            text += e.breakBefore == Break::none ? " " : e.breakBefore == Break::side ? " | " : " || ";
        text += find(a, e.track)->texts.title->substr(6) + ":";
        if (e.joint.crossfade) text += "x";
        text += std::to_string((e.joint.gap.value() < 0 ? -e.joint.gap.value() : e.joint.gap.value()) /
                               70'560'000);
    }
    return text;
}

/// Tracks 1 to 6 of 10 s with pauses of 2.0, 1.1, 1.2, 1.3 ... s.
Album sixTracks(Medium medium = CdSettings{})
{
    Album a = album({10, 10, 10, 10, 10, 10}, seconds(1), std::move(medium));
    const EditionId id = edition(a);
    a = get(edit::setGap(a, id, track(a, 1), seconds(2)));
    for (int n = 2; n <= 6; ++n) {
        const TrackId t = track(a, n);
        a = get(edit::setGap(a, id, t, milliseconds(1'000 + 100 * (n - 1))));
    }
    return a;
}

Album moved(const Album& a, int number, std::size_t position)
{
    return get(edit::moveEntry(a, edition(a), track(a, number), position));
}

const Duration huge{std::numeric_limits<std::int64_t>::max()};

} // namespace

TEST_CASE("editions have names of their own")
{
    Album a = album({5});
    CHECK(contains(refusal(edit::addEdition(a, "CD", CdSettings{})), "There is an edition \"CD\" already"));
    CHECK(contains(refusal(edit::addEdition(a, "", CdSettings{})), "needs a name"));
    CHECK(!edit::addEdition(a, "a\nb", CdSettings{}));
    auto [b, id] = get(edit::addEdition(a, "LP", VinylSettings{}));
    CHECK(find(b, id)->entries.empty());
    CHECK(contains(refusal(edit::renameEdition(b, id, "CD")), "already"));
    CHECK(edit::renameEdition(b, id, "LP") == b);
    CHECK(find(get(edit::renameEdition(b, id, "Vinyl")), id)->name == "Vinyl");
    a.nextId = b.nextId;
    CHECK(edit::removeEdition(b, id) == a);
    CHECK(contains(refusal(edit::removeEdition(a, id)), "There is no edition"));
}

TEST_CASE("a copy has the same order and settings under another name")
{
    const Album a = sixTracks();
    auto [b, id] = get(edit::copyEdition(a, edition(a), "Second"));
    CHECK(find(b, id)->entries == firstEdition(a).entries);
    CHECK(find(b, id)->medium == firstEdition(a).medium);
    CHECK(!edit::copyEdition(a, edition(a), "CD"));
    CHECK(!edit::copyEdition(a, EditionId{99}, "X"));
}

TEST_CASE("settings of a medium are held to what it can be")
{
    const Album a = album({5});
    const auto refused = [&a](Medium medium) {
        return refusal(edit::setMedium(a, edition(a), std::move(medium)));
    };
    CHECK(contains(refused(CdSettings{.startOffset = Duration{-1}}), "The start offset cannot be negative"));
    CHECK(contains(refused(CdSettings{.endOffset = Duration{-1}}), "The end offset"));
    CHECK(contains(refused(CdSettings{.firstPause = Duration{-1}}), "The first pause"));
    CHECK(contains(refused(CdSettings{.endSilence = huge}), "100 hours"));
    CHECK(contains(refused(CdSettings{.maxLength = CdFrameCount{0}}), "99:59:74"));
    CHECK(contains(refused(CdSettings{.maxLength = CdFrameCount{450'000}}), "99:59:74"));
    CHECK(contains(refused(CdSettings{.masterId = "a\tb"}), "control characters"));
    CHECK(contains(refused(VinylSettings{SampleRate{8'000}}), "44,100 to 352,800"));
    CHECK(contains(refused(DigitalSettings{SampleRate{384'000}}), "44,100 to 352,800"));
    CHECK(edit::setMedium(a, edition(a), CdSettings{.masterId = "M1"}));
    CHECK(!edit::setMedium(a, EditionId{99}, CdSettings{}));
}

TEST_CASE("a track is inserted once, with its joint, and the first keeps its gap")
{
    Album a = sixTracks();
    auto [b, id] = get(edit::addTrack(a, a.sources[0].id, {}));
    b = get(edit::setTrackText(b, id, TextField::title, english, "Track 7"));
    const EditionId cd = edition(b);
    const Joint pause{.gap = seconds(3), .crossfade = {}};
    CHECK(orderOf(get(edit::insertEntry(b, cd, id, 6, pause))) == "1:20 2:11 3:12 4:13 5:14 6:15 7:30");
    CHECK(orderOf(get(edit::insertEntry(b, cd, id, 0, pause))) == "7:30 1:20 2:11 3:12 4:13 5:14 6:15");
    CHECK(contains(refusal(edit::insertEntry(b, cd, id, 7, pause)), "there is no place 8"));
    CHECK(contains(refusal(edit::insertEntry(b, cd, track(b, 1), 3, pause)), "already"));
    CHECK(!edit::insertEntry(b, cd, TrackId{99}, 0, pause));
    CHECK(contains(refusal(edit::insertEntry(b, cd, id, 0, {.gap = Duration{-1}})), "cannot be negative"));
    CHECK(contains(refusal(edit::insertEntry(b, cd, id, 2, {.gap = seconds(1), .crossfade = Crossfade{}})),
                   "needs an overlap"));
    CHECK(contains(refusal(edit::insertEntry(b, cd, id, 2, {.gap = seconds(-10)})), "shorter than both"));
    CHECK(contains(refusal(edit::insertEntry(b, cd, id, 2, {.gap = huge})), "100 hours"));
}

TEST_CASE("removing an entry leaves the first pause and breaks at their places")
{
    Album a = sixTracks(VinylSettings{});
    a = get(edit::setBreak(a, edition(a), track(a, 4), Break::side));
    const auto without = [&a](int n) { return orderOf(get(edit::removeEntry(a, edition(a), track(a, n)))); };
    CHECK(without(1) == "2:20 3:12 | 4:13 5:14 6:15");
    CHECK(without(2) == "1:20 3:12 | 4:13 5:14 6:15");
    CHECK(without(4) == "1:20 2:11 3:12 | 5:14 6:15");
    CHECK(without(6) == "1:20 2:11 3:12 | 4:13 5:14");
    CHECK(!edit::removeEntry(a, edition(a), TrackId{99}));
    const Album b = get(edit::addTrack(a, a.sources[0].id, {})).first;
    CHECK(
        contains(refusal(edit::removeEntry(b, edition(b), b.tracks.back().id)), "does not have this track"));
}

TEST_CASE("every entry takes its joint along, and the first pause stays at the first place")
{
    const Album a = sixTracks();
    CHECK(orderOf(moved(a, 2, 4)) == "1:20 3:12 4:13 5:14 2:11 6:15");
    CHECK(orderOf(moved(a, 5, 1)) == "1:20 5:14 2:11 3:12 4:13 6:15");
    CHECK(orderOf(moved(a, 1, 5)) == "2:20 3:12 4:13 5:14 6:15 1:11");
    CHECK(orderOf(moved(a, 3, 0)) == "3:20 1:12 2:11 4:13 5:14 6:15");
    CHECK(moved(a, 3, 2) == a);
    CHECK(contains(refusal(edit::moveEntry(a, edition(a), track(a, 1), 6)), "there is no place 7"));
}

TEST_CASE("moving there and back restores everything")
{
    Album a = sixTracks(VinylSettings{});
    a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(1), Crossfade{}));
    for (int number = 1; number <= 6; ++number)
        for (std::size_t to = 0; to < 6; ++to) {
            CAPTURE(number);
            CAPTURE(to);
            const TrackId id = track(a, number);
            const Album there = get(edit::moveEntry(a, edition(a), id, to));
            CHECK(edit::moveEntry(there, edition(a), id, static_cast<std::size_t>(number) - 1) == a);
        }
}

TEST_CASE("a moved track does not push others over a break")
{
    Album a = sixTracks(VinylSettings{});
    a = get(edit::setBreak(a, edition(a), track(a, 4), Break::side));
    REQUIRE(orderOf(a) == "1:20 2:11 3:12 | 4:13 5:14 6:15");
    CHECK(orderOf(moved(a, 5, 1)) == "1:20 5:14 2:11 3:12 | 4:13 6:15");
    CHECK(orderOf(moved(a, 4, 1)) == "1:20 4:13 2:11 3:12 | 5:14 6:15");
    CHECK(orderOf(moved(a, 6, 3)) == "1:20 2:11 3:12 | 6:15 4:13 5:14");
    CHECK(orderOf(moved(a, 1, 2)) == "2:20 3:12 1:11 | 4:13 5:14 6:15");
    CHECK(orderOf(moved(a, 1, 4)) == "2:20 3:12 | 4:13 5:14 1:11 6:15");
    CHECK(orderOf(moved(a, 4, 4)) == "1:20 2:11 3:12 | 5:14 4:13 6:15");
    CHECK(orderOf(moved(a, 4, 0)) == "4:20 1:13 2:11 3:12 | 5:14 6:15");
}

TEST_CASE("a new order moves joints with their tracks and leaves breaks at their places")
{
    Album a = sixTracks(VinylSettings{});
    a = get(edit::setBreak(a, edition(a), track(a, 4), Break::disc));
    const auto ordered = [&a](const std::vector<int>& numbers) {
        std::vector<TrackId> ids;
        for (const int n : numbers) ids.push_back(track(a, n));
        return edit::reorder(a, edition(a), ids);
    };
    CHECK(orderOf(get(ordered({4, 3, 1, 6, 5, 2}))) == "4:20 3:12 1:13 || 6:15 5:14 2:11");
    CHECK(ordered({1, 2, 3, 4, 5, 6}) == a);
    CHECK(!ordered({1, 2, 3, 4, 5}));
    CHECK(!ordered({1, 2, 3, 4, 5, 5}));
    CHECK(!edit::reorder(a, edition(a), std::vector{TrackId{99}}));
    const Album empty = album({});
    CHECK(edit::reorder(empty, edition(empty), {}) == empty);
}

TEST_CASE("a gap that is no overlap has no crossfade")
{
    Album a = album({5, 6}, seconds(2));
    const EditionId cd = edition(a);
    const TrackId second = track(a, 2);
    a = get(edit::setCrossfade(a, cd, second, seconds(1), Crossfade{.out = Curve::linear, .in = {}}));
    CHECK(firstEdition(a).entries[1].joint ==
          Joint{.gap = seconds(-1), .crossfade = Crossfade{.out = Curve::linear, .in = {}}});
    a = get(edit::setGap(a, cd, second, seconds(-2)));
    CHECK(firstEdition(a).entries[1].joint.crossfade);
    a = get(edit::setGap(a, cd, second, Duration{}));
    CHECK(firstEdition(a).entries[1].joint == Joint{});
    CHECK(contains(refusal(edit::setGap(a, cd, track(a, 1), Duration{-1})), "cannot be negative"));
    CHECK(contains(refusal(edit::setGap(a, cd, second, seconds(-5))),
                   "0:05.000 must be shorter than both tracks"));
    for (const Duration gap : {huge, -huge, seconds(360'001)})
        CHECK(contains(refusal(edit::setGap(a, cd, second, gap)), "100 hours"));
    CHECK(edit::setGap(a, cd, second, seconds(360'000)));
    CHECK(!edit::setGap(a, cd, TrackId{99}, {}));
    CHECK(!edit::setGap(a, EditionId{99}, second, {}));
}

TEST_CASE("a crossfade is an overlap shorter than both tracks")
{
    Album a = album({5, 6}, seconds(2));
    const EditionId cd = edition(a);
    const TrackId second = track(a, 2);
    CHECK(contains(refusal(edit::setCrossfade(a, cd, second, seconds(5), Crossfade{})), "shorter than both"));
    CHECK(!edit::setCrossfade(a, cd, second, seconds(-1), Crossfade{}));
    CHECK(!edit::setCrossfade(a, cd, second, huge, Crossfade{}));
    CHECK(
        contains(refusal(edit::setCrossfade(a, cd, track(a, 1), seconds(1), Crossfade{})), "none before it"));
    const Album plain = get(edit::setCrossfade(a, cd, second, seconds(1), std::nullopt));
    CHECK(firstEdition(plain).entries[1].joint == Joint{.gap = seconds(-1), .crossfade = {}});
    const Album none = get(edit::setCrossfade(plain, cd, second, Duration{}, Crossfade{}));
    CHECK(firstEdition(none).entries[1].joint == Joint{});
}

TEST_CASE("a break stands between two tracks, a side break on vinyl")
{
    const Album a = album({5, 6});
    CHECK(contains(refusal(edit::setBreak(a, edition(a), track(a, 1), Break::disc)),
                   "begins the edition anyway"));
    CHECK(contains(refusal(edit::setBreak(a, edition(a), track(a, 2), Break::side)), "not for vinyl"));
    const Album b = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    CHECK(firstEdition(b).entries[1].breakBefore == Break::disc);
    CHECK(edit::setBreak(b, edition(b), track(b, 2), Break::none) == a);
    CHECK(edit::setBreak(a, edition(a), track(a, 1), Break::none) == a);
}

namespace {

/// Numbers of the tracks that are kept with the one before them, in their order.
std::vector<int> kept(const Album& a)
{
    std::vector<int> numbers;
    for (const Entry& e : firstEdition(a).entries)
        if (e.keepWithPrevious) numbers.push_back(std::stoi(find(a, e.track)->texts.title->substr(6)));
    return numbers;
}

Album keeping(Album a, std::initializer_list<int> numbers)
{
    for (const int n : numbers)
        a = get(edit::setKeepWithPrevious(std::move(a), edition(a), track(a, n), true));
    return a;
}

using Numbers = std::vector<int>;

} // namespace

TEST_CASE("a track is kept together with the one before it, and no break comes between")
{
    const Album a = keeping(sixTracks(VinylSettings{}), {3});
    CHECK(kept(a) == Numbers{3});
    CHECK(contains(refusal(edit::setBreak(a, edition(a), track(a, 3), Break::side)),
                   "kept together with \"Track 2\""));
    CHECK(edit::setBreak(a, edition(a), track(a, 4), Break::side));
    CHECK(contains(refusal(edit::setKeepWithPrevious(a, edition(a), track(a, 1), true)), "none before it"));
    const Album broken = get(edit::setBreak(a, edition(a), track(a, 5), Break::side));
    CHECK(contains(refusal(edit::setKeepWithPrevious(broken, edition(a), track(a, 5), true)),
                   "A side begins here"));
    CHECK(edit::setKeepWithPrevious(a, edition(a), track(a, 3), false) == sixTracks(VinylSettings{}));
}

TEST_CASE("tracks are kept together as long as they follow each other")
{
    const Album a = keeping(sixTracks(VinylSettings{}), {3, 4});
    CHECK(kept(moved(a, 6, 0)) == Numbers{3, 4});
    // Another comes between 2 and 3.
    CHECK(kept(moved(a, 6, 2)) == Numbers{4});
    // The middle one leaves: the others are neighbours still.
    CHECK(kept(moved(a, 3, 0)) == Numbers{4});
    CHECK(kept(get(edit::removeEntry(a, edition(a), track(a, 3)))) == Numbers{4});
    // One at the edge leaves.
    CHECK(kept(moved(a, 4, 5)) == Numbers{3});
    // In another order among themselves.
    CHECK(kept(moved(a, 2, 2)) == Numbers{2, 4});
    const Album away = get(edit::removeEntry(a, edition(a), track(a, 6)));
    CHECK(kept(get(edit::insertEntry(away, edition(a), track(a, 6), 3, {}))) == Numbers{3});
    CHECK(kept(get(edit::removeTrack(a, track(a, 2)))) == Numbers{4});
}

TEST_CASE("a new order keeps together what still follows each other on one side")
{
    Album a = keeping(sixTracks(VinylSettings{}), {2, 6});
    a = get(edit::setBreak(std::move(a), edition(a), track(a, 4), Break::side));
    const auto ordered = [&a](std::initializer_list<int> numbers) {
        std::vector<TrackId> order;
        for (const int n : numbers) order.push_back(track(a, n));
        return get(edit::reorder(a, edition(a), order));
    };
    CHECK(kept(ordered({5, 6, 3, 4, 1, 2})) == Numbers{6, 2});
    CHECK(kept(ordered({2, 1, 3, 4, 6, 5})) == Numbers{1, 5});
    // The break between the third and the fourth place parts 5 and 6.
    CHECK(kept(ordered({1, 2, 5, 6, 3, 4})) == Numbers{2});
}

TEST_CASE("a track that is split stays together with what it was kept with, as a whole")
{
    const Album a = keeping(sixTracks(VinylSettings{}), {3});
    const auto [second, half] = get(edit::splitTrack(a, track(a, 2), seconds(4)));
    REQUIRE(firstEdition(second).entries[2].track == half);
    CHECK(!firstEdition(second).entries[1].keepWithPrevious);
    CHECK(firstEdition(second).entries[2].keepWithPrevious);
    CHECK(firstEdition(second).entries[3].keepWithPrevious);
    const Album third = get(edit::splitTrack(a, track(a, 3), seconds(4))).first;
    CHECK(firstEdition(third).entries[2].keepWithPrevious);
    CHECK(firstEdition(third).entries[3].keepWithPrevious);
    const Album fifth = get(edit::splitTrack(a, track(a, 5), seconds(4))).first;
    CHECK(kept(fifth) == Numbers{3});
}
