/// \file
/// Audio files that are not there or not what they were: what is another about them, what is said of it, and
/// the album that takes them as they are now.
#pragma once

#include "album/edit.h"
#include "app/source_states.h"
#include "audio/audio_file.h"
#include "core/finding.h"

#include <functional>
#include <string>
#include <vector>

namespace segue::gui {

struct SourceNews {
    SourceState state{};
    bool whileOpen = false;    ///< written to since it was seen here
    bool otherSound = false;   ///< surely: rate, length or channels are another
    std::string differences{}; ///< changeWords(), or why the file cannot be read
};

/// "16 → 24 bit, 0:38.339 → 0:39.000": what a file's header says that the album does not. Empty: nothing.
[[nodiscard]] std::string changeWords(const Source& before, const AudioFileInfo& now);

/// Every file that is missing, was written to since it was seen, or is seen for the first time and has
/// another header than the album says. Waits for the disk.
/// \param infoOf a file's header; asked of those that changed or were not seen yet
[[nodiscard]] std::vector<SourceNews> newsOf(const std::vector<SourceState>& states, const Album& album,
                                             const SeenSources& seen,
                                             const std::function<Result<AudioFileInfo>(const Path&)>& infoOf);
[[nodiscard]] Findings findingsOf(const std::vector<SourceNews>& news);

/// The album with another sound under a source: clips that took in the whole file take in the whole of the
/// new one. An Error as edit::relinkSource().
[[nodiscard]] Result<Album> withOtherFile(Album album, SourceId id, edit::NewSource file);

} // namespace segue::gui
