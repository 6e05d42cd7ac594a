#include "measure/loudness_windows.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace segue {

namespace {

/// Mean squares of windows of `length` steps, whole hops, one from each hop on.
std::vector<double> windows(std::span<const float> steps, std::size_t length)
{
    if (steps.size() < length) return {};
    std::vector<double> means =
        slidingSums(hopSums(steps), length / stepsInHop, windowCount(steps.size(), length));
    for (double& mean : means) mean /= static_cast<double>(length);
    return means;
}

std::vector<double> curve(std::span<const float> steps, std::size_t length)
{
    std::vector<double> values = windows(steps, length);
    std::ranges::transform(values, values.begin(), lufs);
    return values;
}

std::optional<Highest> highest(std::span<const float> steps, std::size_t length)
{
    if (steps.size() < length) return {};
    std::vector<double> hops = hopSums(steps);
    hops.resize(hops.size() + 2);
    const std::size_t count = windowCount(steps.size(), length);
    const std::vector<double> inside = slidingSums(hops, length / stepsInHop, count);
    LoudestWindow loudest{length};
    loudest.look(steps, hops, inside, count, 0);
    return highestOf(loudest);
}

} // namespace

double lufs(double meanSquare)
{
    if (meanSquare <= 0) return -std::numeric_limits<double>::infinity();
    return -0.691 + 10 * std::log10(meanSquare);
}

void addSteps(LoudnessSteps& steps, const ScannedSound& sound, double gain)
{
    const std::int64_t hop = hopFrames(sound.rate);
    const auto factors = meanSquareFactors(sound.rate, gain);
    const auto whole = std::min(sound.hops.size(), static_cast<std::size_t>(sound.length.value() / hop));
    const std::size_t begin = steps.size();
    steps.resize(begin + whole * stepsInHop);
    float* to = steps.data() + begin;
    constexpr int ringing = 10; // hops
    int muted = 0;
    for (const Hop& h : std::span{sound.hops}.first(whole)) {
        if (isBeyondMeasure(h)) muted = 1 + ringing;
        for (std::size_t i = 0; i < stepsInHop; ++i)
            *to++ = muted > 0 ? 0 : static_cast<float>(static_cast<double>(h.weighted[i]) * factors[i]);
        if (muted > 0) --muted;
    }
    if (whole == sound.hops.size()) return;
    const std::int64_t rest = sound.length.value() - static_cast<std::int64_t>(whole) * hop;
    for (std::size_t i = 0; i < wholeSteps(sound.rate, rest); ++i)
        steps.push_back(static_cast<float>(static_cast<double>(sound.hops[whole].weighted[i]) * factors[i]));
}

std::size_t stepsOfSilence(Duration length)
{
    constexpr std::int64_t step = flicksPerSecond / 50;
    return static_cast<std::size_t>(std::max<std::int64_t>(0, (length.value() + step / 2) / step));
}

void addSilence(LoudnessSteps& steps, Duration length)
{
    steps.resize(steps.size() + stepsOfSilence(length));
}

LoudnessSteps weightedSum(std::span<const LoudnessSteps> channels, std::span<const double> weights)
{
    assert(channels.size() == weights.size());
    if (channels.empty()) return {};
    LoudnessSteps sum(channels.front().size());
    for (std::size_t c = 0; c < channels.size(); ++c)
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += static_cast<float>(weights[c]) * channels[c][i];
    return sum;
}

std::optional<double> integratedLoudness(std::span<const float> steps)
{
    const std::vector<double> blocks = windows(steps, momentarySteps);
    const auto loud = gatedMean(blocks, absoluteGate);
    if (!loud) return {};
    const auto mean = gatedMean(blocks, std::max(absoluteGate, *loud / 10));
    if (!mean) return {};
    return lufs(*mean);
}

std::optional<Highest> highestMomentary(std::span<const float> steps)
{
    return highest(steps, momentarySteps);
}
std::optional<Highest> highestShortTerm(std::span<const float> steps)
{
    return highest(steps, shortTermSteps);
}
std::optional<Highest> loudestSection(std::span<const float> steps, Duration length)
{
    constexpr std::int64_t step = flicksPerSecond / 50;
    const std::int64_t count = std::max<std::int64_t>(1, (length.value() + step / 2) / step);
    return highest(steps, static_cast<std::size_t>(count));
}
std::vector<double> shortTermCurve(std::span<const float> steps) { return curve(steps, shortTermSteps); }
std::vector<double> momentaryCurve(std::span<const float> steps) { return curve(steps, momentarySteps); }

std::vector<double> shortTermMeans(std::span<const float> steps) { return windows(steps, shortTermSteps); }

std::optional<double> loudnessRange(std::span<const float> steps, int every)
{
    return loudnessRangeOf(shortTermMeans(steps), every);
}

std::optional<double> loudnessRangeOf(std::vector<double> blocks, int every)
{
    if (every > 1) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < blocks.size(); i += static_cast<std::size_t>(every))
            blocks[kept++] = blocks[i];
        blocks.resize(kept);
    }
    const auto loud = gatedMean(blocks, absoluteGate);
    if (!loud) return {};
    const double gate = std::max(absoluteGate, *loud / 100);
    std::erase_if(blocks, [&](double b) { return b < gate; });
    std::ranges::sort(blocks);
    // The percentile's nearest rank, as in Tech 3342's own programme.
    const auto percentile = [&](double part) {
        return blocks[static_cast<std::size_t>(part * static_cast<double>(blocks.size() - 1) + 0.5)];
    };
    return lufs(percentile(0.95)) - lufs(percentile(0.10));
}

} // namespace segue
