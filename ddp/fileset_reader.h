/// \file
/// Reads any vendor's DDP folder: files by the names in DDPMS, both paddings, one or two lead-outs, the three
/// CD-Text file forms. What a known writer does differently is accepted and noted; what no known writer does
/// is an error. Reading never stops at the first deviation.
#pragma once

#include "core/file_ops.h"
#include "core/finding.h"
#include "core/progress.h"
#include "ddp/disc.h"
#include "ddp/records.h"

#include <string>
#include <vector>

namespace segue::ddp {

/// What a folder holds, without its audio.
struct ReadSet {
    Ddpid id{};
    std::vector<MapPacket> map{};
    std::vector<PqPacket> packets{};
    Disc disc{};
    std::string pqFile{}, cdTextFile{}, imageFile{};
    CdFrameCount imageSectors{}; ///< from the file's size
    std::string
        writer{}; ///< the known flavour it follows: "Segue", "cue2ddp", "Sonoris", "HOFA", ...; may be empty
    Findings findings{}; ///< every deviation from the format and from the Red Book rules
};

/// A folder without DDPID, or one whose DDPID cannot be read, is an Error; damage after that is findings.
[[nodiscard]] Result<ReadSet> readFileset(FileOps& files, const Path& folder);

} // namespace segue::ddp
