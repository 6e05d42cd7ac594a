/// \file
/// Passes every call on to the real file system, and remembers where files were opened and made: by the path
/// that they really have, with all links followed.
#pragma once

#include "core/file_ops.h"

#include <algorithm>
#include <string>
#include <vector>

namespace segue::test {

class WatchingFileOps final : public FileOps {
public:
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
        return noted(real_.openForReading(path), path);
    }
    SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder, const Path& name) override
    {
        return noted(real_.openBeneath(folder, name), folder / name);
    }
    SystemResult<std::unique_ptr<File>> createNew(const Path& path) override
    {
        return noted(real_.createNew(path), path);
    }
    SystemResult<FileStat> stat(const Path& path) override { return real_.stat(path); }
    SystemResult<Path> realPath(const Path& path) override { return real_.realPath(path); }
    SystemResult<std::vector<std::string>> list(const Path& folder) override { return real_.list(folder); }
    SystemStatus makeDirectory(const Path& path) override { return real_.makeDirectory(path); }
    SystemStatus removeDirectory(const Path& path) override { return real_.removeDirectory(path); }
    SystemStatus unlink(const Path& path) override { return real_.unlink(path); }
    SystemStatus hardLink(const Path& existing, const Path& link) override
    {
        return real_.hardLink(existing, link);
    }
    SystemStatus rename(const Path& from, const Path& to) override { return real_.rename(from, to); }
    SystemStatus renameNoReplace(const Path& from, const Path& to) override
    {
        return real_.renameNoReplace(from, to);
    }
    SystemStatus exchange(const Path& a, const Path& b) override { return real_.exchange(a, b); }
    SystemStatus syncDirectory(const Path& path) override { return real_.syncDirectory(path); }
    SystemResult<std::int64_t> freeSpace(const Path& folder) override { return real_.freeSpace(folder); }

private:
    SystemResult<std::unique_ptr<File>> noted(SystemResult<std::unique_ptr<File>> file, const Path& path)
    {
        if (file) opened.push_back(std::filesystem::canonical(path).string());
        return file;
    }
    FileOps& real_ = realFileOps();
};

} // namespace segue::test
