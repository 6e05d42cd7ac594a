#include "ddp/set_checks.h"

#include "core/text.h"
#include "core/time_text.h"
#include "ddp/disc_from_pq.h"
#include "ddp/map_fields.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

Place mapPlace(std::size_t packet, const Field& field)
{
    return {.file = "DDPMS", .byte = static_cast<std::int64_t>(packet * mapPacketSize + field.offset)};
}

void report(Findings& found, std::string_view id, std::string message, Place where, std::string fix = {})
{
    found.push_back(finding(rule(id), std::move(message), std::move(where), std::move(fix)));
}

/// The switches of the audio packet that decide how the image is read.
void checkAudioPacket(Findings& found, const MapPacket& packet, std::size_t number)
{
    if (packet.storageMode == 0)
        report(found, "SET.STORAGE_MODE_0",
               "The storage mode of the audio is 0; audio-distillery is known to write that",
               mapPlace(number, map_field::storageMode), "7: complete sectors of 2352 bytes");
    else if (packet.storageMode != 7)
        report(found, "SET.STORAGE_MODE",
               packet.storageMode ? fmt::format("The storage mode of the audio is {}", *packet.storageMode)
                                  : std::string{"The audio has no storage mode"},
               mapPlace(number, map_field::storageMode), "7: complete sectors of 2352 bytes");
    if (packet.scrambled && *packet.scrambled != 0 && *packet.scrambled != 1)
        report(found, "SET.SCRAMBLED", fmt::format("The field SCR holds {}", *packet.scrambled),
               mapPlace(number, map_field::scrambled), "0 or 1");
    if (packet.startSector && *packet.startSector != 0)
        report(found, "SET.START",
               fmt::format("The image starts at sector {} of the disc instead of 0", *packet.startSector),
               mapPlace(number, map_field::start), "blank or 00000000: the image begins at 00:00:00");
    if (!packet.pregap)
        report(found, "SET.NO_PREGAP",
               "DDPMS does not say how long the pause before track 1 is; a plant may add one to it",
               mapPlace(number, map_field::pregap2));
}

void checkOther(Findings& found, const MapPacket& packet, std::size_t number)
{
    const std::string kind =
        escapedForDisplay(packet.streamType + (packet.subcode.empty() ? "" : " " + packet.subcode));
    if (packet.streamType.starts_with('T'))
        report(found, "SET.TEXT_STREAM",
               fmt::format("The set holds a text stream ({}, {}), which is not read", kind,
                           escapedForDisplay(packet.file)),
               mapPlace(number, map_field::streamType));
    else if (packet.streamType == "D0")
        report(found, "SET.DATA_STREAM",
               fmt::format("{} is data (mode {}), as on an Enhanced CD; only the audio is verified",
                           escapedForDisplay(packet.file), escapedForDisplay(packet.mode)),
               mapPlace(number, map_field::mode));
    else
        report(found, "SET.OTHER_STREAM",
               fmt::format("The set holds a stream of the kind {}, which no audio CD needs", kind),
               mapPlace(number, map_field::streamType));
}

} // namespace

StreamKind streamKind(const MapPacket& packet)
{
    if (packet.streamType == "D0" && packet.mode == "DA") return StreamKind::audio;
    if (packet.streamType == "S0" && packet.subcode == "PQ DESCR") return StreamKind::pq;
    if (packet.streamType == "S0" && packet.subcode == "CDTEXT") return StreamKind::cdText;
    return StreamKind::other;
}

Findings checkMap(std::span<const MapPacket> map)
{
    Findings found;
    int audio = 0, pq = 0, cdText = 0;
    for (std::size_t i = 0; i < map.size(); ++i) {
        int* seen = nullptr;
        std::string_view what;
        switch (streamKind(map[i])) {
        case StreamKind::audio:
            seen = &audio, what = "audio stream", checkAudioPacket(found, map[i], i);
            break;
        case StreamKind::pq: seen = &pq, what = "PQ descriptor"; break;
        case StreamKind::cdText: seen = &cdText, what = "CD-Text stream"; break;
        case StreamKind::other: checkOther(found, map[i], i); continue;
        }
        if (++*seen == 2)
            report(found, "SET.SEVERAL_STREAMS",
                   fmt::format("DDPMS has a second {} ({}); how the two belong together is not known, only "
                               "the first is read",
                               what, escapedForDisplay(map[i].file)),
                   mapPlace(i, map_field::streamType));
    }
    if (audio == 0) report(found, "SET.NO_AUDIO", "DDPMS names no audio image", Place{.file = "DDPMS"});
    if (pq == 0) report(found, "SET.NO_PQ", "DDPMS names no PQ descriptor", Place{.file = "DDPMS"});
    return found;
}

Findings checkStreamLength(const MapPacket& packet, std::size_t number, std::int64_t fileSize)
{
    Findings found;
    const bool sectors = packet.streamType.starts_with('D');
    // Only complete sectors have a known size; data sessions may hold user data alone.
    const bool known = !sectors || streamKind(packet) == StreamKind::audio;
    const std::int64_t unit = sectors ? bytesPerCdFrame : 1;
    if (!known) return found;
    if (sectors && fileSize % bytesPerCdFrame != 0)
        report(found, "SET.SIZE",
               fmt::format("{} has {} bytes, which is no whole number of sectors of 2352 bytes", packet.file,
                           fileSize),
               Place{.file = packet.file, .byte = fileSize / bytesPerCdFrame * bytesPerCdFrame});
    if (!packet.length)
        report(found, "SET.LENGTH", fmt::format("DDPMS does not say how long {} is", packet.file),
               mapPlace(number, map_field::length));
    else if (*packet.length * unit != fileSize)
        report(found, "SET.LENGTH",
               sectors ? fmt::format("DDPMS gives {} {} sectors, the file holds {}", packet.file,
                                     *packet.length, fileSize / bytesPerCdFrame)
                       : fmt::format("DDPMS gives {} {} bytes, the file has {}", packet.file, *packet.length,
                                     fileSize),
               mapPlace(number, map_field::length));
    return found;
}

namespace {

const MapPacket* audioPacket(const ReadSet& set, std::size_t& number)
{
    for (number = 0; number < set.map.size(); ++number)
        if (streamKind(set.map[number]) == StreamKind::audio) return &set.map[number];
    return nullptr;
}

void checkLengths(Findings& found, const ReadSet& set)
{
    std::size_t number = 0;
    const MapPacket* audio = audioPacket(set, number);
    if (audio == nullptr) return;
    const std::int64_t leadOut = set.disc.leadOut.value();
    if (audio->length && *audio->length != leadOut)
        report(found, "SET.LEAD_OUT",
               fmt::format("Lead-out is at {} ({} sectors), DDPMS gives the image {} sectors",
                           cdTime(set.disc.leadOut), leadOut, *audio->length),
               Place{.file = set.pqFile, .frame = set.disc.leadOut},
               "both are the image's length in sectors");
    if (set.imageSectors.value() > 0 && set.imageSectors.value() < leadOut)
        report(found, "SET.LEAD_OUT",
               fmt::format("{} ends {} sectors before lead-out", set.imageFile,
                           leadOut - set.imageSectors.value()),
               Place{.file = set.imageFile, .frame = CdFramePos{set.imageSectors.value()}});
    if (audio->pregap && !set.disc.tracks.empty() && !set.disc.tracks.front().indexes.empty() &&
        set.disc.tracks.front().start().value() != *audio->pregap)
        report(
            found, "SET.PREGAP",
            fmt::format(
                "DDPMS gives the pause before track 1 {} sectors, the PQ descriptor has INDEX 01 at {} ({})",
                *audio->pregap, cdTime(set.disc.tracks.front().start()),
                set.disc.tracks.front().start().value()),
            mapPlace(number, map_field::pregap2));
}

std::string shownUpc(const std::optional<UpcEan>& upc)
{
    return upc ? upc->digits() : std::string{"no UPC/EAN"};
}

void checkUpc(Findings& found, const ReadSet& set)
{
    constexpr std::int64_t upcAt = 8;
    const Place where{.file = "DDPID", .byte = upcAt};
    const auto inId = readUpc(set.id.upc, where, found);
    if (inId != set.disc.upc)
        report(found, "SET.UPC",
               fmt::format("DDPID has {}, the PQ descriptor has {}", shownUpc(inId), shownUpc(set.disc.upc)),
               where, "the same UPC/EAN in both, or in neither");
}

bool sameUpc(const std::string& stored, const std::optional<UpcEan>& upc)
{
    const auto parsed = UpcEan::parseDigits(stored);
    return parsed && upc && *parsed == *upc;
}

/// CD-Text may repeat the codes (pack 0x8E) and always repeats the number of tracks.
void checkCdText(Findings& found, const ReadSet& set)
{
    if (!set.disc.cdText) return;
    const std::string& file = set.cdTextFile;
    for (const CdTextBlock& block : set.disc.cdText->blocks) {
        if (block.tracks.size() != set.disc.tracks.size())
            report(found, "SET.CD_TEXT_TRACKS",
                   fmt::format("CD-Text describes {} tracks, the PQ descriptor has {}", block.tracks.size(),
                               set.disc.tracks.size()),
                   Place{.file = file});
        if (block.upc && !sameUpc(*block.upc, set.disc.upc))
            report(found, "SET.CD_TEXT_CODE",
                   fmt::format("CD-Text has the UPC/EAN {}, the PQ descriptor has {}",
                               escapedForDisplay(*block.upc), shownUpc(set.disc.upc)),
                   Place{.file = file});
        for (std::size_t t = 0; t < std::min(block.isrcs.size(), set.disc.tracks.size()); ++t) {
            const auto& inText = block.isrcs[t];
            const auto& inPq = set.disc.tracks[t].isrc;
            if (!inText || (inPq && *inText == inPq->compact())) continue;
            report(found, "SET.CD_TEXT_CODE",
                   fmt::format("CD-Text has the ISRC {}, the PQ descriptor has {}",
                               escapedForDisplay(*inText), inPq ? inPq->compact() : std::string{"none"}),
                   Place{.file = file, .track = static_cast<int>(t + 1)});
        }
    }
}

} // namespace

Findings checkDiscAgainstSet(const ReadSet& set)
{
    Findings found;
    checkUpc(found, set);
    checkLengths(found, set);
    checkCdText(found, set);
    return found;
}

} // namespace segue::ddp
