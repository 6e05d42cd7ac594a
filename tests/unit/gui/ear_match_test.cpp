// Match by ear: which seconds are compared, how loud, and what a nudge does.

#include "gui/model/ear_match.h"

#include "album/edit.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

constexpr std::size_t twelveSeconds = 12 * 44'100;

/// Three tracks of noise: the first swells, the second dies away, the third is 6 dB softer.
struct Album3 {
    SmallDelivery small{{{.frames = twelveSeconds}, {.frames = twelveSeconds}, {.frames = twelveSeconds}}};
    EditionScan scan{};

    Album3()
    {
        Album& album = small.album;
        album = get(edit::setTrackFadeIn(album, track(1), {seconds(12), Curve::linear}));
        album = get(edit::setTrackFadeOut(album, track(2), {seconds(12), Curve::linear}));
        album = get(edit::setHandGain(album, track(3), Decibels{-6}));
        measure();
    }
    void measure()
    {
        scan = get(scanEdition(
            editionSounds(small.album, small.album.editions.front(), openerFor(realFileOps())), nullptr, {}));
    }
    [[nodiscard]] TrackId track(std::size_t number) const { return small.album.tracks.at(number - 1).id; }
    [[nodiscard]] Layout layout() const { return layoutOf(small.album, small.album.editions.front().id); }
    [[nodiscard]] EarMatch match(const std::vector<TrackId>& tracks, bool equallyLoud = false) const
    {
        return get(earMatch(tracks, layout(), scan, equallyLoud));
    }
};

} // namespace

TEST_CASE("match by ear compares the loudest five seconds of each track, in the edition's order")
{
    const Album3 a;
    const EarMatch match = a.match({a.track(3), a.track(2), a.track(1)});
    REQUIRE(match.stretches.size() == 3);
    const Layout layout = a.layout();
    const auto& entries = layout.piece(0)->entries;
    for (std::size_t i = 0; i < 3; ++i) {
        const EarStretch& s = match.stretches[i];
        CHECK(s.track == entries[i].track);
        CHECK(s.end - s.begin == comparedLength);
        CHECK(s.begin >= entries[i].start);
        CHECK(s.end <= entries[i].end);
        CHECK(s.gain == Decibels{});
    }
    // The swelling one at its end, the dying one at its beginning; a window begins on a whole 20 ms.
    CHECK(entries[0].end - match.stretches[0].end < milliseconds(200));
    CHECK(match.stretches[1].begin - entries[1].start < milliseconds(200));
}

TEST_CASE("compared equally loud every track is turned down to the softest, and none up")
{
    const Album3 a;
    const EarMatch match = a.match({a.track(1), a.track(3)}, true);
    REQUIRE(match.stretches.size() == 2);
    CHECK(match.stretches[1].gain == Decibels{});
    CHECK(match.stretches[0].gain.value() < -1);
    CHECK(match.stretches[0].gain.value() > -6.1);
}

TEST_CASE("the track that is heard is the one whose seconds sound there")
{
    const Album3 a;
    const EarMatch match = a.match({a.track(1), a.track(2)});
    for (const EarStretch& s : match.stretches) {
        CHECK(match.trackAt(s.begin) == s.track);
        CHECK(match.trackAt(s.end - Duration{1}) == s.track);
    }
    CHECK_FALSE(match.trackAt(Instant{} + seconds(3600)).has_value());
}

TEST_CASE("a track alone is compared with the one before it, the first with the one behind it")
{
    const Album3 a;
    const auto compared = [&](const std::vector<TrackId>& selected) {
        return comparedTracks(a.small.album.editions.front(), selected);
    };
    CHECK(compared({a.track(3)}) == std::vector{a.track(2), a.track(3)});
    CHECK(compared({a.track(1)}) == std::vector{a.track(1), a.track(2)});
    CHECK(compared({a.track(3), a.track(1)}) == std::vector{a.track(1), a.track(3)});
    CHECK(compared({}).empty());
}

TEST_CASE("tracks of several discs are compared, each with the seconds that it has on its own disc")
{
    Album3 a;
    const EditionId edition = a.small.album.editions.front().id;
    const Album undivided = a.small.album;
    const Layout before = layoutOf(undivided, edition);
    const EarMatch together = a.match({a.track(1), a.track(3)});
    for (const std::size_t first : {2U, 3U})
        a.small.album = get(edit::setBreak(a.small.album, edition, a.track(first), Break::disc));
    a.measure();
    const Layout layout = a.layout();
    REQUIRE(layout.timeline.pieces.size() == 3);
    const Album one = asOnePiece(a.small.album, edition);
    const Layout oneLayout = layoutOf(one, edition);
    REQUIRE(oneLayout.timeline.pieces.size() == 1);

    const EarMatch match = a.match({a.track(1), a.track(3)});
    REQUIRE(match.stretches.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const EarStretch& s = match.stretches[i];
        const PlacedEntry& entry = oneLayout.piece(0)->entries[2 * i];
        CHECK(s.track == entry.track);
        CHECK(s.begin >= entry.start);
        CHECK(s.end <= entry.end);
        CHECK(s.end - s.begin == comparedLength);
        CHECK(match.trackAt(s.begin) == s.track);
        // The same seconds as when they were on one disc.
        const Duration into = together.stretches[i].begin - before.piece(0)->entries[2 * i].start;
        CHECK(s.begin - entry.start == into);
    }
    CHECK(comparedTracks(a.small.album.editions.front(), std::vector{a.track(3)}) ==
          std::vector{a.track(2), a.track(3)});
    CHECK(earMatchWords(layout, a.track(3)).find("Match by ear: disc 3, 1 Track 3,") == 0);
}

TEST_CASE("as one piece an overlap over the end of a disc is none")
{
    Album3 a;
    const EditionId edition = a.small.album.editions.front().id;
    a.small.album = get(edit::setCrossfade(a.small.album, edition, a.track(2), seconds(3), Crossfade{}));
    a.small.album = get(edit::setBreak(a.small.album, edition, a.track(2), Break::disc));
    const Album one = asOnePiece(a.small.album, edition);
    const Layout layout = layoutOf(one, edition);
    REQUIRE(layout.timeline.pieces.size() == 1);
    const auto& entries = layout.piece(0)->entries;
    CHECK(entries[1].start - entries[0].end == seconds(2));
    CHECK(entries[2].joint == a.small.album.editions.front().entries[2].joint);
}

TEST_CASE("silence cannot be matched by ear, and it is said")
{
    Album3 a;
    a.small.album = get(edit::setHandGain(a.small.album, a.track(2), Decibels{-90}));
    a.measure();
    const auto match = earMatch(std::vector{a.track(1), a.track(2)}, a.layout(), a.scan, false);
    REQUIRE_FALSE(match.has_value());
    CHECK(match.error().what.find("select two or more tracks") != std::string::npos);
}

TEST_CASE("a nudge moves the hand gain by whole tenths, and all nudges of a match are one gesture")
{
    const Album3 a;
    Album album = a.small.album;
    for (int i = 0; i < 3; ++i) {
        Proposal nudge = nudgedByEar(album, a.track(3), 0.1);
        CHECK(nudge.gesture == "match-by-ear");
        album = get(std::move(nudge.album));
    }
    CHECK(find(album, a.track(3))->gain.hand == Decibels{-5.7});
    CHECK(earMatchWords(layoutOf(album, album.editions.front().id), a.track(3))
              .find("3 Track 3, hand gain -5.7 dB") != std::string::npos);
}
