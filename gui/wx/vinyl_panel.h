/// \file
/// The Vinyl tab: usage of each side, the level over all sides, the drawn disc with its events, the events as
/// a list, and the buttons that divide the edition over sides. It holds no decisions: gui/model/sides.h does.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/sides.h"

#include <wx/panel.h>
#include <wx/timer.h>

#include <memory>
#include <optional>
#include <utility>

class wxButton;
class wxChoice;
class wxDataViewListCtrl;
class wxSizer;
class wxStaticText;
class wxToggleButton;

namespace segue::gui {

class Canvas;

class VinylPanel : public wxPanel {
public:
    /// \param planner tells somebody who then calls sync()
    VinylPanel(wxWindow* parent, Editor& editor, vinyl::RecordPlanner& planner);
    /// What is inside refers to the members, so it goes first.
    ~VinylPanel() override
    {
        timer_.Stop();
        DestroyChildren();
    }
    /// After every change, and when the tab comes to the front: asks for a plan of what is shown.
    void sync();
    /// Show where a moment is; `play`: and play from there.
    std::function<void(const MomentInTrack&, bool play)> goTo;
    std::function<void(std::string)> info;
    std::function<void()> editSettings;                                   ///< of the edition
    std::function<void(std::optional<vinyl::Elliptical>)> hearElliptical; ///< in playback; nothing is changed
    std::function<void()> newVinylEdition;                                ///< from the order that is shown
    /// Esc in a drag. \return whether there was one
    bool cancelGesture();

private:
    wxButton* button(wxSizer* row, const char* label, const char* help, std::function<void()> pressed);
    [[nodiscard]] bool isVinyl() const;
    void show(std::shared_ptr<const vinyl::PlannedRecord> record);
    void syncWords();
    void keepRoom();
    [[nodiscard]] picture::LevelScene levelPicture() const;
    void fillEvents();
    void onBars(wxMouseEvent& event);
    void onDisc(wxMouseEvent& event);
    void onLevel(wxMouseEvent& event);
    void ask(std::optional<std::size_t> sides);
    void takeSplit(const vinyl::PlannedRecord& divided);
    void offerOrders(const std::shared_ptr<const vinyl::PlannedRecord>& record);
    void chooseSide(std::size_t side);

    Editor& editor_;
    vinyl::RecordPlanner& planner_;
    wxStaticText* words_ = nullptr;
    Canvas *bars_ = nullptr, *level_ = nullptr, *disc_ = nullptr;
    wxDataViewListCtrl* events_ = nullptr;
    wxToggleButton* showLevel_ =
        nullptr; ///< the level in place of the events, where there is no room for both
    wxChoice* elliptical_ = nullptr;
    wxButton *two_ = nullptr, *four_ = nullptr, *six_ = nullptr, *orders_ = nullptr, *settings_ = nullptr,
             *new_ = nullptr;

    std::shared_ptr<const vinyl::PlannedRecord> record_{};
    std::vector<VinylEventRow> rows_{};
    using Planning = std::pair<std::shared_ptr<const Album>, EditionId>;
    struct Asked {
        std::optional<std::size_t> sides{}; ///< absent: other orders
        Planning of{};
    };
    std::optional<Asked> asked_{}; ///< with a button, being worked out
    std::size_t side_ = 0;         ///< drawn as a disc
    std::optional<SideDrag> drag_{};
    std::optional<std::size_t> pressed_{}; ///< track of the programme
    picture::Point pressedAt_{};
    std::optional<std::pair<bool, bool>> shownFor_{}; ///< for vinyl, and with no tracks
    wxTimer timer_{};
    bool filling_ = false;
};

} // namespace segue::gui
