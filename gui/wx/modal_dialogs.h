/// \file
/// Whether a dialog waits for an answer somewhere in the program. A window that closed by itself meanwhile,
/// because its save is done, would pull the dialog's parent from under it.
#pragma once

namespace segue::gui {

/// Dialogs that are open and modal, the system's own included. \pre watchModalDialogs() was called
[[nodiscard]] int modalDialogs();
/// Once, before the first one.
void watchModalDialogs();

} // namespace segue::gui
