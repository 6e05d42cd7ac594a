/// \file
/// The stereo bass of a stream: every sixteenth frame of a band-limited copy, and what is summed of it.
#pragma once

#include "vinyl/bass_filter.h"
#include "vinyl/cutting_curves.h"
#include "vinyl/cutting_kernels.h"

namespace segue::vinyl {

/// Frames per frame of the reduced stream.
inline constexpr std::size_t reduction = 16;
/// Blocks begin on whole multiples of it.
static_assert(reduction % groupFrames == 0);

/// What does not change from block to block; made once and shared.
struct BassFilters {
    explicit BassFilters(SampleRate rate);
    std::vector<float> taps;
    std::array<Section, 2> bass, infrasonic, infrasonicSlow; ///< the last at an eighth of the reduced rate
    Section middle;
    CuttingFilter cut;
};

class BassWatch {
public:
    explicit BassWatch(const BassFilters& filters) : f_{filters} {}
    /// A block of which spread() has been made; adds to `window`.
    void take(const CuttingBuffers& buffers, std::size_t frames, BassWindow& window);

private:
    const BassFilters& f_;
    std::array<SectionState<Two>, 2> bass_, infrasonic_, infrasonicSlow_;
    int eighth_ = 0;
    SectionState<double> lateral_;
    double in_ = 0, low_ = 0, feed_ = 0, d1_ = 0, d2_ = 0; ///< of the lateral displacement
};

} // namespace segue::vinyl
