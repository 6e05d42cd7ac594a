/// \file
/// The Checks tab and the readiness list: every finding with its place, its sentence and what would be right,
/// and a button that does it where one step can.
#pragma once

#include "gui/model/editor.h"

#include <wx/panel.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

class wxButton;
class wxDataViewListCtrl;
class wxStaticText;

namespace segue::gui {

class ChecksPanel : public wxPanel {
public:
    explicit ChecksPanel(wxWindow* parent);
    /// What is inside refers to the members, so it goes first.
    ~ChecksPanel() override { DestroyChildren(); }
    /// Each is given the finding's place among those shown.
    std::function<void(std::size_t)> chosen; ///< show where it is
    std::function<void(std::size_t)> goTo;   ///< and to the cell it is put right in
    std::function<std::optional<std::string>(const Finding&)> fixWords; ///< what one step can do about it
    std::function<void(std::size_t)> fix;
    std::function<void(std::size_t)>
        accept; ///< sign it off, or take that back; without it there is no button
    /// \param folder of the project: files in it are named from there
    void show(Findings findings, const Path& folder);
    /// The first finding of the list, when none is chosen. Nothing is gone to.
    void chooseFirst();
    /// What is still being looked at, beside the buttons; "": nothing.
    void showState(const std::string& words);
    [[nodiscard]] wxDataViewListCtrl* list() const { return list_; }

private:
    [[nodiscard]] std::optional<std::size_t> selected() const;
    void syncButtons();
    void syncWhole();
    void keepRoom();
    wxDataViewListCtrl* list_;
    wxButton *fix_, *goTo_, *accept_;
    wxStaticText* state_;
    wxStaticText* whole_;                      ///< the selected finding in full, since a column may cut it
    std::pair<std::string, int> wholeShown_{}; ///< its words, and the width that they were broken for
    Findings shown_;
    std::vector<std::size_t> order_;
    std::vector<std::string> fixes_; ///< by row
};

} // namespace segue::gui
