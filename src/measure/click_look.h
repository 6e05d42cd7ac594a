/// \file
/// The second look at what may be a click: linear prediction. Music goes on across a click as if nothing had
/// been, and what a click adds cannot be predicted from it. A stroke stirs up what is before and after its
/// loudest moment, and much of it has the colour of the music.
#pragma once

#include "core/units.h"

#include <cstddef>
#include <span>

namespace segue {

/// What a predictor made of the 17 ms before and after a candidate leaves over, all in dB.
struct ClickRest {
    double above = 0; ///< its peak at the candidate, above the largest outside
    double stir = 0;  ///< by how much the nearest 2 ms on either side are livelier than what was before them
    double white = 0; ///< its peak at the candidate, above the candidate's own peak over 5 kHz
};

/// \param sound one channel, 20 ms on both sides of `top`, where the candidate is loudest; it may reach 42
///   samples at 44.1 kHz from there
/// \param highPeak the candidate's peak above 5 kHz
/// \param noise the predictor takes the music to hold so much white noise, in dB of its energy: it then
///   cannot live on bands in which nothing is
[[nodiscard]] ClickRest clickRest(std::span<const double> sound, std::size_t top, SampleRate rate,
                                  double highPeak, double noise);

} // namespace segue
