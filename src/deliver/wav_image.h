/// \file
/// The CD image as one WAV file from A-time 00:02:00 on, verified after writing like the DDP, with its cue
/// and TOC.
#pragma once

#include "deliver/ddp_export.h"

namespace segue {

enum class ImageSheet { none, cue, toc };

/// Writes `out` (a .wav, .cue or .toc path; the WAV stands beside its sheet under the same stem). All or
/// nothing; existing files are refused unless `replace`. Multi-disc editions give NAME-CD1, NAME-CD2 ...
[[nodiscard]] Result<DdpExportOutcome> exportImage(FileOps& files, const Album& album, const Edition& edition,
                                                   const Path& out, ImageSheet sheet,
                                                   const DdpExportOptions& options);

} // namespace segue
