/// \file
/// What is said about side files before and while they are written: silence around them, peaks, the record's
/// predictions.
#pragma once

#include "deliver/side_export.h"

namespace segue {

/// SIDES.LEAD: the silence at both ends.
[[nodiscard]] Findings findingsOfLeads(Duration leadIn, Duration tail);
/// SIDES.TOO_LONG and SIDES.PREDICTED.
[[nodiscard]] Findings findingsOfPlan(const vinyl::VinylPlan& plan);
/// SIDES.PEAK: one finding for the record, since one gain serves all sides.
/// \param peaks dBTP of each side, at this gain
[[nodiscard]] Findings findingsOfPeaks(const std::vector<std::optional<double>>& peaks, Decibels gain);
/// AUDIO.OVER and AUDIO.CLAMPED of one side.
[[nodiscard]] Findings findingsOfSide(const DeliveredSide& side);

} // namespace segue
