/// \file
/// What is asked when a record's side files are delivered: silence around the tracks, level, equaliser,
/// names.
#pragma once

#include "gui/model/delivery.h"

#include <wx/panel.h>

#include <functional>

class wxChoice;
class wxSpinCtrlDouble;
class wxTextCtrl;

namespace segue::gui {

class SideOptions : public wxPanel {
public:
    explicit SideOptions(wxWindow* parent);
    std::function<void()> changed; ///< by the user
    /// Into the parts of the choices that are about side files.
    void takeInto(DeliveryChoices& choices) const;

private:
    wxSpinCtrlDouble *leadIn_ = nullptr, *tail_ = nullptr, *gain_ = nullptr;
    wxChoice* elliptical_ = nullptr;
    wxTextCtrl* pattern_ = nullptr;
};

} // namespace segue::gui
