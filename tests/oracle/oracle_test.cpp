/// \file
/// What is delivered for generated albums, read back, has the DDP's own marks.
#include "deliver/cue_toc.h"
#include "deliver/disc_of.h"
#include "project/cue_sheet.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <cstdint>
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

} // namespace

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
                const std::int64_t pause =
                    i == 0 ? 0 : meant.pauseStart ? meant.pauseStart->value() - 150 : start;
                if (pause < start) places.push_back(pause);
                for (const CdFramePos at : meant.indexes) places.push_back(at.value() - 150);
                for (const CueIndex& index : sheet.tracks[i].indexes) read.push_back(index.at.value());
                REQUIRE(read == places);
            }
        }
}
