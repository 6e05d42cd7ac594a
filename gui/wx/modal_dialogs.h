/// \file
/// Whether a dialog waits for an answer somewhere in the program. A window that closed by itself meanwhile,
/// because its save is done, would pull the dialog's parent from under it.
#pragma once

namespace segue::gui {

/// Dialogs that are open and modal, the system's own included, and menus of OpenMenu. \pre
/// watchModalDialogs() was called
[[nodiscard]] int modalDialogs();
/// Once, before the first one.
void watchModalDialogs();

/// While it lives a menu of a window is open, which waits like a dialog.
class OpenMenu {
public:
    OpenMenu();
    ~OpenMenu();
    OpenMenu(const OpenMenu&) = delete;
    OpenMenu& operator=(const OpenMenu&) = delete;
};

} // namespace segue::gui
