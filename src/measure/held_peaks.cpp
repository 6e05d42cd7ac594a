#include "measure/held_peaks.h"

#include "core/decibels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace segue {

namespace {

double peakOf(const Hop& hop) { return static_cast<double>(hop.peak); }
double levelOf(const Hop& hop) { return 10 * std::log10(std::max(static_cast<double>(hop.energy), 1e-20)); }

double deviation(const std::vector<double>& values)
{
    double sum = 0, squares = 0;
    for (const double v : values) sum += v;
    const double mean = sum / static_cast<double>(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

} // namespace

std::optional<HeldPeaks> heldPeaks(const ScannedSound& sound)
{
    double highest = 0;
    for (const Hop& hop : sound.hops) highest = std::max(highest, peakOf(hop));
    if (!(highest > 0)) return {};
    const double ceiling = highest * Decibels{-heldWithin}.gain(), sounds = highest * Decibels{-60}.gain();
    std::size_t sounding = 0, firstHeld = 0;
    std::vector<double> levels;
    for (std::size_t i = 0; i < sound.hops.size(); ++i) {
        const double peak = peakOf(sound.hops[i]);
        if (peak > sounds) ++sounding;
        if (peak < ceiling) continue;
        if (levels.empty()) firstHeld = i;
        levels.push_back(levelOf(sound.hops[i]));
    }
    const double share = static_cast<double>(levels.size()) / static_cast<double>(sounding);
    if (levels.size() < leastHeld || share < leastHeldShare || deviation(levels) < steadyTone) return {};
    const auto begin = static_cast<std::int64_t>(firstHeld) * hopFrames(sound.rate);
    return HeldPeaks{share, Decibels::fromGain(highest).value(),
                     nearestDuration(SampleCount{begin}, sound.rate)};
}

} // namespace segue
