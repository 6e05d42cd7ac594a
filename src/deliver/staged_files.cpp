#include "deliver/staged_files.h"

#include "core/safe_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <set>

namespace segue {

namespace {

Path folderOf(const Path& path) { return path.has_parent_path() ? path.parent_path() : Path{"."}; }

} // namespace

StagedFiles::StagedFiles(FileOps& files) : files_{files}, token_{randomToken()} {}

StagedFiles::~StagedFiles()
{
    if (done_) return;
    for (const Item& item : items_)
        static_cast<void>(files_.unlink(item.published ? item.target : item.pending));
}

Result<std::unique_ptr<File>> StagedFiles::createFile(const Path& target)
{
    // Long names are cut and may become equal: the number keeps them apart.
    const Path pending =
        folderOf(target) / fmt::format("{}{}{}", hiddenName(target, "partial-"), token_, items_.size());
    auto file = files_.createNew(pending);
    if (!file) return failure(fileError("Could not create the file", target, file.error()));
    items_.push_back({pending, target});
    return std::move(*file);
}

Status StagedFiles::writeFile(const Path& target, std::span<const std::byte> bytes)
{
    auto file = createFile(target);
    if (!file) return failure(file.error());
    if (const auto s = writeFully(**file, 0, bytes); !s)
        return failure(fileError("Could not write", target, s.error()));
    if (const auto s = (*file)->sync(); !s)
        return failure(fileError("Could not bring the file to the disk", target, s.error()));
    if (const auto s = (*file)->close(); !s)
        return failure(fileError("Could not close the file", target, s.error()));
    return {};
}

Path StagedFiles::pendingPath(const Path& target) const
{
    const auto at = std::ranges::find(items_, target, &Item::target);
    assert(at != items_.end());
    return at->pending;
}

Status StagedFiles::publish(bool replace)
{
    std::set<Path> folders;
    for (Item& item : items_) {
        const auto renamed = replace ? files_.rename(item.pending, item.target)
                                     : files_.renameNoReplace(item.pending, item.target);
        if (!renamed) {
            if (renamed.error().code == EEXIST)
                return failure(Error{
                    "There is a file of this name already; choose another name or ask for it to be replaced",
                    item.target.string(), ErrorKind::input, EEXIST});
            return failure(fileError("Could not give the file its name", item.target, renamed.error()));
        }
        // What replaced an older file cannot be taken back; the older file is gone.
        item.published = !replace;
        folders.insert(folderOf(item.target));
    }
    done_ = true;
    for (const Path& folder : folders)
        if (const auto s = files_.syncDirectory(folder); !s)
            return failure(fileError("Could not bring the folder to the disk", folder, s.error()));
    return {};
}

} // namespace segue
