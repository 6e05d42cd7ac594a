/// \file
/// A FileOps for tests that wraps another and makes a chosen call fail. Part of the library, because the
/// torture programs and other people's tests use it too. recording_file_ops.h has its sibling for power
/// losses.
#pragma once

#include "core/file_ops.h"

#include <functional>
#include <optional>
#include <set>

namespace segue {

/// Which calls count towards the N-th. File::setPermissions and realPath count as stat, renameNoReplace and
/// exchange as rename, createNew as open.
enum class FileCall : std::uint8_t {
    open,
    read,
    write,
    sync,
    allocate,
    close,
    stat,
    list,
    makeDirectory,
    removeDirectory,
    unlink,
    link,
    rename,
    syncDirectory,
    freeSpace,
};

/// Passes everything on to another FileOps, but fails the N-th counted call. A fault that injects into
/// close() still closes.
class FaultyFileOps final : public FileOps {
public:
    struct Fault {
        std::set<FileCall> calls{};  ///< which kinds count; empty: all
        std::int64_t failAt = -1;    ///< index of the call that fails, from 0; -1: none
        int error = 5;               ///< errno (5 = EIO)
        bool forEver = false;        ///< all counted calls from failAt on fail
        std::size_t shortWrites = 0; ///< > 0: every write takes at most this many bytes
        bool interruptEvery = false; ///< every second read and write first answers EINTR
        bool pretendSync = false;    ///< syncs that do not fail do nothing, and nothing is dropped from the
                                     ///< cache: for tests that make thousands
        /// Reading this byte of the file now answers `error`, as a bad sector does; what lies before it is
        /// still given. -1: every byte can be read.
        std::function<std::int64_t(const Path& path)> badByte{};
        /// Called before each counted call, from its thread: may end the program, or change the disk behind
        /// the caller's back.
        std::function<void(std::int64_t index, FileCall call, const Path& path)> before{};
    };
    FaultyFileOps(FileOps& under, Fault fault);
    ~FaultyFileOps() override;
    /// Counted calls so far: run once without a fault to learn how many there are.
    [[nodiscard]] std::int64_t counted() const;
    /// What the failed calls were asked of; of a rename the new name.
    [[nodiscard]] std::set<Path> failedPaths() const;

    [[nodiscard]] SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override;
    [[nodiscard]] SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder,
                                                                  const Path& name) override;
    [[nodiscard]] SystemResult<std::unique_ptr<File>> createNew(const Path& path) override;
    [[nodiscard]] SystemResult<FileStat> stat(const Path& path) override;
    [[nodiscard]] SystemResult<Path> realPath(const Path& path) override;
    [[nodiscard]] SystemResult<std::vector<std::string>> list(const Path& folder) override;
    [[nodiscard]] SystemStatus makeDirectory(const Path& path) override;
    [[nodiscard]] SystemStatus removeDirectory(const Path& path) override;
    [[nodiscard]] SystemStatus unlink(const Path& path) override;
    [[nodiscard]] SystemStatus hardLink(const Path& existing, const Path& link) override;
    [[nodiscard]] SystemStatus rename(const Path& from, const Path& to) override;
    [[nodiscard]] SystemStatus renameNoReplace(const Path& from, const Path& to) override;
    [[nodiscard]] SystemStatus exchange(const Path& a, const Path& b) override;
    [[nodiscard]] SystemStatus syncDirectory(const Path& path) override;
    [[nodiscard]] SystemResult<std::int64_t> freeSpace(const Path& folder) override;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace segue
