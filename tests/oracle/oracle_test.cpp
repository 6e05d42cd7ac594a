/// \file
/// Other people's programs read what is delivered for generated albums, and must find the DDP's own marks
/// there. cdrdao: needs the audio file to exist with its full length; its TOC has no SCMS flag; CD-Text is
/// not shown.
#include "deliver/cue_toc.h"
#include "deliver/disc_of.h"
#include "project/cue_sheet.h"
#include "support/album_builder.h"
#include "support/run_program.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace segue;
using namespace segue::test;

namespace {

/// How many albums, divided by SEGUE_TEST_SCALE.
std::uint64_t scaled(std::uint64_t albums)
{
    const char* scale = std::getenv("SEGUE_TEST_SCALE");
    const std::uint64_t by = scale == nullptr ? 1 : std::strtoull(scale, nullptr, 10);
    return std::max<std::uint64_t>(1, albums / std::max<std::uint64_t>(1, by));
}

std::vector<PlannedDisc> discsOf(std::uint64_t seed)
{
    const Album album = randomAlbum(seed);
    return planDiscs(album, firstEdition(album), {});
}

/// cdrdao's way to write a place, counted from LBA 0.
std::string place(std::int64_t frames)
{
    return fmt::format("{:02}:{:02}:{:02}({:6})", frames / 4500, frames / 75 % 60, frames % 75, frames);
}

/// What `cdrdao show-toc` must print for a disc, line by line without indentation.
std::vector<std::string> expectedToc(const ddp::Disc& disc)
{
    std::vector<std::string> lines{"TOC TYPE: CD_DA"};
    if (disc.upc) lines.push_back(fmt::format("CATALOG NUMBER: {}", disc.upc->digits()));
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.tracks[i];
        const auto lba = [](CdFramePos at) { return at.value() - 150; };
        const std::int64_t start = lba(track.start());
        const std::int64_t from = i == 0 ? 0 : track.pauseStart ? lba(*track.pauseStart) : start;
        lines.push_back(fmt::format("TRACK {:2}  Mode AUDIO:", i + 1));
        if (track.isrc) {
            const std::string code = track.isrc->compact();
            lines.push_back(fmt::format("ISRC {} {} {} {}", code.substr(0, 2), code.substr(2, 3),
                                        code.substr(5, 2), code.substr(7)));
        }
        lines.push_back(track.flags.copyPermitted ? "COPY PERMITTED" : "COPY NOT PERMITTED");
        lines.push_back(track.flags.preEmphasis ? "PRE-EMPHASIS" : "NO PRE-EMPHASIS");
        lines.push_back(track.flags.fourChannel ? "FOUR CHANNEL AUDIO" : "TWO CHANNEL AUDIO");
        if (from < start) lines.push_back("PREGAP " + place(start - from));
        lines.push_back("START  " + place(start));
        for (std::size_t n = 1; n < track.indexes.size(); ++n)
            lines.push_back(fmt::format("INDEX {:2} {}", n + 1, place(lba(track.indexes[n]))));
        const bool last = i + 1 == disc.tracks.size();
        const CdFramePos end =
            last ? disc.leadOut : disc.tracks[i + 1].pauseStart.value_or(disc.tracks[i + 1].start());
        lines.push_back("END    " + place(lba(end)));
    }
    return lines;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first == std::string::npos) continue;
        lines.push_back(line.substr(first, line.find_last_not_of(" \r") - first + 1));
    }
    return lines;
}

/// A 16-bit stereo WAV of this many frames that takes no room on the disk; cdrdao only looks at its length.
void writeSilentWav(const std::filesystem::path& path, std::int64_t cdFrames)
{
    const auto bytes = static_cast<std::uint32_t>(cdFrames * 2352);
    std::string head;
    const auto number = [&head](std::uint32_t value, int width) {
        for (int i = 0; i < width; ++i) head += static_cast<char>(value >> (8 * i) & 0xFF);
    };
    head += "RIFF", number(bytes + 36, 4), head += "WAVEfmt ", number(16, 4), number(1, 2), number(2, 2);
    number(44'100, 4), number(176'400, 4), number(4, 2), number(16, 2), head += "data", number(bytes, 4);
    std::ofstream{path, std::ios::binary | std::ios::trunc} << head;
    std::filesystem::resize_file(path, 44 + std::uintmax_t{bytes});
}

} // namespace

TEST_CASE("cdrdao finds the DDP's marks, codes and flags in our TOC files")
{
    const TempFolder folder;
    for (std::uint64_t seed = 1; seed <= scaled(500); ++seed)
        for (const PlannedDisc& disc : discsOf(seed)) {
            CAPTURE(seed);
            writeSilentWav(folder / "album.wav", disc.disc.leadOut.value() - 150);
            const auto ran = runProgram(
                {"cdrdao", "show-toc", folder.write("album.toc", get(tocFor(disc, "album.wav"))).string()});
            if (!ran) {
                MESSAGE("cdrdao is not installed: our TOC files were not compared");
                return;
            }
            REQUIRE(ran->exitCode == 0);
            REQUIRE(fmt::format("{}", fmt::join(linesOf(ran->out), "\n")) ==
                    fmt::format("{}", fmt::join(expectedToc(disc.disc), "\n")));
        }
}

TEST_CASE("a cue sheet for the CD image, read back, has the DDP's frames, codes and flags")
{
    for (std::uint64_t seed = 1; seed <= scaled(500); ++seed)
        for (const PlannedDisc& disc : discsOf(seed)) {
            CAPTURE(seed);
            const CueSheet sheet = get(parseCueSheet(get(cueSheetFor(disc, "album.wav")), "album.cue")).sheet;
            REQUIRE(sheet.upc == disc.disc.upc);
            REQUIRE(sheet.tracks.size() == disc.disc.tracks.size());
            for (std::size_t i = 0; i < sheet.tracks.size(); ++i) {
                CAPTURE(i);
                const ddp::DiscTrack& meant = disc.disc.tracks[i];
                REQUIRE(sheet.tracks[i].isrc == meant.isrc);
                REQUIRE(sheet.tracks[i].flags == meant.flags);
                std::vector<std::int64_t> places, read;
                const std::int64_t start = meant.start().value() - 150;
                const std::int64_t pause = i == 0             ? 0
                                           : meant.pauseStart ? meant.pauseStart->value() - 150
                                                              : start;
                if (pause < start) places.push_back(pause);
                for (const CdFramePos at : meant.indexes) places.push_back(at.value() - 150);
                for (const CueIndex& index : sheet.tracks[i].indexes) read.push_back(index.at.value());
                REQUIRE(read == places);
            }
        }
}
