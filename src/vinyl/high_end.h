/// \file
/// What the treble asks of cutter and stylus, at the radius where each moment lands: curvature and slope of
/// the groove, and the heat of the cutter's coils. Inside, the same moment asks up to 15 dB more of a stylus
/// than at the rim.
#pragma once

#include "vinyl/vinyl_event.h"

namespace segue::vinyl {

struct HighEnd {
    VinylEvents events{};
    double velocity = 0, lateralVelocity = 0; ///< m/s, peaks
    double acceleration = 0;                  ///< g, peak
    double coil = 0;                          ///< g, root mean square, the highest of one second
};
[[nodiscard]] HighEnd checkHighEnd(const CutSide& side);

/// The radius in millimetres from which outwards a tip follows an acceleration (m/s^2): sqrt(a * tip) at the
/// groove's speed.
[[nodiscard]] double radiusThatTraces(double acceleration, double tipMicrometres, Speed speed);

/// Third octave from 4 kHz on in which the most acceleration stands around a moment, for at most the worst
/// `most` curvature events. Reads the programme there.
[[nodiscard]] Status nameFrequencies(VinylEvents& events, SoundSource& programme, std::size_t most);

} // namespace segue::vinyl
