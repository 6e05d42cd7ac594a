/// \file
/// Sine, exponential and logarithm from + - * / only, so that every processor and C library gives the same
/// bits. The system's functions differ in the last place between machines. Error below 1e-13 relative
/// (absolute for the sine); the polynomials are written out in docs/formats/rendering.md.
#pragma once

namespace segue {

/// sin(pi/2 * x) for 0 <= x <= 1; exactly 0 at 0 and exactly 1 at 1.
[[nodiscard]] double sineQuarter(double x);
/// e^x for |x| <= 700.
[[nodiscard]] double portableExp(double x);
/// Natural logarithm of x > 0 (normal numbers).
[[nodiscard]] double portableLog(double x);

} // namespace segue
