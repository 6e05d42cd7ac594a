/// \file
/// Looks for faults in the sound of a source in one pass, while somebody reads it. What only the rendered
/// edition shows is joint_faults.h.
#pragma once

#include "measure/fault_thresholds.h"
#include "measure/faults.h"

#include "audio/frame.h"

#include <memory>
#include <span>

namespace segue {

class FaultFinder {
public:
    explicit FaultFinder(const SoundShape& shape, const FaultThresholds& thresholds = {},
                         FaultKinds wanted = {});
    ~FaultFinder();
    FaultFinder(FaultFinder&&) noexcept;
    FaultFinder& operator=(FaultFinder&&) noexcept;

    /// The next frames, from the first one on, in blocks of any size: the same faults come out. What is no
    /// number counts as a fault and then as zero.
    void take(std::span<const Frame> frames);
    /// Where the next frames may be put instead, at least one; then say how many came.
    [[nodiscard]] Block room();
    void took(std::size_t frames);
    /// Ends it: call once. Sorted by place.
    [[nodiscard]] Faults finish();

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
