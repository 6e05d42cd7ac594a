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

/// A text that CD-Text in this language cannot hold, as the table in docs/formats/cd-text.md writes it.
/// Nothing where it can be held as it is, or the table has no answer for one of its characters.
[[nodiscard]] std::optional<std::string> writableText(const std::string& text, Language language);

} // namespace segue
