/// \file
/// The Levels tab: measured levels and gains of every track, the fields that say how to balance, and the
/// proposal, which changes nothing until it is accepted. It holds no decisions: gui/model/levels_table.h
/// does.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/levels_curve.h"
#include "gui/model/levels_table.h"

#include <wx/panel.h>

#include <functional>
#include <memory>
#include <optional>

class wxButton;
class wxChoice;
class wxDataViewEvent;
class wxDataViewListCtrl;
class wxSizer;
class wxStaticText;
class wxTextCtrl;
class wxToggleButton;

namespace segue::gui {

class Canvas;

class LevelsPanel : public wxPanel {
public:
    /// \param measurer tells somebody who then calls sync()
    LevelsPanel(wxWindow* parent, Editor& editor, EditionMeasurer& measurer);
    /// What is inside refers to the members, so it goes first.
    ~LevelsPanel() override { DestroyChildren(); }
    /// After every change, and when the tab comes to the front: asks for a measurement of what is shown.
    void sync();
    std::function<void()> matchByEar;
    /// Show where a moment is; `play`: and play from there.
    std::function<void(const MomentInTrack&, bool play)> goTo;

private:
    wxTextCtrl* field(wxSizer* row, const char* label, const char* help, const std::string& value);
    wxChoice* choice(wxSizer* row, const char* label, std::initializer_list<const char*> words);
    wxButton* button(wxSizer* row, const char* label, const char* help, void (LevelsPanel::*pressed)());
    void fillTable();
    void syncWords();
    void offsetTyped(wxDataViewEvent& event);
    void selectionChanged();
    [[nodiscard]] BalanceChoice chosen() const;
    void choiceChanged();
    void propose();
    void accept();
    void takeOffsets();
    void showTableOrCurve();
    void onCurve(wxMouseEvent& event);
    void pressMatch() { matchByEar(); }

    Editor& editor_;
    EditionMeasurer& measurer_;
    wxDataViewListCtrl* list_ = nullptr;
    Canvas* curve_ = nullptr; ///< in the place of the list, while the button is down
    wxToggleButton* asCurve_ = nullptr;
    wxChoice *by_ = nullptr, *to_ = nullptr;
    wxTextCtrl *section_ = nullptr, *target_ = nullptr, *ceiling_ = nullptr;
    wxButton *propose_ = nullptr, *accept_ = nullptr, *offsets_ = nullptr;
    wxStaticText* words_ = nullptr;

    std::optional<picture::LoudProgramme> programme_{}; ///< of shownMeasured_, made when the curve is drawn
    std::shared_ptr<const Album> shownAlbum_{};
    std::shared_ptr<const MeasuredEdition> shownMeasured_{};
    EditionId shownEdition_{};
    bool proposing_ = false; ///< the proposal follows the fields and the album until it is accepted
    std::optional<Result<BalanceProposal>> proposal_{};
    std::vector<LevelsRow> rows_{};
    bool filling_ = false, roomForTable_ = true;
};

} // namespace segue::gui
