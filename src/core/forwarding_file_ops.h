/// \file
/// FileOps and File that pass every call on: the base of those that watch some of the calls.
#pragma once

#include "core/file_ops.h"

namespace segue {

class ForwardingFile : public File {
public:
    explicit ForwardingFile(std::unique_ptr<File> under) : under_{std::move(under)} {}
    [[nodiscard]] SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
    {
        return under_->readSome(offset, into);
    }
    [[nodiscard]] SystemResult<std::size_t> writeSome(std::int64_t offset,
                                                      std::span<const std::byte> bytes) override
    {
        return under_->writeSome(offset, bytes);
    }
    [[nodiscard]] SystemResult<FileStat> stat() override { return under_->stat(); }
    [[nodiscard]] SystemStatus allocate(std::int64_t size) override { return under_->allocate(size); }
    [[nodiscard]] SystemStatus setPermissions(std::uint32_t mode, std::uint32_t group) override
    {
        return under_->setPermissions(mode, group);
    }
    [[nodiscard]] SystemStatus sync() override { return under_->sync(); }
    void startWriteBack(std::int64_t offset, std::int64_t length) override
    {
        under_->startWriteBack(offset, length);
    }
    [[nodiscard]] SystemStatus finishWriteBack(std::int64_t offset, std::int64_t length) override
    {
        return under_->finishWriteBack(offset, length);
    }
    void expectReading(std::int64_t offset, std::int64_t length) override
    {
        under_->expectReading(offset, length);
    }
    void dropCache(std::int64_t offset, std::int64_t length) override { under_->dropCache(offset, length); }
    [[nodiscard]] SystemStatus close() override { return under_->close(); }

protected:
    [[nodiscard]] File& under() { return *under_; }

private:
    std::unique_ptr<File> under_;
};

class ForwardingFileOps : public FileOps {
public:
    explicit ForwardingFileOps(FileOps& under) : under_{under} {}
    [[nodiscard]] SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override
    {
        return under_.openForReading(path);
    }
    [[nodiscard]] SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder,
                                                                  const Path& name) override
    {
        return under_.openBeneath(folder, name);
    }
    [[nodiscard]] SystemResult<std::unique_ptr<File>> createNew(const Path& path) override
    {
        return under_.createNew(path);
    }
    [[nodiscard]] SystemResult<FileStat> stat(const Path& path) override { return under_.stat(path); }
    [[nodiscard]] SystemResult<Path> realPath(const Path& path) override { return under_.realPath(path); }
    [[nodiscard]] SystemResult<std::vector<std::string>> list(const Path& folder) override
    {
        return under_.list(folder);
    }
    [[nodiscard]] SystemStatus makeDirectory(const Path& path) override { return under_.makeDirectory(path); }
    [[nodiscard]] SystemStatus removeDirectory(const Path& path) override
    {
        return under_.removeDirectory(path);
    }
    [[nodiscard]] SystemStatus unlink(const Path& path) override { return under_.unlink(path); }
    [[nodiscard]] SystemStatus hardLink(const Path& existing, const Path& link) override
    {
        return under_.hardLink(existing, link);
    }
    [[nodiscard]] SystemStatus rename(const Path& from, const Path& to) override
    {
        return under_.rename(from, to);
    }
    [[nodiscard]] SystemStatus renameNoReplace(const Path& from, const Path& to) override
    {
        return under_.renameNoReplace(from, to);
    }
    [[nodiscard]] SystemStatus exchange(const Path& a, const Path& b) override
    {
        return under_.exchange(a, b);
    }
    [[nodiscard]] SystemStatus syncDirectory(const Path& path) override { return under_.syncDirectory(path); }
    [[nodiscard]] SystemResult<std::int64_t> freeSpace(const Path& folder) override
    {
        return under_.freeSpace(folder);
    }

private:
    FileOps& under_;
};

} // namespace segue
