// Only + - * /, conversions and bit patterns: each is exact or correctly rounded by IEEE 754, so the result
// has the same bits on every processor. No term is fused (-ffp-contract=off). All series are the plain Taylor
// series, cut where the next term is far below half a unit in the last place; their coefficients are
// quotients of exact integers, so anyone can write them down again.
//
//   sineQuarter  u = pi/2 * x       (x <= 1/2)  sin u = u - u^3/3! + u^5/5! - ... + u^17/17!
//                v = pi/2 * (1-x)   (x >  1/2)  cos v = 1 - v^2/2! + v^4/4! - ... + v^18/18!
//                u, v <= pi/4: the next terms are below 1e-19; 1-x is exact.
//   portableExp  k = x/ln2 rounded to an integer, r = (x - k*ln2Hi) - k*ln2Lo, |r| <= ln2/2
//                e^x = 2^k * (1 + r + r^2/2! + ... + r^14/14!);  the next term is below 1e-19.
//                ln2Hi has 32 significant bits, so k*ln2Hi is exact and the subtraction too.
//   portableLog  x = m * 2^e, sqrt(1/2) <= m < sqrt(2), s = (m-1)/(m+1), |s| < 0.1716
//                ln x = e*ln2Hi + (2*(s + s^3/3 + s^5/5 + ... + s^21/21) + e*ln2Lo)
//                the next term is below 1e-18 of the sum.
#include "core/portable_math.h"

#include <bit>
#include <cassert>
#include <cstdint>

namespace segue {

namespace {

constexpr double halfPi = 0x1.921fb54442d18p+0;
constexpr double inverseLn2 = 0x1.71547652b82fep+0;
constexpr double ln2Hi = 0x1.62e42fee00000p-1;  // ln 2 to 32 significant bits
constexpr double ln2Lo = 0x1.a39ef35793c76p-33; // ln 2 - ln2Hi
constexpr double squareRoot2 = 0x1.6a09e667f3bcdp+0;

// n! is an exact double up to 22!.
constexpr double factorial(int n)
{
    double product = 1;
    for (int i = 2; i <= n; ++i) product *= i;
    return product;
}

// u - u^3/3! + ... , from the smallest term up (Horner).
double sineSeries(double u)
{
    const double square = u * u;
    double sum = 0;
    for (int n = 17; n >= 3; n -= 2) sum = ((n % 4 == 1 ? 1.0 : -1.0) / factorial(n) + sum) * square;
    return u + u * sum;
}

double cosineSeries(double v)
{
    const double square = v * v;
    double sum = 0;
    for (int n = 18; n >= 2; n -= 2) sum = ((n % 4 == 0 ? 1.0 : -1.0) / factorial(n) + sum) * square;
    return 1.0 + sum;
}

// 2^k for a normal result.
double powerOfTwo(int k)
{
    assert(k >= -1022 && k <= 1023);
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

} // namespace

double sineQuarter(double x)
{
    assert(x >= 0 && x <= 1);
    return x <= 0.5 ? sineSeries(halfPi * x) : cosineSeries(halfPi * (1.0 - x));
}

double portableExp(double x)
{
    assert(x >= -700 && x <= 700);
    const int k = static_cast<int>(x * inverseLn2 + (x < 0 ? -0.5 : 0.5));
    const double r = (x - k * ln2Hi) - k * ln2Lo;
    double sum = 0;
    for (int n = 14; n >= 2; --n) sum = (1.0 / factorial(n) + sum) * r;
    return (1.0 + (r + r * sum)) * powerOfTwo(k);
}

double portableLog(double x)
{
    constexpr std::uint64_t fractionBits = (std::uint64_t{1} << 52) - 1;
    constexpr double two54 = 0x1p54;
    assert(x > 0);
    int exponent = 0;
    if (x < 0x1p-1022) { // subnormal: no leading 1 until it is scaled
        x *= two54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>(bits >> 52) - 1023;
    double m = std::bit_cast<double>((bits & fractionBits) | (std::uint64_t{1023} << 52));
    if (m >= squareRoot2) {
        m *= 0.5;
        ++exponent;
    }
    const double s = (m - 1.0) / (m + 1.0);
    const double square = s * s;
    double sum = 0;
    for (int n = 21; n >= 3; n -= 2) sum = (1.0 / n + sum) * square;
    return exponent * ln2Hi + (2.0 * (s + s * sum) + exponent * ln2Lo);
}

} // namespace segue
