/// \file
/// The two ways Segue puts bytes on a disk for keeps: one file replaced atomically, and a whole folder that
/// appears under its final name only when it is complete.
#pragma once

#include "core/file_ops.h"
#include "core/progress.h"

#include <functional>
#include <optional>

namespace segue {

/// Replaces `target` by `bytes`, or leaves it as it was. Goes through a link at `target` (the link stays),
/// keeps mode and group, leaves the old content as `target` + ".bak". Order: temporary file beside it,
/// write, `check` the bytes as read back (may be empty), sync, close, link the old to .bak (copy where links
/// are impossible), rename, sync the folder. `token` makes the temporary name unique. Never writes in place.
/// Refuses a write-protected file and anything that is not an ordinary file. When only the last step fails,
/// the new content is in place and the Error says that the disk did not confirm it.
[[nodiscard]] Status saveAtomically(FileOps& files, const Path& target, std::span<const std::byte> bytes,
                                    const std::function<Status(std::span<const std::byte>)>& check,
                                    std::string_view token);

/// A folder under construction: `.NAME.partial-TOKEN` beside its final place. Unless published, the
/// destructor removes it with what was put in; when published, what it replaced.
class StagedFolder {
public:
    /// Makes the folder. An Error when the parent is missing or not writable, or `wanted` exists and
    /// `replace` is false; a link or a file at `wanted` always refuses.
    [[nodiscard]] static Result<std::unique_ptr<StagedFolder>> create(FileOps& files, const Path& wanted,
                                                                      std::string_view token, bool replace);
    ~StagedFolder();
    StagedFolder(const StagedFolder&) = delete;
    StagedFolder& operator=(const StagedFolder&) = delete;

    [[nodiscard]] const Path& folder() const { return folder_; }
    /// A folder inside ("CD1"); it is synced when the set is published.
    [[nodiscard]] Status addFolder(const std::string& name);
    /// A new file inside ("DDPID", "CD1/DDPID"); the caller writes, syncs and closes it.
    [[nodiscard]] Result<std::unique_ptr<File>> createFile(const std::string& name);
    /// Creates, writes, syncs, closes.
    [[nodiscard]] Status writeFile(const std::string& name, std::span<const std::byte> bytes);
    /// Syncs the folder and gives it its final name in one step: refuses when something took the name
    /// meanwhile (without `replace`), else exchanges; syncs the parent. Two renames where the file system
    /// cannot exchange. The old folder goes with this object, so that what belongs beside the new one can get
    /// its name first; one that cannot be removed stays among the leftovers().
    [[nodiscard]] Status publish();
    /// True once the folder has its final name, also when syncing the parent failed after that.
    [[nodiscard]] bool published() const { return published_; }

private:
    [[nodiscard]] Status takePlace(std::optional<Path>& old);
    StagedFolder(FileOps& files, Path target, Path folder, bool replace)
        : files_{files}, target_{std::move(target)}, folder_{std::move(folder)}, replace_{replace}
    {
    }
    FileOps& files_;
    Path target_, folder_;
    bool replace_;
    bool published_ = false;
    std::optional<Path> old_{}; ///< where the folder that was replaced lies now
    std::vector<std::string> subfolders_{};
};

/// Folders (or files) that an earlier, killed export to `target` left behind: `.NAME.partial-*` beside it.
[[nodiscard]] std::vector<Path> leftovers(FileOps& files, const Path& wanted,
                                          FileStat::Type type = FileStat::Type::directory);
/// Removes a folder and everything in it; does not follow links. For our own partial folders.
[[nodiscard]] Status removeTree(FileOps& files, const Path& folder);

/// ".NAME.KIND" for something that will stand beside `target`; a long NAME is cut so that a token fits
/// behind.
[[nodiscard]] std::string hiddenName(const Path& target, std::string_view kind);

/// A few random letters from the system, for temporary names only.
[[nodiscard]] std::string randomToken();

} // namespace segue
