#include "cli/set_options.h"

#include "album/edit.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using segue::test::get;
using segue::test::refusal;

namespace {

Album threeTracks() { return test::album({20, 30, 40}); }

Result<Album> set(const Album& album, cli::SetOptions options) { return cli::applySet(album, options, {}); }

const Entry& entryOf(const Album& album, std::size_t i) { return album.editions.at(0).entries.at(i); }

} // namespace

TEST_CASE("a fade is a length, with a curve behind the last colon")
{
    CHECK(get(cli::parseFade("3.5:cosine")) == Fade{test::time(3.5), Curve::cosine});
    CHECK(get(cli::parseFade("2")) == Fade{seconds(2), Curve::equalPower});
    CHECK(get(cli::parseFade("0:02:00")) == Fade{seconds(2), Curve::equalPower});
    CHECK(get(cli::parseFade("0:02:00:square-root")) == Fade{seconds(2), Curve::squareRoot});
    CHECK_FALSE(cli::parseFade("3:wobbly").has_value());
    CHECK_FALSE(cli::parseFade("-1").has_value());
    CHECK_FALSE(cli::parseFade("").has_value());
}

TEST_CASE("the gap of track N is the pause before it, that of track 1 the first pause")
{
    const Album a = get(set(threeTracks(), {.track = 2, .gap = "1:38"}));
    CHECK(entryOf(a, 1).joint.gap == test::time(98.0));
    const Album b = get(set(threeTracks(), {.track = 2, .gap = "0:01:38"}));
    CHECK(entryOf(b, 1).joint.gap == seconds(1) + durationOf(CdFrameCount{38}));
    const Album c = get(set(threeTracks(), {.track = 1, .gap = "3"}));
    CHECK(entryOf(c, 0).joint.gap == seconds(3));
    CHECK(entryOf(c, 1).joint.gap == seconds(2));
}

TEST_CASE("a crossfade joins a track to the one before")
{
    const Album a = get(set(threeTracks(), {.track = 3, .crossfade = "4:linear"}));
    CHECK(entryOf(a, 2).joint.gap == -seconds(4));
    REQUIRE(entryOf(a, 2).joint.crossfade.has_value());
    CHECK(entryOf(a, 2).joint.crossfade->in == Curve::linear);
    CHECK(entryOf(a, 2).joint.crossfade->out == Curve::linear);
    CHECK(refusal(set(threeTracks(), {.track = 1, .crossfade = "4"})) ==
          "Track 1 has no track before it to crossfade with");
    CHECK_FALSE(set(threeTracks(), {.track = 2, .crossfade = "25"}).has_value());
}

TEST_CASE("codes, flags, gains, indexes and texts go to the track that was named")
{
    cli::SetOptions o{
        .track = 2, .isrc = "gb-abc-26-00002", .flags = "pre, DCP", .gain = -1.5, .indexes = {"10", "20"}};
    o.texts.title = "Zwei";
    const Album a = get(set(threeTracks(), o));
    const Track& t = *find(a, entryOf(a, 1).track);
    CHECK(t.isrc->compact() == "GBABC2600002");
    CHECK(t.flags == ControlFlags{.preEmphasis = true, .copyPermitted = true});
    CHECK(t.gain.hand == Decibels{-1.5});
    CHECK(t.indexes == std::vector{seconds(10), seconds(20)});
    CHECK(t.texts.title == "Zwei");
    CHECK(find(a, entryOf(a, 0).track)->texts.title == "Track 1");
}

TEST_CASE("texts in another language become translations")
{
    cli::SetOptions o{.inLanguage = "Japanese"};
    o.texts.title = "夜";
    const Album a = get(set(threeTracks(), o));
    REQUIRE(a.info.translations.size() == 1);
    CHECK(a.info.translations[0].language == japanese);
    CHECK(a.info.translations[0].texts.title == "夜");
}

TEST_CASE("an option on the wrong side of -t is refused, and nothing is changed")
{
    CHECK(refusal(set(threeTracks(), {.isrc = "GBABC2600001"})) ==
          "This belongs to a track; say which with -t");
    CHECK(refusal(set(threeTracks(), {.track = 1, .upc = "4006381333931"})) ==
          "This belongs to the whole album; leave -t away");
    CHECK(refusal(set(threeTracks(), {.track = 1, .clear = {"upc"}})) ==
          "This belongs to the album; leave -t away");
    CHECK_FALSE(set(threeTracks(), {.clear = {"nonsense"}}).has_value());
    CHECK_FALSE(set(threeTracks(), {.track = 9, .gain = 1.0}).has_value());
}

TEST_CASE("settings of the CD edition are set together or not at all")
{
    const Album a = get(set(threeTracks(), {.masterId = "M1",
                                            .startOffset = "5f",
                                            .firstPause = "3",
                                            .maxLength = "74:00:00",
                                            .isrcPlacement = "both",
                                            .cdTextCodes = "on"}));
    const auto& cd = std::get<CdSettings>(a.editions.at(0).medium);
    CHECK(cd.masterId == "M1");
    CHECK(cd.startOffset == durationOf(CdFrameCount{5}));
    CHECK(cd.maxLength == CdFrameCount{74 * 60 * 75});
    CHECK(cd.isrcPlacement == IsrcRepeat::alsoOnIndex01);
    CHECK(cd.cdTextCodes);
    CHECK(entryOf(a, 0).joint.gap == seconds(3));
    CHECK_FALSE(set(threeTracks(), {.masterId = "M1", .startOffset = "-1"}).has_value());
}

TEST_CASE("a wrong bar code is refused with the right check digit")
{
    CHECK(refusal(set(threeTracks(), {.upc = "4006381333932"})).find("1") != std::string::npos);
    CHECK(get(set(threeTracks(), {.upc = "036000291452"})).info.upc->digits() == "0036000291452");
}

TEST_CASE("clearing takes a text, a code or a mark away")
{
    Album a = get(set(threeTracks(), {.track = 1, .isrc = "GBABC2600001", .end = "15"}));
    a = get(set(a, {.track = 1, .clear = {"isrc", "end", "title"}}));
    const Track& t = *find(a, entryOf(a, 0).track);
    CHECK_FALSE(t.isrc.has_value());
    CHECK_FALSE(t.end.has_value());
    CHECK_FALSE(t.texts.title.has_value());
}
