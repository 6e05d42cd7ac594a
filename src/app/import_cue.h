/// \file
/// From a cue sheet and its files to an album with one CD edition whose frames are exactly the sheet's.
#pragma once

#include "album/album.h"
#include "app/audio_probe.h"
#include "core/file_ops.h"
#include "core/finding.h"
#include "core/progress.h"
#include "ddp/records.h"
#include "project/cue_sheet.h"

#include <optional>

namespace segue {

struct CueImportOptions {
    ddp::Profile profile = ddp::Profile::standard;
    /// Where the first file's start lies: A-time 00:00:00 or 00:02:00. Absent: by design.md, section 4:
    /// 00:02:00, unless the profile or two seconds of digital silence say that an INDEX 00 of track 1 is
    /// 00:00:00.
    std::optional<CdFramePos> origin{};
    Progress progress{};
    AudioProber* prober = nullptr; ///< see addSourceFile
};
struct ImportedAlbum {
    Album album{};
    Findings findings{};
};

/// Files are opened beneath the sheet's folder only.
[[nodiscard]] Result<ImportedAlbum> importCue(FileOps& files, const Path& cueFile,
                                              const CueImportOptions& options);

} // namespace segue
