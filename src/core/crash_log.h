/// \file
/// The log behind RecordingFileOps: which inode and which name each change concerned, and the states of the
/// disk that are legal after it. Knows nothing of system calls.
#pragma once

#include "core/recording_file_ops.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace segue {

using InodeId = std::size_t;
using Entries = std::map<std::string, InodeId>;
using Content = std::shared_ptr<const std::string>;

/// A place for a name.
struct NameSlot {
    InodeId folder = 0;
    std::string name{};
    [[nodiscard]] friend bool operator==(const NameSlot&, const NameSlot&) = default;
};

/// One recorded change: data into a file, names set or removed, or a sync of either.
struct Change {
    enum class Kind : std::uint8_t { write, sync, names, syncFolder };
    struct NameEdit {
        NameSlot slot;
        std::optional<InodeId> now; ///< absent: the name is removed
    };

    Kind kind = Kind::write;
    InodeId inode = 0;             ///< of the file or folder, for all but `names`
    std::int64_t offset = 0;       ///< of a write
    std::string data{};            ///< of a write
    std::vector<NameEdit> edits{}; ///< done in one step
};

/// Inodes, the names as they are now, and every change since the beginning.
class CrashLog {
public:
    /// Inode 0 is the root, a folder.
    CrashLog();

    /// \name What is safe before the recording begins
    /// @{
    [[nodiscard]] InodeId addFolder(const NameSlot& slot);
    InodeId addFile(const NameSlot& slot, std::string content);
    /// @}

    [[nodiscard]] std::optional<InodeId> find(const NameSlot& slot) const;
    [[nodiscard]] InodeId newInode(bool folder);
    void add(Change change);
    [[nodiscard]] std::size_t size() const { return changes_.size(); }

    std::size_t visit(std::size_t most, std::uint64_t seed,
                      const std::function<void(const CrashState&)>& call) const;

private:
    struct Disk {
        std::vector<Content> contents{}; ///< by inode; null for a folder
        std::vector<Entries> folders{};  ///< by inode
    };
    class Moment;

    Disk safe_{};                    ///< at the beginning
    std::vector<Entries> current_{}; ///< names with every change done
    std::vector<Change> changes_{};
};

} // namespace segue
