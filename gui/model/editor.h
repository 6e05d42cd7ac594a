/// \file
/// One album being edited in one window, without the window: the session, what the view shows, what follows
/// from both, and every action that needs neither a dialog nor the loudspeakers.
#pragma once

#include "app/session.h"
#include "gui/model/actions.h"
#include "gui/model/proposal.h"
#include "gui/model/track_table.h"
#include "gui/model/view.h"

#include <functional>
#include <memory>
#include <string>

namespace segue::gui {

/// What plays now, as far as actions ask.
struct PlayState {
    bool playing = false, loop = false, mono = false, side = false, smallSpeaker = false, equallyLoud = false,
         dim = false, asDelivered = false;
};

class Editor {
public:
    /// \param changed what is shown changed: after edits and after actions that move the view
    Editor(Session& session, std::function<void()> changed);
    ~Editor();
    Editor(const Editor&) = delete;
    Editor& operator=(const Editor&) = delete;

    View view{};
    double width = 1000; ///< of the timeline, for zooming

    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] std::shared_ptr<const Album> album() const { return album_; }
    [[nodiscard]] const Edition* edition() const { return find(*album_, view.edition); }
    [[nodiscard]] bool empty() const { return edition() == nullptr || edition()->entries.empty(); }
    /// \pre edition() != nullptr
    [[nodiscard]] const TableSource& table() const { return *table_; }
    [[nodiscard]] const Layout& layout() const { return table_->layout; }
    [[nodiscard]] const Findings& findings() const { return findings_; }
    /// Findings that need the files themselves (missing, changed), from a check beside.
    void setFileFindings(Findings findings);
    /// Findings of the sound of the edition that is shown, from a check beside; none when they are of an
    /// earlier state.
    void setSoundFindings(Findings findings);

    /// Does it, one undo step; or says why not in message(). \return whether it was done
    bool take(Proposal proposal);
    /// Esc in a gesture: back to how it was before. Nothing, when none of its steps was done.
    void takeBackGesture();
    void endGesture();

    /// Does it, if it is one that needs neither dialog nor sound. What is not enabled() does nothing.
    /// \return false when it is the window's
    bool run(Action action);
    [[nodiscard]] bool enabled(Action action, const PlayState& play) const;
    [[nodiscard]] bool ticked(Action action, const PlayState& play) const;

    /// For the info line: what the last action did or why it could not.
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] bool messageIsError() const { return messageIsError_; }
    void say(std::string words, bool isError = false);
    /// say(), shown at once: for what happens outside of take() and run().
    void tell(std::string words, bool isError = false);
    /// Grows whenever the album, the edition, the findings or the way of showing times changed.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

    /// \name Tracks on the clipboard, as text
    /// @{
    /// The selected ones; "" when none is.
    [[nodiscard]] std::string copiedTracks() const;
    /// Behind the last selected one, else at the end; they are selected then.
    bool pasteTracks(const std::string& text);
    /// Takes the selected ones out: once the clipboard has them.
    void cut();
    /// @}

    /// Selected tracks in the edition's order.
    [[nodiscard]] std::vector<TrackId> selection() const;
    [[nodiscard]] std::vector<std::size_t> selectedRows() const;
    void selectRow(std::size_t row);
    void chooseEdition(EditionId id);
    /// Takes the edition that is shown out of the album; the only one stays. Asked when it is done, since
    /// what offered it may be older than the album.
    void removeEdition();
    void setTimeStyle(TimeStyle style);
    /// Scrolls so that the place is seen, at the same zoom.
    void reveal(Instant at);
    void revealFocus();
    void showAlbum();
    /// The joint before the focused track fills the timeline, with some seconds around it.
    void showJoint();
    void zoom(double factor, double x);
    /// The disc's length, never 0.
    [[nodiscard]] Duration shownLength() const;
    /// The focused entry as it lies.
    [[nodiscard]] const PlacedEntry* focused() const;

private:
    void sessionChanged();
    void rebuild();
    void eachSelected(const std::string& label, const std::function<Result<Album>(Album, TrackId)>& edit);
    bool insertTracks(const std::string& verb, const Album& from);
    void duplicate();
    void removeSelected(const std::string& verb);
    void nudge(Duration by);
    void moveInOrder(int by);
    void goTo(int by);
    /// What keys do to clips and index marks of the focused track, in editor_clips.cpp.
    /// @{
    bool runOnClips(Action action);
    [[nodiscard]] const Clip* clipAt(Duration inTrack) const;
    void trimHere(bool begin);
    void nextCurve(bool in);
    void removeIndex();
    /// @}
    /// Side breaks and tracks kept together, in editor_breaks.cpp.
    /// @{
    bool runOnBreaks(Action action);
    /// Of a vinyl edition: selected tracks behind selected ones, else the focused one.
    [[nodiscard]] std::vector<TrackId> followersToKeep() const;
    [[nodiscard]] bool keptTogether() const;
    void keepTogether();
    /// @}
    [[nodiscard]] std::string who(TrackId track) const;

    Session& session_;
    std::function<void()> changed_;
    int listener_ = 0;
    std::uint64_t revision_ = 0;
    std::shared_ptr<const Album> album_, beforeGesture_;
    std::string gesture_; ///< of the last proposal taken
    std::unique_ptr<TableSource> table_;
    Findings findings_, fileFindings_, soundFindings_;
    std::string message_;
    bool messageIsError_ = false;
};

/// Every rule that needs no file, for any medium.
[[nodiscard]] Findings findingsOf(const Album& album, const Edition& edition);

} // namespace segue::gui
