/// \file
/// One disc's sound rendered while its sources are checked: what every delivery of audio does.
#pragma once

#include "audio/render.h"
#include "deliver/disc_of.h"
#include "deliver/source_check.h"

#include <functional>

namespace segue {

struct CheckedRender {
    RenderPlan rendering{};
    RenderOutcome outcome{};
    Findings findings{}; ///< AUDIO.CHANGED, AUDIO.NOT_FINITE, AUDIO.OVER, AUDIO.CLAMPED
};
/// Renders `length` samples from the disc's first one on into `sink` (render.h), then checks the sources. A
/// render that fails because a source is no longer what it was gives the finding that says so.
[[nodiscard]] Result<CheckedRender>
renderChecked(const Album& album, const PlannedDisc& disc, SampleCount length, const RenderSettings& settings,
              const RenderWork& work, SourceWatch& watch,
              const std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>& sink);

/// The place of a byte in the messages of a proof: its sector and time.
/// \param firstFrame of CD audio at byte `begin`
[[nodiscard]] std::function<std::string(std::int64_t offset)> sectorNames(std::int64_t begin,
                                                                          CdFramePos firstFrame);

} // namespace segue
