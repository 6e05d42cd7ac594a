/// \file
/// The recovery journal of one open album: every edit reaches the disk within a second, off the thread that
/// edits, in a folder that is not the project's. What is found there after a crash: recovery.h. The bytes:
/// journal_format.h and docs/formats/journal.md.
#pragma once

#include "album/album.h"
#include "project/journal_format.h"
#include "project/lock_file.h"
#include "project/project_file.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace segue {

inline constexpr const char* journalName = "journal";
inline constexpr const char* journalOwnerName = "owner"; ///< a LockFile: the window that writes there

struct JournalSetup {
    Path state{}; ///< stateFolder(); empty: no journal is kept, which is a problem() from the first edit on
    LockOwner self{};
    StillRuns stillRuns{};
    /// From an edit until it is written: later ones made meanwhile are written with it.
    std::chrono::milliseconds wait{300};
    /// Above this many bytes the journal begins anew with the newest document.
    std::size_t snapshotAbove = std::size_t{4} << 20U;
};

/// What the edits from now on are made upon.
struct JournalBase {
    JournalOrigin origin{};
    std::string id{}; ///< projectId(), or unsavedId
    std::shared_ptr<const ForeignContent> foreign{};
};
inline constexpr const char* unsavedId = "unsaved"; ///< the folder of albums that were never saved

struct JournalEdit {
    std::string label{};
    WallTime time = 0;
    bool continues = false; ///< another step of the same drag: counts as one edit
    std::shared_ptr<const Album> album{};
    std::shared_ptr<const std::vector<Version>> versions{}; ///< null: none
};

/// Called from one thread; works on one of its own. The folder is made with the first edit:
/// STATE/recovery/ID/TOKEN/.
class JournalWriter {
public:
    /// \param told  called on the writer's thread whenever problem() begins or ends
    JournalWriter(FileOps& files, JournalSetup setup, JournalBase base, std::function<void()> told = {});
    /// Writes what is left. The journal stays when there are edits in it, else its folder goes.
    ~JournalWriter();
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;

    /// Returns at once.
    void post(JournalEdit edit);
    /// Nothing is unsaved any more: the journal is emptied; the next edit begins a new one on `base`.
    void restart(JournalBase base);
    /// Waits until everything posted is on the disk. \return what keeps it from there
    [[nodiscard]] Status flush();
    /// Why edits are not being written at the moment; tried again with the next edit.
    [[nodiscard]] std::optional<Error> problem() const;
    /// Of this window, whether it exists yet or not.
    [[nodiscard]] Path folder() const;

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

} // namespace segue
