/// \file
/// The three fixed-width records of a DDP 2.00 fileset as values: DDPID, map packet (DDPMS) and PQ descriptor
/// packet. Each is written and read from one layout table in its .cpp file; docs/formats/ddp.md explains
/// every field with its sources.
#pragma once

#include "core/control_flags.h"
#include "core/finding.h"
#include "core/result.h"
#include "core/units.h"
#include "ddp/field.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

/// How numbers are padded and which switches are set: `standard` as Sonoris and HOFA write, `cue2ddp` as
/// cue2ddp 1.1 does, byte for byte.
enum class Profile : std::uint8_t { standard, cue2ddp };

inline constexpr std::size_t ddpidSize = 128, mapPacketSize = 128, pqPacketSize = 64;
inline constexpr std::size_t masterIdLength = 48, fileNameLength = 17;

/// DDPID: who this set is.
struct Ddpid {
    std::string level = "DDP 2.00";
    std::string upc{};      ///< as stored, blanks trimmed
    std::string masterId{}; ///< at most 48 printable ASCII characters
    std::string bookSpecifier{};
    std::string type = "CD";
    std::string userText{}; ///< read only; never written
    [[nodiscard]] friend bool operator==(const Ddpid&, const Ddpid&) = default;
};
/// SET.MASTER_ID: longer than 48 characters, or not printable ASCII. Neither can be written.
[[nodiscard]] Findings checkMasterId(std::string_view id);
/// An Error when a field does not fit. `userText` is left out: writers disagree on its place.
[[nodiscard]] Result<std::string> encodeDdpid(const Ddpid& id);
/// \param bytes exactly 128 bytes, otherwise an Error. Deviations go to `findings`.
[[nodiscard]] Result<Ddpid> parseDdpid(std::string_view bytes, Findings& findings);

/// One DDPMS packet: a stream and the file that holds it.
struct MapPacket {
    std::string streamType{};                  ///< DST: "D0", "S0", ...
    std::optional<std::int64_t> length{};      ///< DSL: sectors for D streams, bytes for S and T
    std::optional<std::int64_t> startSector{}; ///< DSS
    std::string subcode{};                     ///< SUB: "PQ DESCR", "CDTEXT"
    std::string mode{};                        ///< CDM: "DA"
    std::optional<std::int64_t> storageMode{}; ///< SSM: 7 = complete 2352-byte sectors
    std::optional<std::int64_t> scrambled{};   ///< SCR
    std::optional<std::int64_t> pregap{};      ///< PRE2: track 1's INDEX 01 in sectors
    std::string track{};                       ///< TRK
    std::string file{};                        ///< DSI, at most 17 characters
    [[nodiscard]] friend bool operator==(const MapPacket&, const MapPacket&) = default;
};
/// An Error when a field does not fit.
[[nodiscard]] Result<std::string> encodeMapPacket(const MapPacket& packet, Profile profile);
/// `bytes` is the whole DDPMS; reading stops at the first packet that is not marked VVVM. `findings` get
/// every deviation with its byte. An Error only when nothing can be read.
[[nodiscard]] Result<std::vector<MapPacket>> parseMap(std::string_view bytes, Findings& findings);

/// One PQ descriptor packet. `track` is 0 for lead-in, 170 (0xAA) for lead-out.
struct PqPacket {
    static constexpr int leadOut = 0xAA;
    int track = 0;
    int index = 0;
    CdFramePos at{};
    ControlFlags flags{};
    std::string isrc{}; ///< as stored, blanks trimmed
    std::string upc{};
    [[nodiscard]] friend bool operator==(const PqPacket&, const PqPacket&) = default;
};
/// An Error when a field does not fit or the time has no address (99:59:74 is the last one).
[[nodiscard]] Result<std::string> encodePqPacket(const PqPacket& packet);
/// `bytes` is the whole stream, `file` its name for the findings, which get every deviation with its byte.
/// Packets without the mark VVVS are passed over. An Error when there is no whole packet or absurdly many.
[[nodiscard]] Result<std::vector<PqPacket>> parsePq(std::string_view bytes, const std::string& file,
                                                    Findings& findings);

} // namespace segue::ddp
