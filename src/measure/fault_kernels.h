/// \file
/// The loops that touch every sample when faults are looked for: what a tile of 64 frames holds, and how
/// strong it is above 5 kHz. Built for every processor and for x86-64-v3, with the same bits, as
/// audio/kernels.h is.
#pragma once

#include "audio/frame.h"
#include "core/units.h"

#include <array>
#include <cstddef>
#include <span>

namespace segue {

inline constexpr std::size_t faultTileFrames = 64;
inline constexpr std::size_t faultQuarterFrames = 16;

/// Of a tile; each quarter has its extremes.
struct FaultTile {
    std::array<Frame, 4> low{}, high{};
    Frame sum{}, energy{};
    Frame peak{};                         ///< the largest absolute values
    double difference = 0;                ///< the sum of (left - right)^2
    std::array<float, 2> highFrequency{}; ///< largest absolute value above 5 kHz, left and right
};

/// Three second-order sections with numerators 1 + c z^-1 + z^-2.
struct HighPass {
    struct Section {
        float c = 0, a1 = 0, a2 = 0;
    };
    std::array<Section, 3> sections{};
    float gain = 1;
};
/// Inverse Chebyshev of order 6: 3 dB down at `edge`, everything 50 dB down below about 0.6 of it.
[[nodiscard]] HighPass designHighPass(SampleRate rate, double edge);

inline constexpr std::size_t highPassLanes = 8; ///< stretches filtered side by side

struct FaultKernels {
    const char* name;
    /// All of the tiles but highFrequency. \param frames faultTileFrames of them for each
    void (*survey)(const Frame* frames, std::span<FaultTile> tiles);
    /// highFrequency of `tiles`, a multiple of highPassLanes in number. Each lane's filter starts in silence
    /// `warmUp` frames earlier; so many must lie before `frames`.
    void (*highPeaks)(const HighPass& filter, const Frame* frames, std::size_t warmUp,
                      std::span<FaultTile> tiles);
};
/// All that this processor can run, the baseline first.
[[nodiscard]] std::span<const FaultKernels> runnableFaultKernels();
[[nodiscard]] const FaultKernels& faultKernels();
/// For tests; nullptr: the fastest again.
void forceFaultKernels(const FaultKernels* forced);

} // namespace segue
