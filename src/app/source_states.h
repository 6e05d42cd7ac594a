/// \file
/// Whether the audio files of an album are still there and still what they were: by a look at each file's
/// entry on the disk, not by reading it. Pure queries that a worker may ask while somebody edits.
#pragma once

#include "album/album.h"
#include "core/file_ops.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segue {

/// What was seen of the files when they were last known to be right, by path.
using SeenSources = std::map<std::string, FileStat>;

struct SourceState {
    enum class State { present, missing, changed };
    SourceId source{};
    std::string path{};
    State state = State::present;
    std::optional<FileStat> now{}; ///< of the file itself, not of a link to it
};

/// One for each source, in the album's order. A source that was not seen before is present when there is a
/// file. Changed: another size, time of writing or file than was seen. May wait for a slow disk.
[[nodiscard]] std::vector<SourceState> sourceStates(FileOps& files, const Album& album,
                                                    const SeenSources& seen);

} // namespace segue
