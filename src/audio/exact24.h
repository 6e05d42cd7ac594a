/// \file
/// Whether a source fits 24 bits without a loss, so that a side file can copy it. Sixteen bits are known from
/// the fingerprint; this is asked only when 24 bits are wanted.
#pragma once

#include "audio/audio_file.h"
#include "core/progress.h"

namespace segue {

/// Whether every sample is exactly k/8388608, k in -8388608..8388607. A format of whole numbers of at most 24
/// bits is believed (the render checks every copied sample); others are read until a sample says no.
[[nodiscard]] Result<bool> isTwentyFourBitExact(const Source& source, AudioFile& file,
                                                const Progress& progress = {});

} // namespace segue
