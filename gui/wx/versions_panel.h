/// \file
/// The Versions tab: named, dated snapshots of the album with a note; compare and go back.
#pragma once

#include "gui/model/editor.h"

#include <wx/panel.h>

class wxDataViewListCtrl;
class wxTextCtrl;
class wxButton;

namespace segue::gui {

class VersionsPanel : public wxPanel {
public:
    VersionsPanel(wxWindow* parent, Editor& editor);
    /// What is inside refers to the members, so it goes first.
    ~VersionsPanel() override { DestroyChildren(); }
    void sync();

private:
    void keep();
    void compare();
    Editor& editor_;
    std::shared_ptr<const Album> album_; ///< that differences_ are about
    std::vector<Version> shown_;
    wxDataViewListCtrl* list_;
    wxTextCtrl* differences_;
    wxButton *back_, *remove_;
};

} // namespace segue::gui
