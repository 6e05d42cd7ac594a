/// \file
/// The recording characteristic of records (IEC 60098, RIAA) and the level at which a cut is referred to the
/// file. No replay high-pass (7950 us) and no "Neumann pole": neither acts when a record is cut.
#pragma once

#include <complex>

namespace segue::vinyl {

/// Time constants in seconds: zeros at 50.05 Hz and 2122 Hz, a pole at 500.5 Hz.
inline constexpr double riaaBass = 3180e-6, riaaMiddle = 318e-6, riaaTreble = 75e-6;

/// Velocity per input, 1 at 1 kHz, with its phase.
[[nodiscard]] std::complex<double> riaaResponse(double hertz);
/// Its absolute value: 10 kHz gives 4.86 (+13.734 dB).
[[nodiscard]] double riaaGain(double hertz);

/// Which level in the file is the cutting reference: a sine of 1 kHz that peaks at `dbfs` moves each 45/45
/// channel with 5 cm/s peak. No file carries this number; every report prints it.
struct CuttingReference {
    double dbfs = -14;
    [[nodiscard]] friend bool operator==(const CuttingReference&, const CuttingReference&) = default;
};
inline constexpr double referenceVelocity = 0.05; ///< m/s, peak, per channel
/// Metres per second of a 1 kHz sine that peaks at full scale, cut at `cuttingGain` dB above the file.
[[nodiscard]] double velocityAtFullScale(const CuttingReference& reference, double cuttingGain);

inline constexpr double standardGravity = 9.80665; ///< m/s^2

} // namespace segue::vinyl
