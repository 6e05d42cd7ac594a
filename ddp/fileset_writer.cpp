#include "ddp/fileset_writer.h"

#include "ddp/cd_text_layout.h"
#include "ddp/cd_text_packs.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

std::vector<std::byte> bytesOfText(std::string_view text)
{
    const auto bytes = std::as_bytes(std::span{text.data(), text.size()});
    return {bytes.begin(), bytes.end()};
}

/// What no override can make right is refused here too, whoever calls.
Status checkStructure(const Disc& disc, const WriteOptions& options)
{
    for (const Finding& f : checkDisc(disc, {.maxLength = lastAddressableFrame}))
        if (f.level == Finding::Level::error && !rule(f.rule).overridable)
            return failure(f.message, describe(f.where), ErrorKind::refused);
    if (const Findings found = checkMasterId(options.masterId); !found.empty())
        return failure(found.front().message, "DDPID", ErrorKind::refused);
    if (!disc.cdText || options.cdTextPacks) return {};
    for (const CdTextBlock& block : disc.cdText->blocks)
        if (hasText(block) && block.tracks.size() != disc.tracks.size())
            return failure(fmt::format("The CD-Text describes {} tracks, the disc has {}",
                                       block.tracks.size(), disc.tracks.size()),
                           "CDTEXT.BIN", ErrorKind::refused);
    return {};
}

std::string upcOf(const Disc& disc) { return disc.upc ? disc.upc->digits() : std::string{}; }

std::vector<PqPacket> packetsOf(const Disc& disc, IsrcPlacement placement)
{
    std::vector<PqPacket> packets{
        {.track = 0, .index = 0, .at = {}, .flags = {}, .isrc = {}, .upc = upcOf(disc)}};
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const DiscTrack& track = disc.tracks[i];
        const std::string isrc = track.isrc ? track.isrc->compact() : std::string{};
        const int number = static_cast<int>(i + 1);
        // Track 1's pause begins with the disc and is always there.
        const std::optional<CdFramePos> pause = i == 0 ? std::optional{CdFramePos{0}} : track.pauseStart;
        if (pause) packets.push_back({number, 0, *pause, track.flags, isrc, {}});
        for (std::size_t n = 0; n < track.indexes.size(); ++n) {
            const bool carries = n == 0 && (!pause || placement == IsrcPlacement::alsoOnIndex01);
            packets.push_back({number,
                               static_cast<int>(n + 1),
                               track.indexes[n],
                               track.flags,
                               carries ? isrc : std::string{},
                               {}});
        }
    }
    const PqPacket leadOut{
        .track = PqPacket::leadOut, .index = 1, .at = disc.leadOut, .flags = {}, .isrc = {}, .upc = {}};
    packets.push_back(leadOut);
    packets.push_back(leadOut);
    return packets;
}

Result<std::vector<std::byte>> packsOf(const Disc& disc, const WriteOptions& options)
{
    if (!options.cdTextPacks) return disc.cdText ? encodePacks(*disc.cdText) : std::vector<std::byte>{};
    const auto& packs = *options.cdTextPacks;
    if (packs.size() % packSize != 0)
        return failure("CD-Text packs must be bare, 18 bytes each", "CDTEXT.BIN", ErrorKind::refused);
    for (std::size_t at = 0; at < packs.size(); at += packSize) {
        const std::span<const std::byte> pack{packs.data() + at, packSize};
        const unsigned stored =
            std::to_integer<unsigned>(pack[16]) << 8U | std::to_integer<unsigned>(pack[17]);
        if (packCrc(pack.first<16>()) != stored)
            return failure(fmt::format("CD-Text pack {} is damaged: its CRC is wrong", at / packSize),
                           "CDTEXT.BIN", ErrorKind::refused);
    }
    return packs;
}

MapPacket subcodeStream(const char* kind, const std::string& file, std::size_t bytes)
{
    MapPacket packet;
    packet.streamType = "S0";
    packet.length = static_cast<std::int64_t>(bytes);
    packet.subcode = kind;
    packet.file = file;
    return packet;
}

MapPacket audioStream(const Disc& disc, const std::string& file, Profile profile)
{
    const bool standard = profile == Profile::standard;
    MapPacket packet;
    packet.streamType = "D0";
    packet.length = disc.leadOut.value();
    if (standard) packet.startSector = 0;
    packet.mode = "DA";
    packet.storageMode = 7;
    packet.scrambled = standard ? 0 : 1;
    packet.pregap = disc.tracks.front().start().value();
    packet.file = file;
    return packet;
}

} // namespace

Result<Fileset> composeFileset(const Disc& disc, const WriteOptions& options)
{
    if (const Status s = checkStructure(disc, options); !s) return failure(s.error());
    Fileset set;

    const auto id = encodeDdpid({.level = "DDP 2.00",
                                 .upc = upcOf(disc),
                                 .masterId = options.masterId,
                                 .bookSpecifier = {},
                                 .type = "CD",
                                 .userText = {}});
    if (!id) return failure(id.error());
    std::string pq;
    for (const PqPacket& packet : packetsOf(disc, options.isrcPlacement)) {
        const auto encoded = encodePqPacket(packet);
        if (!encoded) return failure(encoded.error());
        pq += *encoded;
    }
    auto packs = packsOf(disc, options);
    if (!packs) return failure(packs.error());

    const std::string pqName = options.profile == Profile::standard ? "PQDESCR" : "SD";
    std::vector<MapPacket> map;
    if (!packs->empty()) {
        map.push_back(subcodeStream("CDTEXT", "CDTEXT.BIN", packs->size()));
        map.back().track = "00";
    }
    map.push_back(subcodeStream("PQ DESCR", pqName, pq.size()));
    map.push_back(audioStream(disc, set.imageName, options.profile));
    std::string mapText;
    for (const MapPacket& packet : map) {
        const auto encoded = encodeMapPacket(packet, options.profile);
        if (!encoded) return failure(encoded.error());
        mapText += *encoded;
    }

    set.files.push_back({"DDPID", bytesOfText(*id)});
    set.files.push_back({"DDPMS", bytesOfText(mapText)});
    if (!packs->empty()) set.files.push_back({"CDTEXT.BIN", std::move(*packs)});
    set.files.push_back({pqName, bytesOfText(pq)});
    return set;
}

std::string checksumMd5(std::span<const std::pair<std::string, std::string>> nameAndHash)
{
    std::string text;
    for (const auto& [name, hash] : nameAndHash) text += fmt::format("{} *{}\n", hash, name);
    return text;
}

std::string checksumTxt(std::span<const std::pair<std::string, std::string>> nameAndCrc)
{
    std::string text = "[CRC32 Checksum]\n";
    for (const auto& [name, crc] : nameAndCrc) text += fmt::format("{}={}\n", name, crc);
    return text;
}

} // namespace segue::ddp
