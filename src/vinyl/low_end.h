/// \file
/// What the bass asks of the lathe: depth that vertical movement takes away (the verdict), lateral movement,
/// stereo bass and infrasonics. Correlation alone never makes an error: a quiet wide bass is harmless.
#pragma once

#include "vinyl/vinyl_event.h"

namespace segue::vinyl {

/// rho = sum LR / sqrt(sum L^2 sum R^2); 0 when a channel is silent, 1 when both are.
[[nodiscard]] double correlation(double leftSquares, double rightSquares, double products);
/// Difference over sum of the channels in dB; at most 100 either way.
[[nodiscard]] double sideOverMiddle(double leftSquares, double rightSquares, double products);

struct LowEnd {
    VinylEvents events{};
    double extraDepth = 0;            ///< um
    double bassCorrelation = 1;       ///< the lowest of 400 ms below 150 Hz that counts
    double bassSideOverMiddle = -100; ///< dB, the highest
    double infrasonic = -200;         ///< dBFS of a sine, the highest of one second
    double lateral = 0;               ///< um below 500 Hz
};
[[nodiscard]] LowEnd checkLowEnd(const CutSide& side);

} // namespace segue::vinyl
