#include "deliver/report_parts.h"

#include "core/file_ops.h"

namespace segue {

std::string reportedName(const std::string& path) { return Path{path}.filename().string(); }

std::string placeInReport(Place where)
{
    where.file = reportedName(where.file);
    return describe(where);
}

std::string_view spanKindName(RenderSpan::Kind kind)
{
    switch (kind) {
    case RenderSpan::Kind::silence: return "silence";
    case RenderSpan::Kind::copied: return "copied";
    case RenderSpan::Kind::dithered: break;
    }
    return "dithered";
}

std::vector<ReportedSpan> spansOfEntry(const RenderPlan& plan, std::size_t entry)
{
    std::vector<ReportedSpan> all;
    for (const RenderSpan& span : plan.spans) {
        if (span.entry != entry) continue;
        if (!all.empty() && all.back().end == span.begin && all.back().kind == span.kind &&
            all.back().reason == span.reason)
            all.back().end = span.end;
        else
            all.push_back({span.begin, span.end, span.kind, span.reason});
    }
    return all;
}

} // namespace segue
