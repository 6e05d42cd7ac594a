/// \file
/// One pass over all samples of a source: its fingerprint, whether it is exactly 16 bit, and what must never
/// reach a disc (NaN, infinity).
#pragma once

#include "audio/audio_file.h"
#include "core/progress.h"

#include <optional>

namespace segue {

struct MeasuredSource {
    Fingerprint fingerprint{};
    double peak = 0;                           ///< largest finite absolute sample
    std::optional<SamplePos> firstNonFinite{}; ///< the first NaN or infinity
    std::int64_t nonFinite = 0;                ///< how many samples are
};
/// Reads everything. The hash is XXH3-128 over the samples as little-endian float64, interleaved in the
/// file's own channel count, zeros positive: the same for the same audio in any lossless container.
[[nodiscard]] Result<MeasuredSource> measureSource(AudioFile& file, const Progress& progress = {});

} // namespace segue
