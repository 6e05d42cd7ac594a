/// \file
/// The waveform of one clip as it will sound: with its gain, its fades and the crossfade it is in.
#pragma once

#include "gui/model/view.h"
#include "gui/model/waves.h"

namespace segue::gui {

/// Appends the clip's waves, one for each channel that sounds, cut to the visible part.
/// \param box the clip's body, of which `visible` is seen
void drawClipWave(picture::DrawList& list, const Layout& layout, const View& view, const PlacedEntry& entry,
                  const PlacedEntry* before, const PlacedEntry* after, const Clip& clip, picture::Rect box,
                  picture::Rect visible, Waves& waves);

/// What the source has beyond the clip's edge, faint: what a trim would bring back.
/// \param box the lane's body, of which `visible` is seen
void drawGhost(picture::DrawList& list, const Layout& layout, const View& view, const PlacedEntry& entry,
               const Clip& clip, bool before, picture::Rect box, picture::Rect visible, Waves& waves);

} // namespace segue::gui
