#include "support/album_builder.h"

#include "album/check_album.h"
#include "album/timeline.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("built albums are what they say")
{
    const Album twelve = twelveTracks();
    CHECK(firstEdition(twelve).entries.size() == 12);
    CHECK(endOf(twelve, trackAt(twelve, 12)) == seconds(235));
    const Album two = album({3.0, 4.5}, seconds(1), VinylSettings{});
    CHECK(firstEdition(two).name == "Vinyl");
    CHECK(buildTimeline(two, firstEdition(two)).pieces[0].end == Instant{} + time(8.5));
}

TEST_CASE("random albums are the same from the same seed and differ between seeds")
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CHECK(randomAlbum(seed) == randomAlbum(seed));
        CHECK(randomAlbum(seed) != randomAlbum(seed + 1));
    }
}

TEST_CASE("random albums break no rule and together use every feature")
{
    int crossfades = 0, overlaps = 0, breaks = 0, indexes = 0, early = 0, tails = 0, splits = 0, maps = 0,
        mono = 0, inverted = 0, muted = 0, fades = 0, gains = 0, rates = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        const Album a = randomAlbum(seed);
        REQUIRE(std::holds_alternative<CdSettings>(firstEdition(a).medium));
        for (const Edition& e : a.editions) {
            REQUIRE(!blocks(checkEdition(a, e)));
            for (const Entry& entry : e.entries) {
                crossfades += entry.joint.crossfade.has_value();
                overlaps += entry.joint.gap < Duration{} && !entry.joint.crossfade;
                breaks += entry.breakBefore != Break::none;
            }
        }
        for (const Track& t : a.tracks) {
            indexes += !t.indexes.empty();
            tails += t.end.has_value();
            splits += t.origin.noise != t.id;
            for (const Clip& c : t.clips) {
                early += c.at < Duration{};
                maps += c.map != ChannelMap::normal;
                inverted += c.inverted;
                muted += c.muted;
                fades += c.fadeIn.length > Duration{} && c.fadeOut.length > Duration{};
                gains += !c.gain.isUnity();
                mono += find(a, c.source)->channels == 1;
                rates += find(a, c.source)->rate != cdRate;
            }
        }
    }
    for (const int used : {crossfades, overlaps, breaks, indexes, early, tails, splits, maps, mono, inverted,
                           muted, fades, gains, rates})
        CHECK(used > 30);
}

TEST_CASE("a random album without features is copied bit for bit")
{
    const AlbumFeatures plain{.rates = false,
                              .mono = false,
                              .wide = false,
                              .severalClips = false,
                              .earlyClips = false,
                              .tails = false,
                              .overlaps = false,
                              .crossfades = false,
                              .fades = false,
                              .offsets = false,
                              .indexes = false,
                              .gains = false,
                              .polarity = false,
                              .maps = false,
                              .muted = false,
                              .breaks = false,
                              .splits = false,
                              .oddPlaces = false,
                              .codes = false,
                              .otherEditions = false};
    const Album a = randomAlbum(1, plain);
    CHECK(a.editions.size() == 1);
    for (const Track& t : a.tracks) {
        REQUIRE(t.clips.size() == 1);
        CHECK(t.clips[0].gain.isUnity());
        CHECK(t.clips[0].at == Duration{});
        CHECK(find(a, t.clips[0].source)->rate == cdRate);
        CHECK(find(a, t.clips[0].source)->fingerprint.sixteenBitExact);
        CHECK(t.gain == TrackGain{});
    }
}
