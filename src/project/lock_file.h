/// \file
/// Lock files that say who holds them, on which computer: the same project opened twice is noticed, by
/// another window, another process and, beside the project, another computer. A lock of a process that is
/// gone is taken over without a word.
#pragma once

#include "core/file_ops.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace segue {

struct LockOwner {
    std::string host{};
    std::int64_t process = 0;
    std::string started{}; ///< tells a process from a later one with its number: boot and start time
    std::string token{};   ///< tells two windows of one process apart
    [[nodiscard]] friend bool operator==(const LockOwner&, const LockOwner&) = default;
};
/// "process 4711 on studio-2".
[[nodiscard]] std::string displayName(const LockOwner& owner);

/// This process, with a new token.
[[nodiscard]] LockOwner thisProcess(FileOps& files);
/// False only when it is certain: same computer, and no process of this number and start.
using StillRuns = std::function<bool(const LockOwner&)>;
[[nodiscard]] bool processStillRuns(FileOps& files, const LockOwner& owner);

/// Held as long as the object lives; the file goes with it, unless someone else took it over.
class LockFile {
public:
    struct Answer {
        std::unique_ptr<LockFile> lock{}; ///< null: not ours
        std::optional<LockOwner> other{}; ///< who has it
        std::optional<Error> problem{};   ///< why there can be no lock at this place
    };
    /// \param force  takes it from whoever has it
    [[nodiscard]] static Answer take(FileOps& files, const Path& path, const LockOwner& self,
                                     const StillRuns& stillRuns, bool force = false);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

    /// Still in the file system with our name in it.
    [[nodiscard]] bool held() const;
    [[nodiscard]] const Path& path() const { return path_; }

private:
    LockFile(FileOps& files, Path path, LockOwner self)
        : files_{files}, path_{std::move(path)}, self_{std::move(self)}
    {
    }
    FileOps& files_;
    Path path_;
    LockOwner self_;
};

/// Who holds the lock there; nothing when nobody does, or one that is gone.
[[nodiscard]] std::optional<LockOwner> lockHolder(FileOps& files, const Path& path,
                                                  const StillRuns& stillRuns);

/// The project's lock: `.NAME.lock` beside the real file, where other computers see it; in a folder that
/// cannot be written, `STATE/locks/ID`, where this user's other windows see it.
[[nodiscard]] LockFile::Answer lockProject(FileOps& files, const Path& project, const Path& state,
                                           const LockOwner& self, const StillRuns& stillRuns,
                                           bool force = false);

} // namespace segue
