#include "project/source_paths.h"

#include <algorithm>

namespace segue {

namespace {

constexpr std::string_view up = "../";

std::string_view withoutSlash(std::string_view folder)
{
    while (folder.ends_with('/')) folder.remove_suffix(1);
    return folder;
}

// "" for "/a".
std::string_view parentOf(std::string_view folder)
{
    folder = withoutSlash(folder);
    const auto slash = folder.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : withoutSlash(folder.substr(0, slash));
}

// No empty part, no "." and no "..".
bool isPlain(std::string_view path)
{
    while (true) {
        const auto slash = path.find('/');
        const auto part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

std::string_view below(std::string_view path, std::string_view folder)
{
    if (!path.starts_with(folder) || path.size() <= folder.size() || path[folder.size()] != '/') return {};
    return path.substr(folder.size() + 1);
}

} // namespace

std::string storedPath(std::string_view path, std::string_view folder)
{
    if (!folder.starts_with('/')) return std::string{path};
    const auto here = withoutSlash(folder);
    if (const auto rest = below(path, here); isPlain(rest)) return std::string{rest};
    // Beside the project, but never by way of the file system's root: everything is beside that.
    const auto parent = parentOf(here);
    if (parent.empty()) return std::string{path};
    if (const auto rest = below(path, parent); isPlain(rest)) return std::string{up} + std::string{rest};
    return std::string{path};
}

std::string absolutePath(std::string_view stored, std::string_view folder)
{
    if (stored.starts_with('/')) return std::string{stored};
    auto base = withoutSlash(folder);
    while (stored.starts_with(up)) {
        stored.remove_prefix(up.size());
        base = parentOf(base);
    }
    return std::string{base} + '/' + std::string{stored};
}

bool leavesReach(std::string_view stored)
{
    if (stored.starts_with('/')) return true;
    if (stored.starts_with(up)) stored.remove_prefix(up.size());
    return !isPlain(stored);
}

} // namespace segue
