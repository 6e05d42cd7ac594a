/// \file
/// The joint editor's numbers, below the timeline: length of the overlap or pause, a curve for each side,
/// rolls.
#pragma once

#include "gui/model/editor.h"
#include "gui/wx/sound.h"

#include <wx/panel.h>

#include <functional>
#include <optional>
#include <vector>

class wxChoice;
class wxSizer;
class wxTextCtrl;

namespace segue::gui {

class JointBar : public wxPanel {
public:
    JointBar(wxWindow* parent, Editor& editor, Sound& sound, std::function<void(Action)> run);
    /// What is inside refers to the members, so it goes first.
    ~JointBar() override { DestroyChildren(); }
    void sync();
    /// Takes what was typed and not yet taken.
    void takeTyped()
    {
        for (const auto& commit : commits_) commit();
    }

private:
    wxTextCtrl* field(wxSizer* row, const char* label, const char* name, const char* help,
                      std::function<void(const std::string&)> typed);
    wxChoice* curves(wxSizer* row, bool incoming);
    void setReach(bool before, const std::string& text);
    void setCurve(bool incoming, int chosen);
    [[nodiscard]] const Entry* entry() const;

    Editor& editor_;
    Sound& sound_;
    wxTextCtrl *gap_, *enters_, *goesOn_, *before_, *after_;
    wxChoice *out_, *in_;
    std::vector<std::function<void()>> commits_;
};

} // namespace segue::gui
