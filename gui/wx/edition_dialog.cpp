#include "gui/wx/edition_dialog.h"

#include "gui/model/edition_settings.h"
#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <wx/arrstr.h>
#include <wx/checkbox.h>
#include <wx/combobox.h>
#include <wx/dialog.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <vector>

namespace segue::gui {

namespace {

class Dialog : public wxDialog {
public:
    Dialog(wxWindow* parent, const Edition& edition)
        : wxDialog{parent, wxID_ANY, wx("Settings of the edition \u201c" + edition.name + "\u201d")},
          medium_{edition.medium}
    {
        auto* column = new wxBoxSizer{wxVERTICAL};
        auto* grid = new wxFlexGridSizer{2, FromDIP(wxSize{14, 8})};
        grid->AddGrowableCol(1);
        for (const EditionFieldInfo& info : editionFields(medium_)) {
            const std::string text = textOf(medium_, info.field);
            wxControl* control = nullptr;
            if (info.tick) {
                auto* box = new wxCheckBox{this, wxID_ANY, wx(info.label)};
                box->SetValue(!text.empty());
                grid->AddSpacer(0);
                control = box;
            } else {
                auto* label = new wxStaticText{this, wxID_ANY, wx(info.label)};
                label->SetMinSize(FromDIP(wxSize{280, -1}));
                grid->Add(label, 0, wxALIGN_CENTRE_VERTICAL);
                control = info.choices.empty() ? field(text) : offered(info, text);
            }
            control->SetToolTip(wx(info.help));
            setAccessible(control, info.label, info.help);
            grid->Add(control, 1, wxEXPAND);
            controls_.push_back(control);
        }
        column->Add(grid, 1, wxEXPAND | wxALL, FromDIP(16));
        column->Add(CreateButtonSizer(wxOK | wxCANCEL), 0, wxEXPAND | wxALL, FromDIP(10));
        SetSizerAndFit(column);
        CentreOnParent();
    }

    /// Nothing when a field holds what does not belong there: it was said, and the field has the focus.
    [[nodiscard]] std::optional<Medium> typed()
    {
        Medium medium = medium_;
        for (std::size_t i = 0; i < controls_.size(); ++i) {
            auto made = withTyped(medium, editionFields(medium_)[i].field, textIn(controls_[i]));
            if (!made) {
                wxMessageBox(wx(sentence(made.error())), GetTitle(), wxOK | wxICON_WARNING, this);
                controls_[i]->SetFocus();
                return {};
            }
            medium = std::move(*made);
        }
        return medium;
    }

private:
    [[nodiscard]] static std::string textIn(const wxControl* control)
    {
        if (const auto* box = dynamic_cast<const wxCheckBox*>(control)) return box->GetValue() ? "1" : "";
        if (const auto* box = dynamic_cast<const wxComboBox*>(control)) return utf8(box->GetValue());
        return utf8(dynamic_cast<const wxTextCtrl&>(*control).GetValue());
    }
    [[nodiscard]] wxControl* field(const std::string& text)
    {
        return new wxTextCtrl{this, wxID_ANY, wx(text), wxDefaultPosition, FromDIP(wxSize{220, -1})};
    }
    [[nodiscard]] wxControl* offered(const EditionFieldInfo& info, const std::string& text)
    {
        auto* box = new wxComboBox{this,
                                   wxID_ANY,
                                   wx(text),
                                   wxDefaultPosition,
                                   FromDIP(wxSize{220, -1}),
                                   wxSplit(wx(info.choices), '|', '\0'),
                                   info.othersToo ? 0L : static_cast<long>(wxCB_READONLY)};
        box->SetValue(wx(text));
        return box;
    }

    Medium medium_;
    std::vector<wxControl*> controls_{};
};

} // namespace

std::optional<Medium> editMedium(wxWindow* parent, const Edition& edition)
{
    Dialog dialog{parent, edition};
    while (dialog.ShowModal() == wxID_OK)
        if (auto medium = dialog.typed()) return medium;
    return {};
}

} // namespace segue::gui
