// cd-info, libcdio and cuetools read our cue sheets. How each is taken by its own habits:
// docs/formats/oracles.md.

#include "core/text.h"
#include "deliver/cue_toc.h"
#include "support/album_builder.h"
#include "support/oracle_discs.h"
#include "support/run_program.h"
#include "support/scale.h"
#include "support/temp_folder.h"
#include "torture/tier.h"

#include <cdio/cdio.h>
#include <cdio/logging.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

using namespace segue;
using namespace segue::test;

namespace {

/// Every disc of 500 albums with its cue sheet X.cue and, as libcdio wants it, the audio as X.bin beside it,
/// whose length gives the lead-out.
/// \param program that looks, for the figures
/// \param look    false when it is not installed
void forEachCue(std::string_view program,
                const std::function<bool(const OracleDisc&, const std::string& cue)>& look)
{
    const TempFolder folder;
    const auto albums = static_cast<std::uint64_t>(scaled(500));
    for (std::uint64_t seed = 1; seed <= albums; ++seed)
        for (const OracleDisc& disc : oracleDiscs(seed)) {
            CAPTURE(seed);
            writeSparse(folder / "album.bin", "", static_cast<std::uintmax_t>(disc.leadOut() * 2352));
            const auto cue = folder.write("album.cue", get(cueSheetFor(disc.plan, "album.wav")));
            if (look(disc, cue.string())) continue;
            torture::figure("V3", fmt::format("cue sheets read by {}", program), 0, 0,
                            "not run: it is not installed");
            return;
        }
    torture::figure("V3", fmt::format("cue sheets of random albums read by {}", program), albums, 0);
}

std::string cdInfoTrack(const std::string& number, std::int64_t lba, std::string_view rest)
{
    const std::int64_t shown = lba + 150; // its MSF is A-time
    return fmt::format("{:>3}: {:02}:{:02}:{:02}  {:06} {}", number, shown / 4500, shown / 75 % 60,
                       shown % 75, lba, rest);
}

/// What cd-info must say of places, flags, codes and texts; its texts sorted, for it has an order of its own.
std::vector<std::string> expectedCdInfo(const OracleDisc& disc)
{
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < disc.onDdp.tracks.size(); ++i) {
        const ControlFlags flags = disc.onDdp.tracks[i].flags;
        lines.push_back(
            cdInfoTrack(fmt::format("{}", i + 1), disc.start(i),
                        fmt::format("audio  false  {}  {}        {}", flags.copyPermitted ? "yes " : "no  ",
                                    flags.fourChannel ? 4 : 2, flags.preEmphasis ? "yes" : "no")));
    }
    lines.push_back(cdInfoTrack("170", disc.leadOut(), "leadout"));
    lines.push_back("Media Catalog Number (MCN): " +
                    (disc.onDdp.upc ? disc.onDdp.upc->digits() : "not available"));
    const auto add = [&lines](std::size_t track, const Texts& texts) {
        for (const TextField field : allTextFields) {
            // It takes the sheet's UTF-8 for Latin-1.
            if (texts[field])
                lines.push_back(fmt::format("{} {}: {}", track, name(field), latin1ToUtf8(*texts[field])));
        }
    };
    add(0, disc.discTexts);
    for (std::size_t i = 0; i < disc.trackTexts.size(); ++i) add(i + 1, disc.trackTexts[i]);
    std::ranges::sort(lines);
    return lines;
}

/// The same lines from what cd-info printed. Every line of the track list and of the CD-Text is taken.
std::vector<std::string> shownByCdInfo(const std::string& out)
{
    std::vector<std::string> lines;
    bool inTracks = false;
    std::string textsOf;
    for (std::string line : linesOf(out)) {
        if (line.starts_with("#: MSF")) {
            inTracks = true;
        } else if (line.starts_with("Media Catalog Number")) {
            inTracks = false;
            lines.push_back(line);
        } else if (inTracks && line.find(" audio ") == std::string::npos &&
                   line.find(" leadout") == std::string::npos) {
            inTracks = false;
        } else if (inTracks) {
            // Behind "leadout" comes the size.
            if (const auto at = line.find("leadout"); at != std::string::npos) line.resize(at + 7);
            lines.push_back(
                fmt::format("{:>3}{}", line.substr(0, line.find(':')), line.substr(line.find(':'))));
        } else if (line == "CD-TEXT for Disc:") {
            textsOf = "0";
        } else if (line.starts_with("CD-TEXT for Track")) {
            const std::size_t from =
                line.find_first_not_of(' ', std::string_view{"CD-TEXT for Track"}.size());
            textsOf = line.substr(from, line.find(':') - from);
        } else if (line == "Hidden Track") {
            textsOf.clear(); // its guess where the first pause is long
        } else if (!textsOf.empty()) {
            const std::size_t colon = line.find(':');
            lines.push_back(textsOf + " " + asciiLower(line.substr(0, colon)) + line.substr(colon));
        }
    }
    std::ranges::sort(lines);
    return lines;
}

std::string minutes(std::int64_t frames)
{
    return fmt::format("{}:{:02}.{:02}", frames / 4500, frames / 75 % 60, frames % 75);
}

} // namespace

TEST_CASE("cd-info finds the DDP's starts, lead-out, flags, UPC and texts in our cue sheets")
{
    forEachCue("cd-info", [](const OracleDisc& disc, const std::string& cue) {
        const auto ran =
            runProgram({"cd-info", "--no-header", "--no-device-info", "--no-cddb", "--cue-file=" + cue});
        if (!ran) {
            MESSAGE("cd-info is not installed: our cue sheets were not compared");
            return false;
        }
        REQUIRE(ran->exitCode == 0);
        REQUIRE(joined(shownByCdInfo(ran->out)) == joined(expectedCdInfo(disc)));
        return true;
    });
}

TEST_CASE("libcdio finds the DDP's ISRCs and pauses in our cue sheets")
{
    cdio_loglevel_default = CDIO_LOG_ASSERT;
    forEachCue("libcdio", [](const OracleDisc& disc, const std::string& cue) {
        const std::unique_ptr<CdIo_t, decltype(&cdio_destroy)> read{cdio_open(cue.c_str(), DRIVER_BINCUE),
                                                                    &cdio_destroy};
        REQUIRE(read);
        REQUIRE(cdio_get_num_tracks(read.get()) == disc.onDdp.tracks.size());
        for (std::size_t i = 0; i < disc.onDdp.tracks.size(); ++i) {
            CAPTURE(i);
            const auto number = static_cast<track_t>(i + 1);
            const std::unique_ptr<char, decltype(&cdio_free)> isrc{cdio_get_track_isrc(read.get(), number),
                                                                   &cdio_free};
            const auto& meant = disc.onDdp.tracks[i].isrc;
            REQUIRE(std::string{isrc ? isrc.get() : ""} == (meant ? meant->compact() : ""));
            REQUIRE(cdio_get_track_lsn(read.get(), number) == disc.start(i));
            const bool hasPause = disc.pause(i) < disc.start(i);
            // Of a track without a pause it says that its pause is nowhere.
            const lsn_t pause = cdio_get_track_pregap_lsn(read.get(), number);
            REQUIRE(pause == (hasPause ? disc.pause(i) : CDIO_INVALID_LSN));
        }
        return true;
    });
}

TEST_CASE("cueprint finds the DDP's titles, all other texts and the ISRCs in our cue sheets")
{
    forEachCue("cueprint", [](const OracleDisc& disc, const std::string& cue) {
        const auto ran = runProgram(
            {"cueprint", "-d", "%N|%T|%P|%S|%C|%A|%M\\n", "-t", "%n|%t|%p|%s|%c|%a|%m|%i\\n", cue});
        if (!ran) {
            MESSAGE("cueprint is not installed: our cue sheets were not compared");
            return false;
        }
        REQUIRE(ran->exitCode == 0);
        const auto all = [](const Texts& texts) {
            std::string line;
            for (const TextField field : allTextFields) line += "|" + texts[field].value_or("");
            return line;
        };
        std::vector<std::string> lines{fmt::format("{}{}", disc.trackTexts.size(), all(disc.discTexts))};
        for (std::size_t i = 0; i < disc.trackTexts.size(); ++i) {
            const auto& isrc = disc.onDdp.tracks[i].isrc;
            lines.push_back(
                fmt::format("{}{}|{}", i + 1, all(disc.trackTexts[i]), isrc ? isrc->compact() : ""));
        }
        REQUIRE(joined(linesOf(ran->out)) == joined(lines));
        return true;
    });
}

TEST_CASE("cuebreakpoints finds the DDP's pauses and starts in our cue sheets")
{
    forEachCue("cuebreakpoints", [](const OracleDisc& disc, const std::string& cue) {
        const auto ran = runProgram({"cuebreakpoints", "--split-gaps", cue});
        if (!ran) {
            MESSAGE("cuebreakpoints is not installed: our cue sheets were not compared");
            return false;
        }
        REQUIRE(ran->exitCode == 0);
        std::vector<std::string> lines; // without the file's start
        for (std::size_t i = 0; i < disc.onDdp.tracks.size(); ++i) {
            if (i > 0) lines.push_back(minutes(disc.pause(i)));
            if (disc.pause(i) < disc.start(i)) lines.push_back(minutes(disc.start(i)));
        }
        REQUIRE(joined(linesOf(ran->out)) == joined(lines));
        return true;
    });
}
