/// \file
/// How wide the programme is in four bands of the bass and lower middle: correlation, and how loud the side
/// is beside the middle. Known from a quarter of a second of every three.
#pragma once

#include "vinyl/programme.h"

#include <array>
#include <optional>
#include <vector>

namespace segue::vinyl {

/// Upper edges, Hz; each band begins where the one below it ends, the first at 0.
inline constexpr std::array stereoBandEdges{80.0, 150.0, 300.0, 1000.0};

/// What one band holds: sums over the samples that were looked at.
struct BandSums {
    double left = 0, right = 0, product = 0, frames = 0;
};
using TrackBands = std::array<BandSums, stereoBandEdges.size()>;

struct BandWidth {
    double correlation = 1, sideOverMiddle = 0; ///< as in low_end.h; dB
};

/// Of each track, by low-passes of the fourth order. An Error when the audio cannot be read.
[[nodiscard]] Result<std::vector<TrackBands>> stereoOfTracks(const Programme& programme);

/// The tracks [first, end) together; absent where a band is below -70 dBFS on average.
[[nodiscard]] std::array<std::optional<BandWidth>, stereoBandEdges.size()>
stereoOfSide(const std::vector<TrackBands>& tracks, std::size_t first, std::size_t end);

/// "below 80 Hz 0.98 (S -22 dB), 80-150 Hz 0.95 (S -17 dB) ..."; empty when all of it is silent.
[[nodiscard]] std::string wordsFor(const std::array<std::optional<BandWidth>, stereoBandEdges.size()>& bands);

} // namespace segue::vinyl
