#include "app/cache_folder.h"

#include <cstdlib>

namespace segue {

namespace {

Path folderNamed(const char* variable, const char* belowHome)
{
    const auto absolute = [](const char* name) {
        const char* value = std::getenv(name);
        const Path path = value == nullptr ? Path{} : Path{value};
        return path.is_absolute() ? path : Path{};
    };
    if (const Path folder = absolute(variable); !folder.empty()) return folder / "segue";
    if (const Path home = absolute("HOME"); !home.empty()) return home / belowHome / "segue";
    return {};
}

} // namespace

Path cacheFolder() { return folderNamed("XDG_CACHE_HOME", ".cache"); }
Path configFolder() { return folderNamed("XDG_CONFIG_HOME", ".config"); }

} // namespace segue
