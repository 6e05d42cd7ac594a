#include "measure/programme_loudness.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace segue {

namespace {

constexpr std::size_t shortTermHops = shortTermSteps / stepsInHop,
                      momentaryHops = momentarySteps / stepsInHop;
// A window that begins within a hop ends in the one behind it, and the look at it adds one more.
constexpr std::size_t hopsBehind = shortTermHops + 1;
// So many hops are looked at in one go: all of it stays in the processor's first cache.
constexpr std::size_t chunkHops = 384;
// A window of 3 s each second counts for the range, as in libebur128.
constexpr std::size_t hopsBetweenRanges = 10;

} // namespace

void ProgrammeLoudness::take(std::span<const float> steps, float peak)
{
    const std::size_t place = hopsHere();
    steps_.insert(steps_.end(), steps.begin(), steps.end());
    if (hopsHere() > place)
        peaks_.push_back(peak);
    else
        partialPeak_ = peak;
    if (hopsHere() >= chunkHops + hopsBehind) lookAt(false);
}

void ProgrammeLoudness::takeSilence(std::size_t steps)
{
    while (steps > 0) {
        const std::size_t some = std::min(steps, stepsInHop), place = hopsHere();
        steps_.resize(steps_.size() + some);
        steps -= some;
        if (hopsHere() > place) peaks_.push_back(std::exchange(partialPeak_, 0.0F));
        if (hopsHere() >= chunkHops + hopsBehind) lookAt(false);
    }
}

ProgrammeFigures ProgrammeLoudness::finish()
{
    lookAt(true);
    ProgrammeFigures f{.range = loudnessRangeOf(seconds_, 1), .psr = psr_};
    if (const auto loud = gatedMean(blocks_, absoluteGate))
        if (const auto mean = gatedMean(blocks_, std::max(absoluteGate, *loud / 10)))
            f.integrated = lufs(*mean);
    if (hasMomentary_) f.momentary = highestOf(momentary_);
    if (hasShortTerm_) f.shortTerm = highestOf(shortTerm_);
    return f;
}

/// Takes all windows that begin in the hops which have enough behind them, and lets go of those hops.
void ProgrammeLoudness::lookAt(bool last)
{
    std::vector<double> hops = hopSums(steps_);
    hops.resize(hops.size() + 2); // so that every window has a hop behind it
    const std::size_t ready = hopsHere() < hopsBehind ? 0 : hopsHere() - hopsBehind;
    const std::size_t momentaries = last ? windowCount(steps_.size(), momentarySteps) : ready;
    const std::size_t shortTerms = last ? windowCount(steps_.size(), shortTermSteps) : ready;

    const std::vector<double> fourHops = slidingSums(hops, momentaryHops, momentaries);
    momentary_.look(steps_, hops, fourHops, momentaries, begin_ * stepsInHop);
    hasMomentary_ = hasMomentary_ || momentaries > 0;
    gate(fourHops);

    std::vector<double> means = slidingSums(hops, shortTermHops, shortTerms);
    shortTerm_.look(steps_, hops, means, shortTerms, begin_ * stepsInHop);
    hasShortTerm_ = hasShortTerm_ || shortTerms > 0;
    for (double& mean : means) mean /= static_cast<double>(shortTermSteps);
    for (std::size_t i = 0; i < means.size(); ++i)
        if ((begin_ + i) % hopsBetweenRanges == 0 && means[i] >= absoluteGate) seconds_.push_back(means[i]);
    holdPeaksAgainst(means);

    steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(ready * stepsInHop));
    peaks_.erase(peaks_.begin(), peaks_.begin() + static_cast<std::ptrdiff_t>(ready));
    begin_ += ready;
}

/// \param sums over four hops
void ProgrammeLoudness::gate(std::span<const double> sums)
{
    for (const double sum : sums)
        if (const double mean = sum / static_cast<double>(momentarySteps); mean >= absoluteGate)
            blocks_.push_back(mean);
}

/// \param means of 3 s, from the first of the hops here on
void ProgrammeLoudness::holdPeaksAgainst(std::span<const double> means)
{
    // The highest of two neighbours, of four, of eight, of sixteen: two of those make the window.
    constexpr std::size_t most = 16;
    std::vector<float> highest = peaks_;
    for (std::size_t together = 1; together < most; together *= 2)
        for (std::size_t i = 0; i + together < highest.size(); ++i)
            highest[i] = std::max(highest[i], highest[i + together]);
    for (std::size_t w = 0; w < means.size(); ++w) {
        const auto peak = static_cast<double>(std::max(highest[w], highest[w + shortTermHops - most]));
        // Silence has no distance.
        if (!(peak > 0) || means[w] < absoluteGate || (psr_ && peak * peak >= leastRatio_ * means[w]))
            continue;
        leastRatio_ = peak * peak / means[w];
        psr_ = 20 * std::log10(peak) - lufs(means[w]);
    }
}

} // namespace segue
