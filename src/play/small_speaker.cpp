#include "play/small_speaker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue {

void SmallSpeaker::reset(SampleRate rate)
{
    const auto warped = [&](double edge) {
        return std::tan(std::numbers::pi * std::min(edge / rate.hertz(), 0.45));
    };
    const auto denominator = [](double k) {
        const double norm = 1 / (1 + std::numbers::sqrt2 * k + k * k);
        return std::pair{norm,
                         std::array{2 * (k * k - 1) * norm, (1 - std::numbers::sqrt2 * k + k * k) * norm}};
    };
    const double high = warped(lowEdge), low = warped(highEdge);
    const auto [ofHigh, aHigh] = denominator(high);
    const auto [ofLow, aLow] = denominator(low);
    high_ = {.b = {ofHigh, -2 * ofHigh, ofHigh}, .a = aHigh};
    low_ = {.b = {low * low * ofLow, 2 * low * low * ofLow, low * low * ofLow}, .a = aLow};
}

} // namespace segue
