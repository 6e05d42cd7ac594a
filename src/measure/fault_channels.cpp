#include "measure/fault_channels.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"

#include <cmath>

namespace segue {

namespace {

// Half a second: long enough for a correlation to mean something down to 20 Hz.
constexpr int windowsPerSecond = 2;
// A channel at -60 dBFS or a mean square of 1e-6 is not music.
constexpr double leastEnergy = 1e-6;

double decibelsOf(double powerRatio)
{
    return powerRatio > 0 ? Decibels::fromGain(std::sqrt(powerRatio)).value() : -200;
}

} // namespace

void ChannelFaults::Sums::add(const Sums& o)
{
    sum = {sum.left + o.sum.left, sum.right + o.sum.right};
    energy = {energy.left + o.energy.left, energy.right + o.energy.right};
    difference += o.difference;
}

ChannelFaults::ChannelFaults(const FaultThresholds& thresholds, const SoundShape& shape)
    : thresholds_{thresholds}, rate_{shape.rate}, stereo_{shape.channels != 1}
{
}

void ChannelFaults::take(const FaultChunk& chunk)
{
    SamplePos at = chunk.begin;
    for (const FaultTile& tile : chunk.tiles) {
        window_.add({tile.sum, tile.energy, tile.difference});
        largestDifference_ = std::max(largestDifference_, tile.difference);
        at = std::min(at + SampleCount{faultTileFrames}, chunk.end());
        if ((at - windowBegin_).value() * windowsPerSecond >= rate_.hertz()) endWindow(at);
    }
    frames_ += std::ssize(chunk.frames);
}

void ChannelFaults::endWindow(SamplePos end)
{
    whole_.add(window_);
    const double n = static_cast<double>((end - windowBegin_).value());
    const auto [left, right] = window_.energy;
    if (stereo_ && left > leastEnergy * n && right > leastEnergy * n) {
        // 2 sum(l r) = sum(l^2) + sum(r^2) - sum((l - r)^2)
        const double correlation = (left + right - window_.difference) / (2 * std::sqrt(left * right));
        if (correlation <= thresholds_.polarityCorrelation) {
            if (!isTurned_) {
                isTurned_ = true;
                turnedBegin_ = windowBegin_;
                turned_ = {};
            }
            turned_.add(window_);
        } else if (isTurned_)
            endTurned(windowBegin_);
    }
    // Silence neither ends nor begins such a stretch.
    window_ = {};
    windowBegin_ = end;
}

void ChannelFaults::endTurned(SamplePos end)
{
    isTurned_ = false;
    if (static_cast<double>((end - turnedBegin_).value()) < thresholds_.polarityShortest * rate_.hertz())
        return;
    const auto [left, right] = turned_.energy;
    const double correlation = (left + right - turned_.difference) / (2 * std::sqrt(left * right));
    polarity_.add({.rule = fault::polarity,
                   .begin = turnedBegin_,
                   .end = end,
                   .value = correlation,
                   .confidence = std::clamp(-correlation, 0.0, 1.0)});
}

void ChannelFaults::findDc(Faults& all) const
{
    const double n = static_cast<double>(frames_);
    for (int c = 0; c < (stereo_ ? 2 : 1); ++c) {
        const double percent = 100 * sideOf(whole_.sum, c) / n;
        if (std::fabs(percent) >= thresholds_.dc)
            all.push_back({.rule = fault::dc,
                           .end = SamplePos{frames_},
                           .channel = stereo_ ? c : -1,
                           .value = percent});
    }
}

void ChannelFaults::finish(Faults& all)
{
    const SamplePos end{frames_};
    if (end > windowBegin_) endWindow(end);
    if (isTurned_) endTurned(end);
    polarity_.moveTo(all);
    // Of less than a second the mean says more about the note than about the converter.
    if (frames_ >= rate_.hertz()) findDc(all);
    const auto [left, right] = whole_.energy;
    const double n = static_cast<double>(frames_);
    if (!stereo_ || left + right < leastEnergy * n) return;
    const double ratio = decibelsOf(std::min(left, right) / std::max(left, right));
    if (ratio <= thresholds_.deadChannel) {
        all.push_back(
            {.rule = fault::deadChannel, .end = end, .channel = left < right ? 0 : 1, .value = ratio});
        return;
    }
    const double difference = decibelsOf(whole_.difference / (left + right));
    if (difference <= thresholds_.monoDifference)
        all.push_back({.rule = fault::mono,
                       .end = end,
                       .value = std::max(difference, -200.0),
                       .confidence = largestDifference_ == 0 ? 1 : 0.9});
}

} // namespace segue
