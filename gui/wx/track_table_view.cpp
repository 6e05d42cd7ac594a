#include "gui/wx/track_table_view.h"

#include "gui/wx/accessible.h"
#include "gui/wx/canvas.h"
#include "gui/wx/cell_entry.h"
#include "gui/wx/drop_files.h"
#include "gui/wx/strings.h"
#include "gui/wx/track_clipboard.h"

#include <wx/clipbrd.h>
#include <wx/wupdlock.h>

namespace segue::gui {

class TrackTableView::Model : public wxDataViewVirtualListModel {
public:
    Model(Editor& editor, std::span<const Column> columns, const std::optional<TrackId>& edited)
        : editor_{editor}, columns_{columns}, edited_{edited}
    {
    }
    [[nodiscard]] unsigned rows() const
    {
        return editor_.empty() ? 0 : static_cast<unsigned>(rowCount(editor_.table()));
    }
    [[nodiscard]] unsigned GetColumnCount() const override { return static_cast<unsigned>(columns_.size()); }
    [[nodiscard]] wxString GetColumnType(unsigned) const override { return "string"; }
    void GetValueByRow(wxVariant& value, unsigned row, unsigned column) const override
    {
        // A null value could not be edited, so there is always a text.
        value = row < rows() ? wx(cellOf(editor_.table(), row, columns_[column]).text) : wxString{};
    }
    bool GetAttrByRow(unsigned row, unsigned column, wxDataViewItemAttr& attributes) const override
    {
        if (row >= rows()) return false;
        const picture::Ink ink = cellOf(editor_.table(), row, columns_[column]).ink;
        if (ink == picture::Ink::text) return false;
        attributes.SetColour(colour(ink));
        return true;
    }
    bool SetValueByRow(const wxVariant& value, unsigned row, unsigned column) override
    {
        // The track that the text was typed for, wherever it stands by now.
        std::size_t at = row;
        if (edited_)
            for (at = 0; at < rows() && trackOfRow(editor_.table(), at) != *edited_;) ++at;
        if (at >= rows()) {
            editor_.tell("The track is not in this edition any more; what was typed is dropped", true);
            return false;
        }
        return editor_.take(typed(editor_.table(), at, columns_[column], utf8(value.GetString())));
    }

private:
    Editor& editor_;
    std::span<const Column> columns_;
    const std::optional<TrackId>& edited_;
};

TrackTableView::TrackTableView(wxWindow* parent, Editor& editor, std::span<const Column> columns,
                               const std::string& name)
    : wxDataViewCtrl{parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                     wxDV_MULTIPLE | wxDV_ROW_LINES | wxBORDER_NONE},
      editor_{editor}, columns_{columns}, model_{new Model{editor, columns, edited_}}
{
    AssociateModel(model_.get());
    for (unsigned i = 0; i < columns.size(); ++i) {
        const ColumnInfo& about = infoOf(columns[i]);
        auto* renderer = new wxDataViewTextRenderer{
            "string", about.editable ? wxDATAVIEW_CELL_EDITABLE : wxDATAVIEW_CELL_INERT,
            about.rightAligned ? wxALIGN_RIGHT : wxALIGN_LEFT};
        renderer->EnableEllipsize(wxELLIPSIZE_END);
        auto* column = new wxDataViewColumn{about.heading,
                                            renderer,
                                            i,
                                            FromDIP(about.width),
                                            about.rightAligned ? wxALIGN_RIGHT : wxALIGN_LEFT,
                                            wxDATAVIEW_COL_RESIZABLE};
        AppendColumn(column);
    }
    prepareTable(this, FromDIP(29));
    typing_ = [this](const std::string& text) { return sayWhileTyping(text); };
    keepTypedCells(this, &typing_);
    setAccessible(this, name);
    Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        // What the program selects arrives here too, sometimes late; people select with the focus in the
        // table.
        const wxWindow* focus = FindFocus();
        const bool byHand = focus != nullptr && (focus == this || IsDescendant(const_cast<wxWindow*>(focus)));
        if (syncing_ || editing_ || !byHand || editor_.empty()) {
            shownRevision_ = 0; // whatever it was: the next sync() looks anew
            return;
        }
        wxDataViewItemArray items;
        GetSelections(items);
        editor_.view.selected.clear();
        editor_.view.mark.reset();
        for (const wxDataViewItem& item : items) {
            const unsigned row = model_->GetRow(item);
            if (row < model_->rows()) editor_.view.selected.push_back(trackOfRow(editor_.table(), row));
        }
        const wxDataViewItem current = GetCurrentItem();
        if (current.IsOk() && model_->GetRow(current) < model_->rows())
            editor_.view.focus = trackOfRow(editor_.table(), model_->GetRow(current));
        shownSelection_ = editor_.selection();
        selectionChanged();
    });
    Bind(wxEVT_DATAVIEW_ITEM_START_EDITING, [this](wxDataViewEvent&) { editing_ = true; });
    Bind(wxEVT_DATAVIEW_ITEM_EDITING_STARTED, [this](wxDataViewEvent& event) {
        editing_ = true;
        const unsigned row = model_->GetRow(event.GetItem());
        if (row < model_->rows()) edited_ = trackOfRow(editor_.table(), row);
        editedColumn_ = columns_[event.GetDataViewColumn()->GetModelColumn()];
        // What is edited is the plain value, not how the table dresses it.
        auto* text = dynamic_cast<wxTextEntry*>(event.GetDataViewColumn()->GetRenderer()->GetEditorCtrl());
        if (text == nullptr || row >= model_->rows()) return;
        text->ChangeValue(
            wx(editText(editor_.table(), row, columns_[event.GetDataViewColumn()->GetModelColumn()])));
        text->SelectAll();
    });
    const auto hint = [this](const char* words) {
        return [this, words](wxMouseEvent& event) {
            // What is wrong is not talked over.
            if (info && !editing_ && !editor_.messageIsError()) info(words, false);
            event.Skip();
        };
    };
    Bind(wxEVT_ENTER_WINDOW,
         hint("Click: choose \u00b7 Click again or Enter: type \u00b7 Drag: another place in the order "
              "\u00b7 Ctrl: choose more \u00b7 Shift: up to here \u00b7 Ctrl+V: paste columns"));
    Bind(wxEVT_LEAVE_WINDOW, hint(""));
    EnableDragSource(draggedRows());
    Bind(wxEVT_DATAVIEW_ITEM_BEGIN_DRAG, [this](wxDataViewEvent& event) {
        finishEditing(); // pressing on a chosen row has opened its cell
        // Which rows: those that are chosen when they are dropped.
        auto* data = new wxCustomDataObject{draggedRows()};
        data->SetData(1, " ");
        event.SetDataObject(data);
        event.SetDragFlags(wxDrag_DefaultMove);
    });
    Bind(wxEVT_DATAVIEW_ITEM_EDITING_DONE, [this](wxDataViewEvent&) {
        editing_ = false;
        if (info) info({}, false); // what was said while typing
        // The text is set after this; then what changed meanwhile is shown.
        CallAfter([this] {
            if (!editing_) edited_.reset();
            if (syncWanted_) sync();
        });
    });
    Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
        const wxDataViewColumn* column = event.GetDataViewColumn();
        const unsigned row = model_->GetRow(event.GetItem());
        if (column != nullptr && infoOf(columns_[column->GetModelColumn()]).editable)
            EditItem(event.GetItem(), column);
        else if (rowActivated)
            rowActivated(row);
    });
    sync();
}

TrackTableView::~TrackTableView()
{
    // wxWidgets gives up an open cell on its way out and tells the handlers above, whose members are gone by
    // then.
    SetEvtHandlerEnabled(false);
}

std::optional<Column> TrackTableView::currentColumn() const
{
    const wxDataViewColumn* column = GetCurrentColumn();
    if (column == nullptr) return {};
    return columns_[column->GetModelColumn()];
}

bool TrackTableView::sayWhileTyping(const std::string& text)
{
    if (!edited_ || editor_.empty()) return true;
    for (std::size_t row = 0; row < model_->rows(); ++row) {
        if (trackOfRow(editor_.table(), row) != *edited_) continue;
        const TypedWords said = whileTyped(editor_.table(), row, editedColumn_, text);
        if (info) info(said.words, !said.words.empty());
        return !said.refused;
    }
    return true;
}

std::size_t TrackTableView::dropPosition(wxPoint at) const
{
    wxDataViewItem item;
    wxDataViewColumn* column = nullptr;
    HitTest(at, item, column);
    if (!item.IsOk()) return model_->rows();
    const wxRect row = GetItemRect(item);
    return model_->GetRow(item) + (at.y > row.y + row.height / 2 ? 1U : 0U);
}

void TrackTableView::finishEditing()
{
    if (editing_) finishCell(this);
}

void TrackTableView::sync()
{
    // Rows that change under an open cell would close it.
    syncWanted_ = editing_;
    if (editing_) return;
    if (shownRevision_ == editor_.revision() && shownSelection_ == editor_.selection()) return;
    shownRevision_ = editor_.revision();
    shownSelection_ = editor_.selection();
    syncing_ = true;
    const wxWindowUpdateLocker lock{this};
    if (model_->GetCount() != model_->rows()) {
        model_->Reset(model_->rows());
    } else {
        for (unsigned row = 0; row < model_->rows(); ++row) model_->RowChanged(row);
    }
    wxDataViewItemArray items;
    for (const std::size_t row : editor_.selectedRows())
        items.push_back(model_->GetItem(static_cast<unsigned>(row)));
    SetSelections(items);
    // GTK has no rows to scroll to before it has laid some out, and complains.
    if (editor_.view.focus && !editor_.empty() && items.size() == 1 && GetTopItem().IsOk())
        for (unsigned row = 0; row < model_->rows(); ++row)
            if (trackOfRow(editor_.table(), row) == *editor_.view.focus)
                EnsureVisible(model_->GetItem(row));
    syncing_ = false;
}

void TrackTableView::editCell(std::size_t row, Column column)
{
    for (unsigned i = 0; i < columns_.size(); ++i)
        if (columns_[i] == column) {
            const wxDataViewItem item = model_->GetItem(static_cast<unsigned>(row));
            SetFocus();
            EditItem(item, GetColumn(i));
        }
}

bool TrackTableView::copy() const
{
    std::string text;
    for (const std::size_t row : editor_.selectedRows()) {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            text += (i == 0 ? "" : "\t") + cellOf(editor_.table(), row, columns_[i]).text;
        text += '\n';
    }
    return putTracks(editor_.copiedTracks(), text);
}

void TrackTableView::paste()
{
    if (const auto tracks = tracksOnClipboard()) {
        editor_.pasteTracks(*tracks);
        return;
    }
    wxTextDataObject data;
    {
        const wxClipboardLocker lock;
        if (!lock || !wxTheClipboard->GetData(data)) return info("The clipboard holds no text", true);
    }
    const std::vector<std::size_t> rows = editor_.selectedRows();
    if (rows.empty()) return info("Select the first row to paste into", true);
    std::size_t first = 0;
    if (const auto column = currentColumn())
        first = static_cast<std::size_t>(std::ranges::find(columns_, *column) - columns_.begin());
    editor_.take(pasted(editor_.table(), rows.front(), columns_.subspan(first), utf8(data.GetText())));
}

void TrackTableView::fillDown()
{
    const auto column = currentColumn();
    if (!column || !infoOf(*column).editable)
        return info("Choose the cell whose text is to be repeated", true);
    const std::vector<std::size_t> rows = editor_.selectedRows();
    editor_.take(filledDown(editor_.table(), rows, *column));
}

} // namespace segue::gui
