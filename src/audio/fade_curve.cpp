#include "audio/fade_curve.h"

#include "core/portable_math.h"

#include <cassert>
#include <cmath>

namespace segue {

namespace {

// The exponential fade is straight in dB over 60 dB: e^range = 1000. The nearest double to ln 1000.
constexpr double range = 6.907755278982137;

} // namespace

double fadeGain(Curve curve, double x)
{
    if (!(x > 0)) return 0;
    if (x >= 1) return 1;
    switch (curve) {
    case Curve::linear: return x;
    case Curve::equalPower: return sineQuarter(x);
    case Curve::cosine: {
        const double s = sineQuarter(x);
        return s * s;
    }
    case Curve::exponential: return (portableExp(range * x) - 1) / 999;
    case Curve::logarithmic: return portableLog(1 + 999 * x) / range;
    case Curve::squareRoot: return std::sqrt(x);
    }
    assert(false);
    return x;
}

double fadeInGain(Curve curve, std::int64_t i, SampleCount n)
{
    return fadeGain(curve, (static_cast<double>(i) + 0.5) / static_cast<double>(n.value()));
}

double fadeOutGain(Curve curve, std::int64_t i, SampleCount n)
{
    return fadeGain(curve, (static_cast<double>(n.value() - i) - 0.5) / static_cast<double>(n.value()));
}

} // namespace segue
