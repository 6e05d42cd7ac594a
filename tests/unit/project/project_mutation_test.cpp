#include "project/cue_sheet.h"
#include "project/project_file.h"

#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace segue;

namespace {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}
    std::size_t below(std::size_t n)
    {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33U) % n;
    }

private:
    std::uint64_t state_;
};

constexpr std::array<std::string_view, 18> uglyPieces{"\"",
                                                      "<",
                                                      ">",
                                                      "&",
                                                      "/>",
                                                      "-1",
                                                      "99999999999999999999",
                                                      "0",
                                                      "\xff",
                                                      "</track>",
                                                      "id=\"1\" ",
                                                      "-inf",
                                                      "9223372036854775807",
                                                      "&#0;",
                                                      "<!--",
                                                      "fl",
                                                      "@",
                                                      "\r"};

// One to four hits: a byte changed, a piece cut, doubled or put in.
std::string mutated(std::string text, Dice& dice)
{
    for (std::size_t hits = 1 + dice.below(4); hits > 0 && !text.empty(); --hits) {
        const std::size_t at = dice.below(text.size());
        const std::size_t length = std::min(text.size() - at, dice.below(40));
        switch (dice.below(5)) {
        case 0: text[at] = static_cast<char>(static_cast<unsigned char>(dice.below(256))); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(at, length)); break;
        case 3: text.insert(at, uglyPieces[dice.below(uglyPieces.size())]); break;
        default: text.resize(at);
        }
    }
    return text;
}

} // namespace

TEST_CASE("20,000 damaged projects are read or refused, and what is read can be written again")
{
    const Path folder{"/music/album"};
    std::vector<std::string> whole;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        whole.push_back(*formatProject(test::uglyAlbum(seed), folder));
    Dice dice{1};
    std::size_t read = 0;
    for (int i = 0; i < 20'000; ++i) {
        INFO("mutation " << i);
        const std::string text = mutated(whole[static_cast<std::size_t>(i) % whole.size()], dice);
        const auto project = parseProject(text, folder, "a.segue");
        if (!project) {
            REQUIRE(!project.error().what.empty());
            REQUIRE(project.error().where.starts_with("a.segue"));
            continue;
        }
        ++read;
        const auto xml = formatProject(project->album, folder, project->foreign.get());
        REQUIRE_MESSAGE(xml.has_value(), sentence(xml.error()));
        const auto again = parseProject(*xml, folder, "a.segue");
        REQUIRE(again.has_value());
        REQUIRE(again->album == project->album);
        REQUIRE(formatProject(again->album, folder, again->foreign.get()) == xml);
    }
    CHECK(read > 500); // else the damage is too coarse to test anything
}

TEST_CASE("20,000 damaged cue sheets are read or refused with their line")
{
    const std::string sheet =
        "CATALOG 4006381333931\r\nTITLE \"Album \"One\"\"\r\nPERFORMER Somebody\r\nREM GENRE Jazz\r\n"
        "FILE \"one.wav\" WAVE\r\n  TRACK 01 AUDIO\r\n    TITLE \"caf\xe9\"\r\n    ISRC USABC2612345\r\n"
        "    FLAGS DCP PRE\r\n    INDEX 00 00:00:00\r\n    INDEX 01 00:03:00\r\n    INDEX 02 01:00:74\r\n"
        "  TRACK 02 AUDIO\r\n    PREGAP 00:02:00\r\n    INDEX 01 04:10:33\r\nFILE two.bin BINARY\r\n"
        "  TRACK 03 AUDIO\r\n    INDEX 01 00:00:00\r\n    POSTGAP 00:01:00\r\n";
    Dice dice{2};
    std::size_t read = 0;
    for (int i = 0; i < 20'000; ++i) {
        INFO("mutation " << i);
        const auto parsed = parseCueSheet(mutated(sheet, dice), "a.cue");
        if (!parsed) {
            REQUIRE(!parsed.error().what.empty());
            REQUIRE(parsed.error().where.starts_with("a.cue"));
            continue;
        }
        ++read;
        REQUIRE(!parsed->sheet.tracks.empty());
        REQUIRE(parsed->sheet.tracks.size() <= 99);
        for (const CueTrack& track : parsed->sheet.tracks) {
            REQUIRE(!track.indexes.empty());
            for (const CueIndex& index : track.indexes) {
                REQUIRE(index.file < parsed->sheet.files.size());
                REQUIRE(index.at.value() >= 0);
                REQUIRE(index.at < CdFrameCount{450'000});
            }
        }
    }
    CHECK(read > 500);
}
