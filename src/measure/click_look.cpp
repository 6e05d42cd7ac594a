#include "measure/click_look.h"

#include "core/decibels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace segue {

namespace {

constexpr std::size_t order = 32;
constexpr double reachSeconds = 42 / 44'100.0, nearSeconds = 88 / 44'100.0, farSeconds = 760 / 44'100.0;

using Lags = std::array<double, order + 1>;

/// Adds a stretch's, under a Hann window.
void addAutocorrelation(std::span<const double> sound, Lags& sums)
{
    std::vector<double> windowed(sound.begin(), sound.end());
    const double step = 2 * std::numbers::pi / static_cast<double>(sound.size());
    for (std::size_t i = 0; i < windowed.size(); ++i)
        windowed[i] *= 0.5 - 0.5 * std::cos(step * (static_cast<double>(i) + 0.5));
    // The sums side by side: none waits for its last addition.
    double* const sum = sums.data();
    for (std::size_t i = 0; i < windowed.size(); ++i) {
        const double* const here = windowed.data() + i;
        for (std::size_t lag = 0; lag <= std::min(order, i); ++lag) sum[lag] += *here * *(here - lag);
    }
}

/// Levinson and Durbin's: the filter that leaves what cannot be predicted, 1 first.
Lags predictionError(const Lags& sums)
{
    Lags filter{1};
    double left = sums[0];
    for (std::size_t m = 1; m <= order; ++m) {
        double sum = 0;
        for (std::size_t k = 0; k < m; ++k) sum += filter[k] * sums[m - k];
        const double reflection = -sum / left;
        Lags next = filter;
        for (std::size_t k = 1; k <= m; ++k) next[k] += reflection * filter[m - k];
        filter = next;
        left *= 1 - reflection * reflection;
        if (!(left > 0)) break;
    }
    return filter;
}

/// Predicted from what was before, or from what comes after; zero where too little is known.
std::vector<double> restOf(std::span<const double> sound, const Lags& filter, bool fromBefore)
{
    std::vector<double> rest(sound.size(), 0.0);
    const std::size_t count = sound.size() - order;
    double* const out = rest.data() + (fromBefore ? order : 0);
    for (std::size_t k = 0; k <= order; ++k) {
        const double* const in = sound.data() + (fromBefore ? order - k : k);
        const double weight = filter[k];
        for (std::size_t i = 0; i < count; ++i) out[i] += weight * in[i];
    }
    return rest;
}

double peakOf(std::span<const double> rest)
{
    double peak = 1e-12;
    for (const double v : rest) peak = std::max(peak, std::fabs(v));
    return peak;
}
double levelOf(std::span<const double> rest)
{
    double energy = 1e-24;
    for (const double v : rest) energy += v * v;
    return std::sqrt(energy / static_cast<double>(std::max<std::size_t>(1, rest.size())));
}
double decibelsOf(double gain) { return Decibels::fromGain(gain).value(); }

} // namespace

ClickRest clickRest(std::span<const double> sound, std::size_t top, SampleRate rate, double highPeak,
                    double noise)
{
    const auto samples = [rate](double seconds) {
        return static_cast<std::size_t>(std::lround(seconds * rate.hertz()));
    };
    const std::size_t reach = samples(reachSeconds), near = samples(nearSeconds);
    // The candidate lies from begin to end, the music from first and up to last.
    const std::size_t begin = top - reach, end = top + reach + 1;
    const std::size_t far = std::min({samples(farSeconds), begin - order, sound.size() - order - end});
    const std::size_t first = begin - far, last = end + far;

    Lags sums{};
    addAutocorrelation(sound.subspan(first, far), sums);
    addAutocorrelation(sound.subspan(end, far), sums);
    sums[0] = sums[0] * (1 + std::pow(10.0, noise / 10)) + 1e-16;
    const Lags filter = predictionError(sums);
    // Each side by what leads up to it from outside: nothing of the candidate gets into it.
    const auto before = restOf(sound, filter, true), after = restOf(sound, filter, false);
    const auto part = [](const std::vector<double>& rest, std::size_t from, std::size_t to) {
        return std::span{rest}.subspan(from, to - from);
    };
    const double peak =
        std::min(peakOf(part(before, begin, end + order)), peakOf(part(after, begin - order, end)));
    const double outside = std::max(peakOf(part(before, first, begin)), peakOf(part(after, end, last)));
    const double usual = levelOf(part(before, first, begin - near));
    const double nearest =
        std::max(levelOf(part(before, begin - near, begin)), levelOf(part(after, end, end + near)));
    return {.above = decibelsOf(peak / outside),
            .stir = decibelsOf(nearest / usual),
            .white = decibelsOf(peak / highPeak)};
}

} // namespace segue
