/// \file
/// A sound that begins or ends in the middle of itself: cut heads and tails, and fades that end too early.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_thresholds.h"

#include <vector>

namespace segue {

class EdgeFaults {
public:
    EdgeFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    void take(const FaultChunk& chunk);
    void finish(Faults& all) const;

private:
    double edge_, tail_;
    std::size_t edgeFrames_, tailFrames_;
    std::vector<Frame> head_{}, last_{}; ///< the first and the last frames
    SamplePos end_{};
};

} // namespace segue
