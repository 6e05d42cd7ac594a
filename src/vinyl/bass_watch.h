/// \file
/// The stereo bass of a stream: every sixteenth frame of a band-limited copy, and what is summed of it.
#pragma once

#include "vinyl/bass_filter.h"
#include "vinyl/cutting_curves.h"
#include "vinyl/cutting_kernels.h"

#include <span>
#include <vector>

namespace segue::vinyl {

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
    /// \param mostFrames of a block
    BassWatch(const BassFilters& filters, std::size_t mostFrames)
        : f_{filters}, reduced_(mostFrames / reduction)
    {
    }
    /// A block of which spread() has been made; adds to `window`.
    void take(const CuttingBuffers& buffers, std::size_t frames, BassWindow& window);

private:
    /// The lateral displacement's, in the reduced stream.
    struct Lateral {
        double in = 0, low = 0, feed = 0, d1 = 0, d2 = 0;
        SectionState<double> middle{};
    };
    void takeStereo(std::span<const Frame> reduced, BassWindow& window);
    void takeLateral(std::span<const Frame> reduced, BassWindow& window);

    const BassFilters& f_;
    std::vector<Frame> reduced_;
    std::array<SectionState<Two>, 2> bass_, infrasonic_, infrasonicSlow_;
    int eighth_ = 0;
    Lateral lateral_;
};

} // namespace segue::vinyl
