// Listening to a kept version: which place of it is the same, and how loud it is heard.

#include "gui/model/version_listen.h"

#include "album/edit.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Three tracks of noise, 12 s each, 2 s apart; the version is kept before anything is done to them.
struct TwoStates {
    SmallDelivery small{{{.frames = 12 * 44'100}, {.frames = 12 * 44'100}, {.frames = 12 * 44'100}}};
    Album version = small.album;
    Album& album = small.album;

    [[nodiscard]] TrackId track(std::size_t number) const { return version.tracks.at(number - 1).id; }
    [[nodiscard]] static Layout layout(const Album& of) { return layoutOf(of, of.editions.front().id); }
    [[nodiscard]] static Instant startOf(const Album& of, std::size_t entry)
    {
        return layout(of).piece(0)->entries.at(entry).start;
    }
    [[nodiscard]] static EditionScan scan(const Album& of)
    {
        return get(
            scanEdition(editionSounds(of, of.editions.front(), openerFor(realFileOps())), nullptr, {}));
    }
    /// Of the version, for a place of the album.
    [[nodiscard]] Result<AlbumPlace> inVersion(Instant at) const
    {
        return samePlace(layout(album), 0, at, layout(version));
    }
};

} // namespace

TEST_CASE("a version is heard at the same place of the same track, wherever that stands in it")
{
    TwoStates s;
    const EditionId edition = s.album.editions.front().id;
    // Track 3 comes first now.
    s.album = get(edit::moveEntry(s.album, edition, s.track(3), 0));
    const auto place = get(s.inVersion(TwoStates::startOf(s.album, 0) + seconds(4)));
    CHECK(place.track == s.track(3));
    CHECK(place.piece == 0);
    CHECK(place.at == TwoStates::startOf(s.version, 2) + seconds(4));
}

TEST_CASE("of a track that was cut at its head the same sound is heard, not the same time")
{
    TwoStates s;
    Track& cut = s.album.tracks.at(1);
    Clip& clip = cut.clips.front();
    clip.in = clip.in + SampleCount{44'100};
    clip.length = clip.length - SampleCount{44'100};
    const auto place = get(s.inVersion(TwoStates::startOf(s.album, 1) + seconds(3)));
    CHECK(place.track == s.track(2));
    CHECK(place.at == TwoStates::startOf(s.version, 1) + seconds(4));
    // And back.
    const auto back = get(samePlace(TwoStates::layout(s.version), 0, place.at, TwoStates::layout(s.album)));
    CHECK(back.at == TwoStates::startOf(s.album, 1) + seconds(3));
}

TEST_CASE("in a pause, or where the version has another sound, the time in the track counts")
{
    TwoStates s;
    const Instant pause = TwoStates::startOf(s.album, 0) + seconds(13);
    CHECK(get(s.inVersion(pause)).at ==
          layoutOf(s.version, s.version.editions.front().id).piece(0)->entries.front().end);
    s.album.tracks.at(0).clips.front().source = s.album.tracks.at(1).clips.front().source;
    const auto place = get(s.inVersion(TwoStates::startOf(s.album, 0) + seconds(5)));
    CHECK(place.track == s.track(1));
    CHECK(place.at == TwoStates::startOf(s.version, 0) + seconds(5));
}

TEST_CASE("a track that the version does not have cannot be heard in it")
{
    TwoStates s;
    s.version = get(edit::removeEntry(s.version, s.version.editions.front().id, s.track(2)));
    const auto place = s.inVersion(TwoStates::startOf(s.album, 1) + seconds(1));
    REQUIRE_FALSE(place.has_value());
    CHECK(place.error().where == "Track 2");
    CHECK_FALSE(
        samePlace(TwoStates::layout(s.album), 7, Instant{}, TwoStates::layout(s.version)).has_value());
}

TEST_CASE("the louder of the two is turned down by what the track measures as rendered, the other not at all")
{
    TwoStates s;
    s.album = get(edit::setHandGain(s.album, s.track(2), Decibels{1.8}));
    const EditionScan now = TwoStates::scan(s.album), before = TwoStates::scan(s.version);
    const auto second = get(equalLoudness(now, before, s.track(2)));
    CHECK(second.album.value() == doctest::Approx(-1.8).epsilon(0.001));
    CHECK(second.version == Decibels{});
    const auto turned = get(equalLoudness(before, now, s.track(2)));
    CHECK(turned.album == Decibels{});
    CHECK(turned.version.value() == doctest::Approx(-1.8).epsilon(0.001));
    CHECK(get(equalLoudness(now, before, s.track(1))) == EqualLoudness{});
}

TEST_CASE("a silent track has no level to match")
{
    TwoStates s;
    s.album.tracks.at(0).clips.front().muted = true;
    CHECK_FALSE(equalLoudness(TwoStates::scan(s.album), TwoStates::scan(s.version), s.track(1)).has_value());
}

TEST_CASE("the window says what is heard and by how much it is turned down")
{
    const TwoStates s;
    const Layout layout = TwoStates::layout(s.album);
    CHECK(versionHeardWords(layout, s.track(3), "Monday", Decibels{-1.84}) ==
          "Listening to \"Monday\": 3 Track 3, 1.8 dB softer, as loud as the album");
    CHECK(versionHeardWords(layout, s.track(1), "", Decibels{}) ==
          "Listening to the album as it is: 1 Track 1, not turned down");
}
