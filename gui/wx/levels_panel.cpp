#include "gui/wx/levels_panel.h"

#include "gui/wx/accessible.h"
#include "gui/wx/canvas.h"
#include "gui/wx/folding_row.h"
#include "gui/wx/strings.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/tglbtn.h>

#include <algorithm>

namespace segue::gui {

namespace {

constexpr unsigned offsetColumn = 7;

} // namespace

LevelsPanel::LevelsPanel(wxWindow* parent, Editor& editor, EditionMeasurer& measurer)
    : wxPanel{parent}, editor_{editor}, measurer_{measurer}
{
    list_ = new wxDataViewListCtrl{this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                   wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE};
    const auto column = [this](const char* heading, int width, bool right, bool typed = false) {
        list_->AppendTextColumn(heading, typed ? wxDATAVIEW_CELL_EDITABLE : wxDATAVIEW_CELL_INERT,
                                FromDIP(width), right ? wxALIGN_RIGHT : wxALIGN_LEFT);
    };
    column("#", 36, true);
    column("Title", 180, false);
    for (const char* heading : {"LUFS", "Max S", "LRA", "dBTP"}) column(heading, 62, true);
    column("Hand", 62, true);
    column("Offset LU", 88, true, true);
    column("Balance", 76, true);
    column("Proposed", 88, true);
    column("Edition", 74, true);
    column("Together", 86, true);
    column("Samples", 420, false);
    prepareTable(list_, FromDIP(29));
    setAccessible(list_, "Levels", "Loudness, peaks and gains of every track");

    curve_ = new Canvas{this, "Loudness of the album", {420, 60}};
    curve_->Hide();
    curve_->draw = [this] {
        if (programme_) return levelsCurve(*programme_, curve_->bounds());
        return picture::DrawList{picture::Area{.box = curve_->bounds(), .ink = picture::Ink::background}};
    };
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_DCLICK})
        curve_->Bind(type, &LevelsPanel::onCurve, this);

    auto* row = new wxBoxSizer{wxHORIZONTAL};
    by_ = choice(row, "Balance by", {"loudness", "loudest section"});
    section_ = field(row, "s", "Length of the loudest section in seconds", "10");
    to_ = choice(row, "to", {"the middle track", "the selected track", "a level", "an album level"});
    target_ = field(row, "LUFS", "The level the tracks, or the album, come to", "-14");
    auto* further = new wxBoxSizer{wxHORIZONTAL};
    ceiling_ =
        field(further, "Ceiling dBTP",
              "No true peak above this: the whole album moves down. Empty: -1, or the present highest", "");
    propose_ =
        button(further, "Propose", "Shows what balancing would do; changes nothing", &LevelsPanel::propose);
    accept_ = button(further, "Accept", "Stores the proposed gains: one step that can be undone",
                     &LevelsPanel::accept);
    words_ = new wxStaticText{
        this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE};
    setAccessible(words_, "What balancing would do");

    auto* below = new wxBoxSizer{wxHORIZONTAL};
    asCurve_ = new wxToggleButton{this, wxID_ANY, "Curve"};
    asCurve_->SetToolTip("Short-term loudness over the whole album, and how long it is how loud");
    setAccessible(asCurve_, "Curve", "Short-term loudness over the whole album");
    asCurve_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) { showTableOrCurve(); });
    below->Add(asCurve_, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(8));
    below->Add(words_, 1, wxALIGN_CENTRE_VERTICAL | wxLEFT | wxRIGHT, FromDIP(2));
    offsets_ = button(below, "Offsets as heard", "Takes the wanted offsets from the present levels",
                      &LevelsPanel::takeOffsets);
    button(below, "Match by ear",
           "Plays the loudest seconds of the selected tracks in turn; Ctrl+Up and Ctrl+Down act on the one "
           "you hear",
           &LevelsPanel::pressMatch);

    auto* all = new wxBoxSizer{wxVERTICAL};
    all->Add(list_, 1, wxEXPAND);
    all->Add(curve_, 1, wxEXPAND);
    const int margin = FromDIP(6);
    // A list of a few pixels' height shows nothing, and GTK cannot lay out its scroll bars. Bound before the
    // row's own, this comes after it.
    Bind(wxEVT_SIZE, [this, all, below, margin](wxSizeEvent& event) {
        const int rest = all->GetItem(2)->CalcMin().y + below->CalcMin().y + 2 * margin;
        roomForTable_ = event.GetSize().y - rest >= FromDIP(60);
        showTableOrCurve();
        event.Skip();
    });
    all->Add(foldingRow(this, row, further, 2 * margin), 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, margin);
    all->Add(below, 0, wxEXPAND | wxALL, FromDIP(6));
    SetSizer(all);

    list_->Bind(wxEVT_DATAVIEW_ITEM_EDITING_DONE, &LevelsPanel::offsetTyped, this);
    list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { selectionChanged(); });
    choiceChanged();
}

wxTextCtrl* LevelsPanel::field(wxSizer* row, const char* label, const char* help, const std::string& value)
{
    auto* made = new wxTextCtrl{this,
                                wxID_ANY,
                                wx(value),
                                wxDefaultPosition,
                                FromDIP(wxSize{58, -1}),
                                wxTE_PROCESS_ENTER | wxTE_RIGHT};
    made->SetToolTip(help);
    setAccessible(made, label, help);
    made->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { choiceChanged(); });
    made->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { propose(); });
    // The unit stands behind the number, a name before it.
    auto* words = new wxStaticText{this, wxID_ANY, label};
    const bool unit = std::string_view{label} == "s" || std::string_view{label} == "LUFS";
    if (!unit) row->Add(words, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(6));
    row->Add(made, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(unit ? 4 : 12));
    if (unit) row->Add(words, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(12));
    return made;
}

wxChoice* LevelsPanel::choice(wxSizer* row, const char* label, std::initializer_list<const char*> words)
{
    row->Add(new wxStaticText{this, wxID_ANY, label}, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(6));
    auto* made = new wxChoice{this, wxID_ANY};
    for (const char* word : words) made->Append(word);
    made->SetSelection(0);
    setAccessible(made, label);
    made->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { choiceChanged(); });
    row->Add(made, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(8));
    return made;
}

wxButton* LevelsPanel::button(wxSizer* row, const char* label, const char* help,
                              void (LevelsPanel::*pressed)())
{
    auto* made = new wxButton{this, wxID_ANY, label, wxDefaultPosition, wxDefaultSize};
    made->SetToolTip(help);
    made->Bind(wxEVT_BUTTON, [this, pressed](wxCommandEvent&) { (this->*pressed)(); });
    row->Add(made, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(6));
    return made;
}

void LevelsPanel::showTableOrCurve()
{
    const bool curve = asCurve_->GetValue();
    if (curve && !programme_ && shownMeasured_) programme_ = loudProgrammeOf(*shownMeasured_);
    list_->Show(roomForTable_ && !curve);
    curve_->Show(roomForTable_ && curve);
    curve_->Refresh();
    Layout();
}

void LevelsPanel::onCurve(wxMouseEvent& event)
{
    if (!programme_ || !shownMeasured_ || editor_.empty()) return;
    const picture::Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    if (const auto moment =
            momentInCurve(editor_.layout(), *shownMeasured_, *programme_, curve_->bounds(), at))
        goTo(*moment, event.LeftDClick());
}

void LevelsPanel::sync()
{
    if (editor_.empty()) {
        if (list_->GetItemCount() > 0) list_->DeleteAllItems();
        rows_.clear();
        shownAlbum_.reset();
        programme_.reset();
        syncWords();
        return;
    }
    measurer_.put(editor_.album(), editor_.view.edition);
    auto measured = measurer_.newest();
    if (measured && measured->edition != editor_.view.edition) measured.reset();
    if (shownAlbum_ == editor_.album() && shownMeasured_ == measured &&
        shownEdition_ == editor_.view.edition) {
        syncWords();
        return;
    }
    shownAlbum_ = editor_.album();
    shownMeasured_ = std::move(measured);
    shownEdition_ = editor_.view.edition;
    programme_.reset();
    if (asCurve_->GetValue()) showTableOrCurve();
    if (proposing_)
        propose();
    else
        fillTable();
}

void LevelsPanel::fillTable()
{
    filling_ = true;
    const bool proposed = proposal_ && *proposal_;
    rows_ = levelsRows(editor_.layout(), shownMeasured_.get(), proposed ? &**proposal_ : nullptr);
    const int before = list_->GetSelectedRow();
    list_->DeleteAllItems();
    for (const LevelsRow& row : rows_) {
        wxVector<wxVariant> cells;
        for (const std::string& cell :
             {row.number, row.title, row.integrated, row.shortTerm, row.range, row.truePeak, row.hand,
              row.offset, row.balance, row.proposed, row.edition, row.sum, row.samples})
            cells.push_back(wx(cell));
        list_->AppendItem(cells);
    }
    if (before != wxNOT_FOUND && static_cast<std::size_t>(before) < rows_.size())
        list_->SelectRow(static_cast<unsigned>(before));
    filling_ = false;
    syncWords();
}

void LevelsPanel::syncWords()
{
    const auto error = measurer_.error();
    std::string words;
    if (rows_.empty())
        words = "";
    else if (error)
        words = sentence(*error);
    else if (!shownMeasured_)
        words = "Measuring\u2026";
    else if (proposal_ && !*proposal_)
        words = sentence(proposal_->error());
    else if (proposal_)
        words = balanceWords(editor_.layout(), **proposal_);
    else
        words = albumLevels(*shownMeasured_);
    if (shownMeasured_ && !error && !measurer_.upToDate()) words += " \u00b7 measuring\u2026";
    words_->SetLabelText(wx(words));
    words_->SetToolTip(wx(words));
    const bool changes = proposal_ && *proposal_ && (*proposal_)->changesAnything();
    // A focus on a disabled button would leave the window deaf to keys.
    if (!changes && accept_->HasFocus()) list_->SetFocus();
    propose_->Enable(shownMeasured_ != nullptr);
    offsets_->Enable(shownMeasured_ != nullptr);
    accept_->Enable(changes);
}

void LevelsPanel::offsetTyped(wxDataViewEvent& event)
{
    if (filling_ || event.IsEditCancelled() || event.GetColumn() != static_cast<int>(offsetColumn)) return;
    const int row = list_->ItemToRow(event.GetItem());
    if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= rows_.size()) return;
    const std::string typed = utf8(event.GetValue().GetString());
    const LevelsRow& shown = rows_[static_cast<std::size_t>(row)];
    event.Veto(); // the album says what the cell shows
    if (typed == shown.offset) return;
    const TrackId track = shown.track;
    CallAfter([this, track, typed] {
        if (find(*editor_.album(), track) == nullptr) return;
        editor_.take(typedOffset(*editor_.album(), track, typed));
        editor_.endGesture();
    });
}

void LevelsPanel::selectionChanged()
{
    if (filling_) return;
    const int row = list_->GetSelectedRow();
    if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= rows_.size()) return;
    editor_.view.select(rows_[static_cast<std::size_t>(row)].track);
    if (proposing_ && to_->GetSelection() == 1) propose();
    editor_.tell({});
}

BalanceChoice LevelsPanel::chosen() const
{
    return {.by =
                by_->GetSelection() == 1 ? BalanceChoice::By::loudestSection : BalanceChoice::By::integrated,
            .to = static_cast<BalanceChoice::To>(std::max(0, to_->GetSelection())),
            .section = utf8(section_->GetValue()),
            .target = utf8(target_->GetValue()),
            .ceiling = utf8(ceiling_->GetValue())};
}

void LevelsPanel::choiceChanged()
{
    if (words_ == nullptr) return; // still being built
    const BalanceChoice now = chosen();
    section_->Enable(now.by == BalanceChoice::By::loudestSection);
    target_->Enable(now.to == BalanceChoice::To::level || now.to == BalanceChoice::To::album);
    if (proposing_) propose();
}

void LevelsPanel::propose()
{
    if (!shownMeasured_) return;
    proposing_ = true;
    proposal_ = balanceProposal(*shownMeasured_, chosen(), editor_.view.focus);
    fillTable();
}

void LevelsPanel::accept()
{
    if (!proposal_ || !*proposal_) return;
    const BalanceProposal accepted = **proposal_;
    proposing_ = false;
    proposal_.reset();
    editor_.take(acceptedBalance(*editor_.album(), accepted));
    editor_.endGesture();
    fillTable();
}

void LevelsPanel::takeOffsets()
{
    if (!shownMeasured_) return;
    editor_.take(offsetsAsHeard(*editor_.album(), *shownMeasured_, chosen()));
    editor_.endGesture();
}

} // namespace segue::gui
