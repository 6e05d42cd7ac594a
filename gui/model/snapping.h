/// \file
/// What dragged things keep to: edges of other things, places where the sound crosses zero, CD frames.
#pragma once

#include "gui/model/view.h"
#include "gui/model/waves.h"

namespace segue::gui {

/// What is dragged, so that it does not keep to itself.
struct Dragged {
    std::optional<TrackId> track{};        ///< whose own edges do not count
    std::optional<Instant> from{};         ///< where it stood: no place to keep to either
    std::optional<Instant> zeroCrossing{}; ///< nearestZero() of the place wanted, where sound is cut
};
/// The nearest place that dragged things keep to, within `reach` pixels; the wanted one otherwise. Edges come
/// before zero crossings, and those before CD frames, which have no reach.
[[nodiscard]] Instant snapped(const Layout& layout, const View& view, Instant wanted, const Dragged& dragged,
                              double reach = 6);

/// Where the sound of this clip crosses zero next to `wanted`: at the first sample behind the crossing, both
/// channels together. Nothing beyond `reach` pixels or where the samples are not in memory yet; they are
/// asked for then, and the next step of the drag finds them.
[[nodiscard]] std::optional<Instant> nearestZero(const Layout& layout, const View& view, Waves& waves,
                                                 TrackId track, ClipId clip, Instant wanted,
                                                 double reach = 6);
/// The same in the track's uppermost clip that sounds there.
[[nodiscard]] std::optional<Instant> nearestZero(const Layout& layout, const View& view, Waves& waves,
                                                 TrackId track, Instant wanted, double reach = 6);

} // namespace segue::gui
