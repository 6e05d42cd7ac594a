/// \file
/// Tracks from one album or edition into another, as a clipboard does it: two further edits (edit.h), with
/// their rules.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <span>
#include <vector>

namespace segue::edit {

/// An album of these tracks alone, in the edition's order, with what they need: what a clipboard holds.
/// Overlaps stay between neighbours that both come along, else a pause of 2 s stands for them; breaks go.
[[nodiscard]] Album onlyTracks(const Album& album, EditionId edition, std::span<const TrackId> tracks);

struct Pasted {
    Album album{};
    std::vector<TrackId> tracks{}; ///< in their order
    int isrcsLeftOut = 0;          ///< an ISRC names one recording: what has it in the edition keeps it
};
/// The tracks of another album's first edition, or of this one's, from `position` on. Identities are given
/// anew; sources are found by path and fingerprint or added. A track that is in this album as it is there,
/// but not in the edition (it was cut), is that track again. The overlap of the track behind the last goes
/// when it is too long now.
[[nodiscard]] Result<Pasted> pasteTracks(Album album, EditionId edition, std::size_t position,
                                         const Album& from);

} // namespace segue::edit
