/// \file
/// A row of controls that becomes two where the window is too narrow for it. A box sizer would crop what
/// comes last, and that is the button.
#pragma once

#include <wx/sizer.h>
#include <wx/window.h>

namespace segue::gui {

/// \param further what stands beside `first`, or below it; takes the rest of the width
/// \param margin of the row in the panel, left and right together
[[nodiscard]] inline wxBoxSizer* foldingRow(wxWindow* panel, wxSizer* first, wxSizer* further, int margin)
{
    auto* rows = new wxBoxSizer{wxHORIZONTAL};
    rows->Add(first, 0, wxEXPAND);
    rows->Add(further, 1, wxEXPAND);
    panel->Bind(wxEVT_SIZE, [=](wxSizeEvent& event) {
        // Where not even the first fits, the window has no size yet.
        const int width = event.GetSize().x - margin, alone = first->CalcMin().x;
        const bool folds = alone <= width && width < alone + further->CalcMin().x;
        const int orientation = folds ? wxVERTICAL : wxHORIZONTAL;
        if (rows->GetOrientation() != orientation) {
            rows->SetOrientation(orientation);
            panel->InvalidateBestSize();
            // It has another height now.
            panel->CallAfter([panel] { panel->GetParent()->Layout(); });
        }
        event.Skip();
    });
    return rows;
}

} // namespace segue::gui
