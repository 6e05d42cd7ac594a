#include "vinyl/bass_watch.h"

#include "core/portable_math.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

constexpr std::size_t tapCount = 4 * reduction;
static_assert(tapCount <= pastFrames);

// A low-pass to a third of the reduced rate under a Blackman window.
std::vector<float> makeTaps()
{
    std::vector<double> taps(tapCount);
    double sum = 0;
    const auto sine = [](double quarters) { // of any angle
        const double q = quarters - 4 * std::floor(quarters / 4);
        return q <= 1   ? sineQuarter(q)
               : q <= 2 ? sineQuarter(2 - q)
               : q <= 3 ? -sineQuarter(q - 2)
                        : -sineQuarter(4 - q);
    };
    for (std::size_t k = 0; k < tapCount; ++k) {
        const double x = static_cast<double>(k) - (tapCount - 1) / 2.0, cut = 0.34 / reduction;
        const double turn = (static_cast<double>(k) + 0.5) / tapCount;
        const double window = 0.42 - 0.5 * sine(4 * turn + 1) + 0.08 * sine(8 * turn + 1);
        taps[k] = sine(4 * cut * x) / (std::numbers::pi * x) * window;
        sum += taps[k];
    }
    std::vector<float> out;
    for (const double t : taps) out.push_back(static_cast<float>(t / sum));
    return out;
}

constexpr double infrasonicCorner = 15;

// The frequency, or as much of it as the reduced rate holds.
double within(double hertz, double rate) { return std::min(hertz, 0.45 * rate); }

Two through(const std::array<Section, 2>& sections, std::array<SectionState<Two>, 2>& states, Two x)
{
    return states[1].step(sections[1], states[0].step(sections[0], x));
}

} // namespace

BassFilters::BassFilters(SampleRate rate) : taps{makeTaps()}
{
    const double reduced = static_cast<double>(rate.hertz()) / reduction;
    bass = lowPass4(within(150, reduced), reduced);
    infrasonic = lowPass4(within(infrasonicCorner, reduced), reduced);
    infrasonicSlow = lowPass4(within(infrasonicCorner, reduced / 8), reduced / 8);
    middle = lowPass4(within(500, reduced), reduced)[1];
    cut = designCuttingFilter(SampleRate{rate.hertz() / static_cast<int>(reduction)});
}

void BassWatch::take(const CuttingBuffers& buffers, std::size_t frames, BassWindow& window)
{
    const CuttingKernels& kernels = cuttingKernels();
    Two bassSquares{}, infrasonicSquares{};
    double products = 0;
    for (std::size_t i = reduction; i <= frames; i += reduction) {
        // The newest frame of the sixteen is the last the taps reach.
        const std::size_t from = pastFrames + i - tapCount;
        const Two x{static_cast<double>(kernels.product(f_.taps.data(), &buffers.left[from], tapCount)),
                    static_cast<double>(kernels.product(f_.taps.data(), &buffers.right[from], tapCount))};
        const Two bass = through(f_.bass, bass_, x), infrasonic = through(f_.infrasonic, infrasonic_, x);
        bassSquares += bass * bass;
        products += bass[0] * bass[1];
        // Steep enough for a bass drum at 40 Hz: twice the fourth order.
        if (++eighth_ == 8) {
            eighth_ = 0;
            const Two slow = through(f_.infrasonicSlow, infrasonicSlow_, infrasonic);
            infrasonicSquares += slow * slow;
        }
        const double in = x[0] + x[1];
        const double low = f_.cut.lowPole * low_ + f_.cut.lowFeed * (in + in_);
        const double feed =
            f_.cut.direct * (in - in_) + f_.cut.wave * (in + in_) + f_.cut.slow * (low + low_);
        const double d = feed - feed_ - f_.cut.back1 * d1_ - f_.cut.back2 * d2_;
        in_ = in;
        low_ = low;
        feed_ = feed;
        d2_ = d1_;
        d1_ = d;
        const double lateral = std::fabs(lateral_.step(f_.middle, d)) / std::numbers::sqrt2;
        window.lateral = std::max(window.lateral, static_cast<float>(lateral));
    }
    window.bassLeft += static_cast<float>(bassSquares[0]);
    window.bassRight += static_cast<float>(bassSquares[1]);
    window.bassProduct += static_cast<float>(products);
    window.infrasonic += static_cast<float>(infrasonicSquares[0] + infrasonicSquares[1]);
}

} // namespace segue::vinyl
