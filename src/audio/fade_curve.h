/// \file
/// The six fade curves as gains, from + - * / sqrt and our own sine and exponential only.
#pragma once

#include "album/fade.h"
#include "core/units.h"

namespace segue {

/// f(x) for 0 <= x <= 1 of a fade in; f(0) = 0, f(1) = 1 exactly. A fade out is f mirrored in time.
[[nodiscard]] double fadeGain(Curve curve, double x);
/// Gain of sample i of a fade in of n samples: f((i + 0.5) / n). \pre 0 <= i < n
[[nodiscard]] double fadeInGain(Curve curve, std::int64_t i, SampleCount n);
/// Gain of sample i of a fade out of n samples: f((n - i - 0.5) / n).
[[nodiscard]] double fadeOutGain(Curve curve, std::int64_t i, SampleCount n);

} // namespace segue
