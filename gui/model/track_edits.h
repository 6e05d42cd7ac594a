/// \file
/// Edits as hands make them: each combines what album/edit.h offers so that what the engineer did not touch
/// stays where it is.
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/view.h"

namespace segue::gui {

/// The tracks, in the edition's order, in front of what is at `position` now (the number of entries: behind
/// all).
[[nodiscard]] Result<Album> moveTracks(Album album, EditionId edition, const std::vector<TrackId>& tracks,
                                       std::size_t position);

/// Moves a track's sound by `by`: its gap grows. What follows keeps its distance, or with `alone` its place.
/// Where it comes to overlap the track before, a crossfade joins them; away from it the crossfade goes.
/// The first of a disc moves against the disc's beginning.
[[nodiscard]] Result<Album> moveSound(Album album, EditionId edition, TrackId track, Duration by, bool alone);
/// Moves a clip's edge to `at` on the track's time line; what stays keeps its place. Where the clip begins
/// the track at its start mark, the mark goes along and the pause before grows, so that nothing else moves.
/// With `alone` a moved end does not move what follows.
[[nodiscard]] Result<Album> trimEdge(Album album, EditionId edition, TrackId track, ClipId id, bool begin,
                                     Duration at, bool alone);
/// Slips the audio under a clip's edges by `by` of time (later audio when negative).
[[nodiscard]] Result<Album> slipAudio(Album album, ClipId id, Duration by);
/// Makes the fade at a clip's edge end at `at` on the track's time line; curve and other edge stay.
[[nodiscard]] Result<Album> fadeTo(Album album, TrackId track, ClipId id, bool in, Duration at);
/// Lengthens or shortens what the outgoing track plays in an overlap, the incoming one standing still.
[[nodiscard]] Result<Album> moveOverlapEnd(Album album, EditionId edition, TrackId incoming, Duration by);
/// Where the track to come starts when the key was struck at `heard` on the piece: ends the track before
/// nowhere, only sets the gap.
[[nodiscard]] Result<Album> placeByEar(Album album, EditionId edition, TrackId track, Instant heard);

} // namespace segue::gui
