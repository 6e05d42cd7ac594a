/// \file
/// Overviews kept on disk from one session to the next, in a folder that may be deleted at any time and that
/// several programs may share (docs/formats/overview.md). A convenience: what cannot be read is not there,
/// what cannot be written is not kept, and nobody is told.
#pragma once

#include "album/album.h"
#include "core/file_ops.h"
#include "measure/overview.h"

#include <optional>

namespace segue {

class OverviewCache {
public:
    static constexpr std::int64_t usualLimit = std::int64_t{256} << 20; ///< about 25 albums of 70 minutes

    /// \param folder made when it is first written to; empty: there is no cache
    /// \param limit bytes that the files in it may have together
    OverviewCache(FileOps& files, Path folder, std::int64_t limit = usualLimit);

    /// The overview of a source with this fingerprint, length and number of channels. Any thread; waits for
    /// the disk.
    [[nodiscard]] std::optional<Overview> find(const Source& source) const;
    /// Keeps it under the source's fingerprint, and removes the oldest when there is too much. Nothing
    /// happens when the fingerprint is unknown or the overview not complete. Any thread; waits for the disk.
    /// \pre the overview is of samples that have this fingerprint
    void keep(const Source& source, const Overview& overview) const;

private:
    FileOps& files_;
    Path folder_;
    std::int64_t limit_;
};

/// The file's bytes and back; nothing when they are damaged, another version's or of another source.
[[nodiscard]] std::vector<std::byte> bytesOf(const Overview& overview, const Fingerprint& fingerprint);
[[nodiscard]] std::optional<Overview> overviewOf(std::span<const std::byte> bytes, const Source& source);

} // namespace segue
