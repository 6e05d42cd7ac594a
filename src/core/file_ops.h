/// \file
/// Every access to the file system goes through FileOps: the real one, one that fails on command, one that
/// records. A call is one system call and may do less than asked (short write) or be interrupted; the loops
/// that deal with that are free functions below, so that they are tested with the rest.
///
/// Errors are plain errno values: the functions above turn them into sentences with fileError().
#pragma once

#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

using Path = std::filesystem::path;

/// An errno value.
struct SystemError {
    int code = 0;
    [[nodiscard]] friend bool operator==(SystemError, SystemError) = default;
};
template <class T>
using SystemResult = std::expected<T, SystemError>;
using SystemStatus = std::expected<void, SystemError>;

struct FileStat {
    enum class Type : std::uint8_t { regular, directory, link, other };
    Type type = Type::other;
    std::int64_t size = 0;
    std::int64_t modifiedNanoseconds = 0;
    std::int64_t changedNanoseconds = 0;
    std::uint64_t device = 0, inode = 0;
    std::uint32_t mode = 0; ///< permission bits
    std::uint32_t group = 0;
    [[nodiscard]] friend bool operator==(const FileStat&, const FileStat&) = default;
};

/// An open file. Positions are arguments; there is no cursor. Destroying it closes without a word; whoever
/// wrote calls close() and looks at the answer.
class File {
public:
    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    virtual ~File() = default;
    /// May read less than asked; 0 at the end of the file.
    [[nodiscard]] virtual SystemResult<std::size_t> readSome(std::int64_t offset,
                                                             std::span<std::byte> into) = 0;
    /// May write less than asked.
    [[nodiscard]] virtual SystemResult<std::size_t> writeSome(std::int64_t offset,
                                                              std::span<const std::byte> bytes) = 0;
    [[nodiscard]] virtual SystemResult<FileStat> stat() = 0;
    /// Reserves the blocks, so that a full disk is known now; the length stays what was written. EOPNOTSUPP
    /// where the file system cannot.
    [[nodiscard]] virtual SystemStatus allocate(std::int64_t size) = 0;
    /// Where the group may not be given, it is left, and the mode's group bits become those of everybody
    /// else.
    [[nodiscard]] virtual SystemStatus setPermissions(std::uint32_t mode, std::uint32_t group) = 0;
    /// fsync. After a failure this file is lost: never retried on the same descriptor.
    [[nodiscard]] virtual SystemStatus sync() = 0;
    /// Starts writing back a range without waiting (sync_file_range); a hint.
    virtual void startWriteBack(std::int64_t offset, std::int64_t length) = 0;
    /// Waits until the range is written back (sync_file_range); success where that is unknown. It makes
    /// nothing safe against a power loss: sync() does. An Error counts as one of sync().
    [[nodiscard]] virtual SystemStatus finishWriteBack(std::int64_t /*offset*/, std::int64_t /*length*/)
    {
        return {};
    }
    /// The range will be read next (posix_fadvise); a hint.
    virtual void expectReading(std::int64_t /*offset*/, std::int64_t /*length*/) {}
    /// Drops clean pages from the cache, so that a read comes from the disk; a hint.
    virtual void dropCache(std::int64_t offset, std::int64_t length) = 0;
    [[nodiscard]] virtual SystemStatus close() = 0;
};

class FileOps {
public:
    FileOps() = default;
    FileOps(const FileOps&) = delete;
    FileOps& operator=(const FileOps&) = delete;
    virtual ~FileOps() = default;

    /// Regular files only (EINVAL for a FIFO, device or directory: opened O_NONBLOCK, then fstat).
    [[nodiscard]] virtual SystemResult<std::unique_ptr<File>> openForReading(const Path& path) = 0;
    /// Opens `name` inside `folder` without ever leaving it: no absolute path, no "..", no link out
    /// (openat2 RESOLVE_BENEATH). EXDEV when it would leave. On a kernel without openat2 no link is followed
    /// at all: ELOOP.
    [[nodiscard]] virtual SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder,
                                                                          const Path& name) = 0;
    /// O_CREAT | O_EXCL | O_CLOEXEC, readable and writable.
    [[nodiscard]] virtual SystemResult<std::unique_ptr<File>> createNew(const Path& path) = 0;
    /// Does not follow a link at the end of the path.
    [[nodiscard]] virtual SystemResult<FileStat> stat(const Path& path) = 0;
    [[nodiscard]] virtual SystemResult<Path> realPath(const Path& path) = 0;
    /// Names in the folder, sorted by bytes, without "." and "..".
    [[nodiscard]] virtual SystemResult<std::vector<std::string>> list(const Path& folder) = 0;
    [[nodiscard]] virtual SystemStatus makeDirectory(const Path& path) = 0;
    [[nodiscard]] virtual SystemStatus removeDirectory(const Path& path) = 0;
    [[nodiscard]] virtual SystemStatus unlink(const Path& path) = 0;
    [[nodiscard]] virtual SystemStatus hardLink(const Path& existing, const Path& link) = 0;
    /// Replaces `to`.
    [[nodiscard]] virtual SystemStatus rename(const Path& from, const Path& to) = 0;
    /// EEXIST when `to` exists (renameat2 RENAME_NOREPLACE, with a checked fallback).
    [[nodiscard]] virtual SystemStatus renameNoReplace(const Path& from, const Path& to) = 0;
    /// Swaps two names in one step (RENAME_EXCHANGE); ENOSYS or EINVAL where the file system cannot.
    [[nodiscard]] virtual SystemStatus exchange(const Path& a, const Path& b) = 0;
    [[nodiscard]] virtual SystemStatus syncDirectory(const Path& path) = 0;
    [[nodiscard]] virtual SystemResult<std::int64_t> freeSpace(const Path& folder) = 0;
};

/// The real file system. Also sets SIGXFSZ and SIGPIPE to be ignored, so that they arrive as errors.
[[nodiscard]] FileOps& realFileOps();

/// "disk full", "permission denied": plain words for an errno, never from the locale.
[[nodiscard]] std::string systemWords(int errorNumber);
/// `what` was tried with `path`: "Could not write the project: the disk is full" / path. Kind io, except for
/// a missing or unreadable-by-type input (ENOENT, EINVAL, EISDIR, ENOTDIR, ELOOP, EXDEV), which is input.
[[nodiscard]] Error fileError(std::string_view what, const Path& path, SystemError error);

/// Reads until `into` is full or the file ends; goes on after EINTR and short reads. \return bytes read
[[nodiscard]] SystemResult<std::size_t> readFully(File& file, std::int64_t offset, std::span<std::byte> into);
/// Writes all; goes on after EINTR and short writes. A write of 0 bytes counts as ENOSPC.
[[nodiscard]] SystemStatus writeFully(File& file, std::int64_t offset, std::span<const std::byte> bytes);
/// The whole file, refused above `limit` bytes (never cut).
[[nodiscard]] Result<std::vector<std::byte>> readWholeFile(FileOps& files, const Path& path,
                                                           std::int64_t limit);
[[nodiscard]] Result<std::string> readTextFile(FileOps& files, const Path& path, std::int64_t limit);

} // namespace segue
