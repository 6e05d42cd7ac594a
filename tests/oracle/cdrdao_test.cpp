// cdrdao reads our TOC files and the audio they name. It wants the audio file to exist with its full length
// even for show-toc, says nothing of SCMS (a TOC file has no such flag) and does not show CD-Text.

#include "deliver/cue_toc.h"
#include "deliver/wav_image.h"
#include "support/oracle_discs.h"
#include "support/run_program.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <future>
#include <memory>

using namespace segue;
using namespace segue::test;
using namespace std::string_literals;

namespace {

/// cdrdao's way to write a place, counted from LBA 0.
std::string place(std::int64_t frames)
{
    return fmt::format("{:02}:{:02}:{:02}({:6})", frames / 4500, frames / 75 % 60, frames % 75, frames);
}

/// What `cdrdao show-toc` must print for a disc, line by line without indentation.
std::vector<std::string> expectedToc(const OracleDisc& disc)
{
    std::vector<std::string> lines{"TOC TYPE: CD_DA"};
    if (disc.onDdp.upc) lines.push_back(fmt::format("CATALOG NUMBER: {}", disc.onDdp.upc->digits()));
    for (std::size_t i = 0; i < disc.onDdp.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.onDdp.tracks[i];
        lines.push_back(fmt::format("TRACK {:2}  Mode AUDIO:", i + 1));
        if (track.isrc) {
            const std::string code = track.isrc->compact();
            lines.push_back(fmt::format("ISRC {} {} {} {}", code.substr(0, 2), code.substr(2, 3),
                                        code.substr(5, 2), code.substr(7)));
        }
        lines.push_back(track.flags.copyPermitted ? "COPY PERMITTED" : "COPY NOT PERMITTED");
        lines.push_back(track.flags.preEmphasis ? "PRE-EMPHASIS" : "NO PRE-EMPHASIS");
        lines.push_back(track.flags.fourChannel ? "FOUR CHANNEL AUDIO" : "TWO CHANNEL AUDIO");
        const std::int64_t pause = disc.pause(i), start = disc.start(i);
        if (pause < start) lines.push_back("PREGAP " + place(start - pause));
        lines.push_back("START  " + place(start));
        for (std::size_t n = 1; n < track.indexes.size(); ++n)
            lines.push_back(fmt::format("INDEX {:2} {}", n + 1, place(OracleDisc::lba(track.indexes[n]))));
        const bool last = i + 1 == disc.onDdp.tracks.size();
        lines.push_back("END    " + place(last ? disc.leadOut() : disc.pause(i + 1)));
    }
    return lines;
}

/// A 16-bit stereo WAV of this many frames; cdrdao only looks at its length.
void writeSilentWav(const std::filesystem::path& path, std::int64_t cdFrames)
{
    const auto bytes = static_cast<std::uint64_t>(cdFrames * 2352);
    const std::string head = "RIFF" + le(bytes + 36, 4) + "WAVE" + fmtChunk() + "data" + le(bytes, 4);
    writeSparse(path, head, head.size() + bytes);
}

/// A short album from a seed: 2 to 4 tracks, some of them dithered, with or without pauses.
std::unique_ptr<SmallDelivery> shortAlbum(std::uint64_t seed)
{
    Dice dice{seed};
    std::vector<TrackShape> shapes;
    for (auto n = dice.between(2, 4); n > 0; --n)
        shapes.push_back({.frames = static_cast<std::size_t>(dice.between(4 * 44'100 + 600, 5 * 44'100)),
                          .bits = dice.chance(50) ? 16 : 24});
    return std::make_unique<SmallDelivery>(shapes, durationOf(CdFrameCount{dice.between(0, 120)}));
}

} // namespace

TEST_CASE("cdrdao finds the DDP's marks, codes and flags in our TOC files")
{
    const TempFolder folder;
    const auto albums = static_cast<std::uint64_t>(scaled(500));
    for (std::uint64_t seed = 1; seed <= albums; ++seed)
        for (const OracleDisc& disc : oracleDiscs(seed)) {
            CAPTURE(seed);
            writeSilentWav(folder / "album.wav", disc.leadOut());
            const auto toc = folder.write("album.toc", get(tocFor(disc.plan, "album.wav")));
            const auto ran = runProgram({"cdrdao", "show-toc", toc.string()});
            if (!ran) {
                MESSAGE("cdrdao is not installed: our TOC files were not compared");
                torture::figure("V3", "TOC files read by cdrdao", 0, 0, "not run: it is not installed");
                return;
            }
            REQUIRE(ran->exitCode == 0);
            REQUIRE(joined(linesOf(ran->out)) == joined(expectedToc(disc)));
        }
    torture::figure("V3", "TOC files of random albums read by cdrdao", albums, 0);
}

TEST_CASE("the WAV image is the DDP's image from LBA 0 on, and cdrdao reads all of it by our TOC file")
{
    const auto albums = static_cast<std::uint64_t>(scaled(30));
    std::vector<std::unique_ptr<SmallDelivery>> deliveries;
    // cdrdao rests for a second after every reading, so all readings go on at once.
    std::vector<std::future<std::optional<Ran>>> readings;
    for (std::uint64_t seed = 1; seed <= albums; ++seed) {
        CAPTURE(seed);
        const auto& small = *deliveries.emplace_back(shortAlbum(seed));
        REQUIRE(get(small.exportTo(realFileOps(), small.out())).written);
        const Path toc = small.folder / "album.toc";
        REQUIRE(get(exportImage(realFileOps(), small.album, firstEdition(small.album), toc, ImageSheet::toc,
                                small.options))
                    .written);
        const std::string wav = small.folder.read("album.wav"), image = small.image();
        REQUIRE(image.size() > 150 * 2352);
        REQUIRE((wav.substr(44) == image.substr(150 * 2352)));
        readings.push_back(
            std::async(std::launch::async, runProgram, std::vector{"cdrdao"s, "read-test"s, toc.string()}));
    }
    for (std::size_t i = 0; i < readings.size(); ++i) {
        CAPTURE(i);
        const auto ran = readings[i].get();
        if (!ran) {
            MESSAGE("cdrdao is not installed: our images were not read by it");
            torture::figure("V3", "whole images read by cdrdao", 0, 0, "not run: it is not installed");
            return;
        }
        CAPTURE(ran->err);
        REQUIRE(ran->exitCode == 0);
        const std::size_t sectors = deliveries[i]->image().size() / 2352 - 150;
        REQUIRE(ran->err.find(fmt::format("Read {} blocks.", sectors)) != std::string::npos);
        // It is no yes-man: half a sector less and it refuses.
        const TempFolder& folder = deliveries[i]->folder;
        std::filesystem::resize_file(folder / "album.wav", 44 + sectors * 2352 - 1176);
        REQUIRE(runProgram({"cdrdao", "read-test", (folder / "album.toc").string()})->exitCode != 0);
    }
    torture::figure("V3", "rendered albums whose WAV image cdrdao read to the last sector", albums, 0);
}
