/// \file
/// The dialog that adds audio files: it says what the chosen ones are and plays them.
#pragma once

#include "core/file_ops.h"
#include "gui/wx/sound.h"

#include <vector>

class wxWindow;

namespace segue::gui {

/// \param folder where it begins; may be empty
/// In the dialog's order; empty when it was cancelled. What the editor plays gives way to the preview.
[[nodiscard]] std::vector<Path> chooseAudioFiles(wxWindow* parent, Sound& sound, const Path& folder);

} // namespace segue::gui
