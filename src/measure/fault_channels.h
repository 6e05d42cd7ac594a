/// \file
/// How the two channels stand to each other and to zero: DC, a channel with its polarity turned, mono as
/// stereo, one dead channel.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_thresholds.h"

namespace segue {

class ChannelFaults {
public:
    ChannelFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    void take(const FaultChunk& chunk);
    void finish(Faults& all);

private:
    struct Sums {
        Frame sum{}, energy{};
        double difference = 0;
        void add(const Sums& other);
    };
    void endWindow(SamplePos end);
    void endTurned(SamplePos end);
    void findDc(Faults& all) const;

    FaultThresholds thresholds_;
    SampleRate rate_;
    bool stereo_;
    std::int64_t frames_ = 0;
    double largestDifference_ = 0; ///< of a tile
    Sums whole_{}, window_{}, turned_{};
    SamplePos windowBegin_{}, turnedBegin_{};
    bool isTurned_ = false;
    FaultList polarity_{};
};

} // namespace segue
