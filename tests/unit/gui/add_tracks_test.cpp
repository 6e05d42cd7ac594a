#include "gui/model/add_tracks.h"

#include "gui/model/levels_table.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

TEST_CASE("dropped files become tracks at the place dropped, in their order, named after the files")
{
    const Album a = album({10, 10});
    std::vector<edit::NewSource> files{source(7, 5), source(8, 6)};
    files[0].path = "/music/03 Night Train.wav";
    const AddedTracks added = addTracks(a, edition(a), files, 1, seconds(3));
    const Album b = get(added.proposal.album);
    REQUIRE(added.tracks.size() == 2);
    CHECK(added.edition == edition(a));
    CHECK(added.proposal.label == "Add 2 tracks");
    CHECK(track(b, 1) == track(a, 1));
    CHECK(track(b, 2) == added.tracks[0]);
    CHECK(track(b, 3) == added.tracks[1]);
    CHECK(track(b, 4) == track(a, 2));
    CHECK(displayTitle(trackAt(b, 2)).find("Night Train") != std::string::npos);
    CHECK(firstEdition(b).entries[1].joint.gap == seconds(3));
    CHECK(firstEdition(b).entries[3].joint == firstEdition(a).entries[1].joint);
}

TEST_CASE("an album without an edition gets a CD for its first files")
{
    const std::vector<edit::NewSource> files{source(1, 5)};
    const AddedTracks added = addTracks({}, {}, files, 0, seconds(2));
    const Album b = get(added.proposal.album);
    REQUIRE(b.editions.size() == 1);
    CHECK(b.editions[0].id == added.edition);
    CHECK(b.editions[0].entries.size() == 1);
    CHECK(added.proposal.label == "Add 1 track");
}

TEST_CASE("the levels table says every gain, their sum, and whether the samples arrive bit for bit")
{
    Album a = album({10, 10});
    a = get(edit::setHandGain(a, track(a, 2), Decibels{-1}));
    a = get(edit::setBalanceGain(a, track(a, 2), Decibels{0.5}));
    a = get(edit::setEntryGain(a, edition(a), track(a, 2), Decibels{-2}));
    const auto rows = levelsRows(layoutOf(a, edition(a)), nullptr, nullptr);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].sum == "0.0");
    CHECK(rows[0].samples == "copied bit for bit");
    CHECK(rows[1].number == "2");
    CHECK(rows[1].title == "Track 2");
    CHECK(rows[1].hand == "\u22121.0");
    CHECK(rows[1].balance == "0.5");
    CHECK(rows[1].edition == "\u22122.0");
    CHECK(rows[1].sum == "\u22122.5");
    CHECK(rows[1].samples.starts_with("dithered: "));
}
