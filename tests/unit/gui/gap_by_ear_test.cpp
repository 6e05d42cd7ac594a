// From the loudspeaker to the document: a key struck while the tail plays, on a device that is 200 ms late.

#include "gui/model/track_edits.h"

#include "unit/play/play_desk.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

TEST_CASE("a track placed by ear begins at the sample that was heard, not at the one that was rendered")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{200'000}, ramp16()))});
    studio.track({studio.clip(studio.source(SampleCount{200'000}, ramp16()))});
    const TrackId second = studio.album.tracks.back().id;
    PlayDeskTop desk{std::move(studio), {.latency = SampleCount{latency200}}};
    const std::int64_t end =
        samplePlaces(desk.studio.album, desk.studio.piece(), cdRate).entries.front().end.value();
    desk.player.play(SamplePos{end - 10'000});
    // The device has taken 200 ms more than has left the loudspeaker.
    desk.hear(10'000 + 7'000 + latency200);
    const SamplePos heard = desk.player.positionHeard();
    REQUIRE(heard.value() == end + 7'000);

    const Album& album = desk.studio.album;
    const auto placed = placeByEar(album, album.editions.front().id, second, nearestInstant(heard, cdRate));
    REQUIRE(placed);
    const auto piece = buildTimeline(*placed, placed->editions.front()).pieces.front();
    CHECK(samplePlaces(*placed, piece, cdRate).entries[1].start == heard);
    CHECK(piece.entries[1].joint.gap == nearestDuration(SampleCount{7'000}, cdRate));
}
