#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
const Duration huge{std::numeric_limits<std::int64_t>::max()};

} // namespace

TEST_CASE("a split gives two tracks in every edition with no gap and no fade")
{
    Album a = album({10, 6}, seconds(1));
    const TrackId id = track(a, 1);
    a = get(edit::copyEdition(a, edition(a), "Second")).first;
    a = get(edit::moveEntry(a, edition(a, 1), id, 1));
    a = get(edit::setEntryGain(a, edition(a), id, Decibels{-2}));
    a = get(edit::setIsrc(a, id, get(Isrc::parse("USABC2612345"))));
    a = get(edit::setHandGain(a, id, Decibels{1}));
    a = get(edit::setFlags(a, id, {.copyPermitted = true}));
    a = get(edit::setIndexes(a, id, {seconds(1), seconds(4), seconds(7)}));
    a = get(edit::setTrackText(a, id, TextField::title, japanese, "J"));
    auto [b, second] = get(edit::splitTrack(a, id, seconds(4)));

    const Track &one = *find(b, id), &two = *find(b, second);
    CHECK(one.end == seconds(4));
    CHECK(!two.end);
    CHECK(endOf(b, two) == seconds(6));
    CHECK(one.isrc);
    CHECK(!two.isrc);
    CHECK(one.indexes == std::vector{seconds(1)});
    CHECK(two.indexes == std::vector{seconds(3)}); // the one at the cut is the new track's beginning
    CHECK(one.texts.title == "Track 1");
    CHECK(two.texts.title == "Track 1 (2)");
    CHECK(two.translations[0].texts.title == "J (2)");
    CHECK(two.gain == one.gain);
    CHECK(two.flags == one.flags);
    CHECK(two.origin == Origin{.noise = id, .shift = seconds(4)});
    CHECK(b.tracks[1].id == second);
    CHECK(b.editions[0].entries[1] == Entry{.track = second, .joint = {}, .gain = Decibels{-2}});
    CHECK(b.editions[0].entries[2].joint.gap == seconds(1));
    CHECK(b.editions[1].entries[2].track == second);

    REQUIRE(one.clips.size() == 1);
    REQUIRE(two.clips.size() == 1);
    CHECK(one.clips[0].length == SampleCount{4 * 44'100});
    CHECK(two.clips[0].in == SampleCount{4 * 44'100});
    CHECK(two.clips[0].at == Duration{});
    CHECK(one.clips[0].id == clipAt(a, 1).id);
    CHECK(two.clips[0].id != one.clips[0].id);
}

TEST_CASE("a live album is marked by splitting again and again")
{
    const Album a = liveAlbum(60, {10, 25.5, 40});
    REQUIRE(firstEdition(a).entries.size() == 4);
    CHECK(trackAt(a, 2).texts.title == "Track 1 (2)");
    CHECK(trackAt(a, 3).texts.title == "Track 1 (3)");
    CHECK(trackAt(a, 4).texts.title == "Track 1 (4)");
    for (int n = 1; n <= 4; ++n) CHECK(trackAt(a, n).origin.noise == track(a, 1));
    CHECK(trackAt(a, 4).origin.shift == seconds(40));
    const Timeline t = buildTimeline(a, firstEdition(a));
    CHECK(t.pieces[0].entries[2].start == Instant{} + time(27.5));
    CHECK(t.pieces[0].end == Instant{} + seconds(62));
}

TEST_CASE("a title with a number of its own is not counted on by the first split")
{
    Album a = album({10});
    a = get(edit::setTrackText(a, track(a, 1), TextField::title, english, "Summer (1999)"));
    a = get(edit::splitTrack(a, track(a, 1), seconds(5))).first;
    CHECK(trackAt(a, 2).texts.title == "Summer (1999) (2)");
    a = get(edit::setTrackText(a, track(a, 2), TextField::title, english, std::nullopt));
    a = get(edit::splitTrack(a, track(a, 2), seconds(1))).first;
    CHECK(!trackAt(a, 3).texts.title);
}

TEST_CASE("a split keeps early sound with the first half and the tail with the second")
{
    Album a = album({10, 5}, seconds(3));
    const SourceId s = a.sources[1].id;
    a = get(edit::addClip(a, track(a, 1), {.source = s, .length = SampleCount{44'100}, .at = time(-0.5)}))
            .first;
    a = get(edit::addClip(a, track(a, 1), {.source = s, .length = SampleCount{44'100}, .at = seconds(9)}))
            .first;
    a = get(edit::setEndMark(a, track(a, 1), seconds(8)));
    const Album b = get(edit::splitTrack(a, track(a, 1), seconds(6))).first;
    CHECK(trackAt(b, 1).clips.size() == 2);
    REQUIRE(trackAt(b, 2).clips.size() == 2);
    CHECK(trackAt(b, 2).end == seconds(2));
    CHECK(clipAt(b, 2, 1).at == seconds(3));
    CHECK(firstEdition(b).entries[2].joint.gap == firstEdition(a).entries[1].joint.gap);
}

TEST_CASE("a split between source samples leaves the end where it was")
{
    Album a = album({5, 5}, {}, CdSettings{}, {.hertz = 8'000});
    const Duration end = endOf(a, trackAt(a, 1));
    for (const Duration from : {Duration{1}, Duration{40'000}, end - Duration{40'000}, end - Duration{1}}) {
        const Album b = get(edit::splitTrack(a, track(a, 1), from)).first;
        CHECK(endOf(b, trackAt(b, 1)) == from);
        CHECK(endOf(b, trackAt(b, 2)) == end - from);
    }
}

TEST_CASE("a split is refused outside the track, in a fade and in an overlap")
{
    Album a = album({10, 10, 10}, seconds(1));
    const TrackId id = track(a, 2);
    for (const Duration at : {Duration{}, seconds(-1), seconds(10), huge, -huge})
        CHECK(contains(refusal(edit::splitTrack(a, id, at)),
                       "between the track's start and its end at 0:10.000"));
    CHECK(contains(refusal(edit::splitTrack(a, TrackId{99}, seconds(1))), "There is no track 99 any more"));

    const Album faded = get(edit::setFadeOut(a, clip(a, 2), {.length = seconds(2)}));
    CHECK(contains(refusal(edit::splitTrack(faded, id, seconds(9))), "There is a fade here"));
    CHECK(edit::splitTrack(faded, id, seconds(8)));

    Album b = get(edit::setCrossfade(a, edition(a), id, seconds(2), Crossfade{}));
    b = get(edit::setCrossfade(b, edition(b), track(b, 3), seconds(3), Crossfade{}));
    CHECK(contains(refusal(edit::splitTrack(b, id, seconds(2))), "split outside the overlap"));
    CHECK(contains(refusal(edit::splitTrack(b, id, seconds(7))), "in the edition \"CD\""));
    CHECK(edit::splitTrack(b, id, seconds(5)));
    CHECK(!edit::splitTrack(b, id, seconds(2) + Duration{1})); // the cut clip may reach back into it
    CHECK(edit::splitTrack(b, id, seconds(2) + milliseconds(2)));
}

TEST_CASE("moving the start mark counts everything anew and keeps the sound in place")
{
    Album a = album({10, 10}, seconds(3));
    const TrackId id = track(a, 2);
    a = get(edit::setIndexes(a, id, {seconds(5)}));
    a = get(edit::setEndMark(a, id, seconds(9)));
    const Album b = get(edit::setStartMark(a, id, time(0.5)));
    const Track& t = *find(b, id);
    CHECK(t.clips[0].at == time(-0.5));
    CHECK(t.indexes == std::vector{time(4.5)});
    CHECK(t.end == time(8.5));
    CHECK(t.origin.shift == time(0.5));
    CHECK(firstEdition(b).entries[1].joint.gap == time(3.5));
    CHECK(edit::setStartMark(b, id, time(-0.5)) == a);
    CHECK(edit::setStartMark(a, id, {}) == a);
}

TEST_CASE("the first track's start mark moves against the first pause")
{
    const Album a = album({10, 10}, seconds(3));
    const Album b = get(edit::setStartMark(a, track(a, 1), time(0.5)));
    CHECK(firstEdition(b).entries[0].joint.gap == time(2.5));
    CHECK(contains(refusal(edit::setStartMark(a, track(a, 1), time(-2.5))), "0:00.500 before the beginning"));
}

TEST_CASE("a start mark is refused behind the end or an index, and at a crossfade")
{
    Album a = album({10, 10}, seconds(3));
    const TrackId id = track(a, 2);
    CHECK(contains(refusal(edit::setStartMark(a, id, seconds(10))), "before the track's end at 0:10.000"));
    CHECK(!edit::setStartMark(a, id, huge));
    CHECK(!edit::setStartMark(a, id, -huge));
    const Album indexed = get(edit::setIndexes(a, id, {seconds(5)}));
    CHECK(contains(refusal(edit::setStartMark(indexed, id, seconds(5))), "before INDEX 02 at 0:05.000"));
    a = get(edit::setCrossfade(a, edition(a), id, seconds(1), Crossfade{}));
    CHECK(contains(refusal(edit::setStartMark(a, id, seconds(1))), "one end of a crossfade"));
    CHECK(contains(refusal(edit::setEndMark(a, track(a, 1), seconds(9))), "one end of a crossfade"));
    a = get(edit::setCrossfade(a, edition(a), id, seconds(1), std::nullopt));
    CHECK(firstEdition(get(edit::setStartMark(a, id, time(0.25)))).entries[1].joint.gap == time(-0.75));
}

TEST_CASE("a crossfade that a break made inactive is kept as it is when a mark moves")
{
    Album a = album({10, 10}, seconds(3));
    a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(1), Crossfade{}));
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    const Album b = get(edit::setStartMark(a, track(a, 2), seconds(1)));
    CHECK(firstEdition(b).entries[1].joint == firstEdition(a).entries[1].joint);
}

TEST_CASE("moving the end mark counts the following gap anew")
{
    Album a = album({10, 10}, seconds(3));
    Album b = get(edit::setEndMark(a, track(a, 1), seconds(8)));
    CHECK(firstEdition(b).entries[1].joint.gap == seconds(5));
    b = get(edit::setEndMark(b, track(b, 1), seconds(14)));
    CHECK(firstEdition(b).entries[1].joint.gap == seconds(-1));
    CHECK(edit::setEndMark(b, track(b, 1), std::nullopt) == a);
    const Album last = get(edit::setEndMark(a, track(a, 2), seconds(4)));
    CHECK(firstEdition(last).entries == firstEdition(a).entries);
}

TEST_CASE("an end mark is refused before the start or an index")
{
    Album a = album({10});
    for (const Duration end : {Duration{}, seconds(-1), huge, -huge})
        CHECK(!edit::setEndMark(a, track(a, 1), end));
    a = get(edit::setIndexes(a, track(a, 1), {seconds(5)}));
    CHECK(contains(refusal(edit::setEndMark(a, track(a, 1), seconds(5))), "INDEX 02 at 0:05.000"));
}

TEST_CASE("further indexes are sorted, inside the track and apart")
{
    Album a = album({10});
    const TrackId id = track(a, 1);
    a = get(edit::setIndexes(a, id, {seconds(7), seconds(2)}));
    CHECK(trackAt(a, 1).indexes == std::vector{seconds(2), seconds(7)});
    CHECK(contains(refusal(edit::setIndexes(a, id, {Duration{}})), "behind the track's start"));
    CHECK(contains(refusal(edit::setIndexes(a, id, {seconds(10)})), "before its end at 0:10.000"));
    CHECK(contains(refusal(edit::setIndexes(a, id, {seconds(3), seconds(3)})),
                   "Two indexes stand at 0:03.000"));
    std::vector<Duration> many;
    for (int i = 1; i <= 99; ++i) many.push_back(milliseconds(i));
    CHECK(contains(refusal(edit::setIndexes(a, id, many)), "98"));
    many.pop_back();
    CHECK(edit::setIndexes(a, id, many));
    CHECK(trackAt(get(edit::setIndexes(a, id, {})), 1).indexes.empty());
}
