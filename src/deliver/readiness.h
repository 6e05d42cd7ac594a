/// \file
/// The judgements around a render that become findings: settings, levels, the end of the disc.
#pragma once

#include "deliver/ddp_export.h"

namespace segue {

/// AUDIO.NO_DITHER when rounding is asked for and something is not copied.
[[nodiscard]] Findings findingsOfSettings(const Album& album, const Edition& edition,
                                          const RenderSettings& settings);
/// AUDIO.OVER and AUDIO.CLAMPED with track, disc time and dB.
[[nodiscard]] Findings findingsOfOvers(const Album& album, const PlannedDisc& disc,
                                       const std::vector<Overs>& overs);

} // namespace segue
