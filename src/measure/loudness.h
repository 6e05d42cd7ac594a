/// \file
/// Loudness out of what a scan kept: ITU-R BS.1770-4, EBU Tech 3341 and 3342 (both 2023). Pure functions over
/// mean squares of 20 ms each, of one sound or of several one after another.
#pragma once

#include "measure/hops.h"

#include <optional>
#include <span>
#include <vector>

namespace segue {

/// K-weighted mean squares, channels summed, of neighbouring 20 ms. 1 is -0.691 LUFS.
using LoudnessSteps = std::vector<float>;
/// Puts those of the sound behind what is there. The last frames that make no whole 20 ms are left out
/// (BS.1770: incomplete blocks are not used). What is beyond measure counts as silence, and so does the
/// second behind it, in which the weighting still rings.
void addSteps(LoudnessSteps& steps, const ScannedSound& sound, double gain = 1);
void addSilence(LoudnessSteps& steps, Duration length);
/// How many steps a silence lasts, to the nearest; none when it is negative.
[[nodiscard]] std::size_t stepsOfSilence(Duration length);
/// Of more than two channels: the steps of each channel or pair times its weight (BS.1770: 1 in front, 1.41
/// for the surrounds, 0 for low-frequency effects). \pre all as long
[[nodiscard]] LoudnessSteps weightedSum(std::span<const LoudnessSteps> channels,
                                        std::span<const double> weights);

/// LUFS of a mean square; minus infinity of 0.
[[nodiscard]] double lufs(double meanSquare);

/// A largest value and the window it stands for.
struct Highest {
    double value = 0;
    Duration at{}; ///< the window's begin
    [[nodiscard]] friend bool operator==(const Highest&, const Highest&) = default;
};

/// Gated at -70 LUFS and 10 LU below what is left, blocks of 400 ms every 100 ms. Absent when nothing passes
/// the gate.
[[nodiscard]] std::optional<double> integratedLoudness(std::span<const float> steps);
/// Windows of 400 ms and 3 s at every 20 ms, so that a burst is found wherever it lies; live meters that look
/// every 100 ms may see some tenths less. Absent in sounds shorter than the window, and below -70 LUFS.
[[nodiscard]] std::optional<Highest> highestMomentary(std::span<const float> steps);
[[nodiscard]] std::optional<Highest> highestShortTerm(std::span<const float> steps);
/// The loudest window of any length, in whole 20 ms, at least one; as highestShortTerm().
[[nodiscard]] std::optional<Highest> loudestSection(std::span<const float> steps, Duration length);
/// Mean squares of the windows of 3 s that begin at each 100 ms.
[[nodiscard]] std::vector<double> shortTermMeans(std::span<const float> steps);
/// Short-term loudness of the windows that begin at each 100 ms, LUFS; minus infinity where there is silence.
[[nodiscard]] std::vector<double> shortTermCurve(std::span<const float> steps);
[[nodiscard]] std::vector<double> momentaryCurve(std::span<const float> steps);

/// Tech 3342: between the 10th and the 95th percentile of windows of 3 s, those below -70 LUFS and 20 LU
/// below the mean of the rest left out.
/// \param every hops between windows. libebur128, and so the live meters, take one every second; the 100 ms
/// that
///              Tech 3342 speaks of since 2016 give up to some tenths of an LU else in a short piece
[[nodiscard]] std::optional<double> loudnessRange(std::span<const float> steps, int every = 10);
/// The same of shortTermMeans(), where those are known already.
[[nodiscard]] std::optional<double> loudnessRangeOf(std::vector<double> shortTermMeans, int every = 10);

} // namespace segue
