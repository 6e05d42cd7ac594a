/// \file
/// The Tracks and Metadata tables: a native list over gui/model/track_table, edited in place. Selection and
/// focus are the timeline's.
#pragma once

#include "gui/model/editor.h"

#include <wx/dataview.h>

#include <functional>
#include <optional>
#include <span>

namespace segue::gui {

class TrackTableView : public wxDataViewCtrl {
public:
    TrackTableView(wxWindow* parent, Editor& editor, std::span<const Column> columns,
                   const std::string& name);
    ~TrackTableView() override;
    std::function<void()> selectionChanged;
    std::function<void(std::string, bool)> info;
    std::function<void(std::size_t)> rowActivated;
    /// After an edit: new texts, rows, selection.
    void sync();
    void editPause(std::size_t row) { editCell(row, Column::pause); }
    void editCell(std::size_t row, Column column);
    [[nodiscard]] bool copy() const;
    void paste();
    void fillDown();
    /// Where in the order something belongs that is dropped at this place of the control.
    [[nodiscard]] std::size_t dropPosition(wxPoint at) const;
    [[nodiscard]] bool editing() const { return editing_; }
    /// Takes the text of the cell that is being edited, if one is.
    void finishEditing();

private:
    class Model;
    [[nodiscard]] std::optional<Column> currentColumn() const;
    bool sayWhileTyping(const std::string& text);
    Editor& editor_;
    std::span<const Column> columns_;
    wxObjectDataPtr<Model> model_;
    bool syncing_ = false, editing_ = false, syncWanted_ = false;
    std::optional<TrackId> edited_; ///< rows may come and go while somebody types
    Column editedColumn_{};
    std::function<bool(const std::string&)> typing_;
    std::uint64_t shownRevision_ = 0;
    std::vector<TrackId> shownSelection_;
};

} // namespace segue::gui
