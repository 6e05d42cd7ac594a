#include "measure/fault_depth.h"

#include "measure/fault_rules.h"

#include <bit>

namespace segue {

void DepthFaults::take(const FaultChunk& chunk)
{
    end_ = chunk.end();
    if (bits_ <= 8 || bits_ > 32) return;
    // The lowest bit that a sample has.
    const std::uint32_t lowest = std::uint32_t{1} << (32 - bits_);
    for (std::size_t at = 0; at < chunk.frames.size() && (used_ & lowest) == 0; at += faultTileFrames)
        for (const Frame& f : chunk.frames.subspan(at, std::min(faultTileFrames, chunk.frames.size() - at))) {
            const auto bitsOf = [](double v) {
                return static_cast<std::uint32_t>(
                    static_cast<std::int64_t>(std::clamp(v, -1.0, 1.0) * 0x1p31));
            };
            used_ |= bitsOf(f.left) | (channels_ == 2 ? bitsOf(f.right) : 0);
        }
}

void DepthFaults::finish(Faults& all) const
{
    if (bits_ <= 8 || bits_ > 32 || used_ == 0) return;
    const int real = 32 - std::countr_zero(used_);
    if (real < bits_)
        all.push_back({.rule = fault::bitDepth, .end = end_, .value = static_cast<double>(real)});
}

} // namespace segue
