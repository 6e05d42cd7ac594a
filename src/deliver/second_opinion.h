/// \file
/// CD-Text packs read by libcdio and compared with what was meant: a second opinion before anything is
/// published. libcdio's known faults are worked around: one block at a time, bare packs, CRCs are ours to
/// check.
#pragma once

#include "core/finding.h"
#include "ddp/cd_text.h"

#include <cstddef>
#include <span>
#include <string>

namespace segue {

/// Nothing when libcdio reads the same texts; DELIVER.SECOND_OPINION errors where it does not.
[[nodiscard]] Findings secondOpinionOnCdText(std::span<const std::byte> packs, const ddp::CdText& meant);
/// "libcdio 2.1.0".
[[nodiscard]] std::string secondOpinionName();

} // namespace segue
