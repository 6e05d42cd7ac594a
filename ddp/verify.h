/// \file
/// `segue verify`: a DDP folder read whole, structure, rules, checksum files and on request the audio.
#pragma once

#include "ddp/fileset_reader.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace segue::ddp {

struct VerifyOptions {
    bool audio = false; ///< AccurateRip, CRC-32, silence and clipped runs per track
    bool crc32 = false; ///< CRC-32 of every file, even where no list asks for it
    CdFramePos maxLength{359'775};
    Progress progress{};
    /// Sees the image's bytes in order while they are read for the checksum, for a comparison of the caller's
    /// own. Returning an Error ends the verification with it.
    std::function<Status(std::int64_t offset, std::span<const std::byte>)> imageSink{};
};

struct FileHash {
    std::string name;
    std::int64_t size = 0;
    std::string md5; ///< computed from the disk
    std::string crc32{};
    bool listed = false; ///< a checksum file names it and agrees
};

struct TrackAudio {
    std::uint32_t accurateRip1 = 0, accurateRip2 = 0;
    std::string crc32;              ///< of the samples INDEX 01 .. next INDEX 01
    std::int64_t leadingSilence = 0, trailingSilence = 0; ///< digital zero, in samples
    bool silent = false;
    int peak = 0;                   ///< largest absolute sample value
    int clippedRuns = 0;            ///< runs of 3 or more samples at full scale in one channel
};

struct Verification {
    ReadSet set{};
    std::vector<FileHash> hashes{};
    std::vector<TrackAudio> audio{};
    Findings findings{}; ///< everything, the set's included, in order of place
};

[[nodiscard]] Result<Verification> verifyFileset(FileOps& files, const Path& folder, const VerifyOptions& options);

} // namespace segue::ddp
