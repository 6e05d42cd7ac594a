/// \file
/// Where drawings get their waveforms from: never from the disk, always at once, with what is known by now.
#pragma once

#include "album/ids.h"
#include "core/units.h"
#include "picture/draw_list.h"

#include <span>

namespace segue::gui {

class Waves {
public:
    Waves() = default;
    Waves(const Waves&) = delete;
    Waves& operator=(const Waves&) = delete;
    virtual ~Waves() = default;
    /// One column for each stretch of `samplesPerColumn` source samples from `first` on. Where nothing is
    /// known yet, or outside the source, low > high.
    virtual void columns(SourceId source, int channel, double first, double samplesPerColumn,
                         std::span<picture::Wave::Column> out) = 0;
};

} // namespace segue::gui
