/// \file
/// One pass over a large file: read in order, block by block in constant memory, with its checksums computed
/// and every block handed on. MD5 of a large file runs on a second thread beside reading and the caller's own
/// work.
#pragma once

#include "core/file_ops.h"
#include "core/progress.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace segue::ddp {

struct StreamOptions {
    bool crc32 = false;
    Progress progress{};
    std::string_view stage = "verify"; ///< for the progress report
    /// Gets every block in order, on the calling thread. An Error ends the pass.
    std::function<Status(std::int64_t offset, std::span<const std::byte> bytes)> sink{};
    std::function<Error(SystemError)> readError{}; ///< the sentence for a failing disk
};

struct StreamSums {
    std::string md5;
    std::string crc32{}; ///< empty unless asked for
};

/// \param size what the file's stat() said; another length at the end is an Error of kind io
[[nodiscard]] Result<StreamSums> streamFile(File& file, std::int64_t size, const StreamOptions& options);

} // namespace segue::ddp
