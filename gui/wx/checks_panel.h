/// \file
/// The Checks tab: every finding with its place, its sentence and what would be right.
#pragma once

#include "gui/model/editor.h"

#include <wx/dataview.h>

#include <functional>

namespace segue::gui {

class ChecksPanel : public wxDataViewListCtrl {
public:
    explicit ChecksPanel(wxWindow* parent);
    /// What the list says on its way out comes too late for the members.
    ~ChecksPanel() override { SetEvtHandlerEnabled(false); }
    std::function<void(std::size_t)> chosen; ///< its place among the findings
    void show(const Findings& findings);

private:
    Findings shown_;
    std::vector<std::size_t> order_;
};

} // namespace segue::gui
