/// \file
/// The reports beside delivered side files, for the engineer's own archive: what was copied, what dithered
/// and why, peaks and findings. No clock, host, user or absolute path in them.
#pragma once

#include "deliver/side_export.h"
#include "deliver/source_check.h"

#include <string>

namespace segue {

struct SideReport {
    const Album& album;
    const Edition& record;
    const SideExportOptions& options;
    const SideExportOutcome& outcome;
    const CheckedSources& sources;
};
/// filesOfReport() reads it.
[[nodiscard]] std::string sideReportJson(const SideReport& report);
[[nodiscard]] std::string sideReportText(const SideReport& report);

/// What was done to the sound of all sides, for sheet and report: rate, gain, equaliser, dither.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> treatmentOf(const SideExportOptions& options,
                                                                           SampleRate rate);

} // namespace segue
