#include "core/safe_write.h"

#include "core/text.h"

#include <algorithm>
#include <cerrno>
#include <tuple>

namespace segue {

namespace {

constexpr std::string_view partial = "partial-";

std::string shown(const Path& path) { return escapedForDisplay(path.native()); }

// "out/" is meant as "out".
Path withoutTrailingSlash(const Path& path) { return path.has_filename() ? path : path.parent_path(); }

Path parentOf(const Path& path) { return path.has_parent_path() ? path.parent_path() : Path{"."}; }

// Inside the folder, forward only: what a name from a file could say to get out is refused here.
bool staysInside(const Path& name)
{
    return !name.empty() && name.is_relative() && name.has_filename() &&
           std::ranges::none_of(name, [](const Path& part) { return part == ".." || part == "."; });
}

std::unexpected<Error> badName(const std::string& name)
{
    return failure("This name cannot be used inside the folder", escapedForDisplay(name));
}

bool cannotExchange(SystemError error)
{
    return error.code == ENOSYS || error.code == EINVAL || error.code == EOPNOTSUPP;
}

// Nothing there, or a folder; a link or a file is never replaced by a folder.
Result<bool> folderStandsAt(FileOps& files, const Path& target)
{
    const auto now = files.stat(target);
    if (!now && now.error().code == ENOENT) return false;
    if (!now) return failure(fileError("Could not look at the place of the new folder", target, now.error()));
    if (now->type == FileStat::Type::directory) return true;
    return failure(
        now->type == FileStat::Type::link
            ? "A link stands where the new folder should be; name the folder itself, or another one"
            : "A file stands where the new folder should be; choose another name",
        shown(target));
}

std::unexpected<Error> existsAlready(const Path& target)
{
    return failure(
        Error{"A folder of this name exists already; choose another name or ask for it to be replaced",
              shown(target), ErrorKind::input, EEXIST});
}

} // namespace

Result<std::unique_ptr<StagedFolder>> StagedFolder::create(FileOps& files, const Path& wanted,
                                                           std::string_view token, bool replace)
{
    const Path target = withoutTrailingSlash(wanted);
    if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
        return failure("A name for the new folder is missing", shown(wanted));
    const auto standing = folderStandsAt(files, target);
    if (!standing) return failure(standing.error());
    if (*standing && !replace) return existsAlready(target);

    const Path folder = target.parent_path() / (hiddenName(target, partial) + std::string{token});
    if (const auto s = files.makeDirectory(folder); !s)
        return failure(
            s.error().code == ENOENT
                ? fileError("The folder that should hold the new one is missing", parentOf(target), s.error())
                : fileError("Could not make a folder to work in", folder, s.error()));
    return std::unique_ptr<StagedFolder>{new StagedFolder{files, target, folder, replace}};
}

StagedFolder::~StagedFolder()
{
    if (!published_) std::ignore = removeTree(files_, folder_);
    if (old_) std::ignore = removeTree(files_, *old_);
}

Status StagedFolder::addFolder(const std::string& name)
{
    if (!staysInside(name) || Path{name}.has_parent_path()) return badName(name);
    if (const auto s = files_.makeDirectory(folder_ / name); !s)
        return failure(fileError("Could not make a folder", folder_ / name, s.error()));
    subfolders_.push_back(name);
    return {};
}

Result<std::unique_ptr<File>> StagedFolder::createFile(const std::string& name)
{
    if (!staysInside(name)) return badName(name);
    auto file = files_.createNew(folder_ / name);
    if (!file) return failure(fileError("Could not make a new file", folder_ / name, file.error()));
    return std::move(*file);
}

Status StagedFolder::writeFile(const std::string& name, std::span<const std::byte> bytes)
{
    const auto file = createFile(name);
    if (!file) return failure(file.error());
    if (const auto s = writeFully(**file, 0, bytes); !s)
        return failure(fileError("Could not write the file", folder_ / name, s.error()));
    if (const auto s = (*file)->sync(); !s)
        return failure(fileError("Could not bring the file to the disk", folder_ / name, s.error()));
    if (const auto s = (*file)->close(); !s)
        return failure(fileError("Could not close the file", folder_ / name, s.error()));
    return {};
}

Status StagedFolder::publish()
{
    constexpr std::string_view unsynced = "Could not bring the folder to the disk";
    for (const std::string& name : subfolders_)
        if (const auto s = files_.syncDirectory(folder_ / name); !s)
            return failure(fileError(unsynced, folder_ / name, s.error()));
    if (const auto s = files_.syncDirectory(folder_); !s)
        return failure(fileError(unsynced, folder_, s.error()));

    const auto standing = folderStandsAt(files_, target_);
    if (!standing) return failure(standing.error());
    if (*standing && !replace_) return existsAlready(target_);

    std::optional<Path> old;
    if (*standing) {
        if (auto s = takePlace(old); !s) return s;
    } else if (const auto s = files_.renameNoReplace(folder_, target_); !s) {
        return s.error().code == EEXIST
                   ? Status{existsAlready(target_)}
                   : failure(fileError("Could not give the folder its name", target_, s.error()));
    }
    published_ = true;

    // Before the old set goes: a power loss must not leave the old name on a half removed set.
    if (const auto s = files_.syncDirectory(parentOf(target_)); !s)
        return failure(
            fileError("The folder is in place, but the disk did not confirm it", target_, s.error()));
    old_ = std::move(old);
    return {};
}

// The new folder under the final name, the old one under `old`.
Status StagedFolder::takePlace(std::optional<Path>& old)
{
    constexpr std::string_view what = "Could not put the new folder in the place of the old one";
    const auto exchanged = files_.exchange(folder_, target_);
    if (exchanged) {
        old = folder_;
        return {};
    }
    if (!cannotExchange(exchanged.error())) return failure(fileError(what, target_, exchanged.error()));

    Path aside = folder_;
    aside += "-old";
    if (const auto s = files_.renameNoReplace(target_, aside); !s)
        return failure(fileError(what, target_, s.error()));
    if (const auto s = files_.renameNoReplace(folder_, target_); !s) {
        if (const auto back = files_.renameNoReplace(aside, target_); !back)
            return failure(fileError("Could not put the new folder in its place; the old one is now called " +
                                         shown(aside.filename()),
                                     target_, s.error()));
        return failure(fileError(what, target_, s.error()));
    }
    old = aside;
    return {};
}

std::vector<Path> leftovers(FileOps& files, const Path& wanted, FileStat::Type type)
{
    const Path target = withoutTrailingSlash(wanted);
    const std::string begin = hiddenName(target, partial);
    std::vector<Path> found;
    const auto names = files.list(parentOf(target));
    if (!names) return found;
    for (const std::string& name : *names) {
        if (!name.starts_with(begin)) continue;
        const Path path = target.parent_path() / name;
        const auto stat = files.stat(path);
        if (stat && stat->type == type) found.push_back(path);
    }
    return found;
}

Status removeTree(FileOps& files, const Path& folder)
{
    constexpr std::string_view what = "Could not remove the folder";
    const auto itself = files.stat(folder);
    if (!itself) return failure(fileError(what, folder, itself.error()));
    if (itself->type != FileStat::Type::directory)
        return failure(fileError(what, folder, SystemError{ENOTDIR}));
    const auto names = files.list(folder);
    if (!names) return failure(fileError(what, folder, names.error()));
    Status first;
    const auto note = [&first](Status s) {
        if (!s && first) first = std::move(s);
    };
    for (const std::string& name : *names) {
        const Path path = folder / name;
        const auto stat = files.stat(path);
        if (!stat)
            note(failure(fileError(what, path, stat.error())));
        else if (stat->type == FileStat::Type::directory)
            note(removeTree(files, path));
        else if (const auto s = files.unlink(path); !s)
            note(failure(fileError(what, path, s.error())));
    }
    if (const auto s = files.removeDirectory(folder); !s) note(failure(fileError(what, folder, s.error())));
    return first;
}

} // namespace segue
