#include "ddp/accurate_rip.h"

#include "ddp/pcm.h"

#include <algorithm>
#include <cassert>

namespace segue::ddp {

AccurateRip::AccurateRip(std::int64_t samples, bool firstTrack, bool lastTrack)
    : from_{firstTrack ? skippedSamples : 1}, to_{lastTrack ? samples - skippedSamples : samples}
{
}

void AccurateRip::update(std::span<const std::byte> pcm)
{
    assert(pcm.size() % bytesPerSample == 0);
    const auto count = static_cast<std::int64_t>(pcm.size() / bytesPerSample);
    const std::int64_t first = std::max(position_, from_);
    const std::int64_t last = std::min(position_ + count - 1, to_);
    for (std::int64_t position = first; position <= last; ++position) {
        const std::uint32_t value = stereoSample(pcm, static_cast<std::size_t>(position - position_));
        const std::uint64_t product = std::uint64_t{value} * static_cast<std::uint32_t>(position);
        low_ += static_cast<std::uint32_t>(product);
        high_ += static_cast<std::uint32_t>(product >> 32);
    }
    position_ += count;
}

} // namespace segue::ddp
