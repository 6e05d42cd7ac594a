/// \file
/// The verified delivery of a record: one 24-bit WAV with marks per side, checksums and cut sheet in a folder
/// that exists under its name only when everything in it was written, read back and matched.
#pragma once

#include "audio/render.h"
#include "deliver/ddp_export.h"
#include "deliver/side_files.h"
#include "vinyl/vinyl_plan.h"

#include <optional>
#include <string>
#include <vector>

namespace segue {

struct SideExportOptions {
    std::optional<SampleRate> rate{}; ///< absent: vinyl::programmeRate()
    Duration leadIn = seconds(1), tail = seconds(2);
    std::string pattern = defaultSidePattern;
    Decibels gain{};                               ///< for all sides alike, never for one
    std::optional<vinyl::Elliptical> elliptical{}; ///< the engineer's explicit choice
    vinyl::PlanWish wish{};                        ///< record, profiles, level; `sides` splits anew
    Dither dither = Dither::tpdf;                  ///< or none
    std::uint64_t seed = 1;
    RenderWork work{};
    bool replace = false;
    std::vector<std::string> allow{};
    std::string albumName{};  ///< for report and sheet: the input's file name
    Findings inputFindings{}; ///< what reading the input found; judged with the rest
};

struct DeliveredSide {
    PlannedSide plan{};
    RenderPlan rendering{};
    RenderOutcome outcome{};
    std::optional<double> truePeak{}; ///< dBTP; absent in silence
    DeliveredFile file{};
};
struct SideExportOutcome {
    vinyl::Programme programme{};
    vinyl::VinylPlan plan{};
    std::vector<DeliveredSide> sides{};
    std::vector<DeliveredFile> files{}; ///< everything in the folder
    Findings findings{}; ///< all, overridden ones included; when one still blocks, nothing was written
    bool written = false;
    Path folder{}, reportJson{}, reportText{};
    [[nodiscard]] bool refused() const { return blocks(findings); }
};

/// \param edition any medium: its order, gaps and breaks as a record
/// An Error is a disk, a cancel or unusable input; broken rules are findings with written == false.
[[nodiscard]] Result<SideExportOutcome> exportSides(FileOps& files, const Album& album,
                                                    const Edition& edition, const Path& out,
                                                    const SideExportOptions& options);

} // namespace segue
