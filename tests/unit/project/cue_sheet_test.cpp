#include "project/cue_sheet.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace segue;
using namespace std::string_view_literals;

namespace {

ParsedCue parsed(std::string_view text)
{
    auto cue = parseCueSheet(text, "a.cue");
    REQUIRE_MESSAGE(cue.has_value(), sentence(cue.error()));
    return std::move(*cue);
}

// The sheet alone, with the lines forgotten: how it is laid out does not matter.
CueSheet meaning(std::string_view text)
{
    CueSheet sheet = parsed(text).sheet;
    for (CueFile& file : sheet.files) file.line = 0;
    for (CueTrack& track : sheet.tracks) {
        track.line = 0;
        for (CueIndex& index : track.indexes) index.line = 0;
    }
    return sheet;
}

std::vector<std::string> rulesOf(const ParsedCue& cue)
{
    std::vector<std::string> rules;
    for (const Finding& f : cue.findings) rules.push_back(f.rule);
    return rules;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

const std::string oneTrack = "FILE \"audio.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n";
const std::string twoTracks = oneTrack + "  TRACK 02 AUDIO\n    INDEX 00 00:08:00\n    INDEX 01 00:10:00\n";

// A track with `line` before its INDEX 01.
std::string trackWith(const std::string& line)
{
    return "FILE \"audio.wav\" WAVE\n  TRACK 01 AUDIO\n    " + line + "\n    INDEX 01 00:00:00\n";
}
std::string sheetWith(const std::string& line) { return line + "\n" + oneTrack; }

} // namespace

TEST_CASE("a cue sheet becomes files, tracks and indexes with their lines")
{
    const ParsedCue cue = parsed("CATALOG 4006381333931\nTITLE \"Album\"\n" + twoTracks);
    CHECK(cue.findings.empty());
    CHECK(cue.encoding == "ASCII");
    CHECK(cue.sheet.upc->digits() == "4006381333931");
    CHECK(cue.sheet.texts.title == "Album");
    CHECK(cue.sheet.files ==
          std::vector<CueFile>{{.name = "audio.wav", .type = CueFile::Type::wave, .line = 3}});
    REQUIRE(cue.sheet.tracks.size() == 2);
    CHECK(cue.sheet.tracks[1].number == 2);
    CHECK(cue.sheet.tracks[1].line == 6);
    CHECK(cue.sheet.tracks[1].indexes ==
          std::vector<CueIndex>{{0, 0, CdFrameCount{600}, 7}, {1, 0, CdFrameCount{750}, 8}});
}

TEST_CASE("layout, case and remarks do not change what a sheet means")
{
    const CueSheet plain = meaning(twoTracks);
    std::string lower = twoTracks;
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    CHECK(meaning(lower) == plain);
    CHECK(meaning(replaced(twoTracks, "\n", "\r\n")) == plain);
    CHECK(meaning(replaced(twoTracks, "\n", "\r")) == plain);
    CHECK(meaning(replaced(twoTracks, "\n", "   \n\n")) == plain);
    CHECK(meaning(replaced(replaced(twoTracks, "    ", "\t\t"), " ", "\t ")) == plain);
    CHECK(meaning(replaced(twoTracks, "\n", "\n    REM note\n")) == plain);
    CHECK(meaning("REM COMMENT \"made by a program\"\nREM\n" + twoTracks) == plain);
    CHECK(meaning(replaced(replaced(twoTracks, "TRACK 0", "TRACK "), "INDEX 01 00:", "INDEX 1 0:")) == plain);
    CHECK(meaning(replaced(twoTracks, "\"", "")) == plain);
    CHECK(meaning("\xEF\xBB\xBF" + twoTracks) == plain);
    CHECK(meaning(twoTracks.substr(0, twoTracks.size() - 1)) == plain);
    CHECK(meaning(twoTracks + "\x1A") == plain);
}

TEST_CASE("a quoted text ends at the line's last quote, an unquoted one is its first word")
{
    const auto title = [](const std::string& argument) {
        return meaning(trackWith("TITLE " + argument)).tracks[0].texts.title;
    };
    CHECK(title("\"He said \"hi\" ok\"") == "He said \"hi\" ok");
    CHECK(title("\"  blanks stay  \"") == "  blanks stay  ");
    CHECK(title("\"\"") == "");
    CHECK(title("One") == "One");
    CHECK(title("One Two") == "One");
    CHECK(title("\"never closed") == "never closed");
    CHECK(!meaning(trackWith("PERFORMER X")).tracks[0].texts.title);

    CHECK(rulesOf(parsed(trackWith("TITLE One Two"))) == std::vector<std::string>{"CUE.UNQUOTED"});
    CHECK(rulesOf(parsed(trackWith("TITLE \"a\" b"))) == std::vector<std::string>{"CUE.QUOTE"});
    CHECK(rulesOf(parsed(trackWith("TITLE \"a"))) == std::vector<std::string>{"CUE.QUOTE"});
    CHECK(parsed(trackWith("TITLE One Two")).findings[0].where.line == 3);
}

TEST_CASE("file names come with and without quotes, types in any case")
{
    const auto file = [](const std::string& line) {
        return parsed(replaced(oneTrack, "\"audio.wav\" WAVE", line)).sheet.files.at(0);
    };
    using Type = CueFile::Type;
    CHECK(file("\"my audio.wav\" wave").name == "my audio.wav");
    CHECK(file("my audio.wav WAVE").name == "my audio.wav");
    CHECK(file("audio.wav\tWAVE").name == "audio.wav");
    CHECK(file("my audio.wav").name == "my audio.wav");
    CHECK(file("\"a \"b\" c.wav\" WAVE").name == "a \"b\" c.wav");
    CHECK(file("\"a.bin\" BINARY").type == Type::littleEndian);
    CHECK(file("a.mot Motorola").type == Type::bigEndian);
    for (const char* type : {"WAVE", "AIFF", "MP3", "FLAC"}) {
        CHECK(file("a.x " + std::string{type}).type == Type::wave);
        CHECK(parsed(replaced(oneTrack, "WAVE", type)).findings.empty());
    }
    CHECK(rulesOf(parsed(replaced(oneTrack, "WAVE", "OGG"))) == std::vector<std::string>{"CUE.FILE_TYPE"});
    CHECK(rulesOf(parsed(replaced(oneTrack, " WAVE", ""))) == std::vector<std::string>{"CUE.FILE_TYPE"});
}

TEST_CASE("all six texts, codes and flags reach the disc or the track they stand in")
{
    const CueSheet sheet = meaning(
        "TITLE \"T\"\nPERFORMER \"P\"\nSONGWRITER \"S\"\nCOMPOSER \"C\"\nARRANGER \"A\"\nMESSAGE \"M\"\n"
        "GENRE \"Jazz\"\nDISC_ID \"D-1\"\nCDTEXTFILE \"in.cdt\"\nREM DATE 2004\n"
        "FILE a.wav WAVE\nTRACK 01 AUDIO\nTITLE \"t\"\nPERFORMER \"p\"\nSONGWRITER \"s\"\n"
        "COMPOSER \"c\"\nARRANGER \"a\"\nMESSAGE \"m\"\nISRC us-abc-12-34567\n"
        "FLAGS pre 4ch\nPREGAP 00:02:00\nINDEX 01 00:00:00\nINDEX 02 00:01:00\nPOSTGAP 00:00:37\n");
    CHECK(sheet.texts == Texts{"T", "P", "S", "C", "A", "M"});
    CHECK(sheet.genre == "Jazz");
    CHECK(sheet.discId == "D-1");
    CHECK(sheet.cdTextFile == "in.cdt");
    CHECK(sheet.date == "2004");
    const CueTrack& track = sheet.tracks.at(0);
    CHECK(track.texts == Texts{"t", "p", "s", "c", "a", "m"});
    CHECK(track.isrc->compact() == "USABC1234567");
    CHECK(track.flags == ControlFlags{.preEmphasis = true, .fourChannel = true});
    CHECK(track.pregap == CdFrameCount{150});
    CHECK(track.postgap == CdFrameCount{37});
    CHECK(track.indexes.size() == 2);
}

TEST_CASE("flags are words in any order and case; DCP with SCMS is left to the rules")
{
    using F = ControlFlags;
    struct Row {
        const char* words;
        F flags;
    };
    for (const Row& row :
         {Row{"PRE", F{.preEmphasis = true}}, Row{"DCP", F{.copyPermitted = true}},
          Row{"4CH", F{.fourChannel = true}}, Row{"SCMS", F{.scms = true}},
          Row{"PRE DCP", F{.preEmphasis = true, .copyPermitted = true}}, Row{"dcp\tpre", F{true, true}},
          Row{"PRE DCP 4CH SCMS", F{true, true, true, true}}, Row{"", F{}}}) {
        const ParsedCue cue = parsed(trackWith("FLAGS " + std::string{row.words}));
        CHECK(cue.sheet.tracks[0].flags == row.flags);
        CHECK(cue.findings.empty());
    }
    CHECK(rulesOf(parsed(trackWith("FLAGS DCP COPY"))) == std::vector<std::string>{"CUE.UNKNOWN_FLAG"});
}

TEST_CASE("remarks about genre and date are read, everything else in a REM is free")
{
    const auto remark = [](const std::string& text) { return meaning(sheetWith("REM " + text)); };
    CHECK(remark("GENRE Hard Rock").genre == "Hard Rock");
    CHECK(remark("genre \"Hard Rock\"").genre == "Hard Rock");
    CHECK(remark("DATE 2004-05").date == "2004-05");
    CHECK(remark("DISCID 860B640B") == meaning(oneTrack)); // a freedb number, not CD-Text's disc id
    CHECK(remark("COMMENT \"TITLE\"") == meaning(oneTrack));
    CHECK(parsed(trackWith("REM GENRE Jazz")).sheet.genre.empty());
}

TEST_CASE("the catalogue number has 12 or 13 digits, its check digit is the rules' business")
{
    const auto upc = [](const std::string& line) { return meaning(sheetWith(line)).upc->digits(); };
    CHECK(upc("CATALOG 0123456789012") == "0123456789012");
    CHECK(upc("CATALOG 4006381333930") == "4006381333930");
    CHECK(upc("CATALOG 012345678905") == "0012345678905");
    CHECK(upc("CATALOG \"4006381333931\"") == "4006381333931");
    CHECK(upc("UPC_EAN 4006381333931") == "4006381333931");
    const ParsedCue inTrack = parsed(trackWith("CATALOG 4006381333931"));
    CHECK(inTrack.sheet.upc->digits() == "4006381333931");
    CHECK(rulesOf(inTrack) == std::vector<std::string>{"CUE.CATALOG_IN_TRACK"});
}

TEST_CASE("several files keep their own times, and a pause may end the file before")
{
    const CueSheet sheet =
        meaning("FILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 00 00:08:00\n"
                "FILE b.bin BINARY\nINDEX 01 00:00:00\nTRACK 03 AUDIO\nINDEX 01 00:04:00\n");
    REQUIRE(sheet.files.size() == 2);
    CHECK(sheet.files[1].type == CueFile::Type::littleEndian);
    CHECK(sheet.tracks[1].indexes ==
          std::vector<CueIndex>{{0, 0, CdFrameCount{600}, 0}, {1, 1, CdFrameCount{0}, 0}});
    CHECK(sheet.tracks[2].indexes == std::vector<CueIndex>{{1, 1, CdFrameCount{300}, 0}});
}

TEST_CASE("a file may stand behind its TRACK line, and named again in a row it is the same file")
{
    CHECK(meaning("TRACK 01 AUDIO\nFILE audio.wav WAVE\nINDEX 01 00:00:00\n") == meaning(oneTrack));
    const ParsedCue again =
        parsed(oneTrack + "FILE \"audio.wav\" WAVE\n  TRACK 02 AUDIO\n    INDEX 01 00:05:00\n");
    CHECK(again.sheet.files.size() == 1);
    CHECK(again.sheet.tracks[1].indexes.at(0).at == CdFrameCount{375});
    CHECK(rulesOf(again) == std::vector<std::string>{"CUE.SAME_FILE"});
}

TEST_CASE("an INDEX 00 at INDEX 01 is no pause")
{
    const ParsedCue cue = parsed("FILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 00 00:00:00\nINDEX 01 00:00:00\n");
    CHECK(cue.sheet.tracks[0].indexes == std::vector<CueIndex>{{1, 0, CdFrameCount{0}, 4}});
    CHECK(rulesOf(cue) == std::vector<std::string>{"CUE.EMPTY_PAUSE"});
    CHECK(cue.findings[0].where.line == 3);
}

TEST_CASE("99 tracks and 99 indexes of one frame each are fine")
{
    std::string text = "FILE a.wav WAVE\n";
    for (int t = 0; t < 99; ++t)
        text += "TRACK " + std::to_string(t + 1) + " AUDIO\nINDEX 01 00:" + std::to_string(t / 75) + ":" +
                std::to_string(t % 75) + "\n";
    CHECK(parsed(text).sheet.tracks.size() == 99);
    std::string indexes = "FILE a.wav WAVE\nTRACK 01 AUDIO\n";
    for (int i = 0; i <= 99; ++i)
        indexes += "INDEX " + std::to_string(i) + " 99:" + std::to_string(i / 75) + ":" +
                   std::to_string(i % 75) + "\n";
    CHECK(parsed(indexes).sheet.tracks[0].indexes.size() == 100);
}

TEST_CASE("text beyond ASCII is read as UTF-8 when it is, else as Windows-1252, and that is told")
{
    const auto read = [](std::string_view title) {
        return parsed(sheetWith("TITLE \"" + std::string{title} + "\""));
    };
    struct Row {
        std::string_view bytes;
        const char* text;
        const char* encoding;
    };
    for (const Row& row : {Row{"Caf\u00e9", "Caf\u00e9", "UTF-8"},
                           Row{"Caf\xE9 D\xE9j\xE0", "Caf\u00e9 D\u00e9j\u00e0", "ISO 8859-1"},
                           Row{"\x80 \x96 \x9F", "\u20ac \u2013 \u0178", "Windows-1252"},
                           Row{"\xA0\xFF", "\u00a0\u00ff", "ISO 8859-1"}}) {
        const ParsedCue cue = read(row.bytes);
        CHECK(cue.sheet.texts.title == row.text);
        CHECK(cue.encoding == row.encoding);
        REQUIRE(rulesOf(cue) == std::vector<std::string>{"CUE.ENCODING"});
        CHECK(cue.findings[0].where.line == 1);
        CHECK(cue.findings[0].message.find(row.encoding) != std::string::npos);
    }
    CHECK(parsed("\xEF\xBB\xBF" + oneTrack).findings.empty());
}

TEST_CASE("commands that nobody knows are left out with a warning and their line")
{
    const ParsedCue cue = parsed("FOO \"bar\"\n" + trackWith("SIZE 1") + "GAP\n");
    CHECK(cue.sheet.tracks.size() == 1);
    REQUIRE(rulesOf(cue) == std::vector<std::string>(3, "CUE.UNKNOWN_COMMAND"));
    CHECK(cue.findings[0].level == Finding::Level::warning);
    CHECK(cue.findings[0].where == Place{.file = "a.cue", .line = 1});
    CHECK(cue.findings[1].where == Place{.file = "a.cue", .line = 4, .track = 1});
    CHECK(rulesOf(parsed(sheetWith("FLAGS DCP"))) == std::vector<std::string>{"CUE.MISPLACED"});
    CHECK(rulesOf(parsed(trackWith("CDTEXTFILE a"))) == std::vector<std::string>{"CUE.MISPLACED"});
    CHECK(rulesOf(parsed(trackWith("TITLE a\nTITLE b"))) == std::vector<std::string>{"CUE.REPEATED"});
    CHECK(parsed(trackWith("TITLE a\nTITLE b")).sheet.tracks[0].texts.title == "b");
}

TEST_CASE("a sheet of nonsense gives a bounded list of findings")
{
    std::string text = oneTrack;
    for (int i = 0; i < 10'000; ++i) text += "X\n";
    const ParsedCue cue = parsed(text);
    REQUIRE(cue.findings.size() == 201);
    CHECK(cue.findings.back().rule == "CUE.MORE");
    CHECK(cue.findings.back().message == "9800 more findings are not listed");
}
