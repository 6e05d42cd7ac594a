/// \file
/// Keys that GTK takes in text fields and that are ours.
#pragma once

namespace segue::gui {

/// Ctrl+. and Ctrl+; open GTK's emoji chooser in a field. Here they change the disc, no disc has emoji, and
/// in the field of a table's cell the chooser fails. Once, after GTK was started.
void forgetEmojiKeys();

} // namespace segue::gui
