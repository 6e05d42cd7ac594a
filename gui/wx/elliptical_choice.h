/// \file
/// A choice of elliptical equalisers: to listen through in the Vinyl tab, and to put into side files.
#pragma once

#include "vinyl/elliptical.h"

#include <optional>

class wxChoice;
class wxWindow;

namespace segue::gui {

/// All that are offered, and none, which is chosen.
/// \param none its words
[[nodiscard]] wxChoice* newEllipticalChoice(wxWindow* parent, const char* none);
[[nodiscard]] std::optional<vinyl::Elliptical> chosenElliptical(const wxChoice& choice);

} // namespace segue::gui
