#include "measure/fault_edges.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"

#include <cmath>

namespace segue {

namespace {

double peakOf(std::span<const Frame> frames)
{
    double peak = 0;
    for (const Frame& f : frames) peak = std::max({peak, std::fabs(f.left), std::fabs(f.right)});
    return peak;
}
double decibelsOf(double gain) { return Decibels::fromGain(gain).value(); }

} // namespace

EdgeFaults::EdgeFaults(const FaultThresholds& t, const SoundShape& shape)
    // Half a millisecond is heard as the step of an edge, 10 ms as the level at which the sound stops.
    : edge_{Decibels{t.edgeLevel}.gain()}, tail_{Decibels{t.tailLevel}.gain()},
      edgeFrames_{static_cast<std::size_t>(std::max(1, shape.rate.hertz() / 2000))},
      tailFrames_{static_cast<std::size_t>(std::max(1, shape.rate.hertz() / 100))}
{
}

void EdgeFaults::take(const FaultChunk& chunk)
{
    if (head_.size() < edgeFrames_) {
        const auto more = chunk.frames.first(std::min(edgeFrames_ - head_.size(), chunk.frames.size()));
        head_.insert(head_.end(), more.begin(), more.end());
    }
    end_ = chunk.end();
    // Only the last chunk matters, and which one it is nobody knows before.
    last_.resize(std::min<std::size_t>(tailFrames_, static_cast<std::size_t>(end_.value())));
    const std::size_t fresh = std::min(last_.size(), chunk.frames.size()), before = last_.size() - fresh;
    std::ranges::copy(chunk.history.last(before), last_.begin());
    std::ranges::copy(chunk.frames.last(fresh), last_.begin() + static_cast<std::ptrdiff_t>(before));
}

void EdgeFaults::finish(Faults& all) const
{
    if (const double head = peakOf(head_); head >= edge_)
        all.push_back(
            {.rule = fault::headCut, .end = SamplePos{std::ssize(head_)}, .value = decibelsOf(head)});
    const std::size_t edge = std::min(edgeFrames_, last_.size());
    const double tail = peakOf(std::span{last_}.last(edge)), end = peakOf(last_);
    const SamplePos from = end_ - SampleCount{static_cast<std::int64_t>(edge)};
    if (tail >= edge_)
        all.push_back({.rule = fault::tailCut, .begin = from, .end = end_, .value = decibelsOf(tail)});
    else if (end >= tail_)
        all.push_back({.rule = fault::tailShort,
                       .begin = end_ - SampleCount{std::ssize(last_)},
                       .end = end_,
                       .value = decibelsOf(end)});
}

} // namespace segue
