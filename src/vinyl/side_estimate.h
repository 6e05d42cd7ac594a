/// \file
/// The planner for the first phone call: from minutes alone to the level a side can be cut at. Mean pitch =
/// 55.4 um + 73.6 um * gain, which meets a cutting room's published chart (20, 24, 28 minutes of 12" at
/// 33 1/3 for 0, -3, -6 dB) at its three points; other rooms' tables lie within 1 to 2 dB.
#pragma once

#include "vinyl/record_format.h"

namespace segue::vinyl {

/// dB relative to the trade's reference level; never above mostPromisedGain(). Minus infinity when not even
/// a silent groove fits. \pre minutes > 0
[[nodiscard]] double levelForMinutes(const RecordFormat& format, double minutes);
/// The same without the ceiling.
[[nodiscard]] double spaceLevelForMinutes(const RecordFormat& format, double minutes);
/// Minutes that fit at a level.
[[nodiscard]] double minutesForLevel(const RecordFormat& format, double decibels);

} // namespace segue::vinyl
