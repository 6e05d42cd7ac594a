/// \file
/// Levels that went too far: runs of samples stuck at full scale, tops cut flat below it, samples beyond it.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_thresholds.h"

#include <array>

namespace segue {

class LevelFaults {
public:
    explicit LevelFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    void take(const FaultChunk& chunk);
    void finish(Faults& all);

private:
    struct Run {
        SamplePos begin{};
        std::int64_t length = 0; ///< 0: none is open
        double value = 0;        ///< its first sample, or the largest size
    };
    struct Channel {
        Run clipped{}, over{};
        Run flat{};
        double flatLevel = 0; ///< the highest at which tops were found
        SamplePos flatFirst{}, flatLast{};
        std::int64_t flatRuns = 0;
        double peak = 0;
        /// What stays below it is neither clipped nor cut flat, nor beyond full scale.
        [[nodiscard]] double interesting() const;
    };
    /// Whether nothing begins, goes on or ends in it.
    [[nodiscard]] bool passesBy(const FaultTile& tile) const;
    void look(int channel, SamplePos at, double sample);
    void endClipped(int channel, SamplePos at);
    void endFlat(Channel& c, SamplePos at);
    void endOver(int channel, SamplePos at);

    std::int64_t shortestClip_, shortestFlat_ = 3, fewestFlat_, quiet_;
    bool watchesOvers_;
    std::array<Channel, 2> channels_{};
    int channelCount_;
    SamplePos end_{};
    FaultList clipped_{}, over_{};
};

} // namespace segue
