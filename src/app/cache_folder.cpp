#include "app/cache_folder.h"

#include <cstdlib>

namespace segue {

Path cacheFolder()
{
    const auto absolute = [](const char* name) {
        const char* value = std::getenv(name);
        const Path path = value == nullptr ? Path{} : Path{value};
        return path.is_absolute() ? path : Path{};
    };
    if (const Path cache = absolute("XDG_CACHE_HOME"); !cache.empty()) return cache / "segue";
    if (const Path home = absolute("HOME"); !home.empty()) return home / ".cache" / "segue";
    return {};
}

} // namespace segue
