/// \file
/// The dialog in which an edition's medium is set: mark offsets, pauses, codes, rate.
#pragma once

#include "album/album.h"

#include <optional>

class wxWindow;

namespace segue::gui {

/// \return the medium as it was set; nothing when the dialog was cancelled
[[nodiscard]] std::optional<Medium> editMedium(wxWindow* parent, const Edition& edition);

} // namespace segue::gui
