/// \file
/// Tracks on the desktop's clipboard: as themselves for Segue's windows, as a table's rows for anybody else.
#pragma once

#include <optional>
#include <string>

namespace segue::gui {

/// \return false when the clipboard cannot be used now
[[nodiscard]] bool putTracks(const std::string& tracks, const std::string& rows);
/// What a window of Segue put there last; nothing when something else is there.
[[nodiscard]] std::optional<std::string> tracksOnClipboard();

} // namespace segue::gui
