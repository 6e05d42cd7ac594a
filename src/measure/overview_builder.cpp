#include "audio/kernels.h"
#include "measure/overview.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace segue {

namespace {

constexpr auto binFrames = static_cast<std::size_t>(Overview::framesInFinestBin);

std::int16_t step(double sample)
{
    return static_cast<std::int16_t>(nearestEven(std::clamp(sample * fullScale, lowest16, highest16)));
}

// So far beyond all that is drawn that nothing looks different, and its square can be summed.
double drawable(double sample) { return std::isnan(sample) ? 0.0 : std::clamp(sample, -0x1p60, 0x1p60); }

RunFacts surveyed(std::span<const Frame> frames)
{
    const RunFacts facts = kernels().survey(frames);
    if (std::isfinite(facts.energy.left) && std::isfinite(facts.energy.right)) return facts;
    std::array<Frame, binFrames> tamed;
    std::ranges::transform(frames, tamed.begin(),
                           [](Frame f) -> Frame { return {drawable(f.left), drawable(f.right)}; });
    return kernels().survey(std::span{tamed}.first(frames.size()));
}

} // namespace

void OverviewBuilder::Sum::add(const Sum& other)
{
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    energy += other.energy;
    frames += other.frames;
}

OverviewBin OverviewBuilder::Sum::rounded() const
{
    const double rms = std::sqrt(energy / static_cast<double>(frames)) * fullScale;
    return {low, high, static_cast<std::uint16_t>(std::min(rms + 0.5, double{UINT16_MAX}))};
}

OverviewBuilder::OverviewBuilder(int channels, SampleCount length)
    : channels_{channels == 1 ? 1U : 2U}, length_{length}
{
}

OverviewBuilder::Sums OverviewBuilder::sumsOf(std::span<const Frame> frames)
{
    const RunFacts facts = surveyed(frames);
    const auto count = std::ssize(frames);
    return {{{step(facts.low.left), step(facts.high.left), facts.energy.left, count},
             {step(facts.low.right), step(facts.high.right), facts.energy.right, count}}};
}

void OverviewBuilder::push(std::size_t level, const Sums& sums)
{
    // The level above too: it collects this one's bins.
    if (levels_.size() < level + 2) levels_.resize(level + 2);
    Level& above = levels_[level + 1];
    for (std::size_t c = 0; c < channels_; ++c) {
        levels_[level].bins[c].push_back(sums[c].rounded());
        above.open[c].add(sums[c]);
    }
    if (++above.parts < Overview::binsInCoarserBin) return;
    const Sums whole = above.open;
    above.open = {};
    above.parts = 0;
    push(level + 1, whole);
}

void OverviewBuilder::take(std::span<const Frame> frames)
{
    const std::int64_t room = std::max<std::int64_t>((length_ - taken_).value(), 0);
    if (std::ssize(frames) > room) frames = frames.first(static_cast<std::size_t>(room));
    taken_ += SampleCount{std::ssize(frames)};
    while (!frames.empty()) {
        if (begunFrames_ == 0 && frames.size() >= binFrames) {
            push(0, sumsOf(frames.first(binFrames)));
            frames = frames.subspan(binFrames);
            continue;
        }
        const std::size_t count = std::min(binFrames - begunFrames_, frames.size());
        std::ranges::copy(frames.first(count), begun_.begin() + static_cast<std::ptrdiff_t>(begunFrames_));
        begunFrames_ += count;
        frames = frames.subspan(count);
        if (begunFrames_ < binFrames) continue;
        begunFrames_ = 0;
        push(0, sumsOf(begun_));
    }
}

void OverviewBuilder::take(const Sums& bin)
{
    assert(begunFrames_ == 0 && bin[0].frames == Overview::framesInFinestBin);
    taken_ += SampleCount{Overview::framesInFinestBin};
    push(0, bin);
}

Overview OverviewBuilder::overview() const
{
    const OverviewShape shape{static_cast<int>(channels_), length_, taken_};
    const std::int64_t total = Overview::binsIn(shape);
    std::vector<OverviewBin> bins;
    bins.reserve(static_cast<std::size_t>(total));
    // What makes no whole bin on the level below makes, with what is open here, a short bin of this level.
    Sums rest{};
    if (begunFrames_ > 0) rest = sumsOf(std::span{begun_}.first(begunFrames_));
    for (std::size_t level = 0; std::ssize(bins) < total; ++level) {
        if (level >= levels_.size()) { // fewer frames than one bin has: the short bin is all
            for (std::size_t c = 0; c < channels_; ++c) bins.push_back(rest[c].rounded());
            break;
        }
        const Level& here = levels_[level];
        for (std::size_t c = 0; c < channels_; ++c) {
            rest[c].add(here.open[c]);
            bins.insert(bins.end(), here.bins[c].begin(), here.bins[c].end());
            if (rest[c].frames > 0) bins.push_back(rest[c].rounded());
        }
    }
    return {shape, std::move(bins)};
}

} // namespace segue
