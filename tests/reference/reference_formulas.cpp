#include "reference/reference_formulas.h"

#include <cmath>
#include <limits>

namespace segue::reference {

namespace {

double factorial(int n)
{
    double product = 1; // exact up to 18!
    for (int i = 2; i <= n; ++i) product *= i;
    return product;
}

double sine(double x)
{
    const double h = 0x1.921fb54442d18p+0;
    if (x <= 0.5) {
        const double u = h * x;
        const double y = u * u;
        double sum = 0;
        for (int n = 17; n >= 3; n -= 2) sum = ((n % 4 == 1 ? 1.0 : -1.0) / factorial(n) + sum) * y;
        return u + u * sum;
    }
    const double v = h * (1 - x);
    const double y = v * v;
    double sum = 0;
    for (int n = 18; n >= 2; n -= 2) sum = ((n % 4 == 0 ? 1.0 : -1.0) / factorial(n) + sum) * y;
    return 1 + sum;
}

double exponential(double x)
{
    const double scaled = x >= 0 ? x * 0x1.71547652b82fep+0 + 0.5 : x * 0x1.71547652b82fep+0 - 0.5;
    const int whole = static_cast<int>(scaled);
    const double k = whole;
    const double r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
    double sum = 0;
    for (int n = 14; n >= 2; --n) sum = (1 / factorial(n) + sum) * r;
    return std::ldexp(1 + (r + r * sum), whole);
}

double logarithm(double x)
{
    int e = 0;
    double m = x;
    while (m >= 2) m /= 2, ++e;
    while (m < 1) m *= 2, --e;
    if (m >= 0x1.6a09e667f3bcdp+0) m /= 2, ++e;
    const double s = (m - 1) / (m + 1);
    const double y = s * s;
    double sum = 0;
    for (int n = 21; n >= 3; n -= 2) sum = (1.0 / n + sum) * y;
    return e * 0x1.62e42fee00000p-1 + (2 * (s + s * sum) + e * 0x1.a39ef35793c76p-33);
}

std::uint32_t scramble(std::uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

} // namespace

double gain(double decibels)
{
    if (decibels == 0) return 1;
    const double exponent = decibels * 0.11512925464970228420;
    if (exponent < -700) return 0;
    if (exponent > 700) return std::numeric_limits<double>::infinity();
    return exponential(exponent);
}

double curveAt(Curve curve, double x)
{
    const double a = 6.907755278982137;
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    switch (curve) {
    case Curve::linear: return x;
    case Curve::equalPower: return sine(x);
    case Curve::cosine: return sine(x) * sine(x);
    case Curve::exponential: return (exponential(a * x) - 1) / 999;
    case Curve::logarithmic: return logarithm(1 + 999 * x) / a;
    case Curve::squareRoot: return std::sqrt(x);
    }
    return 0;
}

double noise(std::uint64_t seed, std::uint32_t track, std::int64_t position, int channel)
{
    std::uint64_t x = seed + 0x9e3779b97f4a7c15U * (std::uint64_t{track} + 1);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    x = x ^ (x >> 31);
    const auto k1 = static_cast<std::uint32_t>(x), k2 = static_cast<std::uint32_t>(x >> 32);
    const auto n = 2 * static_cast<std::uint64_t>(position) + static_cast<std::uint64_t>(channel);
    const auto low = static_cast<std::uint32_t>(n), high = static_cast<std::uint32_t>(n >> 32);
    const std::uint32_t word = scramble(scramble(low ^ k1) ^ high ^ k2);
    return (static_cast<double>(word % 65536) - static_cast<double>(word / 65536)) / 65536;
}

} // namespace segue::reference
