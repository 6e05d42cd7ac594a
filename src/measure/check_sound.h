/// \file
/// The checks of the audio as `segue check` runs them: every source that an edition uses, read once, on all
/// cores, and every joint as rendered; what is found becomes findings with places in files and tracks.
#pragma once

#include "audio/render.h"
#include "core/progress.h"
#include "measure/fault_thresholds.h"

namespace segue {

/// So many places of a rule are named for each source; one more finding counts the rest.
inline constexpr std::size_t mostFindingsOfRule = 10;

/// Faults in parts of a source that no unmuted clip of the edition uses are left out. FAULT.NOT_FINITE as
/// well: who reads sources for an export reports it as AUDIO.NOT_FINITE. An Error is a source that cannot be
/// read or a cancel.
[[nodiscard]] Result<Findings> checkSound(const Album& album, const Edition& edition,
                                          const SourceOpener& open, const FaultThresholds& thresholds = {},
                                          const Progress& progress = {});

} // namespace segue
