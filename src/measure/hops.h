/// \file
/// What a pass over a sound keeps of it and of its every 100 ms: enough to give every figure of the sound, or
/// of several sounds one after another, each with its gain, without reading the samples again. All of it is
/// linear or quadratic in the gain.
#pragma once

#include "core/units.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace segue {

/// 100 ms, as libebur128 counts them: to the nearest frame.
[[nodiscard]] constexpr std::int64_t hopFrames(SampleRate rate) { return (rate.hertz() + 5) / 10; }
/// Loudness has a finer grid: a burst of 400 ms must be found wherever it lies (EBU Tech 3341, case 13).
inline constexpr std::size_t stepsInHop = 5;
/// Where step `step` of a hop begins.
[[nodiscard]] constexpr std::int64_t stepBegin(std::int64_t hop, std::size_t step)
{
    return hop * static_cast<std::int64_t>(step) / static_cast<std::int64_t>(stepsInHop);
}

/// One hop, on the grid of the sound's first frame. The last one of a sound may have fewer frames.
struct Hop {
    std::array<float, stepsInHop> weighted{}; ///< K-weighted energy, all channels together, in each 20 ms
    float energy = 0;                         ///< sum of squares, both sides together
    float peak = 0;                           ///< largest absolute sample of either side
    float truePeak = 0;                       ///< of the oversampled signal; at least `peak`
    [[nodiscard]] friend bool operator==(const Hop&, const Hop&) = default;
};

/// What a sample counts as that is infinite or larger than this: 301 dBFS. It makes its sound countable, and
/// every level of it meaningless.
inline constexpr double beyondMeasure = 0x1p50;
[[nodiscard]] constexpr bool isBeyondMeasure(const Hop& hop)
{
    return hop.peak >= static_cast<float>(beyondMeasure);
}

/// What level, balance and correlation of the two sides come from.
struct StereoSums {
    std::array<double, 2> energy{}; ///< sum of squares, left and right
    double product = 0;             ///< sum of left times right
    void add(const StereoSums& other, double times = 1)
    {
        for (std::size_t c = 0; c < energy.size(); ++c) energy[c] += other.energy[c] * times;
        product += other.product * times;
    }
    [[nodiscard]] friend bool operator==(const StereoSums&, const StereoSums&) = default;
};

/// Where the bands meet, in Hz: below 120 is what a cutter and a subwoofer make mono, 120 to 1000 the body of
/// voices and instruments, 1 to 5 kHz presence, above it air. Butterworth splits of second order (12 dB an
/// octave): meant for a look at phase and balance, not for a spectrum.
inline constexpr std::array<double, 3> bandEdges{120, 1000, 5000};
inline constexpr std::int64_t hopsInStretch = 3;

/// What no figure asks of each 100 ms, but only of the sound as a whole.
struct SoundSums {
    StereoSums stereo{};
    std::array<double, 2> sum{};       ///< of the samples: their mean is DC
    std::array<float, 2> truePeak{};   ///< the highest, left and right
    std::array<StereoSums, 4> bands{}; ///< of 38 ms of each three hops, as far as the sound goes
    void add(const SoundSums& other)
    {
        stereo.add(other.stereo);
        for (std::size_t c = 0; c < sum.size(); ++c) {
            sum[c] += other.sum[c];
            truePeak[c] = other.truePeak[c] > truePeak[c] ? other.truePeak[c] : truePeak[c];
        }
        for (std::size_t b = 0; b < bands.size(); ++b) bands[b].add(other.bands[b]);
    }
    [[nodiscard]] friend bool operator==(const SoundSums&, const SoundSums&) = default;
};

/// A run of samples of one channel that stand at full scale.
struct ClippedRun {
    SamplePos begin{};
    SampleCount length{};
    int channel = 0; ///< 0 left, 1 right
    [[nodiscard]] friend bool operator==(const ClippedRun&, const ClippedRun&) = default;
};
/// Three or more neighbours at the same end of the scale count as clipped, as in `segue verify`.
inline constexpr std::int64_t clippedLength = 3;
/// The last step of 16 bit below full scale: what a clipped 16-bit converter gives for the positive half.
inline constexpr double clippedLevel = 32'767.0 / 32'768;
inline constexpr std::size_t mostClippedPlaces = 500;

/// All that a pass keeps, but for the overview.
struct ScannedSound {
    SampleRate rate{};
    int channels = 2; ///< of the file; of a mono one both sides are the same
    SampleCount length{};
    SoundSums sums{};
    std::vector<Hop> hops{}; ///< ceil(length / hopFrames)
    std::int64_t clippedRuns = 0;
    std::vector<ClippedRun> clipped{}; ///< the first ones, by place
    std::int64_t notFinite = 0; ///< samples that are NaN or infinite; they count as 0 and as `beyondMeasure`
    SamplePos firstNotFinite{};
    SamplePos firstSound{}, soundEnd{}; ///< the first frame that is not zero, behind the last; equal: silence
    [[nodiscard]] friend bool operator==(const ScannedSound&, const ScannedSound&) = default;
};

} // namespace segue
