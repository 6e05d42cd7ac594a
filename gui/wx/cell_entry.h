/// \file
/// The field in which a table's cell is edited. GTK drops what was typed when one clicks elsewhere; here it
/// is kept, and only Esc gives it up.
#pragma once

#include <functional>
#include <string>

class wxDataViewCtrl;

namespace segue::gui {

/// For all columns the table has by now. A click elsewhere, another window or Tab takes what was typed; a
/// double click that opens a cell puts the caret where it was made.
/// \param typing called with the text at every change; whether it would be taken. Outlives the table; may be
/// null
void keepTypedCells(wxDataViewCtrl* table, const std::function<bool(const std::string&)>* typing = nullptr);
/// Takes the text of the cell that is being edited, if one is.
void finishCell(wxDataViewCtrl* table);

} // namespace segue::gui
