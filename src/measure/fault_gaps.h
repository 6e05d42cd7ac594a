/// \file
/// Where the sound stops for a while and goes on: dropouts (digital zero, or a value that stands still, for a
/// millisecond and more), digital silence inside music, and a noise floor that falls to digital black.
#pragma once

#include "measure/fault_chunk.h"
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
    /// A stretch of equal samples.
    struct Run {
        SamplePos begin{}, end{};
        double value = 0;
        double before = 0, after = 0; ///< the peaks of what is next to it
        double stepBefore = 0,
               stepAfter = 0; ///< from the neighbour to the value, in mean steps of the sound there
    };
    struct Channel {
        std::optional<Run> open{};
        std::vector<Run> waiting{}; ///< closed; what comes after is not known yet
        std::vector<Run> done{};
    };
    struct Found {
        FaultList dropouts{}, silences{}, blacks{};
    };
    struct Context {
        double peak = 0, meanStep = 0;
    };
    void takeChannel(const FaultChunk& chunk, int number);
    void lookAfter(const FaultChunk& chunk, int number);
    [[nodiscard]] Context contextOf(const FaultChunk& chunk, SamplePos from, SamplePos to, int channel) const;
    [[nodiscard]] std::optional<Fault> dropoutOf(const Run& run, int channel) const;
    void dropPulseWaves(std::vector<Run>& runs) const;
    void addBoth(const Run& left, const Run& right, Found& found) const;
    [[nodiscard]] double milliseconds(std::int64_t frames) const;

    SampleRate rate_;
    std::int64_t shortest_, shortestSilence_, context_;
    double sound_, black_;
    int channelCount_;
    std::array<Channel, 2> channels_{};
};

} // namespace segue
