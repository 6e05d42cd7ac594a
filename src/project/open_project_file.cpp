#include "project/open_project_file.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <cerrno>

namespace segue {

namespace {

constexpr auto mostBytes = static_cast<std::int64_t>(maxXmlBytes);

std::string shown(const Path& path) { return escapedForDisplay(path.filename().native()); }

} // namespace

Result<OpenProjectFile::Opened> OpenProjectFile::open(FileOps& files, const Path& path)
{
    const auto text = readTextFile(files, path, mostBytes);
    if (!text) return failure(text.error());
    const auto real = files.realPath(path);
    if (!real) return failure(fileError("Could not open the project", path, real.error()));
    auto project = parseProject(*text, real->parent_path(), shown(path));
    if (!project) return failure(project.error());
    Opened opened{.project = std::move(*project)};
    opened.file.path_ = *real;
    opened.file.hash_ = sha256(bytesOf(*text));
    return opened;
}

OpenProjectFile OpenProjectFile::at(Path realPath, std::string hash)
{
    OpenProjectFile file;
    file.path_ = std::move(realPath);
    file.hash_ = std::move(hash);
    return file;
}

Result<bool> OpenProjectFile::changedOnDisk(FileOps& files) const
{
    if (!saved()) return false;
    const auto text = readTextFile(files, path_, mostBytes);
    if (text) return sha256(bytesOf(*text)) != hash_;
    if (text.error().systemError == ENOENT) return false;
    return failure(text.error());
}

Status OpenProjectFile::unchanged(FileOps& files) const
{
    const auto changed = changedOnDisk(files);
    if (!changed) return failure(changed.error());
    if (!*changed) return {};
    return failure("The project was changed on the disk since it was opened or saved here; saving now would "
                   "lose what was saved there. Save under another name, or open it again",
                   shown(path_), ErrorKind::refused);
}

Status OpenProjectFile::save(FileOps& files, const Project& project, SaveOver over, const LockOwner& self,
                             const StillRuns& stillRuns)
{
    const bool anyway = over == SaveOver::anyway;
    const auto saving =
        LockFile::take(files, path_.parent_path() / hiddenName(path_, "saving"), self, stillRuns, anyway);
    if (saving.other && !anyway)
        return failure(
            fmt::format("The project is just being saved by {}; try again", displayName(*saving.other)),
            shown(path_), ErrorKind::refused);
    if (saving.problem && !anyway) return failure(*saving.problem);
    const auto look = [&] { return anyway ? Status{} : unchanged(files); };
    if (auto s = look(); !s) return s;
    const auto xml =
        formatProject(project.album, path_.parent_path(), project.foreign.get(), project.versions);
    if (!xml) return failure(xml.error());
    const auto done = saveProject(files, path_, project, look);
    const std::string hash = sha256(bytesOf(*xml));
    // A save that failed in its last step may have left the new file in place: then that is ours, too.
    if (!done) {
        const auto now = readTextFile(files, path_, mostBytes);
        if (!now || sha256(bytesOf(*now)) != hash) return done;
    }
    hash_ = hash;
    return done;
}

Status OpenProjectFile::saveAs(FileOps& files, const Path& path, const Project& project,
                               const LockOwner& self, const StillRuns& stillRuns)
{
    OpenProjectFile next;
    const auto real = files.realPath(path);
    if (real) {
        next.path_ = *real;
    } else {
        const auto folder = files.realPath(path.has_parent_path() ? path.parent_path() : Path{"."});
        if (!folder) return failure(fileError("Could not save the project", path, folder.error()));
        next.path_ = *folder / path.filename();
    }
    if (auto s = next.save(files, project, SaveOver::anyway, self, stillRuns); !s) return s;
    *this = std::move(next);
    return {};
}

} // namespace segue
