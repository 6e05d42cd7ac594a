#include "measure/sound_scan.h"

#include "audio/denormals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <tuple>

namespace segue {

namespace {

constexpr std::int64_t binFrames = Overview::framesInFinestBin;
/// What the fast caches hold while several loops go over it.
constexpr std::int64_t chunkFrames = 1024;
/// Behind a group: what the silence after a sound needs.
constexpr std::int64_t spareFrames = static_cast<std::int64_t>(peakTail) + 8;

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

PartScan::PartScan(SampleRate rate, SamplePos begin, bool withOverview)
    : hop_{hopFrames(rate)}, partLength_{partFrames(rate)}, oversampling_{rate.hertz() < 96'000 ? 4 : 2},
      withOverview_{withOverview}, weighting_{kWeightingAt(rate)}, splits_{bandSplitsAt(rate)},
      frames_(sizeOf(binFrames + hop_)), samples_(2 * sizeOf(hop_ + groupFrames(rate) + spareFrames))
{
    part_.begin = part_.firstSound = part_.soundEnd = begin;
}

void PartScan::runIn(std::span<const Frame> before)
{
    assert(std::ssize(before) == hop_ && taken_ == 0);
    // As the samples of this hop were taken by the part before: numbers only.
    const Block hop = std::span{frames_}.subspan(sizeOf(binFrames));
    std::ranges::copy(before, hop.begin());
    std::ignore = sumsOf(hop, samples_.data());
    part_.notFinite = 0;
}

Block PartScan::room()
{
    return std::span{frames_}.subspan(sizeOf(binFrames + inHop_),
                                      sizeOf(std::min(hop_ - inHop_, partLength_ - taken_)));
}

void PartScan::took(std::size_t frames)
{
    taken_ += static_cast<std::int64_t>(frames);
    inHop_ += static_cast<std::int64_t>(frames);
    if (inHop_ < hop_) return;
    const DenormalsOff guard;
    scanHop(std::span{frames_}.subspan(sizeOf(binFrames)));
    // For the bin that reaches into the next hop.
    std::copy(frames_.end() - binFrames, frames_.end(), frames_.begin());
    inHop_ = 0;
    if (inGroup_ == hopsInGroup * hop_) weighGroup();
}

std::span<const Frame> PartScan::lastHop() const
{
    assert(full() && inHop_ == 0);
    return std::span{frames_}.subspan(sizeOf(binFrames));
}

/// Converts a chunk; what is no number is first made one.
FloatSums PartScan::sumsOf(Block frames, float* samples)
{
    const ScanKernels& k = scanKernels();
    const std::size_t count = frames.size(), whole = (count + 3) / 4 * 4;
    const auto convert = [&] {
        k.toFloats(frames, samples);
        std::fill(samples + 2 * count, samples + 2 * whole, 0.0F);
        return k.sums(samples, whole);
    };
    const FloatSums sums = convert();
    if (std::isfinite(sums.energy[0]) && std::isfinite(sums.energy[1])) return sums;
    tame(frames);
    return convert();
}

std::array<float, 2> PartScan::peakOf(const float* samples, std::size_t frames,
                                      std::array<float, 2> known) const
{
    const ScanKernels& k = scanKernels();
    return oversampling_ == 4 ? k.peak4(samples, frames, known) : k.peak2(samples, frames, known);
}

void PartScan::takeTruePeak(std::array<float, 2> peak, Hop& hop)
{
    for (std::size_t c = 0; c < peak.size(); ++c) {
        part_.sums.truePeak[c] = std::max(part_.sums.truePeak[c], peak[c]);
        hop.truePeak = std::max(hop.truePeak, peak[c]);
    }
}

void PartScan::scanHop(Block frames)
{
    Hop hop;
    std::array<float, 2> peak{};
    float* const samples = hopSamples();
    for (std::int64_t at = 0; at < std::ssize(frames); at += chunkFrames) {
        const Block chunk =
            frames.subspan(sizeOf(at), sizeOf(std::min(chunkFrames, std::ssize(frames) - at)));
        const FloatSums sums = sumsOf(chunk, samples + 2 * at);
        findSound(chunk);
        findRuns(chunk, sums.peak);
        scanned_ += std::ssize(chunk);
        hop.energy += static_cast<float>(sums.energy[0] + sums.energy[1]);
        part_.sums.stereo.add({.energy = sums.energy, .product = sums.product});
        for (std::size_t c = 0; c < 2; ++c) {
            part_.sums.sum[c] += sums.sum[c];
            peak[c] = std::max(peak[c], sums.peak[c]);
        }
    }
    hop.peak = std::max(peak[0], peak[1]);
    takeTruePeak(peakOf(samples, frames.size(), peak), hop);
    inGroup_ += std::ssize(frames);
    part_.hops.push_back(hop);
    sumBins();
}

/// What is no number becomes 0, and what is beyond all sense stays countable.
void PartScan::tame(Block frames)
{
    const SamplePos at = part_.begin + SampleCount{scanned_};
    const auto tamed = [&](double v, std::size_t i) {
        if (!std::isfinite(v) && part_.notFinite++ == 0)
            part_.firstNotFinite = at + SampleCount{static_cast<std::int64_t>(i)};
        return std::isnan(v) ? 0.0 : std::clamp(v, -beyondMeasure, beyondMeasure);
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
    if (!withOverview_) return;
    // The hop that was scanned just now begins behind the carried frames.
    const std::int64_t shift = binFrames - (scanned_ - inHop_);
    for (auto at = std::ssize(part_.bins) * binFrames; at + binFrames <= scanned_; at += binFrames)
        part_.bins.push_back(
            OverviewBuilder::sumsOf(std::span{frames_}.subspan(sizeOf(at + shift), sizeOf(binFrames))));
}

void PartScan::weighGroup()
{
    const ScanKernels& k = scanKernels();
    std::array<const float*, stretchesInGroup> stretches{};
    for (std::size_t s = 0; s < stretches.size(); ++s)
        stretches[s] = samples_.data() + 2 * static_cast<std::int64_t>(s) * hopsInStretch * hop_;
    std::array<WeightedStretch, stretchesInGroup> weighted;
    k.weigh(weighting_, stretches, hop_, weighted);
    for (const WeightedStretch& s : weighted)
        for (const auto& steps : s)
            if (weighedHops_ < std::ssize(part_.hops)) part_.hops[sizeOf(weighedHops_++)].weighted = steps;

    // The second hop of each stretch: its first eighth runs the filters in, the next three count.
    const std::int64_t counted = 3 * hop_ / 8, runIn = hop_ / 8;
    for (std::size_t s = 0; s < stretches.size(); s += 2) {
        std::array<std::array<StereoSums, 4>, 2> sums;
        k.bands(splits_, stretches[s] + 4 * hop_, stretches[s + 1] + 4 * hop_, runIn + counted, counted,
                sums);
        for (std::size_t i = 0; i < 2; ++i) {
            const auto before = static_cast<std::int64_t>(s + i) * hopsInStretch + 1;
            if (before * hop_ + runIn + counted > inGroup_) break;
            for (std::size_t b = 0; b < part_.sums.bands.size(); ++b) part_.sums.bands[b].add(sums[i][b]);
        }
    }
    if (inGroup_ < hopsInGroup * hop_) return; // the last one
    std::copy_n(samples_.begin() + 2 * inGroup_, 2 * hop_, samples_.begin());
    inGroup_ = 0;
}

ScannedPart PartScan::finish(bool soundEnds)
{
    const DenormalsOff guard;
    if (inHop_ > 0) scanHop(std::span{frames_}.subspan(sizeOf(binFrames), sizeOf(inHop_)));
    if (soundEnds && !part_.hops.empty()) {
        // Silence follows, in which the filter still rings.
        std::fill_n(hopSamples(), 2 * peakTail, 0.0F);
        takeTruePeak(peakOf(hopSamples(), peakTail, {}), part_.hops.back());
    }
    if (inGroup_ > 0) {
        std::fill(samples_.begin() + 2 * (hop_ + inGroup_), samples_.end(), 0.0F);
        weighGroup();
    }
    const std::int64_t restBegin = std::ssize(part_.bins) * binFrames;
    if (withOverview_ && restBegin < scanned_) {
        const auto begin = frames_.begin() + binFrames + (restBegin - (scanned_ - inHop_));
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
