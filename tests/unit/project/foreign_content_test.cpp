#include "project/project_file.h"

#include "album/album.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace segue;

namespace {

const Path folder{"/music/album"};

// What a later version might write: new attributes, elements with text, comments, an instruction.
constexpr auto fromLater = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand & kept -->
<segue version="1" next-id="9" mood="blue">
  <info language="0x09" colour="red" label="L">
    <texts title="T" sort-title="T, the"/>
  </info>
  <sources>
    <!-- the old tapes -->
    <source id="1" path="a.wav" rate="44100" channels="2" length="1000" tape="reel 7" bits="16"/>
  </sources>
  <tracks>
    <track id="2">
      <clip id="3" source="1" in="0" length="10" at="0s" warp="1.5"/>
      <lyrics language="en">Two <b>bold</b>
 lines &amp; <![CDATA[<raw>]]></lyrics>
      <clip id="4" source="1" in="10" length="10" at="10@44100"/>
    </track>
    <group name="side A"/>
    <track id="5" colour="green"/>
  </tracks>
  <editions>
    <edition id="6">
      <cd first-pause="2s" max-length="359775f" isrc-placement="first" scratch="yes"/>
      <entry track="2" gap="2s" feeling="tight"/>
      <entry track="5" gap="2s"/>
    </edition>
  </editions>
  <?plugin data="1"?>
  <markers>
    <marker at="1s"/>
  </markers>
</segue>
<!-- the end -->
)";

Project parsed(const std::string& xml)
{
    auto project = parseProject(xml, folder, "a.segue");
    REQUIRE_MESSAGE(project.has_value(), sentence(project.error()));
    return std::move(*project);
}

std::string written(const Project& project)
{
    const auto xml = formatProject(project.album, folder, project.foreign.get());
    return xml ? *xml : "refused: " + sentence(xml.error());
}

bool comesBefore(const std::string& text, const std::string& first, const std::string& second)
{
    const auto a = text.find(first), b = text.find(second);
    return a != std::string::npos && b != std::string::npos && a < b;
}

} // namespace

TEST_CASE("what a later version wrote is written back where it stood, byte for byte")
{
    CHECK(written(parsed(fromLater)) == fromLater);
}

TEST_CASE("unknown content is told once per kind, with its first line")
{
    const Project project = parsed(fromLater);
    REQUIRE(
        std::ranges::all_of(project.findings, [](const Finding& f) { return f.rule == "PROJECT.UNKNOWN"; }));
    CHECK(project.findings.size() == 11);
    const auto about = [&](const std::string& what) {
        const auto found = std::ranges::find_if(
            project.findings, [&](const Finding& f) { return f.message.find(what) != std::string::npos; });
        return found == project.findings.end() ? -1 : found->where.line.value_or(0);
    };
    CHECK(about("the element <lyrics> in <track>") == 14);
    CHECK(about("the attribute \"mood\" of <segue>") == 3);
}

TEST_CASE("unknown content follows its things through edits")
{
    Project project = parsed(fromLater);
    std::ranges::reverse(project.album.tracks);
    std::ranges::reverse(project.album.editions[0].entries);
    project.album.info.texts.title = "New";
    project.album.tracks[1].clips[1].muted = true;
    const std::string xml = written(project);
    CHECK(xml.find("<texts title=\"New\" sort-title=\"T, the\"/>") != std::string::npos);
    CHECK(xml.find("<track id=\"5\" colour=\"green\"/>") != std::string::npos);
    CHECK(xml.find("<entry track=\"2\" gap=\"2s\" feeling=\"tight\"/>") != std::string::npos);
    CHECK(comesBefore(xml, "<track id=\"5\"", "<track id=\"2\""));
    CHECK(comesBefore(xml, "<clip id=\"3\"", "<lyrics"));
    CHECK(comesBefore(xml, "<lyrics", "<clip id=\"4\""));
    CHECK(comesBefore(xml, "</track>", "<group"));
    CHECK(parsed(xml).album == project.album);
}

TEST_CASE("what belonged to a thing that is gone goes with it, the rest stays")
{
    Project project = parsed(fromLater);
    project.album.editions[0].entries.erase(project.album.editions[0].entries.begin());
    project.album.tracks.erase(project.album.tracks.begin());
    project.album.info.label.clear();
    const std::string xml = written(project);
    CHECK(xml.find("lyrics") == std::string::npos);
    CHECK(xml.find("feeling") == std::string::npos);
    CHECK(comesBefore(xml, "<group name=\"side A\"/>", "<track id=\"5\" colour=\"green\"/>"));
    CHECK(xml.find("<info language=\"0x09\" colour=\"red\">") != std::string::npos);
    CHECK(xml.find("<!-- the end -->") != std::string::npos);
}

TEST_CASE("unknown text among known elements stays one line and does not grow")
{
    const std::string xml = written(parsed(R"(<segue version="1" next-id="1"><info language="0x09">
        some   text
      </info></segue>)"));
    CHECK(xml.find("\n    some   text\n") != std::string::npos);
    CHECK(written(parsed(xml)) == xml);
}

TEST_CASE("an id written with leading zeros keeps its unknown content")
{
    std::string text = fromLater;
    text.replace(text.find("id=\"5\""), 6, "id=\"05\"");
    CHECK(written(parsed(text)) == fromLater);
}

TEST_CASE("a project of a newer version opens with a warning")
{
    std::string text = fromLater;
    text.replace(text.find("version=\"1\" next"), 11, "version=\"7\"");
    const Project project = parsed(text);
    CHECK(project.version == 7);
    CHECK(project.album.tracks.size() == 2);
    CHECK(std::ranges::count(project.findings, "PROJECT.NEWER", &Finding::rule) == 1);
}

TEST_CASE("a thousand kinds of unknown content make a bounded list of notes")
{
    std::string text = R"(<segue version="1" next-id="1"><info language="0x09")";
    for (int i = 0; i < 200; ++i) text += " a" + std::to_string(i) + "=\"\"";
    text += "/></segue>";
    CHECK(parsed(text).findings.size() == 50);
}
