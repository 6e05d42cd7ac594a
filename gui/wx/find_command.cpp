#include "gui/wx/find_command.h"

#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/listctrl.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

namespace segue::gui {

namespace {

class Palette : public wxDialog {
public:
    Palette(wxWindow* parent, const std::function<bool(Action)>& enabled)
        : wxDialog{parent,           wxID_ANY,
                   "Find a command", wxDefaultPosition,
                   wxDefaultSize,    wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER},
          enabled_{enabled}
    {
        auto* column = new wxBoxSizer{wxVERTICAL};
        query_ = new wxTextCtrl{this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER};
        query_->SetHint("Type what you want to do");
        setAccessible(query_, "Command");
        list_ = new wxListView{this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize{520, 360}),
                               wxLC_REPORT | wxLC_SINGLE_SEL | wxLC_NO_HEADER};
        list_->AppendColumn("Command", wxLIST_FORMAT_LEFT, FromDIP(330));
        list_->AppendColumn("Key", wxLIST_FORMAT_RIGHT, FromDIP(160));
        setAccessible(list_, "Commands");
        column->Add(query_, 0, wxEXPAND | wxALL, FromDIP(10));
        column->Add(list_, 1, wxEXPAND | wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(10));
        SetSizerAndFit(column);
        query_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { fill(); });
        query_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { accept(); });
        list_->Bind(wxEVT_LIST_ITEM_ACTIVATED, [this](wxListEvent&) { accept(); });
        Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
            // Without a button to cancel by, the dialog would not know the key.
            if (event.GetKeyCode() == WXK_ESCAPE) return EndModal(wxID_CANCEL);
            const int by = event.GetKeyCode() == WXK_DOWN ? 1 : event.GetKeyCode() == WXK_UP ? -1 : 0;
            if (by == 0 || found_.empty()) return event.Skip();
            const long at =
                std::clamp(list_->GetFirstSelected() + by, 0L, static_cast<long>(found_.size()) - 1);
            list_->Select(at);
            list_->EnsureVisible(at);
        });
        fill();
        query_->SetFocus();
    }
    [[nodiscard]] std::optional<Action> chosen() const { return chosen_; }

private:
    void fill()
    {
        found_ = findActions(utf8(query_->GetValue()));
        list_->DeleteAllItems();
        for (std::size_t i = 0; i < found_.size(); ++i) {
            const ActionInfo& about = infoOf(found_[i]);
            const long row = list_->InsertItem(static_cast<long>(i),
                                               wx(std::string{about.menu} + " \u203a " + about.label));
            list_->SetItem(row, 1, wx(about.shortcut));
            if (!enabled_(found_[i]))
                list_->SetItemTextColour(row, wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
        }
        if (!found_.empty()) list_->Select(0);
    }
    void accept()
    {
        const long at = list_->GetFirstSelected();
        if (at < 0) return;
        const Action action = found_[static_cast<std::size_t>(at)];
        if (!enabled_(action)) return;
        chosen_ = action;
        EndModal(wxID_OK);
    }
    const std::function<bool(Action)>& enabled_;
    wxTextCtrl* query_;
    wxListView* list_;
    std::vector<Action> found_;
    std::optional<Action> chosen_;
};

} // namespace

std::optional<Action> findCommand(wxWindow* parent, const std::function<bool(Action)>& enabled)
{
    Palette palette{parent, enabled};
    palette.CentreOnParent();
    palette.ShowModal();
    return palette.chosen();
}

void showKeys(wxWindow* parent)
{
    wxDialog sheet{parent, wxID_ANY, "Keys"};
    auto* columns = new wxBoxSizer{wxHORIZONTAL};
    wxBoxSizer* column = nullptr;
    // Rows of a column, heads as two: the longest menu has one of its own, and a screen of 800 pixels shows
    // it.
    constexpr std::ptrdiff_t most = 29;
    std::ptrdiff_t height = 0;
    for (const std::string_view menu : menus()) {
        const auto rows = 2 + std::ranges::count_if(actions(), [&](const ActionInfo& about) {
                              return about.menu == menu && about.shortcut[0] != '\0';
                          });
        if (column == nullptr || height + rows > most) {
            column = new wxBoxSizer{wxVERTICAL};
            columns->Add(column, 0, wxALL, sheet.FromDIP(14));
            height = 0;
        }
        height += rows;
        auto* head = new wxStaticText{&sheet, wxID_ANY, wx(menu)};
        head->SetFont(head->GetFont().Bold());
        column->Add(head, 0, wxTOP | wxBOTTOM, sheet.FromDIP(6));
        auto* grid = new wxFlexGridSizer{2, sheet.FromDIP(wxSize{16, 2})};
        for (const ActionInfo& about : actions()) {
            if (about.menu != menu || about.shortcut[0] == '\0') continue;
            grid->Add(new wxStaticText{&sheet, wxID_ANY, wx(about.shortcut)});
            grid->Add(new wxStaticText{&sheet, wxID_ANY, wx(about.label)});
        }
        column->Add(grid);
    }
    auto* all = new wxBoxSizer{wxVERTICAL};
    all->Add(columns);
    all->Add(sheet.CreateButtonSizer(wxCLOSE), 0, wxALIGN_RIGHT | wxALL, sheet.FromDIP(10));
    sheet.SetEscapeId(wxID_CLOSE);
    sheet.SetSizerAndFit(all);
    sheet.CentreOnParent();
    sheet.ShowModal();
}

} // namespace segue::gui
