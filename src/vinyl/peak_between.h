/// \file
/// How high a curve goes between its samples: four times finer around a sample, by a windowed sinc.
#pragma once

namespace segue::vinyl {

/// Largest absolute value within three quarters of a sample of `at`, `at` included, and the top of the
/// parabola through the finest three points. Reads 12 samples to each side.
[[nodiscard]] double peakAround(const float* at);

} // namespace segue::vinyl
