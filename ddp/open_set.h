/// \file
/// A DDP set as it was opened: what was understood and the bytes it was understood from, so that verify
/// hashes what the reader read, without a second look at the disk.
#pragma once

#include "ddp/fileset_reader.h"
#include "ddp/set_folder.h"

#include <optional>

namespace segue::ddp {

/// One file of the set.
struct SetFile {
    std::string name;         ///< as DDPMS or the format has it
    std::string nameOnDisk{}; ///< empty when it is missing
    std::int64_t size = 0;
    std::optional<std::vector<std::byte>> bytes{}; ///< when the reader has read the whole of it
};

struct OpenSet {
    SetFolder folder;
    ReadSet set{};
    std::vector<SetFile>
        files{}; ///< DDPID, DDPMS, then those of the map in its order, the image with the rest
};

/// The largest files that are read into memory; a larger one is a finding.
inline constexpr std::int64_t maxMapPackets = 4096, maxPqPackets = 10'000;
inline constexpr std::int64_t maxCdTextBytes = 8 * 256 * 18 + 4 + 1;

/// \param maxLength longest image that passes, as RedBookOptions has it
[[nodiscard]] Result<OpenSet> openSet(FileOps& files, const Path& path, CdFramePos maxLength);

} // namespace segue::ddp
