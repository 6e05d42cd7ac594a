#include "audio/exact24.h"

#include "audio/kernels.h"
#include "audio/quantise24.h"

#include <algorithm>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t blockFrames = 4096;

bool fits(double sample)
{
    const double scaled = sample * fullScale24;
    return scaled >= lowest24 && scaled <= highest24 && nearestEven(scaled) == scaled;
}

} // namespace

Result<bool> isTwentyFourBitExact(const Source& source, AudioFile& file, const Progress& progress)
{
    if (source.fingerprint.sixteenBitExact) return true;
    const SampleFormat& format = file.info().format;
    if (format.encoding == "PCM" && format.bits > 0 && format.bits <= 24) return true;
    std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
    const std::int64_t length = file.length().value();
    for (std::int64_t at = 0; at < length; at += blockFrames) {
        if (progress.cancelled()) return failure("Cancelled", file.name(), ErrorKind::cancelled);
        const Block part = Block{block}.first(static_cast<std::size_t>(std::min(blockFrames, length - at)));
        if (auto s = file.read(SamplePos{at}, part); !s) return failure(std::move(s.error()));
        if (!std::ranges::all_of(part, [](const Frame& f) { return fits(f.left) && fits(f.right); }))
            return false;
    }
    return true;
}

} // namespace segue
