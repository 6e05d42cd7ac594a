/// \file
/// A few files that appear under their names together: each is written aside (`.NAME.partial-TOKEN`), synced,
/// and renamed at the end. What was not published is removed again.
#pragma once

#include "core/file_ops.h"

#include <memory>
#include <string>
#include <vector>

namespace segue {

class StagedFiles {
public:
    explicit StagedFiles(FileOps& files);
    ~StagedFiles();
    StagedFiles(const StagedFiles&) = delete;
    StagedFiles& operator=(const StagedFiles&) = delete;

    /// The caller writes, syncs and closes it.
    [[nodiscard]] Result<std::unique_ptr<File>> createFile(const Path& target);
    /// Creates, writes, syncs, closes.
    [[nodiscard]] Status writeFile(const Path& target, std::span<const std::byte> bytes);
    /// Where the file for `target` lies until then. \pre created
    [[nodiscard]] Path pendingPath(const Path& target) const;
    /// Renames in the order of creation and syncs the folders. Without `replace` a name that is taken
    /// refuses, and what was renamed before is taken back.
    [[nodiscard]] Status publish(bool replace);

private:
    struct Item {
        Path pending, target;
        bool published = false;
    };
    FileOps& files_;
    std::string token_;
    std::vector<Item> items_;
    bool done_ = false;
};

} // namespace segue
