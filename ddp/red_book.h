/// \file
/// The rules a disc must keep: Red Book structure, plants' length limits, codes and CD-Text. Works on the
/// Disc alone, so it judges what is about to be written and what others wrote alike.
#pragma once

#include "core/rule.h"
#include "ddp/disc.h"

#include <span>

namespace segue::ddp {

struct RedBookOptions {
    /// Longest image that passes: 79:57 (project default; plants differ). DISC.PLANT_LENGTH
    CdFramePos maxLength{359'775};
};

/// Every rule of ddp-format with id, level, overridability, sentence and source: DISC.*, CODE.*, CDTEXT.*,
/// SET.*.
[[nodiscard]] std::span<const Rule> rules();
/// The catalogue entry. \pre the id exists
[[nodiscard]] const Rule& rule(std::string_view id);

/// Checks everything a Disc can break, whatever positions it holds. What concerns the whole disc comes first,
/// then track by track. The characters and sizes of CD-Text are checkCdText()'s (cd_text_rules.h).
[[nodiscard]] Findings checkDisc(const Disc& disc, const RedBookOptions& options = {});

} // namespace segue::ddp
