/// \file
/// The reports beside a delivered set: where they lie, how they are written, and what they allow to be replaced.
#pragma once

#include "core/file_ops.h"
#include "core/safe_write.h"

#include <string>

namespace segue {

/// "OUT.report.json" beside the folder OUT.
[[nodiscard]] Path reportPath(const Path& out, std::string_view ending);

/// Both reports written aside and synced, so that only two renames are left once the set has its name. What was not
/// published is removed again.
class PendingReports {
public:
    PendingReports(FileOps& files, Path json, Path text);
    ~PendingReports();
    PendingReports(const PendingReports&) = delete;
    PendingReports& operator=(const PendingReports&) = delete;
    [[nodiscard]] Status write(const std::string& json, const std::string& text);
    [[nodiscard]] Status publish();

private:
    [[nodiscard]] Status writeOne(const Path& path, const std::string& content);
    FileOps& files_;
    Path json_, text_, pendingJson_, pendingText_;
    bool published_ = false;
};

/// Whether `out` may be replaced: nothing there, or a folder that its report describes completely, file by file with
/// size and MD5. Any other file in it refuses, by name.
[[nodiscard]] Status mayBeReplaced(FileOps& files, const Path& out);

} // namespace segue
