/// \file
/// The reports beside a delivered set: where they lie, and what they allow to be replaced.
#pragma once

#include "core/file_ops.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace segue {

/// "OUT.report.json" beside the folder OUT.
[[nodiscard]] Path reportPath(const Path& out, std::string_view ending);

/// The MD5 of a file when it is known without reading it.
using KnownMd5 = std::function<std::optional<std::string>(const Path& file)>;

/// Whether `out` may be replaced: nothing there, or a folder that its report describes completely, file by
/// file with size and MD5. Any other file in it refuses, by name.
[[nodiscard]] Status mayBeReplaced(FileOps& files, const Path& out, const KnownMd5& known = {});

} // namespace segue
