/// \file
/// What `segue measure --streaming` adds: each service's gain for the album and for every track in shuffle.
#pragma once

#include "core/file_ops.h"
#include "measure/streaming.h"

#include <string>
#include <vector>

namespace segue::cli {

struct StreamingTable {
    std::vector<ServiceRule> rules{};
    std::string rulesFrom{}; ///< the file, or "built in"
    std::vector<std::string> names{};
    std::vector<StreamedLevel> tracks{};
    StreamedLevel album{};
};

/// The user's rules (configFolder()/services.conf) or, where there are none, those built in. An Error names
/// the line.
[[nodiscard]] Result<StreamingTable> streamingRules(FileOps& files);
[[nodiscard]] std::string streamingText(const StreamingTable& table);
/// An array, one object for each service (docs/formats/json.md).
[[nodiscard]] std::string streamingJson(const StreamingTable& table);

} // namespace segue::cli
