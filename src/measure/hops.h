/// \file
/// What a pass over a sound keeps of every 100 ms of it: enough to give every figure of the sound, of a part
/// of it, or of several sounds one after another, each with its gain, without reading the samples again. All
/// of it is linear or quadratic in the gain.
#pragma once

#include "core/units.h"

#include <algorithm>
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
    std::array<float, 2> energy{};            ///< sum of squares, left and right
    float product = 0;                        ///< sum of left times right
    std::array<float, 2> sum{};               ///< of the samples: their mean is DC
    std::array<float, 2> peak{};              ///< largest absolute sample
    std::array<float, 2> truePeak{};          ///< of the oversampled signal; at least `peak`
    [[nodiscard]] friend bool operator==(const Hop&, const Hop&) = default;
};

/// What a sample counts as that is infinite or larger than this: 301 dBFS. It makes its sound countable, and
/// every level of it meaningless.
inline constexpr double beyondMeasure = 0x1p50;
[[nodiscard]] constexpr bool isBeyondMeasure(const Hop& hop)
{
    return std::max(hop.peak[0], hop.peak[1]) >= static_cast<float>(beyondMeasure);
}

/// 38 ms of each three hops, split in four bands.
struct BandHop {
    struct Band {
        std::array<float, 2> energy{};
        float product = 0;
        [[nodiscard]] friend bool operator==(const Band&, const Band&) = default;
    };
    std::array<Band, 4> bands{};
    [[nodiscard]] friend bool operator==(const BandHop&, const BandHop&) = default;
};
/// Where the bands meet, in Hz: below 120 is what a cutter and a subwoofer make mono, 120 to 1000 the body of
/// voices and instruments, 1 to 5 kHz presence, above it air. Butterworth splits of second order (12 dB an
/// octave): meant for a look at phase and balance, not for a spectrum.
inline constexpr std::array<double, 3> bandEdges{120, 1000, 5000};
inline constexpr std::int64_t hopsInStretch = 3;

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
    std::vector<Hop> hops{};      ///< ceil(length / hopFrames)
    std::vector<BandHop> bands{}; ///< one for each three hops, as far as the sound goes
    std::int64_t clippedRuns = 0;
    std::vector<ClippedRun> clipped{}; ///< the first ones, by place
    std::int64_t notFinite = 0; ///< samples that are NaN or infinite; they count as 0 and as `beyondMeasure`
    SamplePos firstNotFinite{};
    SamplePos firstSound{}, soundEnd{}; ///< the first frame that is not zero, behind the last; equal: silence
    [[nodiscard]] friend bool operator==(const ScannedSound&, const ScannedSound&) = default;
};

} // namespace segue
