/// \file
/// What a crash left behind: finding the journals of windows that are gone, replaying one, and putting one
/// aside. Nothing here opens the saved project for writing, nothing is replayed unasked, and a journal that
/// twice ended its reader is not tried a third time.
#pragma once

#include "project/journal_format.h"
#include "project/lock_file.h"
#include "project/project_file.h"

#include <chrono>
#include <string>
#include <vector>

namespace segue {

struct RecordedEdit {
    std::string label{};
    WallTime time = 0;
    [[nodiscard]] friend bool operator==(const RecordedEdit&, const RecordedEdit&) = default;
};

struct Recovery {
    Path folder{}; ///< of the journal
    JournalOrigin origin{};
    std::size_t edits = 0;            ///< that can be had back
    std::vector<RecordedEdit> last{}; ///< the newest of them, at most ten, oldest first
    bool stoppedEarly = false;        ///< something behind them could not be read
    bool projectChanged = false;      ///< the saved file is no longer the one the edits were made upon
    bool alreadySaved = false;        ///< the saved file is what the edits led to: nothing to offer
    int failedReplays = 0;            ///< begun and never ended
    [[nodiscard]] bool setAside() const { return failedReplays >= 2; }
};

/// Of windows that are gone; newest edit last. Reads no document, so nothing in one can do harm here.
/// \param project  empty: albums that were never saved
[[nodiscard]] std::vector<Recovery> findRecovery(FileOps& files, const Path& state, const Path& project,
                                                 const StillRuns& stillRuns);

struct Recovered {
    Project project{};
    JournalOrigin origin{};
    std::size_t edits = 0;     ///< kept
    std::size_t lost = 0;      ///< whole records whose document could not be read
    bool stoppedEarly = false; ///< the journal ends in a record that is not whole
};
/// The album after the last edit that can be read. The journal stays until discardRecovery() or
/// removeRecovery(). An Error of kind refused when it is set aside or another window is at it.
[[nodiscard]] Result<Recovered> recover(FileOps& files, const Recovery& recovery, const LockOwner& self,
                                        const StillRuns& stillRuns);

/// Not wanted: kept 30 days as `discarded-DATE-TOKEN`, beside where it was.
[[nodiscard]] Status discardRecovery(FileOps& files, const Recovery& recovery,
                                     std::chrono::year_month_day today);
/// For good; when its edits are safe elsewhere.
[[nodiscard]] Status removeRecovery(FileOps& files, const Recovery& recovery);
/// Removes what was discarded more than 30 days before `today`. Quiet: the next start tries again.
void removeOldDiscarded(FileOps& files, const Path& state, std::chrono::year_month_day today);

} // namespace segue
