// Our cue sheets, read back by our own parser, describe the disc that the DDP describes.

#include "deliver/cue_toc.h"
#include "project/cue_sheet.h"
#include "support/album_builder.h"
#include "support/oracle_discs.h"
#include "support/random_cd_text.h"
#include "support/scale.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("a cue sheet for the CD image, read back, has the DDP's frames, codes, flags and texts")
{
    const auto albums = static_cast<std::uint64_t>(scaled(500));
    for (std::uint64_t seed = 1; seed <= albums; ++seed)
        for (const OracleDisc& disc : oracleDiscs(seed)) {
            CAPTURE(seed);
            const ParsedCue parsed =
                get(parseCueSheet(get(cueSheetFor(disc.plan, "album.wav")), "album.cue"));
            const CueSheet& sheet = parsed.sheet;
            REQUIRE(sheet.files.size() == 1);
            REQUIRE(sheet.files[0].name == "album.wav");
            REQUIRE(sheet.upc == disc.onDdp.upc);
            REQUIRE(sheet.texts == disc.discTexts);
            REQUIRE(sheet.tracks.size() == disc.onDdp.tracks.size());
            for (std::size_t i = 0; i < sheet.tracks.size(); ++i) {
                CAPTURE(i);
                const ddp::DiscTrack& meant = disc.onDdp.tracks[i];
                REQUIRE(sheet.tracks[i].isrc == meant.isrc);
                REQUIRE(sheet.tracks[i].flags == meant.flags);
                REQUIRE(sheet.tracks[i].texts == disc.trackTexts[i]);
                std::vector<std::int64_t> places, read;
                if (disc.pause(i) < disc.start(i)) places.push_back(disc.pause(i));
                for (const CdFramePos at : meant.indexes) places.push_back(OracleDisc::lba(at));
                for (const CueIndex& index : sheet.tracks[i].indexes) read.push_back(index.at.value());
                REQUIRE(read == places);
            }
        }
}

TEST_CASE("generated texts with quotes, blanks and signs of all kinds survive our cue sheet")
{
    const PlannedDisc plan = oracleDiscs(1).at(0).plan;
    const std::size_t tracks = plan.disc.tracks.size();
    RandomCdText random{5};
    const int albums = scaled(500);
    for (int i = 0; i < albums; ++i) {
        CAPTURE(i);
        PlannedDisc disc = plan;
        disc.disc.cdText = random.cdText({.maxBlocks = 1});
        ddp::CdTextBlock& block = disc.disc.cdText->blocks.at(0);
        block.tracks.resize(tracks);
        const CueSheet sheet = get(parseCueSheet(get(cueSheetFor(disc, "album.wav")), "album.cue")).sheet;
        REQUIRE(sheet.texts == block.disc);
        for (std::size_t t = 0; t < tracks; ++t) REQUIRE(sheet.tracks.at(t).texts == block.tracks[t]);
    }
}
