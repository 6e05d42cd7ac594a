/// \file
/// The checks of the sound over one audio file, read once from its first sample to its last.
#pragma once

#include "audio/audio_file.h"
#include "measure/fault_thresholds.h"
#include "measure/faults.h"

#include <functional>

namespace segue {

/// What the finder must know of a file. What a lossy or float file was rounded to says nothing of its depth.
[[nodiscard]] SoundShape shapeOf(const AudioFileInfo& info);

/// \param read called after each block with its frames; what it answers with an Error ends the search
/// \return sorted by place; an Error is a file that cannot be read, or what `read` said
[[nodiscard]] Result<Faults> findFaults(AudioFile& file, const FaultThresholds& thresholds,
                                        const std::function<Status(SampleCount)>& read = {});

} // namespace segue
