/// \file
/// What one editor window holds: an album with its undo, the file it belongs to, the recovery journal that
/// every change goes into, and who else has the project open. No window, no display. All calls come from one
/// thread, and listeners are called on it.
#pragma once

#include "album/history.h"
#include "app/source_states.h"
#include "project/journal.h"
#include "project/open_project_file.h"
#include "project/recovery.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

struct SessionSetup {
    FileOps* files = &realFileOps();
    Path state{};                    ///< stateFolder(); empty: no journal, and a banner says so
    LockOwner self{};                ///< thisProcess(): a new one for every window
    StillRuns stillRuns{};           ///< processStillRuns()
    std::function<WallTime()> now{}; ///< for the journal's times
    std::chrono::milliseconds journalWait{300};
    std::function<void()> journalTold{}; ///< journalProblem() changed; called on another thread
};
/// The real file system, this process, the system's clock; the state folder from these variables' values.
[[nodiscard]] SessionSetup realSetup(const std::string& stateHome, const std::string& home);

/// One save on its way to the disk: made by Session::beginSave(), written on any thread, given back.
class SaveWork {
public:
    /// Once; all of the waiting is here.
    void write();
    [[nodiscard]] const Status& outcome() const { return outcome_; }
    /// It was refused because somebody else wrote the file; SaveOver::anyway would go on.
    [[nodiscard]] bool someoneElseSaved() const { return someoneElseSaved_; }

private:
    friend class Session;
    SessionSetup setup_;
    OpenProjectFile file_;
    Project project_;
    SaveOver over_ = SaveOver::refuse;
    Path as_{};
    Status writable_{};
    std::shared_ptr<const Album> album_;
    std::shared_ptr<const std::vector<Version>> versions_;
    Status outcome_{};
    bool someoneElseSaved_ = false;
    std::unique_ptr<LockFile> lock_{}; ///< of the new place
};

class Session {
public:
    using Listener = std::function<void(const Album& before, const Album& after)>;

    /// When another window has the project open, the session is readOnly() and otherWindow() says who.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(SessionSetup setup, const Path& path);
    /// Not modified until the first edit.
    [[nodiscard]] static std::unique_ptr<Session> newAlbum(SessionSetup setup, Album album = {});
    /// The saved project (or an empty album) with the edits of the journal as one step that can be undone.
    /// The journal found goes once its edits are in this session's own.
    [[nodiscard]] static Result<std::unique_ptr<Session>> openRecovered(SessionSetup setup,
                                                                        const Recovery& recovery);
    /// Unsaved edits stay in the journal: leaving without abandon() is what a crash is.
    ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] std::shared_ptr<const Album> album() const { return history_.now(); }
    [[nodiscard]] const Findings& findings() const { return findings_; } ///< of opening
    /// The edition the window shows; always one that exists, or none.
    [[nodiscard]] EditionId edition() const;
    void chooseEdition(EditionId id) { edition_ = id; }

    /// \name Edits
    /// @{
    /// An Error of `edited` is given back and nothing changes. \param gesture see History::push
    [[nodiscard]] Status apply(std::string label, Result<Album> edited, std::string gesture = {});
    void endGesture();
    bool undo();
    bool redo();
    /// An undo that cannot be done again: a gesture that was given up.
    void takeBack();
    [[nodiscard]] std::string_view undoLabel() const { return history_.undoLabel(); }
    [[nodiscard]] std::string_view redoLabel() const { return history_.redoLabel(); }
    /// Called after each change; also, with the same album twice, when versions or modified() changed.
    /// \return a number for removeListener()
    int addListener(Listener listener);
    void removeListener(int number);
    /// @}

    /// \name Saving
    /// @{
    [[nodiscard]] bool modified() const;
    [[nodiscard]] const Path& path() const { return file_.path(); } ///< empty: never saved
    [[nodiscard]] bool readOnly() const { return readOnly_; }
    [[nodiscard]] const std::optional<LockOwner>& otherWindow() const { return other_; }
    /// The user wants to edit although another window has the project. Saving stays guarded by its content.
    void editAnyway();
    /// \pre path() is not empty. An Error of kind refused when the file changed on the disk meanwhile.
    [[nodiscard]] Status save(SaveOver over = SaveOver::refuse);
    /// Replaces what is there; refused when another window has that project open. Works when readOnly(), too.
    [[nodiscard]] Status saveAs(const Path& path);
    /// The same in three parts, so that the window need not wait for the disk: what is saved is the album as
    /// it is now, edits may go on, and until finishSave() no other save may begin.
    /// \param as another place, as saveAs()
    [[nodiscard]] Result<SaveWork> beginSave(SaveOver over = SaveOver::refuse, const Path& as = {});
    /// After SaveWork::write(); gives what that gave. What was edited meanwhile is unsaved and in the
    /// journal.
    [[nodiscard]] Status finishSave(SaveWork work);
    [[nodiscard]] Result<bool> changedOnDisk() const { return file_.changedOnDisk(*setup_.files); }
    /// The file as it is now; what "changed since the save" compares with. \pre path() is not empty
    [[nodiscard]] Result<Album> savedAlbum() const;
    /// The user does not want the unsaved edits: nothing of them is left for recovery.
    void abandon();
    /// @}

    /// \name Versions: beside the undo list; what is removed is handed back and can be put back
    /// @{
    [[nodiscard]] const std::vector<Version>& versions() const { return *versions_; }
    /// Of the present album. Refused without a name or when there is one of this name.
    [[nodiscard]] Status addVersion(std::string name, std::string date, std::string note);
    [[nodiscard]] Status insertVersion(std::size_t position, Version version);
    [[nodiscard]] Result<Version> removeVersion(std::size_t position);
    /// One step that can be undone.
    [[nodiscard]] Status goBackTo(std::size_t position);
    /// @}

    /// \name Recovery journal
    /// @{
    [[nodiscard]] std::optional<Error> journalProblem() const { return journal_->problem(); }
    [[nodiscard]] Status flushJournal() { return journal_->flush(); }
    /// @}

    /// \name Sources. A worker asks sourceStates() with a copy of album() and of seenSources().
    /// @{
    [[nodiscard]] const SeenSources& seenSources() const { return seen_; }
    /// Remembers the files that are there and were not seen before.
    void sourcesSeen(const std::vector<SourceState>& states);
    /// A file that changed is right as it is now (measured again, relinked).
    void sourceAccepted(const SourceState& state);
    /// @}

private:
    Session(SessionSetup setup, Album album, OpenProjectFile file);
    [[nodiscard]] JournalBase journalBase() const;
    [[nodiscard]] Status writable() const;
    [[nodiscard]] Project project() const;
    void startJournal();
    void lockIt();
    void changed(const std::shared_ptr<const Album>& before, const std::string& label, bool continues);
    void setVersions(std::vector<Version> versions, const std::string& label);

    SessionSetup setup_;
    History history_;
    OpenProjectFile file_;
    int formatVersion_ = projectVersion;
    std::shared_ptr<const ForeignContent> foreign_{};
    std::shared_ptr<const std::vector<Version>> versions_, savedVersions_;
    Findings findings_{};
    EditionId edition_{};
    std::unique_ptr<LockFile> lock_{};
    std::optional<LockOwner> other_{};
    bool readOnly_ = false;
    std::string gesture_{}; ///< of the last step
    std::vector<std::pair<int, Listener>> listeners_{};
    int nextListener_ = 1;
    SeenSources seen_{};
    std::unique_ptr<JournalWriter> journal_{};
};

} // namespace segue
