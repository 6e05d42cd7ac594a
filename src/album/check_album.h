/// \file
/// Rules an edition can break before it is a disc: overlaps, joints at breaks, missing fades, empty tracks,
/// texts. The disc's own rules are ddp's.
#pragma once

#include "album/timeline.h"
#include "core/rule.h"

#include <span>

namespace segue {

/// ALBUM.* rules.
[[nodiscard]] std::span<const Rule> albumRules();
/// In order of place.
[[nodiscard]] Findings checkEdition(const Album& album, const Edition& edition);

} // namespace segue
