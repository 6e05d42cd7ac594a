/// \file
/// Files that were read become tracks, and a moved file is found again.
#pragma once

#include "album/edit.h"
#include "gui/model/proposal.h"

#include <span>
#include <vector>

namespace segue::gui {

struct AddedTracks {
    Proposal proposal;
    std::vector<TrackId> tracks{};
    EditionId edition{}; ///< made when the album had none
};
/// A track of each source, in this order, into the edition from `position` on, `gap` before each; the titles
/// come from the file names. Without an edition a CD one is made, with these settings.
[[nodiscard]] AddedTracks addTracks(Album album, EditionId edition, std::span<const edit::NewSource> sources,
                                    std::size_t position, Duration gap, const CdSettings& newCd = {});

} // namespace segue::gui
