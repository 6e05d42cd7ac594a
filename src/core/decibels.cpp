#include "core/decibels.h"

#include "core/portable_math.h"

#include <cassert>
#include <limits>

namespace segue {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// ln(10)/20 and its reciprocal, each rounded once.
constexpr double nepersPerDecibel = 0.11512925464970228420089957273422;
constexpr double decibelsPerNeper = 8.6858896380650365530225783783321;
// Where portableExp's range ends: about 6080 dB.
constexpr double largest = 700.0;

} // namespace

Decibels Decibels::silence() { return Decibels{-infinity}; }

Decibels Decibels::fromGain(double gain)
{
    assert(gain >= 0);
    if (gain == 0.0) return silence();
    if (gain == infinity) return Decibels{infinity};
    return Decibels{portableLog(gain) * decibelsPerNeper};
}

double Decibels::gain() const
{
    assert(value_ == value_);
    if (value_ == 0.0) return 1.0;
    const double nepers = value_ * nepersPerDecibel;
    if (nepers < -largest) return 0.0;
    if (nepers > largest) return infinity;
    return portableExp(nepers);
}

} // namespace segue
