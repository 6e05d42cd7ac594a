/// \file
/// The file an open project came from or was last saved to. It remembers what stood in it, so that a change
/// someone else made meanwhile is never written over unseen.
#pragma once

#include "project/lock_file.h"
#include "project/project_file.h"

#include <string>

namespace segue {

/// What to do when the file is no longer what it was.
enum class SaveOver { refuse, anyway };

class OpenProjectFile {
public:
    OpenProjectFile() = default; ///< of an album never saved
    struct Opened;
    /// A file that held `hash`, whether it still does or not.
    [[nodiscard]] static OpenProjectFile at(Path realPath, std::string hash);
    [[nodiscard]] static Result<Opened> open(FileOps& files, const Path& path);

    [[nodiscard]] bool saved() const { return !path_.empty(); }
    [[nodiscard]] const Path& path() const { return path_; }
    /// SHA-256 of the bytes loaded or saved last; "" when never saved.
    [[nodiscard]] const std::string& hash() const { return hash_; }
    /// The file holds something else than what was loaded or saved last. A file that is gone has not changed:
    /// nothing of anybody's is lost by saving.
    [[nodiscard]] Result<bool> changedOnDisk(FileOps& files) const;

    /// As saveProject(). Looks at the file's content before and, once the new bytes are on the disk, again;
    /// meanwhile a lock beside it (`.NAME.saving`) keeps other windows from saving. An Error of kind refused
    /// when it changed or someone saves just now.
    /// \pre saved()
    [[nodiscard]] Status save(FileOps& files, const Project& project, SaveOver over, const LockOwner& self,
                              const StillRuns& stillRuns);
    /// To another place, which becomes this file when it worked. What stands there is replaced: whoever asks
    /// for it has asked the user.
    [[nodiscard]] Status saveAs(FileOps& files, const Path& path, const Project& project,
                                const LockOwner& self, const StillRuns& stillRuns);

private:
    [[nodiscard]] Status unchanged(FileOps& files) const;
    Path path_{};
    std::string hash_{};
};

struct OpenProjectFile::Opened {
    OpenProjectFile file{};
    Project project{};
};

} // namespace segue
