#include "gui/wx/versions_panel.h"

#include "album/compare_albums.h"
#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/datetime.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>
#include <wx/textdlg.h>

namespace segue::gui {

namespace {

constexpr const char *listenLabel = "Listen to it", *albumLabel = "Listen to the album";

} // namespace

VersionsPanel::VersionsPanel(wxWindow* parent, Editor& editor) : wxPanel{parent}, editor_{editor}
{
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    auto* left = new wxBoxSizer{wxVERTICAL};
    list_ = new wxDataViewListCtrl{this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                   wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE};
    list_->AppendTextColumn("Version", wxDATAVIEW_CELL_INERT, FromDIP(170));
    list_->AppendTextColumn("Date", wxDATAVIEW_CELL_INERT, FromDIP(160));
    list_->AppendTextColumn("Note", wxDATAVIEW_CELL_INERT, FromDIP(220));
    prepareTable(list_, FromDIP(29));
    setAccessible(list_, "Versions");
    left->Add(list_, 1, wxEXPAND);
    auto* buttons = new wxBoxSizer{wxHORIZONTAL};
    auto* keepButton = new wxButton{this, wxID_ANY, wx("Keep this version\u2026")};
    // As wide as its longer name, so that the buttons beside it stay where they are.
    listen_ = new wxButton{this, wxID_ANY, albumLabel};
    listen_->SetMinSize(listen_->GetBestSize());
    listen_->SetLabel(listenLabel);
    listen_->SetToolTip("This version and the album in turn: the same place of the same track, equally loud");
    back_ = new wxButton{this, wxID_ANY, "Go back to it"};
    remove_ = new wxButton{this, wxID_ANY, "Remove"};
    for (wxButton* button : {keepButton, listen_, back_, remove_})
        buttons->Add(button, 0, wxRIGHT, FromDIP(6));
    left->Add(buttons, 0, wxALL, FromDIP(8));
    row->Add(left, 1, wxEXPAND);
    differences_ = new wxTextCtrl{
        this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY | wxBORDER_NONE};
    setAccessible(differences_, "What changed since this version");
    row->Add(differences_, 1, wxEXPAND);
    SetSizer(row);
    keepButton->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { keep(); });
    listen_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        const int at = list_->GetSelectedRow();
        if (at != wxNOT_FOUND && listen) listen(static_cast<std::size_t>(at));
    });
    back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        const int at = list_->GetSelectedRow();
        if (at == wxNOT_FOUND) return;
        if (auto s = editor_.session().goBackTo(static_cast<std::size_t>(at)); !s)
            editor_.tell(sentence(s.error()), true);
    });
    remove_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        const int at = list_->GetSelectedRow();
        if (at == wxNOT_FOUND) return;
        if (auto removed = editor_.session().removeVersion(static_cast<std::size_t>(at)); !removed)
            editor_.tell(sentence(removed.error()), true);
        sync();
    });
    list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { compare(); });
    sync();
}

void VersionsPanel::keep()
{
    wxTextEntryDialog dialog{this, "Its name, such as \"approved by the artist\"", "Keep this version"};
    if (dialog.ShowModal() != wxID_OK) return;
    const std::string note = utf8(wxGetTextFromUser("A note, if you like", "Keep this version", {}, this));
    const std::string date = utf8(wxDateTime::Now().FormatISOCombined(' '));
    if (auto s = editor_.session().addVersion(utf8(dialog.GetValue()), date, note); !s)
        editor_.tell(sentence(s.error()), true);
    sync();
}

void VersionsPanel::compare()
{
    const int at = list_->GetSelectedRow();
    listen_->Enable(at != wxNOT_FOUND);
    nameListenButton();
    back_->Enable(at != wxNOT_FOUND);
    remove_->Enable(at != wxNOT_FOUND);
    if (at == wxNOT_FOUND) {
        differences_->ChangeValue("Select a version to see what changed since then.");
        return;
    }
    std::string text;
    for (const std::string& line :
         segue::compare(editor_.session().versions()[static_cast<std::size_t>(at)].album, *editor_.album()))
        text += line + "\n";
    differences_->ChangeValue(wx(text.empty() ? "Nothing changed since then." : text));
}

void VersionsPanel::showHeard(const std::string& name)
{
    if (name == heard_) return;
    heard_ = name;
    nameListenButton();
}

void VersionsPanel::nameListenButton()
{
    const int at = list_->GetSelectedRow();
    const bool isHeard = at != wxNOT_FOUND && !heard_.empty() &&
                         editor_.session().versions()[static_cast<std::size_t>(at)].name == heard_;
    listen_->SetLabel(isHeard ? albumLabel : listenLabel);
    Layout();
}

void VersionsPanel::sync()
{
    const auto& versions = editor_.session().versions();
    if (album_ == editor_.album() && shown_ == versions) return;
    album_ = editor_.album();
    shown_ = versions;
    const int at = list_->GetSelectedRow();
    list_->DeleteAllItems();
    for (const Version& version : versions) {
        wxVector<wxVariant> row;
        for (const std::string& text : {version.name, version.date, version.note}) row.push_back(wx(text));
        list_->AppendItem(row);
    }
    if (at != wxNOT_FOUND && at < static_cast<int>(versions.size()))
        list_->SelectRow(static_cast<unsigned>(at));
    compare();
}

} // namespace segue::gui
