/// \file
/// How a mix survives a telephone or a kitchen radio: one loudspeaker, nothing below 300 Hz and little above
/// 6 kHz. Only in the monitor path, never in what is delivered.
#pragma once

#include "core/units.h"

#include <array>

namespace segue {

/// Two Butterworth filters of second order, a high-pass at 300 Hz and a low-pass at 6 kHz (bilinear
/// transform, edges prewarped). No allocation, no lock: it runs in the device's callback.
class SmallSpeaker {
public:
    static constexpr double lowEdge = 300, highEdge = 6000; ///< Hz, -3 dB
    /// For frames of this rate from now on, from silence.
    void reset(SampleRate rate);
    /// The next sample, both channels together.
    [[nodiscard]] float next(float mono)
    {
        return static_cast<float>(low_.next(high_.next(static_cast<double>(mono))));
    }

private:
    struct Biquad {
        std::array<double, 3> b{1, 0, 0};
        std::array<double, 2> a{};
        double s1 = 0, s2 = 0;
        [[nodiscard]] double next(double x)
        {
            const double y = b[0] * x + s1;
            s1 = b[1] * x - a[0] * y + s2;
            s2 = b[2] * x - a[1] * y;
            return y;
        }
    };
    Biquad high_{}, low_{};
};

} // namespace segue
