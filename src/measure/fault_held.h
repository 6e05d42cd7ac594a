/// \file
/// A value that stands still, and whether the wave does that by itself (it creeps in single steps, it is a
/// pulse wave, it is cut off at a ceiling) or the sound stopped there.
#pragma once

#include "measure/fault_chunk.h"

#include <cstdint>
#include <limits>

namespace segue {

/// The sound beside a run of equal samples, on one side of it.
struct BesideRun {
    double peak = 0;     ///< the largest size of a sample
    double highest = 0;  ///< the sample that goes farthest on the run's side of zero, as a size; 0: none does
    double meanStep = 0; ///< from sample to sample
    double smallestStep = std::numeric_limits<double>::infinity(); ///< of those that are none of zero
    double largestStep = 0;
    double edge = 0;         ///< the step between the run and its neighbour
    bool meetsValue = false; ///< another sample has the run's value
    /// The edge in mean steps of the sound there.
    [[nodiscard]] double edgeInSteps() const;
};
/// \param from,to the frames beside the run, not empty; in the chunk or its history
/// \param runBehind the run follows them; else they follow the run
[[nodiscard]] BesideRun besideRun(const FaultChunk& chunk, SamplePos from, SamplePos to, int channel,
                                  double value, bool runBehind);

/// A stretch of equal samples.
struct EqualRun {
    SamplePos begin{}, end{};
    double value = 0;
    BesideRun before{}, after{};
    bool atCeiling = false; ///< nothing in the whole sound goes farther on this side of zero
    [[nodiscard]] std::int64_t length() const { return (end - begin).value(); }
};
/// Whether a wave that nothing happened to stands still like this.
[[nodiscard]] bool standsByItself(const EqualRun& run);

} // namespace segue
