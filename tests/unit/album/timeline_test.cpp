#include "album/timeline.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

Timeline timelineOf(const Album& a) { return buildTimeline(a, firstEdition(a)); }
Instant at(double seconds) { return Instant{} + test::time(seconds); }

} // namespace

TEST_CASE("an entry starts where the one before ends, plus its gap")
{
    Album a = album({5, 6, 7}, seconds(3));
    a = get(edit::setGap(a, edition(a), track(a, 3), time(-0.5)));
    const Timeline t = timelineOf(a);
    REQUIRE(t.pieces.size() == 1);
    const auto& e = t.pieces[0].entries;
    CHECK(e[0].start == at(2));
    CHECK(e[0].end == at(7));
    CHECK(e[1].start == at(10));
    CHECK(e[1].end == at(16));
    CHECK(e[2].start == at(15.5));
    CHECK(e[2].overlap() == time(0.5));
    CHECK(e[1].overlap() == Duration{});
    CHECK(t.pieces[0].end == at(22.5));
}

TEST_CASE("an empty edition has no pieces")
{
    const Album a = album({});
    CHECK(timelineOf(a).pieces.empty());
}

TEST_CASE("the start offset moves the first track of a disc and no other relation")
{
    Album a =
        album({5, 6}, seconds(2), CdSettings{.startOffset = milliseconds(100), .endSilence = seconds(1)});
    const auto piece = timelineOf(a).pieces[0];
    CHECK(piece.entries[0].start == at(2.1));
    CHECK(piece.entries[0].joint.gap == seconds(2));
    CHECK(piece.entries[1].start == at(9.1));
    CHECK(piece.end == at(16.1));
}

TEST_CASE("sound behind the last end mark lengthens the piece")
{
    Album a = album({5, 6}, seconds(2));
    a = get(edit::setEndMark(a, track(a, 2), seconds(4)));
    const auto piece = timelineOf(a).pieces[0];
    CHECK(piece.entries[1].end == at(13));
    CHECK(piece.entries[1].soundEnd == at(15));
    CHECK(piece.end == at(15));
    a = get(edit::setEndMark(a, track(a, 2), seconds(10)));
    CHECK(timelineOf(a).pieces[0].end == at(19));
}

TEST_CASE("sound before time 0 begins in the pause")
{
    Album a = album({5, 6}, seconds(2));
    Clip early{.source = clipAt(a, 1).source, .length = SampleCount{44'100}, .at = time(-1.5)};
    a = get(edit::addClip(a, track(a, 2), early)).first;
    CHECK(timelineOf(a).pieces[0].entries[1].soundStart == at(7.5));
    a = get(edit::setMuted(a, clip(a, 2, 1), true));
    CHECK(timelineOf(a).pieces[0].entries[1].soundStart == at(9));
}

TEST_CASE("a track without sound stands at its time 0")
{
    Album a = album({5, 6}, seconds(2));
    a = get(edit::setMuted(a, clip(a, 2), true));
    const auto entry = timelineOf(a).pieces[0].entries[1];
    CHECK(entry.soundStart == entry.start);
    CHECK(entry.soundEnd == entry.start);
    CHECK(entry.end == entry.start);
}

TEST_CASE("after a disc break a CD begins anew with its first pause")
{
    Album a =
        album({5, 6, 7}, seconds(1), CdSettings{.startOffset = milliseconds(10), .firstPause = seconds(3)});
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    const Timeline t = timelineOf(a);
    REQUIRE(t.pieces.size() == 2);
    CHECK(t.pieces[0].number == 1);
    CHECK(t.pieces[1].number == 2);
    CHECK(t.pieces[0].entries[0].start == at(2.01));
    CHECK(t.pieces[1].entries[0].start == at(3.01));
    CHECK(t.pieces[1].entries[0].joint == Joint{.gap = seconds(3), .crossfade = {}});
    CHECK(t.pieces[1].entries[0].position == 1);
    CHECK(t.pieces[1].entries[1].start == at(10.01));
}

TEST_CASE("sides count on vinyl only")
{
    Album a = album({5, 6, 7}, seconds(1), VinylSettings{});
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::side));
    a = get(edit::setBreak(a, edition(a), track(a, 3), Break::disc));
    CHECK(timelineOf(a).pieces.size() == 3);
    CHECK(timelineOf(a).pieces[0].entries[0].start == at(0));
    CHECK(timelineOf(a).pieces[1].entries[0].start == at(0));
    a = get(edit::setMedium(a, edition(a), CdSettings{}));
    CHECK(timelineOf(a).pieces.size() == 2);
    CHECK(timelineOf(a).pieces[0].entries[1].start == at(6));
    a = get(edit::setMedium(a, edition(a), DigitalSettings{}));
    CHECK(timelineOf(a).pieces.size() == 2);
}

TEST_CASE("an edition that is not a CD begins with its first entry's gap")
{
    Album a = album({5, 6}, seconds(1), DigitalSettings{});
    CHECK(timelineOf(a).pieces[0].entries[0].start == at(0));
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(4)));
    CHECK(timelineOf(a).pieces[0].entries[0].start == at(4));
    CHECK(timelineOf(a).pieces[0].end == at(16));
}

TEST_CASE("entry gain is the entry's")
{
    Album a = album({5, 6});
    a = get(edit::setEntryGain(a, edition(a), track(a, 2), Decibels{-1.5}));
    CHECK(timelineOf(a).pieces[0].entries[0].gain == Decibels{});
    CHECK(timelineOf(a).pieces[0].entries[1].gain == Decibels{-1.5});
}

TEST_CASE("an entry whose track is missing is left out")
{
    Album a = album({5, 6, 7}, seconds(1));
    a.tracks.erase(a.tracks.begin());
    const auto piece = timelineOf(a).pieces[0];
    REQUIRE(piece.entries.size() == 2);
    CHECK(piece.entries[0].position == 1);
    CHECK(piece.entries[0].start == at(1));
}
