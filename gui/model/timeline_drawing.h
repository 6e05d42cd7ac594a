/// \file
/// The timeline as a picture: scene, waves, fades, flags, playhead.
#pragma once

#include "gui/model/timeline_scene.h"
#include "gui/model/waves.h"

namespace segue::gui {

/// \param hovered what lies under the mouse, drawn a little brighter; may be nullptr
[[nodiscard]] picture::DrawList drawTimeline(const Layout& layout, const View& view,
                                             const TimelineScene& scene, Waves& waves,
                                             const SceneItem* hovered = nullptr);

} // namespace segue::gui
