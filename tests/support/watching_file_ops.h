/// \file
/// Passes every call on to the real file system, and remembers where files were opened and made: by the path
/// that they really have, with all links followed.
#pragma once

#include "core/forwarding_file_ops.h"

#include <algorithm>
#include <string>
#include <vector>

namespace segue::test {

class WatchingFileOps final : public ForwardingFileOps {
public:
    WatchingFileOps() : ForwardingFileOps{realFileOps()} {}
    std::vector<std::string> opened{};
    /// The first opened path that is not below `folder`; "" when all are.
    [[nodiscard]] std::string firstOutside(const Path& folder) const
    {
        const std::string inside = std::filesystem::canonical(folder).string() + "/";
        const auto out =
            std::ranges::find_if(opened, [&](const std::string& p) { return !p.starts_with(inside); });
        return out == opened.end() ? "" : *out;
    }

    SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override
    {
        return noted(ForwardingFileOps::openForReading(path), path);
    }
    SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder, const Path& name) override
    {
        return noted(ForwardingFileOps::openBeneath(folder, name), folder / name);
    }
    SystemResult<std::unique_ptr<File>> createNew(const Path& path) override
    {
        return noted(ForwardingFileOps::createNew(path), path);
    }

private:
    SystemResult<std::unique_ptr<File>> noted(SystemResult<std::unique_ptr<File>> file, const Path& path)
    {
        if (file) opened.push_back(std::filesystem::canonical(path).string());
        return file;
    }
};

} // namespace segue::test
