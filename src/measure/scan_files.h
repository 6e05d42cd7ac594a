/// \file
/// Audio files scanned, or their scans found in the cache.
#pragma once

#include "audio/audio_file.h"
#include "measure/scan_cache.h"
#include "measure/scan_work.h"

#include <span>
#include <vector>

namespace segue {

struct ScannedFile {
    AudioFileInfo info{};
    ScannedSound sound{};
    bool cached = false; ///< nothing was read but the header
};

struct ScanFilesOptions {
    const ScanCache* cache = nullptr; ///< null: none
    LibraryGuard guard{};
    ScanWork work{}; ///< but `scanned`, which is not asked
    /// Wanted: called once for each file, in the order of the paths and one after another, as soon as those
    /// before it are known; from any thread. What it moves away is not among the results.
    std::function<void(std::size_t file, Result<ScannedFile>& scanned)> inOrder{};
};

/// The file as it is scanned. \param info of it \pre `files` outlives it
[[nodiscard]] ScanJob fileJob(FileOps& files, const Path& path, const AudioFileInfo& info,
                              const LibraryGuard& guard);

/// In the order of `paths`. An Error for each that could not be read; a file that changed while it was read
/// is one.
[[nodiscard]] std::vector<Result<ScannedFile>> scanFiles(FileOps& files, std::span<const Path> paths,
                                                         const ScanFilesOptions& options);

} // namespace segue
