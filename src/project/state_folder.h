/// \file
/// Where Segue keeps what belongs to this machine and not into a project: recovery journals, and locks of
/// projects whose own folder cannot be written.
#pragma once

#include "core/file_ops.h"

#include <string>

namespace segue {

/// `$XDG_STATE_HOME/segue`, else `~/.local/state/segue`. Relative values do not count, as the XDG standard
/// has it. Empty when neither is known: then there is no journal.
/// \param stateHome, home  the variables' values, "" when unset
[[nodiscard]] Path stateFolder(const std::string& stateHome, const std::string& home);

/// 32 hexadecimal digits of the real path: the same project by whichever link it was opened.
[[nodiscard]] std::string projectId(FileOps& files, const Path& project);

/// Makes the folder and those above it that are missing; the new names are synced.
[[nodiscard]] SystemStatus makeFolders(FileOps& files, const Path& folder);

} // namespace segue
