#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

DiscMarks marksOf(const Album& a, std::size_t disc = 0)
{
    const Edition& e = firstEdition(a);
    return cdMarks(a, std::get<CdSettings>(e.medium), buildTimeline(a, e).pieces.at(disc));
}
CdFramePos frame(std::int64_t value) { return CdFramePos{value}; }

} // namespace

TEST_CASE("pauses of whole frames show as exactly that pause")
{
    const DiscMarks m = marksOf(album({5, 6}, seconds(2)));
    REQUIRE(m.tracks.size() == 2);
    CHECK(!m.tracks[0].pauseStart);
    CHECK(m.tracks[0].indexes == std::vector{frame(150)});
    CHECK(m.tracks[1].pauseStart == frame(150 + 375));
    CHECK(m.tracks[1].indexes == std::vector{frame(150 + 375 + 150)});
    CHECK(m.leadOut == frame(150 + 375 + 150 + 450));
}

TEST_CASE("without a gap there is no INDEX 00 and the start offset does not count")
{
    struct Row {
        double gap, offset;
        std::int64_t index01;
        bool pause, dropped;
    };
    // Track 1 lasts 5 s from 2 s + offset on; the offset moves the audio of the first track only.
    for (const Row& row :
         {Row{0, 0, 525, false, false}, Row{-0.5, 0, 487, false, false}, Row{0, 0.1, 532, false, false},
          Row{-0.5, 0.1, 495, false, false}, Row{1, 0.1, 600, true, false}, Row{0.001, 0, 525, false, true},
          Row{0.02, 0, 526, true, false}, Row{0.05, 0.1, 528, false, true}}) {
        CAPTURE(row.gap);
        CAPTURE(row.offset);
        Album a = album({5, 6}, {}, CdSettings{.startOffset = time(row.offset)});
        a = get(edit::setGap(a, edition(a), track(a, 2), time(row.gap)));
        const DiscMarks m = marksOf(a);
        CHECK(m.tracks[0].indexes[0] == frame(150));
        CHECK(m.tracks[1].indexes[0] == frame(row.index01));
        CHECK(m.tracks[1].pauseStart.has_value() == row.pause);
        CHECK(m.tracks[1].pauseDropped == row.dropped);
    }
}

TEST_CASE("the end offset moves INDEX 00 and drops it when nothing is left of the pause")
{
    Album a = album({5, 6}, seconds(1), CdSettings{.endOffset = time(0.5)});
    CHECK(marksOf(a).tracks[1].pauseStart == frame(525 + 37));
    a = get(edit::setMedium(a, edition(a), CdSettings{.endOffset = seconds(1)}));
    CHECK(!marksOf(a).tracks[1].pauseStart);
    CHECK(marksOf(a).tracks[1].pauseDropped);
}

TEST_CASE("further indexes are rounded down")
{
    Album a = album({5});
    a = get(edit::setIndexes(a, track(a, 1), {time(3.01), time(1)}));
    CHECK(marksOf(a).tracks[0].indexes == std::vector{frame(150), frame(225), frame(375)});
}

TEST_CASE("the lead-out stands after the end silence, up to a whole sector")
{
    Album a = album({5.001});
    CHECK(marksOf(a).leadOut == frame(150 + 376));
    a = get(edit::setMedium(a, edition(a), CdSettings{.endSilence = seconds(1)}));
    CHECK(marksOf(a).leadOut == frame(150 + 376 + 75));
}

TEST_CASE("no sample is lost behind the lead-out when roundings add up")
{
    // Two halves of a 44.1 kHz sample: 88.2 kHz material at an odd place behind a gap of an odd half sample.
    Album a = album({5}, {}, CdSettings{}, {.hertz = 88'200});
    const Duration half{8'000};
    a = get(edit::moveClip(a, clip(a, 1), half));
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(2) - half));
    const Edition& e = firstEdition(a);
    const Piece piece = buildTimeline(a, e).pieces[0];
    REQUIRE(piece.end == Instant{} + seconds(7));
    const SampleTimeline places = samplePlaces(a, piece, cdRate);
    REQUIRE(places.entries[0].clips[0].end.value() == 7 * 44'100 + 1);
    CHECK(marksOf(a).leadOut == frame(526));
}

TEST_CASE("every disc has marks of its own")
{
    Album a = album({5, 6}, seconds(1));
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    CHECK(marksOf(a, 0).leadOut == frame(525));
    CHECK(!marksOf(a, 1).tracks[0].pauseStart);
    CHECK(marksOf(a, 1).tracks[0].indexes[0] == frame(150));
    CHECK(marksOf(a, 1).leadOut == frame(600));
}

TEST_CASE("marks of 500 generated albums keep their relation to the audio")
{
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        CAPTURE(seed);
        const Album a = randomAlbum(seed, {.otherEditions = false});
        const Edition& e = firstEdition(a);
        const auto& cd = std::get<CdSettings>(e.medium);
        for (const Timeline timeline = buildTimeline(a, e); const Piece& piece : timeline.pieces) {
            const DiscMarks m = cdMarks(a, cd, piece);
            CdFramePos before{-1};
            for (std::size_t i = 0; i < piece.entries.size(); ++i) {
                const PlacedEntry& entry = piece.entries[i];
                const TrackMarks& t = m.tracks[i];
                if (t.pauseStart) {
                    REQUIRE(i > 0);
                    REQUIRE(*t.pauseStart > before);
                    REQUIRE(entry.joint.gap > Duration{});
                    const Duration late = piece.entries[i - 1].end + cd.endOffset - instantOf(*t.pauseStart);
                    REQUIRE((late >= Duration{} && late < durationOf(CdFrameCount{1})));
                    before = *t.pauseStart;
                }
                const bool offset = i == 0 || entry.joint.gap > Duration{};
                const Duration late =
                    entry.start - (offset ? cd.startOffset : Duration{}) - instantOf(t.indexes[0]);
                REQUIRE((late >= Duration{} && late < durationOf(CdFrameCount{1})));
                for (const CdFramePos index : t.indexes) {
                    REQUIRE(index > before);
                    before = index;
                }
                REQUIRE(t.indexes.size() == find(a, entry.track)->indexes.size() + 1);
            }
            REQUIRE(m.leadOut > before);
            REQUIRE(instantOf(m.leadOut) >= piece.end);
            REQUIRE(instantOf(m.leadOut) - piece.end < durationOf(CdFrameCount{1}) + Duration{16'000});
            REQUIRE(firstSample(m.leadOut) - SamplePos{} >= samplePlaces(a, piece, cdRate).length);
        }
    }
}
