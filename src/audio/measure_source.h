/// \file
/// What is known of a source once all its samples have been seen: its fingerprint, whether it is exactly 16
/// bit, and what must never reach a disc (NaN, infinity).
#pragma once

#include "audio/audio_file.h"
#include "core/hash.h"
#include "core/progress.h"

#include <memory>
#include <optional>
#include <vector>

namespace segue {

struct MeasuredSource {
    Fingerprint fingerprint{};
    double peak = 0;                           ///< largest finite absolute sample
    std::optional<SamplePos> firstNonFinite{}; ///< the first NaN or infinity
    std::int64_t nonFinite = 0;                ///< how many samples are
};

/// Measures while somebody else reads. The hash is XXH3-128 over the samples as little-endian float64,
/// interleaved in the file's own channel count, zeros positive: the same for the same audio in any lossless
/// container.
class SourceMeter {
public:
    /// \param channels of the file: of a mono source the left channel counts
    explicit SourceMeter(int channels);
    /// The next frames, from the first one on. \return the samples as they were hashed, until the next call
    /// and as long as the frames are there
    std::span<const double> take(std::span<const Frame> frames);
    /// How far it is.
    [[nodiscard]] SamplePos position() const { return position_; }
    /// Ends it: call once.
    [[nodiscard]] MeasuredSource finish();

private:
    std::size_t channels_;
    SamplePos position_{};
    std::unique_ptr<Hasher> hasher_ = makeXxh3_128();
    std::vector<double> samples_{};
    MeasuredSource measured_{.fingerprint = {.xxh3 = {}, .sixteenBitExact = true}};
};

/// Reads everything, and holds it against the checksum that the file may carry.
[[nodiscard]] Result<MeasuredSource> measureSource(AudioFile& file, const Progress& progress = {});

} // namespace segue
