#include "gui/model/view.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

TEST_CASE("zooming keeps the place under the mouse, wherever that is")
{
    Dice dice{7};
    for (int i = 0; i < 2000; ++i) {
        const TimeAxis axis{Instant{dice.between(-1'000'000'000, 3'000'000'000'000)},
                            static_cast<double>(dice.between(1'000, 70'000'000'000))};
        const double x = static_cast<double>(dice.between(-200, 2000)) / 2;
        const double factor = static_cast<double>(dice.between(1, 400)) / 100;
        CAPTURE(i);
        REQUIRE(axis.zoomed(factor, x).at(x) == axis.at(x));
    }
}

TEST_CASE("zooming stops at one sample of 352.8 kHz on 32 pixels and at an hour on 36")
{
    TimeAxis axis{};
    for (int i = 0; i < 100; ++i) axis = axis.zoomed(2, 300);
    CHECK(axis.x(axis.left + Duration{2000}) == doctest::Approx(32));
    for (int i = 0; i < 100; ++i) axis = axis.zoomed(0.5, 300);
    CHECK(axis.x(axis.left + seconds(3600)) == doctest::Approx(36));
    // At the limit the place under the mouse still stays.
    CHECK(axis.zoomed(0.5, 300).left == axis.left);
}

TEST_CASE("zooming by two makes things twice as large")
{
    const TimeAxis axis{Instant{} + seconds(5), 7'056'000};
    const TimeAxis closer = axis.zoomed(2, 400);
    CHECK(axis.x(Instant{} + seconds(6)) == 100);
    CHECK(closer.x(Instant{} + seconds(10)) - closer.x(Instant{} + seconds(9)) == 200);
}

TEST_CASE("a place and its pixel lead to each other")
{
    const TimeAxis axis{Instant{} + seconds(5), 7'056'000};
    CHECK(axis.x(Instant{} + seconds(7)) == 200);
    CHECK(axis.at(200) == Instant{} + seconds(7));
    CHECK(axis.at(-500) == Instant{});
    CHECK(axis.length(100) == seconds(1));
}

TEST_CASE("tracks are counted from 1 on each disc of a CD, and on through the sides of a record")
{
    Album cd = album({10, 10, 10});
    cd = get(edit::setBreak(cd, edition(cd), track(cd, 3), Break::disc));
    Album vinyl = album({10, 10, 10}, seconds(2), VinylSettings{});
    vinyl = get(edit::setBreak(vinyl, edition(vinyl), track(vinyl, 3), Break::side));
    const auto number = [](const Album& a, int n) {
        const Layout layout = layoutOf(a, edition(a));
        const auto place = placeOf(layout, track(a, n));
        REQUIRE(place);
        return numberOf(layout, *place);
    };
    CHECK(number(cd, 2) == 2);
    CHECK(number(cd, 3) == 1);
    CHECK(number(vinyl, 2) == 2);
    CHECK(number(vinyl, 3) == 3);
}

TEST_CASE("a track that is not in the edition has no place")
{
    Album a = album({10, 10});
    const TrackId gone = track(a, 2);
    a = get(edit::removeEntry(std::move(a), edition(a), gone));
    CHECK_FALSE(placeOf(layoutOf(a, edition(a)), gone));
}

TEST_CASE("the track at a place is the last that began, and the first before everything")
{
    const Album a = album({10, 20}); // 2..12, 14..34
    const Layout layout = layoutOf(a, edition(a));
    const Piece& piece = *layout.piece(0);
    const auto at = [&](double s) { return trackAt(piece, Instant{} + time(s)); };
    CHECK(at(0) == track(a, 1));
    CHECK(at(2) == track(a, 1));
    CHECK(at(13.9) == track(a, 1));
    CHECK(at(14) == track(a, 2));
    CHECK(at(99) == track(a, 2));
    CHECK_FALSE(trackAt(Piece{}, Instant{}));
    CHECK(layout.piece(1) == nullptr);
}

TEST_CASE("times stand in frames on a CD and in milliseconds elsewhere, with a true minus")
{
    const Album cd = album({10}), files = album({10}, seconds(2), DigitalSettings{});
    const Layout onCd = layoutOf(cd, edition(cd)), inFiles = layoutOf(files, edition(files));
    CHECK(shownTime(onCd, time(62.4)) == "01:02:30");
    CHECK(shownTime(onCd, -time(2)) == "\u221200:02:00");
    CHECK(shownTime(inFiles, -time(2)).starts_with("\u2212"));
    CHECK(shownTime(inFiles, time(62.4)).ends_with("2.400"));
    CHECK(shownSeconds(time(2)) == "2.000");
    CHECK(shownSeconds(-time(0.5), 1) == "\u22120.5");
    CHECK(shownDecibels(Decibels{-0.6}) == "\u22120.6");
    CHECK(shownDecibels(Decibels{-0.04}) == "0.0");
    CHECK(shownDecibels(Decibels{1}) == "1.0");
}
