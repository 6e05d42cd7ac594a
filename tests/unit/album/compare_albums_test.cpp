#include "album/compare_albums.h"

#include "album/edit.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <set>

using namespace segue;
using namespace segue::test;

namespace {

using Sentences = std::vector<std::string>;

} // namespace

TEST_CASE("equal albums differ in nothing, and the next identity is nobody's business")
{
    Album a = twelveTracks();
    CHECK(compare(a, a).empty());
    Album b = a;
    b.nextId += 5;
    CHECK(compare(a, b).empty());
}

TEST_CASE("each edit is said in one sentence with both values")
{
    const Album a = album({10.0, 20.0, 30.0, 40.0});
    const EditionId cd = edition(a);
    const auto said = [&](const Result<Album>& b) { return compare(a, get(b)); };
    CHECK(said(edit::setGap(a, cd, track(a, 2), time(3.5))) ==
          Sentences{"The gap in front of track \"Track 2\" in edition \"CD\" was 0:02.000 and is 0:03.500"});
    CHECK(said(edit::setTrackText(a, track(a, 1), TextField::title, a.info.language, "Dawn")) ==
          Sentences{"The title of track \"Track 1\" was \"Track 1\" and is \"Dawn\""});
    CHECK(said(edit::setHandGain(a, track(a, 3), Decibels{-1.5})) ==
          Sentences{"The gain of track \"Track 3\" was 0 dB and is -1.5 dB"});
    CHECK(said(edit::setIsrc(a, track(a, 2), get(Isrc::parse("USABC2612345")))) ==
          Sentences{"The ISRC of track \"Track 2\" is \"US-ABC-26-12345\"; there was none"});
    CHECK(said(edit::setAlbumText(a, TextField::performer, a.info.language, "Somebody")) ==
          Sentences{"The performer of the album is \"Somebody\"; there was none"});
    CHECK(said(edit::moveEntry(a, cd, track(a, 4), 1)) ==
          Sentences{"Track \"Track 4\" was number 4 in edition \"CD\" and is number 2"});
    CHECK(said(edit::setEndMark(a, track(a, 4), time(38.0))) ==
          Sentences{"The end mark of track \"Track 4\" is new"});
    CHECK(said(edit::setMuted(a, clip(a, 1), true)) ==
          Sentences{"The muting of clip 1 of track \"Track 1\" was off and is on"});
    const auto removed = said(edit::removeTrack(a, track(a, 4)));
    CHECK(removed.at(0) == "Track \"Track 4\" is gone");
    CHECK(removed.at(1) == "Track \"Track 4\" was number 4 in edition \"CD\" and is not in it any more");
}

TEST_CASE("times that are spelled alike but differ are told apart")
{
    const auto [a, b] = differingTimes(seconds(2), seconds(2) + Duration{1});
    CHECK(a != b);
    CHECK(a.starts_with("2 s"));
    CHECK(differingTimes(seconds(2), seconds(3)).first == "0:02.000");
}

TEST_CASE("albums that differ are never said to be equal, and no sentence is said twice")
{
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        const Album a = randomAlbum(seed);
        const Album b = randomAlbum(seed + 1);
        REQUIRE_FALSE(compare(a, b).empty());
        const auto all = compare(b, a);
        REQUIRE(std::set<std::string>(all.begin(), all.end()).size() <= all.size());
        for (const std::string& sentence : all) REQUIRE(sentence.find('\n') == std::string::npos);
    }
}

TEST_CASE("a change to any field is said")
{
    const Album a = randomAlbum(5);
    REQUIRE_FALSE(a.tracks.empty());
    const std::vector<void (*)(Album&)> changes{
        [](Album& x) { x.info.texts.title = "Z"; },
        [](Album& x) { x.info.texts.message = ""; },
        [](Album& x) { x.info.language = Language{0x20}; },
        [](Album& x) { x.info.translations.push_back({Language{0x7f}, {}}); },
        [](Album& x) { x.info.genreCode = 7777; },
        [](Album& x) { x.info.genreText += "Z"; },
        [](Album& x) { x.info.discId += "Z"; },
        [](Album& x) { x.info.catalog += "Z"; },
        [](Album& x) { x.info.label += "Z"; },
        [](Album& x) { x.info.date += "Z"; },
        [](Album& x) { x.info.studio += "Z"; },
        [](Album& x) { x.info.engineer += "Z"; },
        [](Album& x) { x.info.contact += "Z"; },
        [](Album& x) { x.info.masterVersion += "Z"; },
        [](Album& x) { x.info.note += std::string(100, 'Z'); },
        [](Album& x) { x.sources[0].path += "Z"; },
        [](Album& x) { x.sources[0].rate = SampleRate{12'345}; },
        [](Album& x) { x.sources[0].length += SampleCount{1}; },
        [](Album& x) { x.sources[0].channels += 1; },
        [](Album& x) { x.sources[0].format.container += "Z"; },
        [](Album& x) { x.sources[0].format.encoding += "Z"; },
        [](Album& x) { x.sources[0].format.bits += 1; },
        [](Album& x) { x.sources[0].fingerprint.xxh3 += "Z"; },
        [](Album& x) { x.sources[0].fingerprint.sixteenBitExact ^= true; },
        [](Album& x) { x.sources.pop_back(); },
        [](Album& x) { std::swap(x.sources.front(), x.sources.back()); },
        [](Album& x) { x.tracks[0].texts.composer = "Z"; },
        [](Album& x) { x.tracks[0].translations.push_back({Language{0x7f}, {}}); },
        [](Album& x) { x.tracks[0].flags.scms ^= true; },
        [](Album& x) { x.tracks[0].flags.preEmphasis ^= true; },
        [](Album& x) { x.tracks[0].gain.hand = Decibels{-17}; },
        [](Album& x) { x.tracks[0].gain.balance = Decibels{-17}; },
        [](Album& x) { x.tracks[0].wantedOffset = Decibels{-4}; },
        [](Album& x) { x.tracks[0].end = x.tracks[0].end ? *x.tracks[0].end + Duration{1} : Duration{5}; },
        [](Album& x) { x.tracks[0].indexes.push_back(seconds(9)); },
        [](Album& x) { x.tracks[0].origin.noise.value += 1000; },
        [](Album& x) { x.tracks[0].origin.shift += Duration{1}; },
        [](Album& x) { x.tracks[0].note += "Z"; },
        [](Album& x) { x.tracks[0].clips[0].source.value += 1000; },
        [](Album& x) { x.tracks[0].clips[0].in += SampleCount{1}; },
        [](Album& x) { x.tracks[0].clips[0].length += SampleCount{1}; },
        [](Album& x) { x.tracks[0].clips[0].at += Duration{1}; },
        [](Album& x) { x.tracks[0].clips[0].gain = Decibels::silence(); },
        [](Album& x) { x.tracks[0].clips[0].fadeIn.length += Duration{1}; },
        [](Album& x) {
            x.tracks[0].clips[0].fadeOut.curve =
                x.tracks[0].clips[0].fadeOut.curve == Curve::linear ? Curve::cosine : Curve::linear;
        },
        [](Album& x) { x.tracks[0].clips[0].inverted ^= true; },
        [](Album& x) { x.tracks[0].clips[0].muted ^= true; },
        [](Album& x) {
            x.tracks[0].clips[0].map =
                x.tracks[0].clips[0].map == ChannelMap::swapped ? ChannelMap::normal : ChannelMap::swapped;
        },
        [](Album& x) { x.tracks[0].clips.clear(); },
        [](Album& x) { std::swap(x.tracks.front(), x.tracks.back()); },
        [](Album& x) { x.editions[0].name += "Z"; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).startOffset += Duration{1}; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).endOffset += Duration{1}; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).firstPause += Duration{1}; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).endSilence += Duration{1}; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).maxLength += CdFrameCount{1}; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).cdTextCodes ^= true; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).masterId += "Z"; },
        [](Album& x) { std::get<CdSettings>(x.editions[0].medium).cdTextPacks.emplace(18); },
        [](Album& x) { x.editions[0].medium = VinylSettings{}; },
        [](Album& x) { x.editions[0].entries[0].joint.gap += Duration{1}; },
        [](Album& x) { x.editions[0].entries[0].joint.crossfade = Crossfade{Curve::linear, Curve::cosine}; },
        [](Album& x) { x.editions[0].entries[0].gain = Decibels{-17}; },
        [](Album& x) { x.editions[0].entries[0].breakBefore = Break::disc; },
        [](Album& x) { x.editions[0].entries[1].keepWithPrevious = true; },
        [](Album& x) { x.editions[0].entries.pop_back(); },
        [](Album& x) { std::swap(x.editions[0].entries.front(), x.editions[0].entries.back()); },
        [](Album& x) { x.editions.pop_back(); },
        [](Album& x) { x.signOffs.push_back({.rule = "FAULT.DC", .heard = std::string(32, 'e')}); },
        [](Album& x) { x.signOffs.pop_back(); },
        [](Album& x) { x.signOffs[0].rule += "Z"; },
        [](Album& x) { x.signOffs[0].note += "Z"; },
        [](Album& x) { x.signOffs[0].said += "Z"; },
        [](Album& x) { x.signOffs[0].heard = std::string(32, 'e'); },
        [](Album& x) { x.signOffs[0].at = x.signOffs[0].at.value_or(Duration{}) + Duration{1}; },
        [](Album& x) { x.signOffs[0].at = seconds(999); },
        [](Album& x) { x.signOffs[0].track = TrackId{77'777}; },
        [](Album& x) { std::swap(x.signOffs.front(), x.signOffs.back()); },
    };
    const std::vector<void (*)(VinylSettings&)> ofVinyl{
        [](VinylSettings& v) { v.rate = SampleRate{96'000}; },
        [](VinylSettings& v) { v.inches = 7; },
        [](VinylSettings& v) { v.speed = 45; },
        [](VinylSettings& v) { v.lathe = "tight"; },
        [](VinylSettings& v) { v.plant = "zenith"; },
        [](VinylSettings& v) { v.reference = Decibels{-16}; }};
    for (std::size_t i = 0; i < ofVinyl.size(); ++i) {
        CAPTURE(i);
        Album record = a, other = a;
        record.editions[0].medium = VinylSettings{};
        other.editions[0].medium = VinylSettings{};
        ofVinyl[i](std::get<VinylSettings>(other.editions[0].medium));
        CHECK_FALSE(compare(record, other).empty());
        CHECK_FALSE(compare(other, record).empty());
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CAPTURE(i);
        Album b = a;
        changes[i](b);
        REQUIRE(b != a);
        CHECK_FALSE(compare(a, b).empty());
        CHECK_FALSE(compare(b, a).empty());
    }
}
