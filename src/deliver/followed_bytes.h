/// \file
/// The hash of all bytes of a file, taken while somebody reads it. A file whose bytes are what they were
/// holds the samples that it held: that is much faster to find out than by decoding and measuring them again.
#pragma once

#include "core/forwarding_file_ops.h"
#include "core/hash.h"
#include "core/progress.h"

#include <mutex>

namespace segue {

/// Follows who reads in order from the first byte on, through files that FollowingFileOps opened. Any thread.
class FollowedBytes {
public:
    /// These bytes were read at `offset` from `file`.
    void follow(std::int64_t offset, std::span<const std::byte> bytes, File& file);
    /// XXH3-128 of the file, when it was read to its end or nearly so; empty when not, or when the rest could
    /// not be read. \pre nobody else reads any more; call it once
    [[nodiscard]] std::string finish(File& file);

private:
    [[nodiscard]] bool readTo(std::int64_t end, File& file);

    std::mutex mutex_{};
    std::int64_t position_ = 0;
    std::unique_ptr<Hasher> hasher_ = makeXxh3_128();
};

/// Every file that it opens for reading is followed.
class FollowingFileOps final : public ForwardingFileOps {
public:
    FollowingFileOps(FileOps& under, std::shared_ptr<FollowedBytes> bytes)
        : ForwardingFileOps{under}, bytes_{std::move(bytes)}
    {
    }
    [[nodiscard]] SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override;

private:
    std::shared_ptr<FollowedBytes> bytes_;
};

/// XXH3-128 of a whole file; empty when it cannot be read, or on cancel.
[[nodiscard]] std::string hashOfFile(FileOps& files, const Path& path, const Progress& progress);

} // namespace segue
