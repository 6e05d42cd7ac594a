#include "vinyl/peak_between.h"

#include "core/portable_math.h"
#include "vinyl/cutting_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

constexpr int reach = peakReach, fine = 4;
/// Of -3/4, -1/2 ... 3/4 of a sample, and one that is nowhere; sample by sample.
using Taps = std::array<std::array<float, 8>, 2 * reach + 1>;
constexpr std::size_t places = 2 * fine - 1;

// sin(pi x) for any x.
double sineOfHalfTurns(double x)
{
    const double whole = std::floor(x), part = x - whole;
    const double sine = part <= 0.5 ? sineQuarter(2 * part) : sineQuarter(2 - 2 * part);
    return std::fmod(whole, 2.0) == 0 ? sine : -sine;
}

// Sinc under a cosine-squared window.
Taps makeTaps()
{
    Taps all{};
    for (std::size_t place = 0; place < places; ++place) {
        const double shift = (static_cast<double>(place) - (fine - 1)) / fine;
        for (int k = -reach; k <= reach; ++k) {
            const double x = shift - k;
            const double edge = reach + 1;
            const double window = std::fabs(x) >= edge ? 0 : 0.5 + 0.5 * sineOfHalfTurns(0.5 + x / edge);
            const double sinc = x == 0 ? 1 : sineOfHalfTurns(x) / (std::numbers::pi * x);
            all[static_cast<std::size_t>(k + reach)][place] = static_cast<float>(sinc * window);
        }
    }
    return all;
}

} // namespace

double peakAround(const float* at)
{
    static const Taps taps = makeTaps();
    const std::array<float, 8> between = cuttingKernels().eightSums(taps, at - reach);
    // From one sample before to one behind.
    std::array<double, places + 2> values{};
    values.front() = static_cast<double>(std::fabs(at[-1]));
    values.back() = static_cast<double>(std::fabs(at[1]));
    for (std::size_t place = 0; place < places; ++place)
        values[place + 1] = static_cast<double>(std::fabs(between[place]));
    const auto top =
        static_cast<std::size_t>(std::max_element(values.begin() + 1, values.end() - 1) - values.begin());
    const double before = values[top - 1], peak = values[top], after = values[top + 1];
    const double bend = before - 2 * peak + after;
    const double parabola = bend < 0 ? peak - (after - before) * (after - before) / (8 * bend) : peak;
    return std::max({parabola, peak, static_cast<double>(std::fabs(*at))});
}

} // namespace segue::vinyl
