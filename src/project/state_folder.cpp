#include "project/state_folder.h"

#include "core/hash.h"

#include <cerrno>
#include <tuple>

namespace segue {

Path stateFolder(const std::string& stateHome, const std::string& home)
{
    if (stateHome.starts_with('/')) return Path{stateHome} / "segue";
    if (home.starts_with('/')) return Path{home} / ".local/state/segue";
    return {};
}

std::string projectId(FileOps& files, const Path& project)
{
    Path real = project;
    if (const auto whole = files.realPath(project)) {
        real = *whole;
    } else {
        const Path parent = project.has_parent_path() ? project.parent_path() : Path{"."};
        if (const auto folder = files.realPath(parent)) real = *folder / project.filename();
    }
    return sha256(bytesOf(real.native())).substr(0, 32);
}

SystemStatus makeFolders(FileOps& files, const Path& folder)
{
    if (folder.empty()) return std::unexpected{SystemError{ENOENT}};
    auto made = files.makeDirectory(folder);
    if (!made && made.error().code == ENOENT && folder.has_parent_path() && folder.parent_path() != folder) {
        if (const auto above = makeFolders(files, folder.parent_path()); !above) return above;
        made = files.makeDirectory(folder);
    }
    if (!made) return made.error().code == EEXIST ? SystemStatus{} : made;
    std::ignore = files.syncDirectory(folder.parent_path());
    return {};
}

} // namespace segue
