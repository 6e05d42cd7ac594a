/// \file
/// The reports of `segue measure --report`: an album's loudness as rendered, and mixes as they come in.
#pragma once

#include "cli/measured_tables.h"
#include "cli/printed_report.h"
#include "measure/edition_scan.h"
#include "measure/intake.h"

#include <string>
#include <vector>

namespace segue::cli {

/// \param measured for its text
[[nodiscard]] PrintedReport loudnessReportOf(const Album& album, const Edition& edition,
                                             const EditionScan& scan, const Measured& measured);

/// \param folder the mixes' common folder by its last name; may be empty
[[nodiscard]] PrintedReport intakeReportOf(std::vector<IntakeMix> mixes, const std::string& folder);
/// The same for a terminal.
[[nodiscard]] std::string intakeText(const std::vector<IntakeMix>& mixes);

} // namespace segue::cli
