/// \file
/// What sounds where, as the rules need it: who sounds together with whom, and whether a track's edges are
/// faded or cut out of a recording that runs on. Private to this room.
#pragma once

#include "album/timeline.h"

#include <cstddef>
#include <set>

namespace segue {

/// Positions in the piece of entries that sound, or overlap by their marks, together with two others before
/// them.
[[nodiscard]] std::set<std::size_t> entriesInCrowds(const Album& album, const Piece& piece);

/// Whether the clip that opens (closes) the track has a fade there.
[[nodiscard]] bool fadesIn(const Track& track);
[[nodiscard]] bool fadesOut(const Album& album, const Track& track);
/// Whether the one track's last clip and the other's first are neighbouring samples of one source: a live
/// pair.
[[nodiscard]] bool isContinuous(const Album& album, const Track& outgoing, const Track& incoming);

} // namespace segue
