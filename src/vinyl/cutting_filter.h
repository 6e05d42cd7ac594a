/// \file
/// The digital form of the recording characteristic: from samples to the velocity, acceleration and
/// displacement of one 45/45 channel, for any sample rate.
///
/// Design: the characteristic is written as q1*s + q0 + r/(1 + s*318us). The last part is a one-pole low-pass
/// (bilinear); what is left of the velocity, and of its derivative, is a short filter fitted by least squares
/// of the relative complex error from 20 Hz to 20 kHz (or 0.907 of the Nyquist frequency, if that is lower).
/// Velocity stands half way between two samples, where so few taps are enough. The displacement is the
/// velocity integrated behind a second-order Butterworth high-pass of 5 Hz, by the bilinear transform part by
/// part. From 20 Hz to 20 kHz at 44.1 to 192 kHz the velocity is right within 0.05 dB, the acceleration
/// within 0.1 dB; so is the displacement up to 10 kHz.
#pragma once

#include "core/units.h"

#include <array>
#include <complex>

namespace segue::vinyl {

/// Below it a lathe rejects what the signal asks for; -0.06 dB at 15 Hz.
inline constexpr double integratorCorner = 5;

struct CuttingFilter {
    static constexpr std::size_t velocityTaps = 12, accelerationTaps = 13;
    /// Frames by which velocity and acceleration lag behind the input.
    static constexpr double velocityDelay = (velocityTaps - 1) / 2.0;
    static constexpr std::size_t accelerationDelay = (accelerationTaps - 1) / 2;

    /// low[n] = lowPole * low[n-1] + lowFeed * (x[n] + x[n-1])
    double lowPole = 0, lowFeed = 0;
    /// velocity = sum of velocity[k] * x[n-k] + velocityLow * (low[n-5] + low[n-6]), at n - 5.5
    std::array<double, velocityTaps> velocity{};
    double velocityLow = 0;
    /// acceleration = sum of acceleration[k] * x[n-k] + accelerationLow * low[n-6], at n - 6
    std::array<double, accelerationTaps> acceleration{};
    double accelerationLow = 0;
    /// g[n] = direct * (x[n] - x[n-1]) + wave * (x[n] + x[n-1]) + slow * (low[n] + low[n-1]);
    /// d[n] = g[n] - g[n-1] - back1 * d[n-1] - back2 * d[n-2]
    double direct = 0, wave = 0, slow = 0, back1 = 0, back2 = 0;

    /// What the filter makes of a sine, its delay taken out: velocity in units of a full-scale 1 kHz sine's.
    [[nodiscard]] std::complex<double> velocityResponse(double hertz) const;
    [[nodiscard]] std::complex<double> accelerationResponse(double hertz) const;
    [[nodiscard]] std::complex<double> displacementResponse(double hertz) const;
    SampleRate rate{};
};

[[nodiscard]] CuttingFilter designCuttingFilter(SampleRate rate);

} // namespace segue::vinyl
