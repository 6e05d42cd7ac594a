/// \file
/// What lies above 15 kHz: nothing one hears much of, but it heats the cutter's coils and wears first. Known
/// from samples of the programme, one for each second.
#pragma once

#include "vinyl/programme.h"

#include <optional>
#include <vector>

namespace segue::vinyl {

/// Of each track, dBFS; absent where there is none.
using Air = std::vector<std::optional<double>>;

inline constexpr double airBegins = 15'000; // Hz

/// Mean level above 15 kHz (fourth order) of each track, dBFS of a sine on both channels; absent in silence
/// and where the rate holds no such frequencies. An Error when the audio cannot be read.
[[nodiscard]] Result<Air> airOfTracks(const Programme& programme);

/// Of the tracks [first, end) together, by their lengths.
[[nodiscard]] std::optional<double> airOfSide(const Programme& programme, const Air& tracks,
                                              std::size_t first, std::size_t end);

} // namespace segue::vinyl
