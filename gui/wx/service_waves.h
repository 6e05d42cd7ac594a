/// \file
/// Waveforms for drawings from the overviews and samples that are read in the background.
#pragma once

#include "gui/model/overview_waves.h"
#include "measure/overview_service.h"

namespace segue::gui {

class ServiceWaves : public OverviewWaves {
public:
    explicit ServiceWaves(OverviewService& service)
        : OverviewWaves{[&service](SourceId source) { return service.snapshot(source); },
                        [&service](SourceId source, SamplePos begin, SampleCount count) {
                            return service.samples(source, begin, count);
                        }}
    {
    }
};

} // namespace segue::gui
