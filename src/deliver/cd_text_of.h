/// \file
/// The CD-Text of one disc of an edition: which texts go into which language block, what a track inherits
/// from the album, which characters do not fit.
#pragma once

#include "deliver/disc_of.h"

namespace segue {

struct PlannedCdText {
    std::optional<ddp::CdText> text{};
    std::vector<Texts> shown{}; ///< one per entry, in the album's language, inherited texts included
    std::vector<std::size_t> packCounts{}; ///< per block; 0 where the block cannot be encoded
    Findings findings{};
};
[[nodiscard]] PlannedCdText planCdText(const Album& album, const CdSettings& settings, const Piece& piece,
                                       const DiscOptions& options);

} // namespace segue
