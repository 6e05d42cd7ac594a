#include "project/project_file.h"

#include "support/album_builder.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

using namespace segue;

namespace {

const Path folder{"/music/album"};

std::string refusal(const std::string& body)
{
    const auto project = parseProject(body, folder, "a.segue");
    return project ? "accepted" : sentence(project.error());
}

std::string written(const Project& project)
{
    const auto xml = formatProject(project.album, folder, project.foreign.get());
    return xml ? *xml : "refused: " + sentence(xml.error());
}

constexpr auto smallProject = R"(<?xml version="1.0" encoding="UTF-8"?>
<segue version="1" next-id="8">
  <info language="0x09" upc="4006381333931" label="Label &amp; Sons">
    <texts title="Night Train" performer="Somebody"/>
    <translation language="0x08" title="Nachtzug"/>
  </info>
  <sources>
    <source id="1" path="audio/one.wav" rate="44100" channels="2" length="8820000" container="WAV" encoding="PCM" bits="16" hash="00112233445566778899aabbccddeeff" sixteen-bit="yes"/>
  </sources>
  <tracks>
    <track id="2" isrc="USABC2612345" flags="pre 4ch" gain="-0.5" end="200s" note="two&#10;lines">
      <texts title="One" composer=""/>
      <clip id="3" source="1" in="0" length="8820000" at="0s" gain="-inf" fade-in="12345@44100" fade-in-curve="cosine" muted="yes" map="mono-sum"/>
      <index at="37f"/>
    </track>
    <track id="4" noise="2" shift="17fl"/>
  </tracks>
  <editions>
    <edition id="5" name="CD">
      <cd first-pause="2s" max-length="359775f" isrc-placement="both" cd-text-codes="yes" master-id="M1">
        <cd-text-packs>
          <pack bytes="800000000000000000000000000000000000"/>
          <pack bytes="ff"/>
        </cd-text-packs>
      </cd>
      <entry track="2" gap="2s"/>
      <entry track="4" gap="-1.5s" gain="0.25" break="disc">
        <crossfade in="linear"/>
      </entry>
    </edition>
    <edition id="6" name="LP">
      <vinyl rate="96000"/>
      <entry track="4" gap="0s"/>
      <entry track="2" gap="2s" keep="yes"/>
    </edition>
  </editions>
</segue>
)";

std::string with(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

std::string refusalWith(const std::string& from, const std::string& to)
{
    return refusal(with(smallProject, from, to));
}

} // namespace

TEST_CASE("a project file is written as it was read")
{
    const auto project = parseProject(smallProject, folder, "a.segue");
    REQUIRE_MESSAGE(project.has_value(), sentence(project.error()));
    CHECK(project->findings.empty());
    CHECK(written(*project) == smallProject);

    const Album& album = project->album;
    CHECK(album.info.texts.title == "Night Train");
    CHECK(album.info.translations.at(0).texts.title == "Nachtzug");
    CHECK(album.sources.at(0).path == "/music/album/audio/one.wav");
    CHECK(album.sources.at(0).fingerprint.sixteenBitExact);
    const Track& track = album.tracks.at(0);
    CHECK(track.texts.composer == "");
    CHECK(!track.texts.arranger);
    CHECK(track.note == "two\nlines");
    CHECK(track.flags == ControlFlags{.preEmphasis = true, .fourChannel = true});
    CHECK(track.origin.noise == track.id);
    CHECK(track.clips.at(0).gain == Decibels::silence());
    CHECK(track.clips.at(0).fadeIn == Fade{nearestDuration(SampleCount{12'345}, cdRate), Curve::cosine});
    CHECK(album.tracks.at(1).origin == Origin{{2}, Duration{17}});
    const Edition& cd = album.editions.at(0);
    CHECK(std::get<CdSettings>(cd.medium).cdTextPacks->size() == 19);
    CHECK(cd.entries.at(1).joint.crossfade == Crossfade{.out = {}, .in = Curve::linear});
    CHECK(cd.entries.at(1).breakBefore == Break::disc);
    CHECK_FALSE(cd.entries.at(1).keepWithPrevious);
    CHECK(album.editions.at(1).entries.at(1).keepWithPrevious);
}

TEST_CASE("2,000 ugly albums come back exactly as they were")
{
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        INFO("seed " << seed);
        const Album album = test::uglyAlbum(seed);
        const auto xml = formatProject(album, folder);
        REQUIRE_MESSAGE(xml.has_value(), sentence(xml.error()));
        const auto back = parseProject(*xml, folder, "a.segue");
        REQUIRE(back.has_value());
        REQUIRE(back->album == album);
        REQUIRE(written(*back) == *xml);
    }
}

TEST_CASE("albums as people make them come back exactly, too")
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        INFO("seed " << seed);
        Album album = test::randomAlbum(seed);
        for (Source& source : album.sources) source.path = "/music/album/" + source.path;
        const auto xml = formatProject(album, folder);
        REQUIRE_MESSAGE(xml.has_value(), sentence(xml.error()));
        CHECK(xml->find("/music") == std::string::npos);
        const auto back = parseProject(*xml, folder, "a.segue");
        REQUIRE(back.has_value());
        REQUIRE(back->album == album);
        REQUIRE(back->findings.empty());
    }
}

TEST_CASE("the largest and smallest values come back exactly")
{
    const Album album = test::extremeAlbum();
    const auto xml = formatProject(album, folder);
    REQUIRE_MESSAGE(xml.has_value(), sentence(xml.error()));
    CHECK(parseProject(*xml, folder, "a.segue")->album == album);
    CHECK(parseProject(*formatProject(Album{}, folder), folder, "a.segue")->album == Album{});
}

TEST_CASE("an album that would not come back is refused with its place")
{
    const auto reason = [](auto change) {
        Album album = test::extremeAlbum();
        change(album);
        const auto xml = formatProject(album, folder);
        return xml ? "accepted" : sentence(xml.error());
    };
    CHECK(reason([](Album& a) { a.info.note += 'x'; }).find("more than 64 KiB") != std::string::npos);
    CHECK(reason([](Album& a) { *a.tracks[0].end += Duration{1}; }).find("within 100 hours") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.tracks[0].gain.hand = Decibels{1e9}; }).find("between -1000 and 1000 dB") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.tracks[0].wantedOffset = Decibels{24.5}; }).find("between -24 and 24 LU") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.tracks[0].clips[0].source = SourceId{99}; }).find("none with this id") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.editions[0].entries[0].track = TrackId{99}; }).find("none with this id") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.tracks.push_back(a.tracks[0]); }).find("two elements have it") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.nextId = 1; }).find("cannot store") != std::string::npos);
    CHECK(reason([](Album& a) { a.sources[0].path.clear(); }).find("the path of an audio file") !=
          std::string::npos);
    CHECK(reason([](Album& a) { a.sources[0].fingerprint.xxh3 = "abc"; }).find("32 digits") !=
          std::string::npos);
}

TEST_CASE("a source path in memory may be relative; it is resolved against the project's folder")
{
    Album album;
    album.sources.push_back({.id = {1}, .path = "audio/a.wav"});
    album.nextId = 2;
    const auto xml = formatProject(album, folder);
    REQUIRE(xml.has_value());
    CHECK(parseProject(*xml, folder, "a")->album.sources[0].path == "/music/album/audio/a.wav");
    CHECK(parseProject(*xml, "/moved", "a")->album.sources[0].path == "/moved/audio/a.wav");
}

TEST_CASE("every broken value is named with file, line, element and what belongs there")
{
    CHECK(refusalWith("channels=\"2\"", "channels=\"0\"") ==
          "a.segue, line 8, <source id=\"1\">: The attribute \"channels\" is \"0\"; a whole number from 1 to "
          "1024 belongs there");
    CHECK(refusalWith("next-id=\"8\"", "next-id=\"-1\"").find("<segue>") != std::string::npos);
    CHECK(refusalWith("rate=\"44100\"", "rate=\"0\"").find("\"rate\"") != std::string::npos);
    CHECK(refusalWith("length=\"8820000\"", "length=\"-1\"").find("\"length\"") != std::string::npos);
    CHECK(refusalWith("length=\"8820000\"", "length=\"9223372036854775808\"").find("\"length\"") !=
          std::string::npos);
    CHECK(refusalWith("in=\"0\"", "in=\"0.5\"").find("whole number") != std::string::npos);
    CHECK(refusalWith("at=\"0s\"", "at=\"0,5s\"").find("a time within 100 hours") != std::string::npos);
    CHECK(refusalWith(" at=\"0s\"", "").find("\"at\" is missing") != std::string::npos);
    CHECK(refusalWith("gain=\"-inf\"", "gain=\"nan\"").find("decibels") != std::string::npos);
    CHECK(refusalWith("gain=\"-0.5\"", "gain=\"inf\"").find("decibels") != std::string::npos);
    CHECK(refusalWith("gain=\"-0.5\"", "gain=\"-0,5\"").find("decibels") != std::string::npos);
    CHECK(refusalWith("muted=\"yes\"", "muted=\"true\"").find("one of \"no\", \"yes\"") != std::string::npos);
    CHECK(refusalWith("cosine", "bezier").find("one of \"linear\"") != std::string::npos);
    CHECK(refusalWith("fade-in=\"12345@44100\"", "fade-in=\"-1s\"").find("not negative") !=
          std::string::npos);
    CHECK(refusalWith("map=\"mono-sum\"", "map=\"mono\"").find("\"swapped\"") != std::string::npos);
    CHECK(refusalWith("USABC2612345", "USABC261234").find("<track id=\"2\">") != std::string::npos);
    CHECK(refusalWith("4006381333931", "40063813339").find("<info>") != std::string::npos);
    CHECK(refusalWith("flags=\"pre 4ch\"", "flags=\"pre,4ch\"").find("pre, dcp, 4ch and scms") !=
          std::string::npos);
    CHECK(refusalWith("language=\"0x08\"", "language=\"German\"").find("language code") != std::string::npos);
    CHECK(refusalWith("max-length=\"359775f\"", "max-length=\"1fl\"").find("CD frames") != std::string::npos);
    CHECK(refusalWith("bytes=\"ff\"", "bytes=\"f\"").find("pairs of the digits") != std::string::npos);
    CHECK(refusalWith("hash=\"0011", "hash=\"GG11").find("hash of 32 digits") != std::string::npos);
    CHECK(refusalWith("path=\"audio/one.wav\"", "path=\"\"").find("path of an audio file") !=
          std::string::npos);
    CHECK(refusalWith("path=\"audio/one.wav\"", "path-hex=\"6100\"").find("path of an audio file") !=
          std::string::npos);
    CHECK(refusalWith("path=\"audio/one.wav\"", "path=\"a\" path-hex=\"61\"").find("exclude each other") !=
          std::string::npos);
    CHECK(refusalWith("<vinyl rate=\"96000\"/>", "").find("one of <cd>, <vinyl> and <digital>") !=
          std::string::npos);
    CHECK(refusalWith("<vinyl rate=\"96000\"/>", "<vinyl/><digital/>").find("one of <cd>") !=
          std::string::npos);
    CHECK(refusalWith("version=\"1\" ", "").find("\"version\" is missing") != std::string::npos);
    CHECK(refusalWith("version=\"1\" ", "version=\"0\" ").find("\"version\"") != std::string::npos);
    CHECK(refusal("<album version=\"1\"/>").find("not a Segue project") != std::string::npos);
}

TEST_CASE("identities are unique and references lead somewhere")
{
    CHECK(refusalWith("track id=\"4\"", "track id=\"2\"") ==
          "a.segue, line 16, <track id=\"2\">: The id 2 is taken: two elements have it");
    CHECK(refusalWith("source=\"1\"", "source=\"7\"").find("names source 7, and there is none") !=
          std::string::npos);
    CHECK(refusalWith("entry track=\"4\"", "entry track=\"7\"").find("names track 7, and there is none") !=
          std::string::npos);
    CHECK(refusalWith("entry track=\"4\"", "entry track=\"2\"").find("twice") != std::string::npos);
    CHECK(refusalWith("track id=\"4\"", "track id=\"0\"").find("\"id\"") != std::string::npos);
    CHECK(refusalWith("track id=\"4\"", "track id=\"4294967295\"").find("\"id\"") != std::string::npos);
    CHECK(refusalWith("<index at=\"37f\"/>", "<texts/>").find("<texts> stands twice in <track>") !=
          std::string::npos);
    CHECK(refusalWith("</tracks>", "</tracks><tracks/>").find("<tracks> stands twice") != std::string::npos);
    CHECK(refusalWith("<sources>", "<translation/><sources>") == "accepted"); // unknown there, so kept
    CHECK(refusalWith("<translation language=\"0x08\" title=\"Nachtzug\"/>",
                      "<translation language=\"0x08\"/><translation language=\"0x08\"/>")
              .find("two translations") != std::string::npos);
}

TEST_CASE("a next id that is in use is mended with a warning")
{
    const auto project =
        parseProject(with(smallProject, "next-id=\"8\"", "next-id=\"3\""), folder, "a.segue");
    REQUIRE(project.has_value());
    CHECK(project->album.nextId == 7);
    REQUIRE(project->findings.size() == 1);
    CHECK(project->findings[0].rule == "PROJECT.NEXT_ID");
}

TEST_CASE("a clip beyond its source and a source elsewhere are told")
{
    auto project = parseProject(with(smallProject, "in=\"0\"", "in=\"1\""), folder, "a.segue");
    REQUIRE(project.has_value());
    CHECK(project->findings.at(0).rule == "PROJECT.CLIP_RANGE");
    CHECK(project->findings.at(0).where.line == 13);

    for (const char* path : {"/etc/passwd", "../../x.wav", "a/../../b.wav"}) {
        project = parseProject(with(smallProject, "audio/one.wav", path), folder, "a.segue");
        REQUIRE(project.has_value());
        REQUIRE(project->findings.size() == 1);
        CHECK(project->findings[0].rule == "PROJECT.SOURCE_ELSEWHERE");
        CHECK(project->findings[0].message.find(path) != std::string::npos);
    }
}

TEST_CASE(
    "acceptances that are nonsense are refused with their place; those of a track that is gone are left out")
{
    Album album = test::album({10, 10});
    for (Source& source : album.sources) source.path = "/music/album/" + source.path;
    album.signOffs.push_back({.rule = "FAULT.CLICK",
                              .heard = album.sources[0].fingerprint.xxh3,
                              .at = milliseconds(1'500),
                              .said = "A click",
                              .note = "two\nlines"});
    album.signOffs.push_back({.rule = "CODE.ISRC_MISSING", .track = album.tracks[1].id, .said = "No ISRC"});
    const std::string xml = *formatProject(album, folder);
    REQUIRE(parseProject(xml, folder, "a.segue")->album == album);
    const auto with = [&xml](std::string_view what, std::string_view instead) {
        std::string changed = xml;
        changed.replace(changed.find(what), what.size(), instead);
        return parseProject(changed, folder, "a.segue");
    };
    const auto why = [](const Result<Project>& project) {
        return project ? std::string{"read"} : sentence(project.error());
    };
    CHECK(why(with("rule=\"FAULT.CLICK\" ", "")).find("rule") != std::string::npos);
    CHECK(why(with("rule=\"FAULT.CLICK\"", "rule=\"\"")).find("the id of a rule") != std::string::npos);
    CHECK(why(with("at=\"1.5s\" said", "at=\"soon\" said")).find("soon") != std::string::npos);
    CHECK(why(with("<sign-off rule=\"FAULT.CLICK\" heard=\"0", "<sign-off rule=\"FAULT.CLICK\" heard=\"x"))
              .find("32 digits") != std::string::npos);
    const std::string track = fmt::format("track=\"{}\" said", album.tracks[1].id.value);
    CHECK(why(with(track, "track=\"none\" said")).find("none") != std::string::npos);

    const auto gone = with(track, "track=\"999\" said");
    REQUIRE_MESSAGE(gone.has_value(), why(gone));
    CHECK(gone->album.signOffs.size() == 1);
    CHECK(std::ranges::any_of(gone->findings, [](const Finding& f) {
        return f.rule == "PROJECT.SIGN_OFF" && f.message.find("track that is gone") != std::string::npos;
    }));
}
