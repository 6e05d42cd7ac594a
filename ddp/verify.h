/// \file
/// `segue verify`: a DDP folder read whole, structure, rules, checksum files and on request the audio.
#pragma once

#include "ddp/fileset_reader.h"
#include "ddp/track_audio.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace segue::ddp {

struct ImageSums {
    std::int64_t size = 0; ///< in bytes
    std::string md5;       ///< lower-case hexadecimal
    std::string crc32{};   ///< likewise; may be empty
};

struct VerifyOptions {
    bool audio = false; ///< AccurateRip, CRC-32, silence and clipped runs per track
    bool crc32 = false; ///< FileHash::crc32 even when no list of the set needs it
    CdFramePos maxLength{359'775};
    Progress progress{};
    /// The image's checksums where the caller has just read it from the disk himself: unless its size is
    /// another or a checksum is lacking, it is not read again, and `audio` not looked at.
    std::optional<ImageSums> imageSums{};
};

struct FileHash {
    std::string name; ///< as DDPMS has it
    std::int64_t size = 0;
    std::string md5;     ///< lower-case hexadecimal, computed from the disk
    std::string crc32{}; ///< likewise; empty unless a list, VerifyOptions::audio or ::crc32 asks for it
    bool listed = false; ///< a checksum file names it and agrees
};

struct Verification {
    ReadSet set{};
    /// The files of the set that could be read: DDPID, DDPMS, then as DDPMS has them. Behind them whatever
    /// else a checksum file names.
    std::vector<FileHash> hashes{};
    std::vector<TrackAudio> audio{}; ///< one per track when VerifyOptions::audio was set
    Findings findings{};             ///< everything, the set's included, in order of place
};

/// Reads every file once, the image in blocks. A file that is missing, too short or wrong is a finding; an
/// Error says that the folder is no DDP set (input), that the disk or a permission failed (io, naming the
/// file), that the caller's sink refused, or that it was cancelled.
[[nodiscard]] Result<Verification> verifyFileset(FileOps& files, const Path& folder,
                                                 const VerifyOptions& options);

} // namespace segue::ddp
