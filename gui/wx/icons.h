/// \file
/// Segue's own icons, drawn as SVG in the colour of the text around them.
#pragma once

#include <wx/bmpbndl.h>

#include <string_view>

namespace segue::gui {

/// "play", "stop", "start", "next", "loop", "segue". \pre it exists
[[nodiscard]] wxBitmapBundle icon(std::string_view name, const wxColour& colour, int size = 16);

} // namespace segue::gui
