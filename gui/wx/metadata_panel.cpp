#include "gui/wx/metadata_panel.h"

#include "gui/wx/accessible.h"
#include "gui/wx/canvas.h"
#include "gui/wx/strings.h"
#include "gui/wx/track_table_view.h"

#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

namespace segue::gui {

MetadataPanel::MetadataPanel(wxWindow* parent, Editor& editor) : wxPanel{parent}, editor_{editor}
{
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    auto* scrolled = new wxScrolledWindow{this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL};
    scrolled->SetScrollRate(0, FromDIP(12));
    scrolled->SetMinSize(FromDIP(wxSize{330, 120}));
    auto* grid = new wxFlexGridSizer{2, FromDIP(wxSize{10, 4})};
    grid->AddGrowableCol(1);
    for (const AlbumFieldInfo& about : albumFields()) {
        auto* label = new wxStaticText{scrolled, wxID_ANY, about.label};
        auto* field =
            new wxTextCtrl{scrolled, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER};
        field->SetToolTip(about.help);
        setAccessible(field, std::string{"Album "} + about.label, about.help);
        const AlbumField which = about.field;
        field->Bind(wxEVT_TEXT, [this, which](wxCommandEvent& event) {
            judge(which);
            event.Skip();
        });
        field->Bind(wxEVT_TEXT_ENTER, [this, which](wxCommandEvent&) { commit(which); });
        field->Bind(wxEVT_KILL_FOCUS, [this, which](wxFocusEvent& event) {
            commit(which);
            event.Skip();
        });
        fields_[which] = field;
        grid->Add(label, 0, wxALIGN_CENTRE_VERTICAL);
        grid->Add(field, 1, wxEXPAND);
    }
    auto* inset = new wxBoxSizer{wxVERTICAL};
    inset->Add(grid, 1, wxEXPAND | wxALL, FromDIP(10));
    scrolled->SetSizer(inset);
    row->Add(scrolled, 0, wxEXPAND);
    table_ = new TrackTableView{this, editor, metadataColumns(), "Track texts"};
    row->Add(table_, 1, wxEXPAND);
    SetSizer(row);
    sync();
}

/// While somebody types: whether it would be taken.
void MetadataPanel::judge(AlbumField which)
{
    wxTextCtrl* field = fields_[which];
    if (field == nullptr || !field->IsModified()) return;
    const Proposal proposal = typed(*editor_.album(), which, utf8(field->GetValue()));
    const std::string words = proposal.album ? std::string{} : sentence(proposal.album.error());
    field->SetForegroundColour(words.empty() ? wxNullColour : colour(picture::Ink::error));
    if (words == said_) return;
    said_ = words;
    if (table_->info) table_->info(words, !words.empty());
}

void MetadataPanel::commit(AlbumField field)
{
    // Only what somebody typed: a text that undo changed meanwhile is not put back.
    if (!fields_[field]->IsModified()) return;
    const std::string text = utf8(fields_[field]->GetValue());
    if (!editor_.take(typed(*editor_.album(), field, text))) return;
    show(field, wx(textOf(*editor_.album(), field)));
}

void MetadataPanel::show(AlbumField field, const wxString& text)
{
    fields_[field]->ChangeValue(text);
    fields_[field]->DiscardEdits();
    fields_[field]->SetForegroundColour(wxNullColour);
    said_.clear();
}

void MetadataPanel::goTo(AlbumField field)
{
    fields_[field]->SetFocus();
    fields_[field]->SelectAll();
}

void MetadataPanel::takeTyped()
{
    table_->finishEditing();
    for (const auto& [which, field] : fields_) commit(which);
}

void MetadataPanel::sync()
{
    for (const auto& [which, field] : fields_)
        if (!field->HasFocus() || !field->IsModified())
            if (const wxString text = wx(textOf(*editor_.album(), which)); field->GetValue() != text)
                show(which, text);
    table_->sync();
}

} // namespace segue::gui
