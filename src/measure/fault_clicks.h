/// \file
/// Clicks: moments that are over in about a millisecond, stand out above 5 kHz from what is before and after
/// them, and do not follow from it (click_look.h). Candidates, with confidence: only an ear can tell.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_thresholds.h"

#include <array>
#include <optional>
#include <vector>

namespace segue {

/// What a candidate is when every sample is looked at.
struct ClickLook {
    double ratio = 0;                ///< dB, above what is around it
    double afterwards = 0;           ///< dB, by how much what comes after is stronger than what was before
    double soonAfterwards = 0;       ///< the same for the nearest 3 ms
    std::size_t top = 0;             ///< the loudest sample, in what was looked at
    double peak = 0;                 ///< its size
    std::int64_t begin = 0, end = 0; ///< of the samples with half the peak and more
};

class ClickFaults {
public:
    ClickFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    /// What finds the candidates, in every tile.
    [[nodiscard]] const HighPass& filter() const { return filter_; }
    void take(const FaultChunk& chunk);
    void finish(Faults& all) { found_.moveTo(all); }

private:
    /// Tiles before and after the one looked at; the nearest on each side belongs to the click.
    static constexpr std::size_t reach = 14, window = 2 * reach + 1;

    [[nodiscard]] bool mayBeClick(std::size_t centre, std::size_t side) const;
    void judge(const FaultChunk& chunk, std::size_t centre, int channel);
    /// Without phase: it smears no peak, as the quick filter does.
    void highPassed(const FaultChunk& chunk, SamplePos begin, int channel, std::span<double> out) const;
    [[nodiscard]] std::optional<ClickLook> lookClosely(std::span<const double> high) const;
    /// Whether the music goes on across it as if it were not there.
    [[nodiscard]] bool standsApart(const FaultChunk& chunk, SamplePos begin, int channel,
                                   const ClickLook& look) const;
    void add(const Fault& fault);

    HighPass filter_;
    std::vector<double> taps_{}; ///< the middle one, and one side
    float quickRatio_, floor_;
    double ratio_, confidence_;
    SampleRate rate_;
    int channelCount_;
    std::int64_t tileFrames_, longest_;
    std::size_t soonFrom_, soonTo_;
    std::int64_t tilesSeen_ = 0; ///< of tileFrames_
    std::vector<std::array<float, 2>>
        peaks_{}; ///< of the tiles not judged yet and those they are held against
    FaultList found_{};
};

} // namespace segue
