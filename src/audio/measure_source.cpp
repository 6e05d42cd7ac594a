#include "audio/measure_source.h"

#include "core/hash.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace segue {

namespace {

static_assert(std::endian::native == std::endian::little, "the fingerprint hashes little-endian samples as they lie");

constexpr std::int64_t blockFrames = 16'384;

/// Exactly k/32768 with k in the range of 16 bits.
bool isSixteenBit(double v)
{
    const double scaled = v * 32768.0;
    return scaled >= -32768.0 && scaled <= 32767.0 && scaled == std::trunc(scaled);
}

} // namespace

Result<MeasuredSource> measureSource(AudioFile& file, const Progress& progress)
{
    MeasuredSource measured;
    measured.fingerprint.sixteenBitExact = true;
    const std::int64_t length = file.length().value();
    const bool mono = file.info().channels == 1;
    const auto hasher = makeXxh3_128();
    std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
    std::vector<double> samples;
    for (std::int64_t at = 0; at < length; at += blockFrames) {
        if (progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        const auto count = static_cast<std::size_t>(std::min(blockFrames, length - at));
        if (const auto s = file.read(SamplePos{at}, Block{block}.first(count)); !s) return failure(s.error());
        samples.clear();
        for (std::size_t i = 0; i < count; ++i) {
            // Adding 0.0 makes a negative zero positive: the two sound the same and must hash the same.
            samples.push_back(block[i].left + 0.0);
            if (!mono) samples.push_back(block[i].right + 0.0);
        }
        hasher->update(std::as_bytes(std::span{samples}));
        const std::size_t channels = mono ? 1 : 2;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double v = samples[i];
            if (!std::isfinite(v)) {
                ++measured.nonFinite;
                if (!measured.firstNonFinite) measured.firstNonFinite = SamplePos{at + static_cast<std::int64_t>(i / channels)};
                measured.fingerprint.sixteenBitExact = false;
                continue;
            }
            measured.peak = std::max(measured.peak, std::abs(v));
            if (measured.fingerprint.sixteenBitExact && !isSixteenBit(v)) measured.fingerprint.sixteenBitExact = false;
        }
        progress("Measuring", static_cast<double>(at + static_cast<std::int64_t>(count)) / static_cast<double>(length));
    }
    measured.fingerprint.xxh3 = hasher->finish();
    return measured;
}

} // namespace segue
