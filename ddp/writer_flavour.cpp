#include "ddp/writer_flavour.h"

#include "core/text.h"
#include "ddp/map_fields.h"

#include <algorithm>
#include <optional>

namespace segue::ddp {

namespace {

constexpr Field idMapLength{"MSL", 29, 8}; // of DDPID

std::string_view bytesOfPacket(std::string_view ddpms, std::size_t number)
{
    const std::size_t at = number * mapPacketSize;
    return at + mapPacketSize <= ddpms.size() ? ddpms.substr(at, mapPacketSize) : std::string_view{};
}

const MapPacket* findStream(std::span<const MapPacket> map, std::string_view type, std::string_view subcode)
{
    const auto found = std::ranges::find_if(
        map, [&](const MapPacket& p) { return p.streamType == type && p.subcode == subcode; });
    return found == map.end() ? nullptr : &*found;
}

bool has(std::span<const std::string> names, std::string_view name)
{
    return std::ranges::any_of(names, [&](const std::string& n) { return equalsIgnoringAsciiCase(n, name); });
}

/// The audio packet's switches, as the profiles of ddp-format have them.
struct Switches {
    bool zeroPadded = false,
         spacePadded = false; ///< neither when all digits are used, or when packets disagree
    bool startBlank = false, startZeros = false;
    std::optional<std::int64_t> scrambled{}, storageMode{};
    std::string pqName{};
};

Switches switchesOf(const WriterEvidence& evidence)
{
    Switches s;
    bool zeros = false, spaces = false;
    for (std::size_t i = 0; i < evidence.map.size(); ++i) {
        const std::string_view bytes = bytesOfPacket(evidence.ddpms, i);
        if (bytes.empty()) continue;
        for (const Field& field : {map_field::length, map_field::nameSize}) {
            zeros = zeros || raw(bytes, field).starts_with('0');
            spaces = spaces || raw(bytes, field).starts_with(' ');
        }
        const MapPacket& packet = evidence.map[i];
        if (packet.streamType != "D0") continue;
        s.startBlank = text(bytes, map_field::start).empty();
        s.startZeros = raw(bytes, map_field::start) == "00000000";
        s.scrambled = packet.scrambled;
        s.storageMode = packet.storageMode;
    }
    s.zeroPadded = zeros && !spaces;
    s.spacePadded = spaces && !zeros;
    if (const MapPacket* pq = findStream(evidence.map, "S0", "PQ DESCR")) s.pqName = pq->file;
    return s;
}

} // namespace

std::string writerOf(const WriterEvidence& evidence)
{
    const Switches s = switchesOf(evidence);
    if (evidence.ddpid.size() != ddpidSize || evidence.map.empty()) return {};
    const bool mapLengthWritten = !text(evidence.ddpid, idMapLength).empty();
    if (s.spacePadded && s.startBlank && s.scrambled == 1 && s.storageMode == 7 && s.pqName == "SD" &&
        !mapLengthWritten)
        return "cue2ddp";
    if (s.zeroPadded && s.startBlank && s.storageMode == 0 && mapLengthWritten) return "audio-distillery";

    const bool commercial = s.zeroPadded && s.startZeros && s.scrambled == 0 && s.storageMode == 7 &&
                            s.pqName == "PQDESCR" && !mapLengthWritten;
    if (!commercial) return {};
    const MapPacket* cdText = findStream(evidence.map, "S0", "CDTEXT");
    if (evidence.upcOnEveryPacket || has(evidence.namesOnDisk, "MD5_CHECKSUM.MD5") ||
        (cdText != nullptr && cdText->track.empty()))
        return "HOFA";
    if (evidence.cdTextTrailingZero || has(evidence.namesOnDisk, "MD5-Checksum.md5")) return "Sonoris";
    if (has(evidence.namesOnDisk, "IDENT.TXT")) return "WaveLab";
    if (evidence.userText.empty() && evidence.leadOutPackets == 2 &&
        has(evidence.namesOnDisk, "CHECKSUM.MD5"))
        return "Segue";
    return {};
}

bool writesExactChecksums(std::string_view writer) { return writer == "Segue" || writer == "cue2ddp"; }

} // namespace segue::ddp
