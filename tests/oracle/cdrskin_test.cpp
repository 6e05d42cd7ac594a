// cdrskin prints our CDTEXT.BIN as Sony Input Sheets 0.7T, one for each language block, and every line of
// them must be what was meant.

#include "ddp/cd_text_packs.h"
#include "ddp/charset.h"
#include "support/album_builder.h"
#include "support/oracle_discs.h"
#include "support/random_cd_text.h"
#include "support/run_program.h"
#include "support/scale.h"
#include "support/temp_folder.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

using Sheet = std::map<std::string, std::string>; ///< by purpose specifier

std::vector<Sheet> sheetsOf(const std::string& printed)
{
    std::vector<Sheet> sheets;
    std::size_t at = 0;
    while (at < printed.size()) {
        const std::size_t end = std::min(printed.find('\n', at), printed.size());
        const std::string line = printed.substr(at, end - at);
        at = end + 1;
        const std::size_t equals = line.find('=');
        if (line.starts_with("cdrskin ") || equals == std::string::npos) continue;
        const std::string purpose = line.substr(0, line.find_last_not_of(' ', equals - 1) + 1);
        if (purpose == "Input Sheet Version") sheets.emplace_back();
        REQUIRE(!sheets.empty());
        REQUIRE(sheets.back().emplace(purpose, line.substr(equals + 2)).second);
    }
    return sheets;
}

std::string bytesOf(const std::string& text, Charset charset) { return encodeText(text, charset).value(); }

/// The sheet of one block of a stored CdText. cdrskin gives every block the first one's copy
/// protection.
Sheet expectedSheet(const CdText& stored, std::size_t number)
{
    const CdTextBlock& block = stored.blocks.at(number);
    const CdTextBlock& first = stored.blocks.at(0);
    static constexpr std::array<std::string_view, 6> ofDisc{"Album Title", "Artist Name", "Songwriter",
                                                            "Composer",    "Arranger",    "Album Message"};
    static constexpr std::array<std::string_view, 6> ofTrack{"Title",    "Artist",   "Songwriter",
                                                             "Composer", "Arranger", "Message"};
    Sheet sheet{{"Input Sheet Version", "0.7T"},
                {"Remarks", fmt::format("Libburn report of CD-TEXT Block {}", number)},
                {"Text Code", block.charset == Charset::latin1  ? "8859"
                              : block.charset == Charset::ascii ? "ASCII"
                                                                : "MS-JIS"},
                {"Language Code", std::string{nameOf(block.language)}},
                {"Text Data Copy Protection", first.copyrighted ? "ON" : "OFF"},
                {"First Track Number", "1"},
                {"Last Track Number", fmt::format("{}", block.tracks.size())}};
    for (const TextField field : allTextFields) {
        const auto n = static_cast<std::size_t>(field);
        if (block.disc[field]) sheet.emplace(ofDisc[n], bytesOf(*block.disc[field], block.charset));
        for (std::size_t i = 0; i < block.tracks.size(); ++i)
            if (block.tracks[i][field])
                sheet.emplace(fmt::format("Track {:02} {}", i + 1, ofTrack[n]),
                              bytesOf(*block.tracks[i][field], block.charset));
    }
    if (block.discId) sheet.emplace("Catalog Number", *block.discId);
    if (block.genre) sheet.emplace("Genre Information", block.genre->text);
    if (block.closedInformation)
        sheet.emplace("Closed Information", bytesOf(*block.closedInformation, Charset::latin1));
    // One pack type holds both: where there is any, all are there, missing ones empty.
    if (block.upc || !block.isrcs.empty()) {
        sheet.emplace("UPC / EAN", block.upc.value_or(""));
        for (std::size_t i = 0; i < block.tracks.size(); ++i)
            sheet.emplace(fmt::format("ISRC {:02}", i + 1),
                          i < block.isrcs.size() ? block.isrcs[i].value_or("") : "");
    }
    return sheet;
}

std::string shown(const Sheet& sheet)
{
    std::vector<std::string> lines;
    for (const auto& [purpose, content] : sheet) lines.push_back(purpose + " = " + content);
    return joined(lines);
}

/// False when cdrskin is not installed.
bool compareWithCdrskin(const CdText& stored, const std::vector<std::byte>& packs)
{
    const TempFolder folder;
    std::string bytes;
    for (const std::byte b : packs) bytes += static_cast<char>(b);
    const auto ran =
        runProgram({"cdrskin", "textfile_to_v07t=" + folder.write("CDTEXT.BIN", bytes).string()});
    if (!ran) {
        MESSAGE("cdrskin is not installed: our CD-Text was not compared");
        torture::figure("V3", "CD-Texts read by cdrskin", 0, 0, "not run: it is not installed");
        return false;
    }
    REQUIRE(ran->exitCode == 0);
    std::vector<Sheet> sheets = sheetsOf(ran->out);
    REQUIRE(sheets.size() == stored.blocks.size());
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        // It has names of its own for genres; libcdio and libburn are asked for the code.
        sheets[i].erase("Genre Code");
        REQUIRE(shown(sheets[i]) == shown(expectedSheet(stored, i)));
    }
    return true;
}

} // namespace

TEST_CASE("cdrskin reads the CD-Text of 500 generated albums as it was meant")
{
    const auto albums = static_cast<std::uint64_t>(scaled(500));
    for (std::uint64_t seed = 1; seed <= albums; ++seed)
        for (const OracleDisc& disc : oracleDiscs(seed)) {
            CAPTURE(seed);
            REQUIRE(disc.onDdp.cdText);
            if (!compareWithCdrskin(*disc.onDdp.cdText, get(encodePacks(*disc.plan.disc.cdText)))) return;
        }
    torture::figure("V3", "CD-Texts of random albums read by cdrskin", albums, 0);
}

TEST_CASE("cdrskin reads 500 generated CD-Texts of all languages and character sets as they were meant")
{
    RandomCdText random{4};
    const int wanted = scaled(500);
    for (int i = 0, compared = 0; compared < wanted; ++i) {
        CAPTURE(i);
        const CdText text = random.cdText({.maxTracks = i % 20 == 0 ? 98 : 12,
                                           .maxBlocks = i % 9 == 0 ? 8 : 3,
                                           .maxLength = i % 20 == 0 ? 8U : 40U});
        const auto packs = encodePacks(text);
        if (!packs || packs->empty()) continue;
        ++compared;
        if (!compareWithCdrskin(asStored(text), *packs)) return;
    }
    torture::figure("V3", "CD-Texts of up to 8 languages read by cdrskin", static_cast<std::uint64_t>(wanted),
                    0);
}
