/// \file
/// How many bits of a stored sample are really used. Costs something only while the lowest bits are zero.
#pragma once

#include "measure/fault_chunk.h"

namespace segue {

class DepthFaults {
public:
    explicit DepthFaults(const SoundShape& shape) : bits_{shape.bits}, channels_{shape.channels == 1 ? 1 : 2}
    {
    }
    void take(const FaultChunk& chunk);
    void finish(Faults& all) const;

private:
    int bits_, channels_;
    std::uint32_t used_ = 0; ///< all samples' bits, full scale at the top
    SamplePos end_{};
};

} // namespace segue
