/// \file
/// The loops of the cutting model: from a block of some ten milliseconds to velocity, acceleration and
/// displacement, and what is kept of them. Built for every processor and once more for x86-64-v3 from the
/// same text, with the same bits: nothing is fused and every sum has a fixed order.
#pragma once

#include "audio/frame.h"
#include "vinyl/cutting_filter.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace segue::vinyl {

/// Frames of the past that every buffer begins with; not all of them are kept in each.
inline constexpr std::size_t pastFrames = 64;
/// Frames that are worked on together; blocks and their parts are whole multiples.
inline constexpr std::size_t groupFrames = 8;
/// Frames per frame of the reduced stream, in which the bass is watched; blocks begin on whole multiples.
inline constexpr std::size_t reduction = 16;
static_assert(reduction % groupFrames == 0);
/// Of the low-pass before it.
inline constexpr std::size_t reductionTaps = 4 * reduction;
static_assert(reductionTaps <= pastFrames);
/// Peaks are looked for this many frames back, so that both neighbours of a peak are known.
inline constexpr std::size_t peakLag = 16;
/// From a peak between samples to the farthest of those it is computed from.
inline constexpr std::size_t peakReach = 12;

/// The working memory of one stream: everything at index pastFrames + i belongs to frame i of the block.
struct CuttingBuffers {
    explicit CuttingBuffers(std::size_t mostFrames);
    /// The last frames of a block of `frames` become the past of the next, as many as anybody looks at.
    void advance(std::size_t frames);

    std::vector<Frame> input, low, displacement;
    std::vector<Frame> feed; ///< of the past only
    std::vector<float> left, right, lowLeft, lowRight;
    std::vector<float> velocityLeft, velocityRight, velocityLateral;
    std::vector<float> accelerationLeft, accelerationRight;
};

/// Sums over the samples of a block.
struct BlockSums {
    double leftLeft = 0, rightRight = 0, leftRight = 0;
};
/// Extremes of the displacement, in units of CuttingCurves.
struct DisplacementFacts {
    Frame low{1e300, 1e300}, high{-1e300, -1e300};
    /// Largest right - left and left - right; largest absolute sum.
    double deeper = 0, shallower = 0, lateral = 0;
};

struct CuttingKernels {
    /// "baseline" or "x86-64-v3".
    const char* name;
    /// Fills `left` and `right` from `input` and sums; a sum is not finite when a sample is not.
    BlockSums (*spread)(CuttingBuffers& buffers, std::size_t frames);
    /// Fills low, displacement, lowLeft, lowRight.
    void (*displace)(const CuttingFilter& filter, CuttingBuffers& buffers, std::size_t frames);
    DisplacementFacts (*surveyDisplacement)(const Frame* displacement, std::size_t frames);
    /// Fills velocity... and acceleration...
    void (*accelerate)(const CuttingFilter& filter, CuttingBuffers& buffers, std::size_t frames);
    /// The largest absolute value; here and below, count is a multiple of 8.
    float (*largest)(const float* values, std::size_t count);
    /// Where a value of that size stands first. \pre there is one
    std::size_t (*placeOf)(const float* values, std::size_t count, float size);
    float (*sumOfSquares)(const float* values, std::size_t count);
    /// Eight sums over the samples from `at` on, each with its own taps.
    std::array<float, 8> (*eightSums)(std::span<const std::array<float, 8>> taps, const float* at);
    /// Every sixteenth frame of `left` and `right` behind a filter of `reductionTaps`, the block's last one
    /// included; `out` has room for frames / reduction.
    void (*reduce)(const float* taps, const CuttingBuffers& buffers, std::size_t frames, Frame* out);
};

/// By the choice of audio/kernels.h, so that a test forces both at once.
[[nodiscard]] const CuttingKernels& cuttingKernels();

} // namespace segue::vinyl
