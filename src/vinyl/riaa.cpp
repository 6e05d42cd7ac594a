#include "vinyl/riaa.h"

#include "core/decibels.h"

#include <numbers>

namespace segue::vinyl {

namespace {

std::complex<double> unscaled(double hertz)
{
    const std::complex<double> s{0, 2 * std::numbers::pi * hertz};
    return (1.0 + s * riaaBass) * (1.0 + s * riaaTreble) / (1.0 + s * riaaMiddle);
}

} // namespace

std::complex<double> riaaResponse(double hertz) { return unscaled(hertz) / std::abs(unscaled(1000)); }

double riaaGain(double hertz) { return std::abs(riaaResponse(hertz)); }

double velocityAtFullScale(const CuttingReference& reference, double cuttingGain)
{
    return referenceVelocity * Decibels{cuttingGain - reference.dbfs}.gain();
}

} // namespace segue::vinyl
