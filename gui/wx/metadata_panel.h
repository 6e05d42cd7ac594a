/// \file
/// The Metadata tab: the album's fields at the left, the tracks' texts beside them.
#pragma once

#include "gui/model/album_fields.h"
#include "gui/model/editor.h"

#include <wx/panel.h>

#include <map>

class wxTextCtrl;

namespace segue::gui {

class TrackTableView;

class MetadataPanel : public wxPanel {
public:
    MetadataPanel(wxWindow* parent, Editor& editor);
    /// What is inside refers to the members, so it goes first.
    ~MetadataPanel() override { DestroyChildren(); }
    void sync();
    /// The field is ready to be typed into.
    void goTo(AlbumField field);
    /// Takes what was typed and not yet taken.
    void takeTyped();
    [[nodiscard]] TrackTableView& table() { return *table_; }

private:
    void commit(AlbumField field);
    void judge(AlbumField field);
    void show(AlbumField field, const wxString& text);
    Editor& editor_;
    std::map<AlbumField, wxTextCtrl*> fields_;
    TrackTableView* table_ = nullptr;
    std::string said_{}; ///< of what is being typed
};

} // namespace segue::gui
