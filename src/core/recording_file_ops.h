/// \file
/// A FileOps for tests that wraps another and records every change below one folder, so that each state a
/// power loss could have left on the disk can be built afterwards. Killing a program cannot show these: what
/// was not synced is still in the kernel's memory then.
#pragma once

#include "core/file_ops.h"

#include <functional>
#include <map>

namespace segue {

/// What a disk holds after a power loss: the recorded folder's files and folders by relative path ("a/b").
struct CrashState {
    std::map<std::string, std::shared_ptr<const std::string>> entries{}; ///< content; null: a folder
    /// True: everything recorded had been done when the power went; a promise given by then must hold.
    bool afterTheEnd = false;

    /// The content of a file, null when there is no such file.
    [[nodiscard]] const std::string* file(const std::string& name) const;
};

/// Writes a state into an empty folder.
[[nodiscard]] Status materialise(FileOps& files, const CrashState& state, const Path& folder);

/// Passes everything on, and records the changes below `root`. The model of the disk is weaker than what any
/// usual file system does, so that code which survives here does not lean on one of them:
/// - File::sync makes this file's content safe, not its name. syncDirectory makes the names in this folder
/// safe,
///   not those in others.
/// - Of the writes to a file since its last sync any subset is there; each one wholly, torn within its last
///   512-byte sector, as zeros (the length came, the data did not), or not at all.
/// - Of the changes to the names in one folder since its last sync the first few are there, in order. A
/// rename is
///   there wholly or not, also between two folders.
/// Links and permissions are not part of the model.
class RecordingFileOps final : public FileOps {
public:
    /// Takes what is below `root` as safe on the disk. \pre `root` is a readable folder
    RecordingFileOps(FileOps& under, const Path& root);
    ~RecordingFileOps() override;

    /// Changes and syncs recorded so far.
    [[nodiscard]] std::size_t recorded() const;
    /// The power can go at any moment; calls `visit` with the states that could follow: all of them when
    /// these are at most `most`, else about `most` drawn evenly over the moments with `seed`. \return the
    /// states visited
    std::size_t visitCrashStates(std::size_t most, std::uint64_t seed,
                                 const std::function<void(const CrashState&)>& visit) const;

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
    class Log;
    std::shared_ptr<Log> log_;
};

} // namespace segue
