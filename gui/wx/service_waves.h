/// \file
/// Waveforms for drawings from the overviews that are read in the background, and from single samples where
/// the zoom is closer than an overview.
#pragma once

#include "gui/model/waves.h"
#include "measure/overview_service.h"

namespace segue::gui {

class ServiceWaves : public Waves {
public:
    explicit ServiceWaves(OverviewService& service) : service_{service} {}
    void columns(SourceId source, int channel, double first, double samplesPerColumn,
                 std::span<picture::Wave::Column> out) override;

private:
    void fromSamples(SourceId source, int channel, double first, double samplesPerColumn,
                     std::span<picture::Wave::Column> out);
    OverviewService& service_;
};

} // namespace segue::gui
