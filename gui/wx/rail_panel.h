/// \file
/// The right rail: what is heard (time, transport, joint auditioner, meters) and what is wrong, above the one
/// big button.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/rail.h"
#include "gui/wx/canvas.h"

#include <wx/panel.h>
#include <wx/tglbtn.h>

#include <functional>
#include <map>
#include <utility>
#include <vector>

class wxButton;
class wxStaticText;

namespace segue::gui {

class RailPanel : public wxPanel {
public:
    RailPanel(wxWindow* parent, Editor& editor, std::function<void(Action)> run);
    /// What is inside refers to the members, so it goes first.
    ~RailPanel() override { DestroyChildren(); }
    std::function<void(std::size_t)> findingChosen; ///< its place in Editor::findings()
    MeterReading meters;
    std::string stateWords;
    bool stateIsBad = false;

    /// After an edit or a change of what plays.
    void sync(const PlayState& play);
    /// Time and meters only: many times a second.
    void tick();

private:
    wxButton* button(wxSizer* row, Action action, const wxString& label, const char* name = nullptr);
    wxToggleButton* toggle(wxSizer* row, Action action, const wxString& label);
    void place(wxWindow* control, wxSizer* row, Action action);
    [[nodiscard]] picture::DrawList drawFindings();

    Editor& editor_;
    std::function<void(Action)> run_;
    Canvas* times_ = nullptr;
    Canvas* metersCanvas_ = nullptr;
    Canvas* findings_ = nullptr;
    wxButton *play_ = nullptr, *deliver_ = nullptr;
    wxStaticText* joint_ = nullptr;
    std::map<Action, wxWindow*> controls_;
    std::vector<std::pair<double, std::size_t>> shownFindings_; ///< where each ends, and which it is
    Painter painter_;
};

} // namespace segue::gui
