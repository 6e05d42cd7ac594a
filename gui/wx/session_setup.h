/// \file
/// Where this program keeps state, and where the sample album lies.
#pragma once

#include "app/session.h"

namespace segue::gui {

[[nodiscard]] SessionSetup sessionSetup();
/// Installed beside the program, or in the build tree; may not exist.
[[nodiscard]] Path sampleAlbum();

} // namespace segue::gui
