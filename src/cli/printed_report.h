/// \file
/// A report as a file: PDF, SVG, PNG or plain text, by the ending of its name.
#pragma once

#include "core/file_ops.h"
#include "core/result.h"
#include "picture/draw_list.h"

#include <string>
#include <vector>

namespace segue::cli {

struct PrintedReport {
    std::string title{};
    std::vector<picture::DrawList> pages{}; ///< picture/page_flow.h
    std::string text{};                     ///< the same for a terminal
};

/// Before any work: every name has an ending that is known, and no file stands there unless it may be
/// replaced.
[[nodiscard]] Status checkReportNames(FileOps& files, const std::vector<std::string>& names, bool replace);

/// Writes all of them, each whole or not at all. SVG and PNG hold the pages one below another.
/// \return characters for which no font was found, in a PDF
[[nodiscard]] Result<int> writeReports(FileOps& files, const std::vector<std::string>& names,
                                       const PrintedReport& report);

} // namespace segue::cli
