// What is written is read again as what it was: project files, cue sheets, the records of a DDP, CD-Text.

#include "core/parallel.h"
#include "ddp/cd_text_packs.h"
#include "ddp/records.h"
#include "deliver/cue_toc.h"
#include "project/cue_sheet.h"
#include "project/project_file.h"
#include "support/album_builder.h"
#include "support/oracle_discs.h"
#include "support/random_cd_text.h"
#include "support/scale.h"
#include "torture/tier.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <mutex>
#include <stdexcept>

using namespace segue;
using namespace segue::test;

namespace {

void demand(bool right, const char* what)
{
    if (!right) throw std::runtime_error(what);
}

/// Calls `trip(seed)` for the seeds from 1 on, on all cores; a trip that fails throws. Says how many failed.
std::uint64_t failedTrips(int count, const std::function<void(std::uint64_t)>& trip)
{
    std::mutex mutex;
    std::uint64_t failed = 0;
    // Of a hundred seeds each, for a trip is short.
    parallelFor(static_cast<std::size_t>(count + 99) / 100, 0, [&](std::size_t part) {
        const auto end = static_cast<std::uint64_t>(std::min(count, static_cast<int>(part + 1) * 100));
        for (std::uint64_t seed = part * 100 + 1; seed <= end; ++seed) try {
                trip(seed);
            } catch (const std::exception& e) {
                const std::scoped_lock lock{mutex};
                ++failed;
                if (failed <= 5) FAIL_CHECK(fmt::format("seed {}: {}", seed, e.what()));
            }
    });
    return failed;
}

int albumsToday() { return scaled(torture::perTier(200, 100'000, 1'000'000)); }

void run(std::string_view what, int count, const std::function<void(std::uint64_t)>& trip)
{
    const std::uint64_t failed = failedTrips(count, trip);
    CHECK(failed == 0);
    torture::figure("P3", what, static_cast<std::uint64_t>(count), failed);
}

void projectTrip(Album album)
{
    const Path folder{"/music/album"};
    const std::string xml = get(formatProject(album, folder));
    const Project back = get(parseProject(xml, folder, "a.segue"));
    demand(back.album == album, "the project is another album when it is read again");
    demand(get(formatProject(back.album, folder, back.foreign.get())) == xml,
           "the project is other bytes when it is written again");
}

void recordsTrip(const ddp::Disc& disc, const ddp::WriteOptions& options)
{
    Findings findings;
    for (const ddp::NamedBytes& file : get(ddp::composeFileset(disc, options)).files) {
        std::string bytes, again;
        for (const std::byte b : file.bytes) bytes += static_cast<char>(b);
        if (file.name == "DDPID") {
            again = get(ddp::encodeDdpid(get(ddp::parseDdpid(bytes, findings))));
        } else if (file.name == "DDPMS") {
            for (const auto& packet : get(ddp::parseMap(bytes, findings)))
                again += get(ddp::encodeMapPacket(packet, options.profile));
        } else if (file.name == "CDTEXT.BIN") {
            const auto packs = get(ddp::encodePacks(ddp::decodePacks(file.bytes, file.name).text));
            demand(packs == file.bytes, "CDTEXT.BIN is other bytes when it is written again");
            continue;
        } else {
            for (const auto& packet : get(ddp::parsePq(bytes, file.name, findings)))
                again += get(ddp::encodePqPacket(packet));
        }
        demand(again == bytes, (file.name + " is other bytes when it is written again").c_str());
    }
    demand(findings.empty(), "our own records have a finding");
}

void cueTrip(const OracleDisc& disc)
{
    const CueSheet sheet = get(parseCueSheet(get(cueSheetFor(disc.plan, "album.wav")), "album.cue")).sheet;
    demand(sheet.upc == disc.onDdp.upc, "another UPC in the cue sheet");
    demand(sheet.texts == disc.discTexts, "other texts of the disc in the cue sheet");
    demand(sheet.tracks.size() == disc.onDdp.tracks.size(), "other tracks in the cue sheet");
    for (std::size_t i = 0; i < sheet.tracks.size(); ++i) {
        const ddp::DiscTrack& meant = disc.onDdp.tracks[i];
        const CueTrack& track = sheet.tracks[i];
        demand(track.isrc == meant.isrc && track.flags == meant.flags && track.texts == disc.trackTexts[i],
               "another code, flag or text in the cue sheet");
        std::vector<std::int64_t> places, read;
        if (disc.pause(i) < disc.start(i)) places.push_back(disc.pause(i));
        for (const CdFramePos at : meant.indexes) places.push_back(OracleDisc::lba(at));
        for (const CueIndex& index : track.indexes) read.push_back(index.at.value());
        demand(read == places, "other places in the cue sheet");
    }
}

void cdTextTrip(std::uint64_t seed)
{
    RandomCdText random{static_cast<unsigned>(seed)};
    const ddp::CdText text = random.cdText({.maxTracks = seed % 10 == 0 ? 99 : 12,
                                            .maxBlocks = seed % 7 == 0 ? 8 : 3,
                                            .maxLength = seed % 10 == 0  ? 12U
                                                         : seed % 3 == 0 ? 120U
                                                                         : 40U});
    const auto encoded = ddp::encodePacks(text);
    if (!encoded) {
        demand(encoded.error().what.find("packs") != std::string::npos, "refused, not for its size");
        return;
    }
    if (encoded->empty()) {
        demand(ddp::asStored(text).blocks.empty(), "texts without a pack");
        return;
    }
    const ddp::DecodedPacks decoded = ddp::decodePacks(*encoded, "CDTEXT.BIN");
    demand(decoded.findings.empty() && decoded.text == ddp::asStored(text), "another CD-Text");
    demand(get(ddp::encodePacks(decoded.text)) == *encoded, "other packs when they are written again");
}

} // namespace

TEST_CASE("P3: random albums come back from their project files exactly")
{
    run("random albums written to a project file and read again", albumsToday(), [](std::uint64_t seed) {
        if (seed % 4 == 0) return projectTrip(uglyAlbum(seed));
        Album album = randomAlbum(seed);
        for (Source& source : album.sources) source.path = "/music/album/" + source.path;
        projectTrip(std::move(album));
    });
}

TEST_CASE("P3: the discs of random albums come back from DDP records and cue sheets exactly")
{
    run("random albums written as DDP records, CD-Text and cue sheet and read again", albumsToday(),
        [](std::uint64_t seed) {
            for (const OracleDisc& disc :
                 oracleDiscs(seed)) { // throws unless PQ and CD-Text are what was meant
                recordsTrip(disc.plan.disc, disc.plan.write);
                cueTrip(disc);
            }
        });
}

TEST_CASE("P3: random CD-Texts of up to eight languages come back from their packs exactly")
{
    run("random CD-Texts encoded and decoded", albumsToday(), cdTextTrip);
}
