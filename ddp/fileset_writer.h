/// \file
/// Everything of a fileset but the audio, as bytes. The strict half: a Disc that breaks a structural rule
/// cannot be encoded. Where the bytes go, and the audio with them, is the caller's business.
#pragma once

#include "core/result.h"
#include "ddp/disc.h"
#include "ddp/records.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace segue::ddp {

enum class IsrcPlacement : std::uint8_t { firstPacket, alsoOnIndex01 };

struct WriteOptions {
    Profile profile = Profile::standard;
    std::string masterId{};
    IsrcPlacement isrcPlacement = IsrcPlacement::firstPacket;
    /// Packs to write as they are instead of encoding disc.cdText; CRCs are checked, a wrong one refuses.
    std::optional<std::vector<std::byte>> cdTextPacks{};
};

struct NamedBytes {
    std::string name;
    std::vector<std::byte> bytes;
    [[nodiscard]] friend bool operator==(const NamedBytes&, const NamedBytes&) = default;
};

/// The small files in the order DDPID, DDPMS, CDTEXT.BIN (when there is any), PQDESCR or SD.
struct Fileset {
    std::vector<NamedBytes> files{};
    std::string imageName = "IMAGE.DAT";
};

[[nodiscard]] Result<Fileset> composeFileset(const Disc& disc, const WriteOptions& options);

/// `hash *name` LF per file, in the order given (which is DDPID, DDPMS, CDTEXT.BIN, PQ, IMAGE.DAT).
[[nodiscard]] std::string checksumMd5(std::span<const std::pair<std::string, std::string>> nameAndHash);
/// `[CRC32 Checksum]`, then `NAME=XXXXXXXX` LF.
[[nodiscard]] std::string checksumTxt(std::span<const std::pair<std::string, std::string>> nameAndCrc);

} // namespace segue::ddp
