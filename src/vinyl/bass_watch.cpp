#include "vinyl/bass_watch.h"

#include "core/portable_math.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

// A low-pass to a third of the reduced rate under a Blackman window.
std::vector<float> makeTaps()
{
    std::vector<double> taps(reductionTaps);
    double sum = 0;
    const auto sine = [](double quarters) { // of any angle
        const double q = quarters - 4 * std::floor(quarters / 4);
        return q <= 1   ? sineQuarter(q)
               : q <= 2 ? sineQuarter(2 - q)
               : q <= 3 ? -sineQuarter(q - 2)
                        : -sineQuarter(4 - q);
    };
    for (std::size_t k = 0; k < reductionTaps; ++k) {
        const double x = static_cast<double>(k) - (reductionTaps - 1) / 2.0, cut = 0.34 / reduction;
        const double turn = (static_cast<double>(k) + 0.5) / reductionTaps;
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
    cuttingKernels().reduce(f_.taps.data(), buffers, frames, reduced_.data());
    const std::span<const Frame> reduced = std::span{reduced_}.first(frames / reduction);
    takeStereo(reduced, window);
    takeLateral(reduced, window);
}

// Here and below the filters' memory is copied, so that it stays in registers.
void BassWatch::takeStereo(std::span<const Frame> reduced, BassWindow& window)
{
    Two bassSquares{}, infrasonicSquares{};
    double products = 0;
    auto bassState = bass_, infrasonicState = infrasonic_;
    for (const Frame frame : reduced) {
        const Two x{frame.left, frame.right};
        const Two bass = through(f_.bass, bassState, x);
        const Two infrasonic = through(f_.infrasonic, infrasonicState, x);
        bassSquares += bass * bass;
        products += bass[0] * bass[1];
        // Steep enough for a bass drum at 40 Hz: twice the fourth order.
        if (++eighth_ == 8) {
            eighth_ = 0;
            const Two slow = through(f_.infrasonicSlow, infrasonicSlow_, infrasonic);
            infrasonicSquares += slow * slow;
        }
    }
    bass_ = bassState;
    infrasonic_ = infrasonicState;
    window.bassLeft += static_cast<float>(bassSquares[0]);
    window.bassRight += static_cast<float>(bassSquares[1]);
    window.bassProduct += static_cast<float>(products);
    window.infrasonic += static_cast<float>(infrasonicSquares[0] + infrasonicSquares[1]);
}

void BassWatch::takeLateral(std::span<const Frame> reduced, BassWindow& window)
{
    Lateral s = lateral_;
    double most = 0;
    for (const Frame frame : reduced) {
        const double in = frame.left + frame.right;
        const double low = f_.cut.lowPole * s.low + f_.cut.lowFeed * (in + s.in);
        const double feed =
            f_.cut.direct * (in - s.in) + f_.cut.wave * (in + s.in) + f_.cut.slow * (low + s.low);
        const double d = feed - s.feed - f_.cut.back1 * s.d1 - f_.cut.back2 * s.d2;
        s.in = in;
        s.low = low;
        s.feed = feed;
        s.d2 = s.d1;
        s.d1 = d;
        most = std::max(most, std::fabs(s.middle.step(f_.middle, d)));
    }
    lateral_ = s;
    window.lateral = std::max(window.lateral, static_cast<float>(most / std::numbers::sqrt2));
}

} // namespace segue::vinyl
