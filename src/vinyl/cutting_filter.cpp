#include "vinyl/cutting_filter.h"

#include "core/portable_math.h"
#include "vinyl/riaa.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace segue::vinyl {

namespace {

using Complex = std::complex<double>;

constexpr double numerator1 = riaaBass * riaaTreble / riaaMiddle;                // q1
constexpr double numerator0 = (riaaBass + riaaTreble - numerator1) / riaaMiddle; // q0
constexpr double remainder0 = 1 - numerator0;                                    // r
constexpr double fitFrom = 20, fitTo = 20'000, highestFraction = 0.907;
constexpr std::size_t fitPoints = 240;

// sin and cos of a number of turns, from the portable quarter of a sine.
double sineOfTurns(double turns)
{
    const double quarters = (turns - std::floor(turns)) * 4;
    if (quarters < 1) return sineQuarter(quarters);
    if (quarters < 2) return sineQuarter(2 - quarters);
    if (quarters < 3) return -sineQuarter(quarters - 2);
    return -sineQuarter(4 - quarters);
}
Complex unitAt(double turns) { return {sineOfTurns(turns + 0.25), sineOfTurns(turns)}; }

// 1 / |1 + ...| at 1 kHz: riaaResponse() is the scaled one.
double scaleAtReference()
{
    const Complex s{0, 2 * std::numbers::pi * 1000};
    return 1 / std::abs((1.0 + s * riaaBass) * (1.0 + s * riaaTreble) / (1.0 + s * riaaMiddle));
}

// tan(pi * f / fs)
double halfTangent(double hertz, double rate)
{
    const Complex half = unitAt(hertz / rate / 2);
    return half.imag() / half.real();
}
Complex lowPass(double hertz, double rate)
{
    return 1.0 / Complex{1, riaaMiddle * 2 * rate * halfTangent(hertz, rate)};
}

// Solves the normal equations by Cholesky's way; they are small and well conditioned.
template <std::size_t size>
std::array<double, size> solve(std::array<std::array<double, size>, size> a, std::array<double, size> b)
{
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i][j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? std::sqrt(sum) : sum / a[j][j];
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    for (std::size_t i = size; i-- > 0;) {
        for (std::size_t k = i + 1; k < size; ++k) b[i] -= a[k][i] * b[k];
        b[i] /= a[i][i];
    }
    return b;
}

// Least squares of sum(c[k] * basis(k, f)) against wanted(f), both real, weighted.
template <std::size_t size, class Basis, class Wanted, class Weight>
std::array<double, size> fit(const std::vector<double>& hertz, Basis basis, Wanted wanted, Weight weight)
{
    std::array<std::array<double, size>, size> a{};
    std::array<double, size> b{};
    for (const double f : hertz) {
        std::array<double, size> row{};
        const double w = weight(f), t = wanted(f) * w;
        for (std::size_t k = 0; k < size; ++k) row[k] = basis(k, f) * w;
        for (std::size_t i = 0; i < size; ++i) {
            b[i] += row[i] * t;
            for (std::size_t j = 0; j < size; ++j) a[i][j] += row[i] * row[j];
        }
    }
    return solve(a, b);
}

std::vector<double> fitFrequencies(double rate)
{
    const double top = rate / 2 * highestFraction;
    std::vector<double> all;
    // Denser towards both ends, as the error of such a fit wants it.
    for (std::size_t i = 0; i < fitPoints; ++i) {
        const double x = (static_cast<double>(i) + 0.5) / fitPoints;
        const double bent = (1 - sineOfTurns(0.25 + x / 2)) / 2;
        all.push_back(fitFrom + (top - fitFrom) * bent);
    }
    return all;
}

void fitVelocity(CuttingFilter& filter, double rate, double scale)
{
    constexpr std::size_t half = CuttingFilter::velocityTaps / 2;
    filter.velocityLow = scale * remainder0 / 2;
    const auto wanted = [&](double f) {
        return riaaResponse(f) - 2 * filter.velocityLow * lowPass(f, rate) * unitAt(f / rate / 2).real();
    };
    const auto weight = [](double f) { return 1 / riaaGain(f); };
    const auto turns = [&](std::size_t k, double f) { return f / rate * (static_cast<double>(k) + 0.5); };
    const auto hertz = fitFrequencies(rate);
    const auto even = fit<half>(
        hertz, [&](std::size_t k, double f) { return 2 * unitAt(turns(k, f)).real(); },
        [&](double f) { return wanted(f).real(); }, weight);
    const auto odd = fit<half>(
        hertz, [&](std::size_t k, double f) { return 2 * unitAt(turns(k, f)).imag(); },
        [&](double f) { return wanted(f).imag(); }, weight);
    for (std::size_t k = 0; k < half; ++k) {
        filter.velocity[half - 1 - k] = even[k] + odd[k];
        filter.velocity[half + k] = even[k] - odd[k];
    }
}

void fitAcceleration(CuttingFilter& filter, double rate, double scale)
{
    constexpr std::size_t half = CuttingFilter::accelerationDelay;
    filter.accelerationLow = -scale * remainder0 / riaaMiddle;
    const auto exact = [](double f) { return Complex{0, 2 * std::numbers::pi * f} * riaaResponse(f); };
    const auto wanted = [&](double f) { return exact(f) - filter.accelerationLow * lowPass(f, rate); };
    const auto weight = [&](double f) { return 1 / std::abs(exact(f)); };
    const auto hertz = fitFrequencies(rate);
    const auto even = fit<half + 1>(
        hertz,
        [&](std::size_t k, double f) {
            return k == 0 ? 1.0 : 2 * unitAt(f / rate * static_cast<double>(k)).real();
        },
        [&](double f) { return wanted(f).real(); }, weight);
    const auto odd = fit<half>(
        hertz,
        [&](std::size_t k, double f) { return 2 * unitAt(f / rate * static_cast<double>(k + 1)).imag(); },
        [&](double f) { return wanted(f).imag(); }, weight);
    filter.acceleration[half] = even[0];
    for (std::size_t k = 1; k <= half; ++k) {
        filter.acceleration[half - k] = even[k] + odd[k - 1];
        filter.acceleration[half + k] = even[k] - odd[k - 1];
    }
}

} // namespace

CuttingFilter designCuttingFilter(SampleRate sampleRate)
{
    const double rate = sampleRate.hertz(), scale = scaleAtReference();
    CuttingFilter filter;
    filter.rate = sampleRate;
    const double low = riaaMiddle * 2 * rate;
    filter.lowPole = (low - 1) / (low + 1);
    filter.lowFeed = 1 / (1 + low);
    fitVelocity(filter, rate, scale);
    fitAcceleration(filter, rate, scale);
    // s^2/Q and s/Q with Q = s^2 + sqrt(2) w s + w^2, s = 2 rate (1 - 1/z)/(1 + 1/z).
    const double corner = 2 * rate * halfTangent(integratorCorner, rate);
    const double s = 2 * rate, bottom = s * s + std::numbers::sqrt2 * corner * s + corner * corner;
    filter.direct = scale * numerator1 * s * s / bottom;
    filter.wave = scale * numerator0 * s / bottom;
    filter.slow = scale * remainder0 * s / bottom;
    filter.back1 = 2 * (corner * corner - s * s) / bottom;
    filter.back2 = (s * s - std::numbers::sqrt2 * corner * s + corner * corner) / bottom;
    return filter;
}

Complex CuttingFilter::velocityResponse(double hertz) const
{
    const double turns = hertz / rate.hertz();
    Complex sum = 2 * velocityLow * lowPass(hertz, rate.hertz()) * unitAt(turns / 2).real();
    for (std::size_t k = 0; k < velocityTaps; ++k)
        sum += velocity[k] * unitAt(turns * (velocityDelay - static_cast<double>(k)));
    return sum;
}

Complex CuttingFilter::accelerationResponse(double hertz) const
{
    const double turns = hertz / rate.hertz();
    Complex sum = accelerationLow * lowPass(hertz, rate.hertz());
    for (std::size_t k = 0; k < accelerationTaps; ++k)
        sum += acceleration[k] *
               unitAt(turns * (static_cast<double>(accelerationDelay) - static_cast<double>(k)));
    return sum;
}

Complex CuttingFilter::displacementResponse(double hertz) const
{
    const Complex z = unitAt(-hertz / rate.hertz()); // one sample back
    const Complex feed = direct * (1.0 - z) + (1.0 + z) * (wave + slow * lowPass(hertz, rate.hertz()));
    return feed * (1.0 - z) / (1.0 + back1 * z + back2 * z * z);
}

} // namespace segue::vinyl
