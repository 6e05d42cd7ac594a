/// \file
/// What was delivered and how it was proven, for the engineer's own archive: `OUT.report.json` and
/// `OUT.report.txt`. No clock, host, user or absolute path in either: the same project gives the same report.
#pragma once

#include "deliver/ddp_export.h"

#include <optional>
#include <string>

namespace segue {

[[nodiscard]] std::string reportJson(const Album& album, const Edition& edition,
                                     const DdpExportOptions& options, const DdpExportOutcome& outcome,
                                     const CheckedSources& sources);
[[nodiscard]] std::string reportText(const Album& album, const Edition& edition,
                                     const DdpExportOptions& options, const DdpExportOutcome& outcome,
                                     const CheckedSources& sources);

/// The files of a delivered set as its report lists them; an Error when `json` is no such report.
[[nodiscard]] Result<std::vector<DeliveredFile>> filesOfReport(std::string_view json,
                                                               const std::string& name);

} // namespace segue
