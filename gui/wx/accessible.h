/// \file
/// Names for screen readers: wx has none on GTK, so they are given to GTK's own accessibility objects.
#pragma once

#include <string>

class wxDataViewCtrl;
class wxMenuItem;
class wxWindow;

namespace segue::gui {

/// \param description what it is for, longer; may be empty
void setAccessible(wxWindow* window, const std::string& name, const std::string& description = {});
/// Tab stops at this window, which draws itself.
void letTabCome(wxWindow* window);
/// Shows a key beside a menu item without GTK acting on it: the frame does, so that typing into a cell is
/// never taken for a command.
void showKey(wxMenuItem* item, const std::string& shortcut);

/// Rows of this height (wx's own SetRowHeight does nothing on GTK), and no search box when a key is struck:
/// keys are commands.
void prepareTable(wxDataViewCtrl* table, int rowHeight);

/// A click on it leaves the focus where it was; Tab still reaches it.
void keepFocusOnClick(wxWindow* button);

} // namespace segue::gui
