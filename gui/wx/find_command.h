/// \file
/// The command palette and the sheet of keys, both made from the table of actions.
#pragma once

#include "gui/model/actions.h"

#include <functional>
#include <optional>

class wxWindow;

namespace segue::gui {

/// Asks for a command by its words. \param enabled greys what cannot be done now
[[nodiscard]] std::optional<Action> findCommand(wxWindow* parent, const std::function<bool(Action)>& enabled);
void showKeys(wxWindow* parent);

} // namespace segue::gui
