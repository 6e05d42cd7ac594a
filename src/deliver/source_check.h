/// \file
/// Whether an album's files are still what they were: opened, measured whole, compared with their
/// fingerprints, and their stat remembered so that a change during a render is seen.
#pragma once

#include "audio/measure_source.h"
#include "audio/render.h"
#include "core/file_ops.h"

#include <map>

namespace segue {

struct CheckedSource {
    SourceId id{};
    MeasuredSource measured{};
    FileStat stat{};
};
struct SourceCheck {
    std::map<SourceId, CheckedSource> sources{};
    Findings findings{}; ///< AUDIO.MISSING, AUDIO.CHANGED, AUDIO.NOT_FINITE; an unreadable disk is an Error
                         ///< instead
};

/// The sources that the edition's unmuted clips use, each once.
[[nodiscard]] std::vector<SourceId> usedSources(const Album& album, const Edition& edition);
/// Reads every used source once, on all cores.
[[nodiscard]] Result<SourceCheck> checkSources(FileOps& files, const Album& album, const Edition& edition,
                                               const Progress& progress);
/// The same files by stat alone: an Error naming the first that changed since `before`.
[[nodiscard]] Status sourcesUnchanged(FileOps& files, const Album& album, const SourceCheck& before);
/// Opens a source's file as the album describes it; an Error when rate, length or channels differ.
[[nodiscard]] SourceOpener openerFor(FileOps& files);

} // namespace segue
