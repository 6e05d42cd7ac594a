/// \file
/// The Versions tab: named, dated snapshots of the album with a note; compare and go back.
#pragma once

#include "gui/model/editor.h"

#include <wx/panel.h>

#include <functional>
#include <string>

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
    /// Wanted: this version and the album in turn.
    std::function<void(std::size_t version)> listen{};
    /// \param name of the version that is heard now; empty: none
    void showHeard(const std::string& name);

private:
    void keep();
    void compare();
    void nameListenButton();
    Editor& editor_;
    std::shared_ptr<const Album> album_; ///< that differences_ are about
    std::vector<Version> shown_;
    wxDataViewListCtrl* list_;
    wxTextCtrl* differences_;
    wxButton *listen_, *back_, *remove_;
    std::string heard_{};
};

} // namespace segue::gui
