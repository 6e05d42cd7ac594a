/// \file
/// Cue sheets and cdrdao TOC files for the CD image: both start at A-time 00:02:00 (LBA 0), so that a disc
/// burned from them has the DDP's table of contents. Only the image's own cue sheet (beside IMAGE.DAT) counts
/// from 00:00:00.
#pragma once

#include "core/result.h"
#include "deliver/disc_of.h"

#include <string>

namespace segue {

enum class CueEncoding { utf8, latin1 };

/// \param audioFile its name as it stands in the sheet; audio from A-time 00:02:00 on, 16-bit WAV
/// UTF-8 without BOM, LF. Texts with line ends, which a cue sheet cannot hold, are an Error;
/// quotes inside a text are written as they are, since our parser ends a text at the last one of its line.
[[nodiscard]] Result<std::string> cueSheetFor(const PlannedDisc& disc, const std::string& audioFile);
/// IMAGE.cue beside IMAGE.DAT: absolute times, `FILE "IMAGE.DAT" BINARY`; in profile cue2ddp byte for byte as
/// cue2ddp -c writes it (Latin-1), otherwise with a REM that says where it counts from.
[[nodiscard]] Result<std::string> imageCueFor(const PlannedDisc& disc, ddp::Profile profile);
/// For cdrdao: CATALOG, CD_TEXT with every language, per track flags, ISRC, START and INDEX. \param audioFile
/// a WAV
[[nodiscard]] Result<std::string> tocFor(const PlannedDisc& planned, const std::string& audioFile);

/// What the disc has and a sheet has no word for, so that a disc burned from it lacks it: one
/// DELIVER.SHEET_FLAG_LEFT_OUT for each track with SCMS, and one DELIVER.SHEET_TEXT_LEFT_OUT.
[[nodiscard]] Findings leftOutOfCueSheet(const PlannedDisc& disc);
[[nodiscard]] Findings leftOutOfToc(const PlannedDisc& disc);

} // namespace segue
