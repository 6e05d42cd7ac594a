#include "gui/model/track_edits.h"

#include "support/gui_bench.h"

#include <doctest/doctest.h>

#include <map>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

std::map<TrackId, Instant> startsOf(const Album& album)
{
    std::map<TrackId, Instant> starts;
    for (const Piece& piece : buildTimeline(album, firstEdition(album)).pieces)
        for (const PlacedEntry& entry : piece.entries) starts[entry.track] = entry.start;
    return starts;
}

/// Where each clip begins and ends on its piece.
std::map<ClipId, std::pair<Instant, Instant>> clipsOf(const Album& album)
{
    std::map<ClipId, std::pair<Instant, Instant>> clips;
    const auto starts = startsOf(album);
    for (const Track& track : album.tracks)
        if (const auto start = starts.find(track.id); start != starts.end())
            for (const Clip& clip : track.clips)
                clips[clip.id] = {start->second + clip.at, start->second + clip.at + lengthOf(album, clip)};
    return clips;
}

constexpr AlbumFeatures oneDisc{.breaks = false};

} // namespace

TEST_CASE("moving a sound moves it and what follows by the same, and nothing before it")
{
    int moved = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Album a = randomAlbum(seed, oneDisc);
        Dice dice{seed};
        const auto position =
            static_cast<std::size_t>(dice.between(0, std::ssize(firstEdition(a).entries) - 1));
        const TrackId track = firstEdition(a).entries[position].track;
        const Duration by{dice.between(-2'000'000'000, 2'000'000'000)};
        const auto result = moveSound(a, edition(a), track, by, false);
        if (!result) continue;
        ++moved;
        const auto before = startsOf(a), after = startsOf(*result);
        for (std::size_t i = 0; i < firstEdition(a).entries.size(); ++i) {
            const TrackId id = firstEdition(a).entries[i].track;
            CAPTURE(seed);
            REQUIRE(after.at(id) == before.at(id) + (i < position ? Duration{} : by));
        }
        REQUIRE(result->tracks == a.tracks);
    }
    CHECK(moved > 75);
}

TEST_CASE("moving a sound alone moves nothing else")
{
    int moved = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Album a = randomAlbum(seed, oneDisc);
        Dice dice{seed + 1000};
        const TrackId track = dice.pick(firstEdition(a).entries).track;
        const Duration by{dice.between(-1'000'000'000, 1'000'000'000)};
        const auto result = moveSound(a, edition(a), track, by, true);
        if (!result) continue;
        ++moved;
        auto expected = startsOf(a);
        expected[track] += by;
        CAPTURE(seed);
        REQUIRE(startsOf(*result) == expected);
    }
    CHECK(moved > 75);
}

TEST_CASE("trimming changes the named edge of the named clip; all other sound keeps its place")
{
    int trimmed = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Album a = randomAlbum(seed, oneDisc);
        Dice dice{seed + 2000};
        const Track& track = dice.pick(a.tracks);
        if (track.clips.empty()) continue;
        const Clip& clip = dice.pick(track.clips);
        const bool begin = dice.chance(50);
        const Duration edge = begin ? clip.at : clip.at + lengthOf(a, clip);
        const auto result = trimEdge(a, edition(a), track.id, clip.id, begin,
                                     edge + Duration{dice.between(-500'000'000, 500'000'000)}, true);
        if (!result) continue;
        ++trimmed;
        const auto before = clipsOf(a), after = clipsOf(*result);
        CAPTURE(seed);
        REQUIRE(after.size() == before.size());
        // What stays of the clip itself keeps its place, to the flick at which a source sample can stand.
        const auto near = [](Instant x, Instant y) { return std::abs((x - y).value()) <= 2; };
        for (const auto& [id, place] : before) {
            CAPTURE(id.value);
            if (id != clip.id || !begin) REQUIRE(near(after.at(id).first, place.first));
            if (id != clip.id || begin) REQUIRE(near(after.at(id).second, place.second));
        }
    }
    CHECK(trimmed > 60);
}

TEST_CASE("the end of an overlap moves without the incoming track or anything behind it")
{
    for (const bool mark : {false, true}) {
        Album a = album({10, 10, 10});
        if (mark) a = get(edit::setEndMark(a, track(a, 1), seconds(9)));
        a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(4), Crossfade{}));
        const auto before = startsOf(a);
        const Album shorter = get(moveOverlapEnd(a, edition(a), track(a, 2), -seconds(1)));
        CAPTURE(mark);
        CHECK(startsOf(shorter) == before);
        CHECK(firstEdition(shorter).entries[1].joint.gap == -seconds(3));
        CHECK(firstEdition(shorter).entries[1].joint.crossfade.has_value());
        const Album longer = get(moveOverlapEnd(shorter, edition(a), track(a, 2), milliseconds(500)));
        CHECK(startsOf(longer) == before);
        CHECK(firstEdition(longer).entries[1].joint.gap == -milliseconds(3500));
    }
}

TEST_CASE("the end of an overlap is refused where no track stands before")
{
    const Album a = album({10, 10});
    CHECK(refusal(moveOverlapEnd(a, edition(a), track(a, 1), seconds(1))) ==
          "No track stands before this one");
}

TEST_CASE("a track placed by ear starts at the sample heard, and what follows keeps its distance")
{
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const Album a = randomAlbum(seed, oneDisc);
        if (firstEdition(a).entries.size() < 2) continue;
        const auto before = startsOf(a);
        const std::vector<Entry>& entries = firstEdition(a).entries;
        const TrackId second = entries[1].track;
        const Instant heard = before.at(second) + Duration{123'456'789};
        const Album placed = get(placeByEar(a, edition(a), second, heard));
        CAPTURE(seed);
        REQUIRE(startsOf(placed).at(second) == heard);
        for (std::size_t i = 2; i < entries.size(); ++i)
            REQUIRE(startsOf(placed).at(entries[i].track) - heard ==
                    before.at(entries[i].track) - before.at(second));
        REQUIRE(startsOf(placed).at(entries[0].track) == before.at(entries[0].track));
        REQUIRE(placed.tracks == a.tracks);
    }
}

TEST_CASE("a fade reaches to where it is dragged, between nothing and the other fade")
{
    Album a = album({10});
    a = get(edit::setFadeOut(a, clip(a, 1), {seconds(3), Curve::cosine}));
    const auto in = [&](double s) {
        const Album faded = get(fadeTo(a, track(a, 1), clip(a, 1), true, time(s)));
        CHECK(clipAt(faded, 1).fadeOut == clipAt(a, 1).fadeOut);
        return clipAt(faded, 1).fadeIn.length;
    };
    CHECK(in(4) == seconds(4));
    CHECK(in(-1) == Duration{});
    CHECK(in(9) == seconds(7));
    const Album out = get(fadeTo(a, track(a, 1), clip(a, 1), false, time(8.5)));
    CHECK(clipAt(out, 1).fadeOut == Fade{milliseconds(1500), Curve::cosine});
}

TEST_CASE("slipping changes what a clip plays and neither its place nor its length")
{
    Album a = album({10});
    a = get(edit::trimClip(a, clip(a, 1), SampleCount{1000}, SampleCount{400'000}));
    const Clip before = clipAt(a, 1);
    Clip expected = before;
    expected.in = before.in - nearestSamples(milliseconds(10), cdRate);
    CHECK(clipAt(get(slipAudio(a, clip(a, 1), milliseconds(10))), 1) == expected);
    expected.in = SampleCount{};
    CHECK(clipAt(get(slipAudio(a, clip(a, 1), seconds(5))), 1) == expected);
    expected.in = SampleCount{41'000};
    CHECK(clipAt(get(slipAudio(a, clip(a, 1), -seconds(5))), 1) == expected);
}

TEST_CASE("edits of what is gone say so and change nothing")
{
    const Album a = album({10});
    const EditionId cd = edition(a);
    const TrackId noTrack{9'999};
    const ClipId noClip{9'999};
    CHECK_FALSE(moveSound(a, cd, noTrack, seconds(1), false));
    CHECK_FALSE(moveSound(a, EditionId{9'999}, track(a, 1), seconds(1), false));
    CHECK_FALSE(trimEdge(a, cd, track(a, 1), noClip, true, seconds(1), false));
    CHECK_FALSE(slipAudio(a, noClip, seconds(1)));
    CHECK_FALSE(fadeTo(a, track(a, 1), noClip, true, seconds(1)));
    CHECK_FALSE(fadeTo(a, noTrack, clip(a, 1), true, seconds(1)));
    CHECK_FALSE(moveOverlapEnd(a, cd, noTrack, seconds(1)));
    CHECK_FALSE(placeByEar(a, cd, noTrack, Instant{}));
}

TEST_CASE("several tracks move together to the place they are dropped at, in their own order")
{
    const Album a = album({10, 11, 12, 13, 14});
    const EditionId e = edition(a);
    const auto lengths = [&](const Album& now) {
        std::vector<int> all;
        for (const Entry& entry : firstEdition(now).entries)
            for (int number = 1; number <= 5; ++number)
                if (track(a, number) == entry.track) all.push_back(number);
        return all;
    };
    const std::vector two{track(a, 4), track(a, 2)};
    CHECK(lengths(get(moveTracks(a, e, two, 0))) == std::vector{2, 4, 1, 3, 5});
    CHECK(lengths(get(moveTracks(a, e, two, 5))) == std::vector{1, 3, 5, 2, 4});
    CHECK(lengths(get(moveTracks(a, e, two, 3))) == std::vector{1, 3, 2, 4, 5});
    CHECK(get(moveTracks(a, e, {track(a, 2)}, 1)) == a);
    CHECK(get(moveTracks(a, e, {track(a, 2)}, 2)) == a);
    CHECK(get(moveTracks(a, e, {track(a, 1)}, 3)) == get(edit::moveEntry(a, e, track(a, 1), 2)));
}
