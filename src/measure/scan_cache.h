/// \file
/// Scans kept on disk from one session to the next, in a folder that may be deleted at any time and that
/// several programs may share (docs/formats/scan-cache.md). A convenience: what cannot be read is not there,
/// what cannot be written is not kept, and nobody is told.
#pragma once

#include "core/file_ops.h"
#include "measure/hops.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segue {

/// What a scan is of: 32 lower-case hexadecimal digits. Empty: it is not known, and not kept.
using ScanKey = std::string;
/// Of a file as it lies on the disk: device, inode, size, times of writing and of change.
[[nodiscard]] ScanKey keyOf(const FileStat& file);

class ScanCache {
public:
    static constexpr std::int64_t usualLimit = std::int64_t{128} << 20; ///< about 90 albums of 70 minutes

    /// \param folder made when it is first written to; empty: there is no cache
    /// \param limit bytes that the files in it may have together
    ScanCache(FileOps& files, Path folder, std::int64_t limit = usualLimit);
    /// Any thread; waits for the disk.
    [[nodiscard]] std::optional<ScannedSound> find(const ScanKey& key) const;
    /// Removes the oldest when there is too much. Any thread; waits for the disk.
    void keep(const ScanKey& key, const ScannedSound& sound) const;

private:
    FileOps& files_;
    Path folder_;
    std::int64_t limit_;
};

/// The file's bytes and back; nothing when they are damaged, another version's or of another key.
[[nodiscard]] std::vector<std::byte> bytesOf(const ScannedSound& sound, const ScanKey& key);
[[nodiscard]] std::optional<ScannedSound> scannedSoundOf(std::span<const std::byte> bytes,
                                                         const ScanKey& key);

} // namespace segue
