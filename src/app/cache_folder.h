/// \file
/// Where the programs keep what can be made again (descriptions of earlier renders, overviews, scans), and
/// where users keep files of their own.
#pragma once

#include "core/file_ops.h"

namespace segue {

/// "$XDG_CACHE_HOME/segue", else "$HOME/.cache/segue" (XDG Base Directory Specification 0.8); empty: nowhere,
/// as neither is an absolute path. Inside, "renders" is of earlier_renders.h and "overviews" of
/// overview_cache.h, "scans" of scan_cache.h.
[[nodiscard]] Path cacheFolder();
/// "$XDG_CONFIG_HOME/segue", else "$HOME/.config/segue": files that users wrote, as "services.conf".
[[nodiscard]] Path configFolder();

} // namespace segue
