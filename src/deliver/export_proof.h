/// \file
/// The proof half of an export: the staged set read back from the disk by the independent reader and its disc
/// compared with the album's, the CD-Text with libcdio's opinion. The image has proven itself while it was
/// written (proven_file.h).
#pragma once

#include "audio/render.h"
#include "core/file_ops.h"
#include "ddp/red_book.h"
#include "ddp/verify.h"
#include "deliver/cue_toc.h"
#include "deliver/disc_of.h"
#include "deliver/proven_file.h"

namespace segue {

struct ProofInput {
    Path folder{};
    const PlannedDisc& planned;
    const ddp::Fileset& fileset;
    const ProvenSums& image;
    Progress progress{};
};
/// An Error names the first thing on the disk that is not what was meant.
[[nodiscard]] Result<ddp::Verification> proveSet(FileOps& files, const ProofInput& input);

[[nodiscard]] Findings secondOpinionOnFileset(const ddp::Fileset& fileset, const ddp::CdText& meant);

/// Renders again, with other blocks and one thread, and compares with the image on the disk.
[[nodiscard]] Status proveBySecondRender(FileOps& files, const Album& album, const PlannedDisc& planned,
                                         const RenderPlan& plan, const RenderSettings& settings,
                                         const Path& image, const Progress& progress);

/// Reads `path` from the disk and compares.
[[nodiscard]] Status readBackEquals(FileOps& files, const Path& path, std::span<const std::byte> bytes);

} // namespace segue
