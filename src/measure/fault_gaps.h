/// \file
/// Where the sound stops for a while and goes on: dropouts (digital zero, or a value that stands still, for a
/// millisecond and more), digital silence inside music, and a noise floor that falls to digital black.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_held.h"
#include "measure/fault_thresholds.h"

#include <array>
#include <optional>

namespace segue {

class GapFaults {
public:
    GapFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    void take(const FaultChunk& chunk);
    void finish(Faults& all);

private:
    struct Channel {
        std::optional<EqualRun> open{};
        std::vector<EqualRun> waiting{}; ///< closed; what comes after is not known yet
        std::vector<EqualRun> done{};
        double lowest = 0, highest = 0; ///< of the whole sound
    };
    struct Found {
        FaultList dropouts{}, silences{}, blacks{};
    };
    void takeChannel(const FaultChunk& chunk, int number);
    void lookAfter(const FaultChunk& chunk, int number);
    [[nodiscard]] std::optional<Fault> dropoutOf(const EqualRun& run, int channel) const;
    void dropPulseWaves(std::vector<EqualRun>& runs) const;
    void addBoth(const EqualRun& left, const EqualRun& right, Found& found) const;
    [[nodiscard]] double milliseconds(std::int64_t frames) const;

    SampleRate rate_;
    std::int64_t shortest_, shortestSilence_, context_;
    double sound_, black_;
    int channelCount_;
    std::array<Channel, 2> channels_{};
};

} // namespace segue
