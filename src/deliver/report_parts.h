/// \file
/// What the reports of all deliveries have in common.
#pragma once

#include "audio/render.h"
#include "core/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace segue {

inline constexpr std::string_view reportKind = "segue delivery report";

/// The last part of a path: reports leave this machine.
[[nodiscard]] std::string reportedName(const std::string& path);
[[nodiscard]] std::string placeInReport(Place where);
[[nodiscard]] std::string_view spanKindName(RenderSpan::Kind kind);

/// Neighbouring spans of one kind and reason, together.
struct ReportedSpan {
    SamplePos begin{}, end{};
    RenderSpan::Kind kind{};
    SpanReason reason{};
};
[[nodiscard]] std::vector<ReportedSpan> spansOfEntry(const RenderPlan& plan, std::size_t entry);

} // namespace segue
