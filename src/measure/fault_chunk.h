/// \file
/// What the detectors are given: a stretch of the sound with its tiles, always cut at the same places, so
/// that no fault depends on how the sound arrived.
#pragma once

#include "measure/fault_kernels.h"
#include "measure/faults.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace segue {

struct FaultChunk {
    SamplePos begin{};
    std::span<const Frame> frames{};    ///< every sample finite
    std::span<const FaultTile> tiles{}; ///< cover the frames; the sound's last one may be filled up
    /// The frames before these, as far back as detectors look; zeros before the sound's first.
    std::span<const Frame> history{};

    [[nodiscard]] SamplePos end() const { return begin + SampleCount{std::ssize(frames)}; }
    /// \pre at lies in history or frames
    [[nodiscard]] Frame at(SamplePos position) const
    {
        const std::int64_t i = (position - begin).value();
        return i < 0 ? history[static_cast<std::size_t>(std::ssize(history) + i)]
                     : frames[static_cast<std::size_t>(i)];
    }
};

/// Tiles and lengths grow with the rate, so that they last about the same.
[[nodiscard]] constexpr std::int64_t faultScale(SampleRate rate)
{
    return std::max(1, (rate.hertz() + 24'000) / 48'000);
}
/// Times the scale. So many that the run-in of the clicks' filter, eight times in a chunk, is little beside
/// it.
inline constexpr std::int64_t faultChunkFrames = 16'384;
inline constexpr std::int64_t faultHistoryFrames = 2048; ///< times the scale

[[nodiscard]] constexpr double sideOf(Frame f, int channel) { return channel == 0 ? f.left : f.right; }

/// The faults of one rule: the first ones by name, the later ones in a sum.
class FaultList {
public:
    void add(const Fault& fault)
    {
        if (named_.size() < mostFaultsNamed) {
            named_.push_back(fault);
            return;
        }
        if (rest_.count == 0)
            rest_ = fault;
        else {
            rest_.begin = std::min(rest_.begin, fault.begin);
            rest_.end = std::max(rest_.end, fault.end);
            rest_.value = std::max(rest_.value, fault.value);
            rest_.confidence = std::max(rest_.confidence, fault.confidence);
            rest_.count += fault.count;
            if (rest_.channel != fault.channel) rest_.channel = -1;
        }
    }
    [[nodiscard]] Fault* last() { return rest_.count > 0 || named_.empty() ? nullptr : &named_.back(); }
    void moveTo(Faults& all)
    {
        all.insert(all.end(), named_.begin(), named_.end());
        if (rest_.count > 0) all.push_back(rest_);
        *this = {};
    }

private:
    std::vector<Fault> named_{};
    Fault rest_{.count = 0};
};

} // namespace segue
