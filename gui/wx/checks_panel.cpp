#include "gui/wx/checks_panel.h"

#include "app/open_input.h"
#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <algorithm>

namespace segue::gui {

ChecksPanel::ChecksPanel(wxWindow* parent) : wxPanel{parent}
{
    list_ = new wxDataViewListCtrl{this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                   wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE};
    list_->AppendTextColumn("Level", wxDATAVIEW_CELL_INERT, FromDIP(80));
    list_->AppendTextColumn("Where", wxDATAVIEW_CELL_INERT, FromDIP(170));
    // As wide as the longest one, What would leave no room for What to do; below stands what is chosen, in
    // full.
    for (const auto& [words, width] : {std::pair{"What", 440}, std::pair{"What to do", 320}})
        list_->AppendTextColumn(words, wxDATAVIEW_CELL_INERT, FromDIP(width))
            ->GetRenderer()
            ->EnableEllipsize(wxELLIPSIZE_END);
    list_->AppendTextColumn("Rule", wxDATAVIEW_CELL_INERT, FromDIP(190));
    prepareTable(list_, FromDIP(29));
    setAccessible(list_, "Checks");
    auto* column = new wxBoxSizer{wxVERTICAL};
    column->Add(list_, 1, wxEXPAND);
    whole_ = new wxStaticText{this, wxID_ANY, {}};
    setAccessible(whole_, "The finding in full");
    column->Add(whole_, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, FromDIP(10));
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    fix_ = new wxButton{this, wxID_ANY, "Fix"};
    goTo_ = new wxButton{this, wxID_ANY, "Go to"};
    accept_ = new wxButton{this, wxID_ANY, wx("Accept\u2026")};
    accept_->SetToolTip("Heard, and meant: with a note that stands in the project and in every report, until "
                        "the sound changes");
    accept_->Hide();
    for (wxButton* button : {fix_, goTo_, accept_}) row->Add(button, 0, wxRIGHT, FromDIP(8));
    state_ = new wxStaticText{this, wxID_ANY, {}};
    setAccessible(state_, "What is being checked");
    row->Add(state_, 0, wxALIGN_CENTRE_VERTICAL | wxLEFT, FromDIP(6));
    column->Add(row, 0, wxALL | wxEXPAND, FromDIP(6));
    SetSizer(column);
    list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        syncButtons();
        if (const auto at = selected(); at && chosen) chosen(*at);
    });
    list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) {
        if (const auto at = selected(); at && goTo) goTo(*at);
    });
    fix_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (const auto at = selected(); at && fix) fix(*at);
    });
    goTo_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (const auto at = selected(); at && goTo) goTo(*at);
    });
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        CallAfter([this] { syncWhole(); });
        keepRoom();
        event.Skip();
    });
    accept_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (const auto at = selected(); at && accept) accept(*at);
    });
    syncButtons();
}

void ChecksPanel::syncWhole()
{
    const auto at = selected();
    std::string words;
    if (at) {
        const Finding& f = shown_[*at];
        words = describe(f.where) + ": " + f.message + ".";
        if (f.accepted)
            words += f.accepted->empty() ? "\nHeard and accepted." : "\nHeard and accepted: " + *f.accepted;
        else if (!f.fix.empty())
            words += "\nWhat to do: " + f.fix + ".";
    }
    const int width = GetClientSize().GetWidth() - FromDIP(20);
    if (std::pair{words, width} == wholeShown_ || width <= 0) return;
    wholeShown_ = {words, width};
    whole_->SetLabelText(wx(words));
    whole_->Wrap(width);
    keepRoom();
    Layout();
}

std::optional<std::size_t> ChecksPanel::selected() const
{
    const int row = list_->GetSelectedRow();
    if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= order_.size()) return {};
    return order_[static_cast<std::size_t>(row)];
}

void ChecksPanel::syncButtons()
{
    const int row = list_->GetSelectedRow();
    const bool any = selected().has_value();
    const std::string words = any ? fixes_[static_cast<std::size_t>(row)] : std::string{};
    // A focus on a disabled button would leave the window deaf to keys.
    if (words.empty() && fix_->HasFocus()) list_->SetFocus();
    fix_->SetLabelText(wx(words.empty() ? "Fix" : words));
    fix_->Enable(!words.empty());
    goTo_->Enable(any);
    const Finding* finding = any ? &shown_[*selected()] : nullptr;
    const bool accepts = finding != nullptr && (finding->accepted || finding->mayBeSetAside());
    if (!accepts && accept_->HasFocus()) list_->SetFocus();
    accept_->Show(accept != nullptr);
    accept_->Enable(accepts);
    accept_->SetLabelText(
        wx(finding != nullptr && finding->accepted ? "Withdraw acceptance" : "Accept\u2026"));
    syncWhole();
    keepRoom();
    Layout();
}

/// What a fix says may be long: the buttons behind it keep their places. And a list of a few pixels' height
/// shows nothing, and GTK cannot lay out its scroll bars.
void ChecksPanel::keepRoom()
{
    const wxSize all = GetClientSize();
    const int others = goTo_->GetBestSize().x + (accept_->IsShown() ? accept_->GetBestSize().x : 0),
              room = std::max(FromDIP(90), all.x - others - FromDIP(60));
    fix_->SetMinSize(wxDefaultSize); // a smallest size counts for the best one
    fix_->SetMinSize({std::min(fix_->GetBestSize().x, room), -1});
    const int below = whole_->GetBestSize().y + fix_->GetBestSize().y + FromDIP(22);
    list_->Show(all.y - below >= FromDIP(60));
}

void ChecksPanel::show(Findings findings, const Path& folder)
{
    nameFilesFrom(findings, folder);
    if (findings == shown_) return;
    const int before = list_->GetSelectedRow();
    const auto chosenAt = selected();
    const std::optional<Finding> chosenBefore = chosenAt ? std::optional{shown_[*chosenAt]} : std::nullopt;
    shown_ = findings;
    order_.clear();
    fixes_.clear();
    list_->DeleteAllItems();
    for (const auto level : {Finding::Level::error, Finding::Level::warning, Finding::Level::note})
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const Finding& f = findings[i];
            if (f.level != level) continue;
            order_.push_back(i);
            fixes_.push_back(fixWords && f.stands() ? fixWords(f).value_or("") : std::string{});
            wxVector<wxVariant> row;
            const std::string levelWords = f.accepted ? "accepted" : f.overridden ? "allowed" : name(f.level);
            for (const std::string& text : {levelWords, describe(f.where), f.message, f.fix, f.rule})
                row.push_back(wx(text));
            list_->AppendItem(row);
        }
    // What was chosen stays so where it is now. Once it is gone, what comes next in the list is at hand, so
    // that one can go on down the list.
    const auto is = [&](std::size_t i) {
        return shown_[i].rule == chosenBefore->rule && shown_[i].where == chosenBefore->where &&
               shown_[i].message == chosenBefore->message;
    };
    const auto there = chosenBefore ? std::ranges::find_if(order_, is) : order_.end();
    if (there != order_.end())
        list_->SelectRow(static_cast<unsigned>(there - order_.begin()));
    else if (before != wxNOT_FOUND && !order_.empty())
        list_->SelectRow(static_cast<unsigned>(std::min<int>(before, static_cast<int>(order_.size()) - 1)));
    syncButtons();
}

void ChecksPanel::chooseFirst()
{
    if (list_->GetSelectedRow() != wxNOT_FOUND || order_.empty()) return;
    list_->SelectRow(0);
    syncButtons();
}

void ChecksPanel::showState(const std::string& words)
{
    if (utf8(state_->GetLabelText()) == words) return;
    state_->SetLabelText(wx(words));
    Layout();
}

} // namespace segue::gui
