#include "measure/sound_scan.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace segue {

namespace {

constexpr std::int64_t binFrames = Overview::framesInFinestBin;
/// What the fast caches hold while several loops go over it.
constexpr std::int64_t chunkFrames = 1024;
/// Energies of a whole hop of this are still floats.
constexpr double largest = 0x1p50;

std::int64_t groupFrames(SampleRate rate) { return hopsInGroup * hopFrames(rate); }
std::size_t sizeOf(std::int64_t n) { return static_cast<std::size_t>(n); }
double sideOf(Frame f, std::size_t channel) { return channel == 0 ? f.left : f.right; }

} // namespace

std::int64_t partFrames(SampleRate rate)
{
    const std::int64_t step = std::lcm(groupFrames(rate), binFrames);
    const std::int64_t wanted = std::int64_t{10} * rate.hertz();
    return step * ((wanted + step - 1) / step);
}

PartScan::PartScan(SampleRate rate, SamplePos begin)
    : hop_{hopFrames(rate)}, partLength_{partFrames(rate)}, oversampling_{rate.hertz() < 96'000 ? 4 : 2},
      weighting_{kWeightingAt(rate)}, splits_{bandSplitsAt(rate)}, frames_(sizeOf(hop_ + groupFrames(rate))),
      samples_(2 * (peakHistory + sizeOf(chunkFrames) + 4))
{
    part_.begin = part_.firstSound = part_.soundEnd = begin;
}

void PartScan::runIn(std::span<const Frame> before)
{
    assert(std::ssize(before) == hop_ && taken_ == 0);
    std::ranges::copy(before, frames_.begin());
    // As the samples of this hop were taken by the part before: numbers only.
    for (Frame& f : std::span{frames_}.first(sizeOf(hop_)))
        if (!(std::fabs(f.left) <= largest && std::fabs(f.right) <= largest)) tame({&f, 1});
    part_.notFinite = 0;
    scanKernels().toFloats(std::span{frames_}.subspan(sizeOf(hop_) - peakHistory, peakHistory),
                           samples_.data());
}

Block PartScan::room()
{
    const std::int64_t toHop = hop_ - inGroup_ % hop_;
    return std::span{frames_}.subspan(sizeOf(hop_ + inGroup_), sizeOf(std::min(toHop, partLength_ - taken_)));
}

void PartScan::took(std::size_t frames)
{
    taken_ += static_cast<std::int64_t>(frames);
    inGroup_ += static_cast<std::int64_t>(frames);
    if (inGroup_ % hop_ != 0 || frames == 0) return;
    scanHop(std::span{frames_}.subspan(sizeOf(inGroup_), sizeOf(hop_)));
    if (inGroup_ == hopsInGroup * hop_) weighGroup();
}

std::span<const Frame> PartScan::lastHop() const
{
    // The group was weighed, and its last hop moved to the front.
    assert(full() && inGroup_ == 0);
    return std::span{frames_}.first(sizeOf(hop_));
}

void PartScan::scanHop(Block frames)
{
    Hop hop;
    for (std::int64_t at = 0; at < std::ssize(frames); at += chunkFrames)
        hop = scanChunk(frames.subspan(sizeOf(at), sizeOf(std::min(chunkFrames, std::ssize(frames) - at))),
                        hop);
    part_.hops.push_back(hop);
    sumBins();
}

Hop PartScan::scanChunk(Block frames, const Hop& before)
{
    const ScanKernels& k = scanKernels();
    float* const samples = samples_.data() + 2 * peakHistory;
    const std::size_t count = frames.size(), whole = (count + 3) / 4 * 4;
    const auto convert = [&] {
        k.toFloats(frames, samples);
        std::fill(samples + 2 * count, samples + 2 * whole, 0.0F);
        return k.sums(samples, whole);
    };
    FloatSums sums = convert();
    if (!std::isfinite(sums.energy[0]) || !std::isfinite(sums.energy[1])) {
        tame(frames);
        sums = convert();
    }
    const std::array<float, 2> between =
        oversampling_ == 4 ? k.peak4(samples, count) : k.peak2(samples, count);
    std::copy_n(samples_.data() + 2 * count, 2 * peakHistory, samples_.data());
    findSound(frames);
    findRuns(frames, sums.peak);
    scanned_ += static_cast<std::int64_t>(count);

    Hop hop = before;
    hop.product += static_cast<float>(sums.product);
    for (std::size_t c = 0; c < 2; ++c) {
        hop.energy[c] += static_cast<float>(sums.energy[c]);
        hop.sum[c] += static_cast<float>(sums.sum[c]);
        hop.peak[c] = std::max(hop.peak[c], sums.peak[c]);
        hop.truePeak[c] = std::max({hop.truePeak[c], sums.peak[c], between[c]});
    }
    return hop;
}

/// What is no number becomes 0, and what is beyond all sense stays countable.
void PartScan::tame(Block frames)
{
    const SamplePos at = part_.begin + SampleCount{scanned_};
    const auto tamed = [&](double v, std::size_t i) {
        if (!std::isfinite(v) && part_.notFinite++ == 0)
            part_.firstNotFinite = at + SampleCount{static_cast<std::int64_t>(i)};
        return std::isnan(v) ? 0.0 : std::clamp(v, -largest, largest);
    };
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].left = tamed(frames[i].left, i);
        frames[i].right = tamed(frames[i].right, i);
    }
}

void PartScan::findSound(std::span<const Frame> frames)
{
    const auto sounds = [](Frame f) { return f.left != 0 || f.right != 0; };
    const SamplePos at = part_.begin + SampleCount{scanned_};
    std::size_t end = frames.size();
    while (end > 0 && !sounds(frames[end - 1])) --end;
    if (end == 0) return;
    if (part_.firstSound == part_.soundEnd)
        part_.firstSound = at + SampleCount{std::ranges::find_if(frames, sounds) - frames.begin()};
    part_.soundEnd = at + SampleCount{static_cast<std::int64_t>(end)};
}

void PartScan::closeRun(std::size_t channel)
{
    ScannedPart::Run& run = open_[channel];
    if (run.length == 0) return;
    if (run.begin == part_.begin)
        part_.first[channel] = run;
    else if (run.length >= clippedLength)
        part_.clipped.push_back({run.begin, SampleCount{run.length}, static_cast<int>(channel)});
    run = {};
}

void PartScan::findRuns(std::span<const Frame> frames, std::array<float, 2> peak)
{
    for (std::size_t c = 0; c < 2; ++c) {
        if (peak[c] < static_cast<float>(clippedLevel)) {
            closeRun(c);
            continue;
        }
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const double v = sideOf(frames[i], c);
            if (std::fabs(v) < clippedLevel) {
                if (open_[c].length != 0) closeRun(c);
                continue;
            }
            if (open_[c].length != 0 && open_[c].positive != (v > 0)) closeRun(c);
            if (open_[c].length++ == 0) {
                open_[c].begin = part_.begin + SampleCount{scanned_ + static_cast<std::int64_t>(i)};
                open_[c].positive = v > 0;
            }
        }
    }
}

void PartScan::sumBins()
{
    // In `frames_` the frame `scanned_` of the part is where the next hop will be put.
    const std::int64_t shift = hop_ + inGroup_ - scanned_;
    for (auto at = std::ssize(part_.bins) * binFrames; at + binFrames <= scanned_; at += binFrames)
        part_.bins.push_back(
            OverviewBuilder::sumsOf(std::span{frames_}.subspan(sizeOf(at + shift), sizeOf(binFrames))));
}

void PartScan::weighGroup()
{
    const ScanKernels& k = scanKernels();
    const Frame* const front = frames_.data();
    const auto stretch = [&](std::size_t s) {
        return front + static_cast<std::int64_t>(s) * hopsInStretch * hop_;
    };
    std::array<WeightedStretch, stretchesInGroup> weighted;
    k.weigh(weighting_, {stretch(0), stretch(1), stretch(2), stretch(3)}, hop_, weighted);
    for (const WeightedStretch& s : weighted)
        for (const auto& steps : s) {
            if (weighedHops_ == std::ssize(part_.hops)) break;
            Hop& hop = part_.hops[sizeOf(weighedHops_++)];
            std::ranges::transform(steps, hop.weighted.begin(),
                                   [](double e) { return static_cast<float>(e); });
        }

    // The second hop of each stretch: its first quarter runs the filters in, the next half counts.
    const std::int64_t counted = hop_ / 2, runIn = hop_ / 4;
    for (std::size_t s = 0; s < stretchesInGroup; s += 2) {
        std::array<std::array<BandSum, 4>, 2> sums;
        k.bands(splits_, stretch(s) + 2 * hop_, stretch(s + 1) + 2 * hop_, runIn + counted, counted, sums);
        for (std::size_t i = 0; i < 2; ++i) {
            const auto before = static_cast<std::int64_t>(s + i) * hopsInStretch + 1;
            if (before * hop_ + runIn + counted > inGroup_) return;
            BandHop bands;
            for (std::size_t b = 0; b < bands.bands.size(); ++b) {
                const BandSum& sum = sums[i][b];
                bands.bands[b] = {
                    .energy = {static_cast<float>(sum.energy[0]), static_cast<float>(sum.energy[1])},
                    .product = static_cast<float>(sum.product)};
            }
            part_.bands.push_back(bands);
        }
    }
    if (inGroup_ < hopsInGroup * hop_) return; // the last one
    std::copy_n(frames_.end() - hop_, hop_, frames_.begin());
    inGroup_ = 0;
}

ScannedPart PartScan::finish(bool soundEnds)
{
    if (inGroup_ > 0) {
        std::ranges::fill(std::span{frames_}.subspan(sizeOf(hop_ + inGroup_)), Frame{});
        if (const std::int64_t rest = inGroup_ % hop_; rest > 0)
            scanHop(std::span{frames_}.subspan(sizeOf(hop_ + inGroup_ - rest), sizeOf(rest)));
        weighGroup();
    }
    if (soundEnds && !part_.hops.empty()) {
        // Silence follows, in which the filter still rings.
        float* const samples = samples_.data() + 2 * peakHistory;
        std::fill_n(samples, 2 * peakTail, 0.0F);
        const auto ringing = oversampling_ == 4 ? scanKernels().peak4(samples, peakTail)
                                                : scanKernels().peak2(samples, peakTail);
        for (std::size_t c = 0; c < 2; ++c)
            part_.hops.back().truePeak[c] = std::max(part_.hops.back().truePeak[c], ringing[c]);
    }
    const std::int64_t restBegin = std::ssize(part_.bins) * binFrames;
    if (restBegin < scanned_) {
        const auto begin = frames_.begin() + (hop_ + inGroup_ - scanned_) + restBegin;
        part_.rest.assign(begin, begin + (scanned_ - restBegin));
    }
    part_.length = SampleCount{taken_};
    for (std::size_t c = 0; c < 2; ++c) {
        part_.last[c] = open_[c];
        if (open_[c].length == taken_) part_.first[c] = open_[c];
    }
    return std::move(part_);
}

} // namespace segue
