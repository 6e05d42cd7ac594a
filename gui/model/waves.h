/// \file
/// Where drawings get their waveforms from: never from the disk, always at once, with what is known by now.
#pragma once

#include "album/ids.h"
#include "core/units.h"
#include "picture/draw_list.h"

#include <optional>
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
    /// The sample next to `near`, at most `reach` away, before which the sound (both channels together)
    /// crosses zero, or `near` itself in silence. Nothing when there is none or the samples are not in
    /// memory.
    [[nodiscard]] virtual std::optional<SamplePos> zeroCrossing(SourceId, SamplePos near, SampleCount reach)
    {
        (void)near, (void)reach;
        return {};
    }
};

} // namespace segue::gui
