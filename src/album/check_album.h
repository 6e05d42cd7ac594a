/// \file
/// Rules an edition can break before it is a disc: overlaps, joints at breaks, missing fades, empty tracks,
/// hidden audio, sources. The disc's own rules are ddp's, the sound's are audio's.
#pragma once

#include "album/timeline.h"
#include "core/rule.h"

#include <span>

namespace segue {

/// ALBUM.* rules.
[[nodiscard]] std::span<const Rule> albumRules();
/// The edition's own findings first, then in order of place. On a CD tracks count from 1 on every disc.
[[nodiscard]] Findings checkEdition(const Album& album, const Edition& edition);

} // namespace segue
