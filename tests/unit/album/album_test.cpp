#include "album/album.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("things are found by identity, and what is not there is not found")
{
    const Album a = album({5, 6});
    CHECK(find(a, track(a, 2))->texts.title == "Track 2");
    CHECK(find(a, edition(a))->name == "CD");
    CHECK(find(a, clipAt(a, 1).source)->path == "audio/1.wav");
    CHECK(find(firstEdition(a), track(a, 1))->joint.gap == seconds(2));
    CHECK(find(a, TrackId{99}) == nullptr);
    CHECK(find(a, SourceId{}) == nullptr);
    CHECK(find(a, EditionId{99}) == nullptr);
    CHECK(find(firstEdition(a), TrackId{99}) == nullptr);
}

TEST_CASE("a track ends at its end mark, else with its last clip that is not muted, never before its start")
{
    Album a = album({5});
    const Track& t = a.tracks[0];
    CHECK(endOf(a, t) == seconds(5));
    a.tracks[0].clips.push_back(
        {.id = {90}, .source = a.sources[0].id, .length = SampleCount{44'100}, .at = seconds(7)});
    CHECK(endOf(a, a.tracks[0]) == seconds(8));
    a.tracks[0].clips[1].muted = true;
    CHECK(endOf(a, a.tracks[0]) == seconds(5));
    a.tracks[0].end = seconds(3);
    CHECK(endOf(a, a.tracks[0]) == seconds(3));
    a.tracks[0].end.reset();
    a.tracks[0].clips[0].at = seconds(-6);
    CHECK(endOf(a, a.tracks[0]) == Duration{});
}

TEST_CASE("the lengths of a clip's halves add up even where samples lie between flicks")
{
    Album a = album({5}, {}, CdSettings{}, {.hertz = 384'000});
    Clip whole = clipAt(a, 1);
    whole.in = SampleCount{1};
    whole.length = SampleCount{9};
    for (int cut = 2; cut < 10; ++cut) {
        Clip first = whole, second = whole;
        first.length = SampleCount{cut - 1};
        second.in = SampleCount{cut};
        second.length = SampleCount{10 - cut};
        CHECK(lengthOf(a, first) + lengthOf(a, second) == lengthOf(a, whole));
    }
}

TEST_CASE("a clip whose source is missing has no length")
{
    const Album a = album({5});
    CHECK(lengthOf(a, {.id = {9}, .source = {77}, .length = SampleCount{44'100}}) == Duration{});
}

TEST_CASE("a track without a title is known as untitled")
{
    Track t;
    CHECK(displayTitle(t) == "untitled");
    t.texts.title = "";
    CHECK(displayTitle(t) == "untitled");
    t.texts.title = "Für Elise";
    CHECK(displayTitle(t) == "Für Elise");
}
