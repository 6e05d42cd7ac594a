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

/// Frames of the past that every buffer begins with.
inline constexpr std::size_t pastFrames = 64;
/// Frames that are worked on together; blocks and their parts are whole multiples.
inline constexpr std::size_t groupFrames = 8;
/// Peaks are looked for this many frames back, so that both neighbours of a peak are known.
inline constexpr std::size_t peakLag = 16;

/// The working memory of one stream: everything at index pastFrames + i belongs to frame i of the block.
struct CuttingBuffers {
    explicit CuttingBuffers(std::size_t mostFrames);
    /// The last pastFrames frames of a block of `frames` become the past of the next.
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
    /// The largest absolute value and where it stands; here and below, count is a multiple of 8.
    std::size_t (*largest)(const float* values, std::size_t count, float& largest);
    float (*sumOfSquares)(const float* values, std::size_t count);
    float (*product)(const float* a, const float* b, std::size_t count);
};

/// By the choice of audio/kernels.h, so that a test forces both at once.
[[nodiscard]] const CuttingKernels& cuttingKernels();

} // namespace segue::vinyl
