/// \file
/// The loops in which measuring spends its time: K-weighting (ITU-R BS.1770-4), oversampling for true peak,
/// sums and bands. Built for every processor of the platform and for those with AVX2 (x86-64-v3), from one
/// body each, so that the bits are the same: nothing is fused, no sum changes its order.
#pragma once

#include "audio/frame.h"
#include "measure/hops.h"

#include <array>
#include <cstddef>
#include <span>

namespace segue {

/// One section of a filter: b0 + b1 z^-1 + b2 z^-2 over 1 + a1 z^-1 + a2 z^-2.
struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};
/// The two sections of K-weighting: a shelf of 4 dB, and a high pass.
struct KWeighting {
    Biquad shelf{}, highPass{};
};
/// From the analogue filters behind the 48 kHz coefficients of BS.1770, by the bilinear transform: at 48 kHz
/// they are the standard's to 1e-6 or better. The high pass has b = 1, -2, 1 at every rate, as there.
[[nodiscard]] KWeighting kWeightingAt(SampleRate rate);

/// Splits a signal in two at a frequency: low and high pass with the same poles (Butterworth, second order).
struct BandSplit {
    double a1 = 0, a2 = 0, low = 1, high = 0;
};
/// An edge beyond 0.49 of the rate stands there.
using BandSplits = std::array<BandSplit, 3>;
[[nodiscard]] BandSplits bandSplitsAt(SampleRate rate);

/// Samples left and right in turn, as floats: 24 bits are kept exactly.
struct FloatSums {
    std::array<double, 2> energy{}, sum{};
    double product = 0;
    std::array<float, 2> peak{};
};

/// Stretches that are weighted side by side: the filters wait for themselves, and eight do so at a time.
/// Before each one hop is filtered and not counted: 24 time constants of the high pass.
inline constexpr std::size_t stretchesInGroup = 8;
inline constexpr std::int64_t hopsInGroup = static_cast<std::int64_t>(stretchesInGroup) * hopsInStretch;
using WeightedStretch = std::array<std::array<float, stepsInHop>, static_cast<std::size_t>(hopsInStretch)>;

/// Frames that must lie before the first one a true peak is wanted of.
inline constexpr std::size_t peakHistory = 48;
/// Frames after the last sound in which its filter still rings.
inline constexpr std::size_t peakTail = 24;

struct ScanKernels {
    const char* name;
    /// \param out 2 * frames.size() floats
    void (*toFloats)(std::span<const Frame> frames, float* out);
    /// \param samples 2 * frames floats; a multiple of 4 frames
    FloatSums (*sums)(const float* samples, std::size_t frames);
    /// The largest absolute value between the samples, four times (twice) oversampled, of at least one frame,
    /// or `known` where that is larger: what cannot pass it is not computed. \param samples the first of
    /// `frames` frames; peakHistory frames lie before it
    std::array<float, 2> (*peak4)(const float* samples, std::size_t frames, std::array<float, 2> known);
    std::array<float, 2> (*peak2)(const float* samples, std::size_t frames, std::array<float, 2> known);
    /// K-weighted energies of the three hops behind the first one of each stretch.
    /// \param from four hops of `hop` frames each
    void (*weigh)(const KWeighting& filter, const std::array<const float*, stretchesInGroup>& from,
                  std::int64_t hop, std::array<WeightedStretch, stretchesInGroup>& out);
    /// Band energies of the last `counted` of `frames` frames of two sounds side by side.
    void (*bands)(const BandSplits& splits, const float* first, const float* second, std::int64_t frames,
                  std::int64_t counted, std::array<std::array<StereoSums, 4>, 2>& out);
};

/// The ones this processor runs fastest, or those a test has forced.
[[nodiscard]] const ScanKernels& scanKernels();
/// All that this processor can run, the baseline first.
[[nodiscard]] std::span<const ScanKernels> runnableScanKernels();
/// For tests: from now on scanKernels() gives these; nullptr: the fastest again.
void forceScanKernels(const ScanKernels* forced);

} // namespace segue
