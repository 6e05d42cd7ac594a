/// \file
/// Second-order sections for what happens below 500 Hz, where the model works at about 3 kHz.
#pragma once

#include <array>
#include <cstddef>

namespace segue::vinyl {

struct Section {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};
/// Left and right, or whatever two go through the same filter.
using Two = double __attribute__((vector_size(16)));

/// Transposed direct form II. \tparam Value double or Two
template <class Value>
class SectionState {
public:
    [[nodiscard]] Value step(const Section& s, Value x)
    {
        const Value y = s.b0 * x + first_;
        first_ = s.b1 * x - s.a1 * y + second_;
        second_ = s.b2 * x - s.a2 * y;
        return y;
    }

private:
    Value first_{}, second_{};
};

/// Butterworth low-pass of the fourth order as two sections (bilinear, pre-warped). \pre hertz < rate / 2
[[nodiscard]] std::array<Section, 2> lowPass4(double hertz, double rate);
/// High-pass of the first or second order (Butterworth); an elliptical equaliser is this on left - right.
[[nodiscard]] Section highPass(int order, double hertz, double rate);
/// tan(pi * turns) for 0 <= turns < 0.5, by portable_math.h.
[[nodiscard]] double tangentOfHalfTurns(double turns);

} // namespace segue::vinyl
