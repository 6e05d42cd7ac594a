/// \file
/// The reports beside a delivered set: where they lie, and what they allow to be replaced.
#pragma once

#include "core/file_ops.h"

#include <string_view>

namespace segue {

/// "OUT.report.json" beside the folder OUT.
[[nodiscard]] Path reportPath(const Path& out, std::string_view ending);

/// Whether `out` may be replaced: nothing there, or a folder that its report describes completely, file by
/// file with size and MD5. Any other file in it refuses, by name.
[[nodiscard]] Status mayBeReplaced(FileOps& files, const Path& out);

} // namespace segue
