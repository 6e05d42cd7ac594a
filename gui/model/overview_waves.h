/// \file
/// Waveforms for drawings from overviews, and from single samples where the zoom is closer than an overview.
#pragma once

#include "gui/model/waves.h"
#include "measure/overview.h"
#include "measure/sample_blocks.h"

#include <functional>
#include <memory>

namespace segue::gui {

class OverviewWaves : public Waves {
public:
    /// What is known of a source by now; nullptr for nothing.
    using Snapshot = std::function<std::shared_ptr<const Overview>(SourceId)>;
    /// What is in memory of these frames.
    using Samples = std::function<SampleView(SourceId, SamplePos, SampleCount)>;

    OverviewWaves(Snapshot snapshot, Samples samples);
    void columns(SourceId source, int channel, double first, double samplesPerColumn,
                 std::span<picture::Wave::Column> out) override;
    [[nodiscard]] std::optional<SamplePos> zeroCrossing(SourceId source, SamplePos near,
                                                        SampleCount reach) override;

private:
    void fromSamples(SourceId source, int channel, double first, double samplesPerColumn,
                     std::span<picture::Wave::Column> out);

    Snapshot snapshot_;
    Samples samples_;
};

} // namespace segue::gui
