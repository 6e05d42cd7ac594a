/// \file
/// The rules of CD-Text: what the pack reader reports and what checkCdText() finds in a value before it is
/// written. ddp::rules() contains them.
#pragma once

#include "core/rule.h"
#include "ddp/cd_text.h"

#include <span>
#include <string_view>

namespace segue::ddp {

/// Every CDTEXT.* rule.
[[nodiscard]] std::span<const Rule> cdTextRules();
/// The catalogue entry. \pre the id is one of cdTextRules()
[[nodiscard]] const Rule& cdTextRule(std::string_view id);

/// Everything that keeps `text` from being written as it stands, and what a player may show differently.
/// Missing titles are checkDisc()'s (red_book.h).
/// \return an error finding exactly when encodePacks() refuses; each names track, field and language.
[[nodiscard]] Findings checkCdText(const CdText& text);

struct SubstitutedCdText {
    CdText text;
    Findings findings; ///< one CDTEXT.SUBSTITUTED for each text that changed
};
/// Every text of every block through substitute() (charset.h). What the table lacks stays for checkCdText().
[[nodiscard]] SubstitutedCdText substituteCharacters(const CdText& text);

} // namespace segue::ddp
