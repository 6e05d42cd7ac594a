/// \file
/// Dither to 16 bit. The random sequence is a hash of (seed, noise track, position, channel), so that no
/// block size, thread or starting point can change a sample.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace segue {

enum class Dither { none, tpdf, shapedLight, shapedStrong };
/// "none", "tpdf", "shaped-light", "shaped-strong".
[[nodiscard]] std::string_view name(Dither dither);
[[nodiscard]] Result<Dither> parseDither(std::string_view text);
/// For the report: "TPDF, flat, +-1 LSB"; the shaped ones with filter, authors and paper.
[[nodiscard]] std::string describe(Dither dither);

/// Triangular noise in LSB, -1 < d < 1, of one channel (0 left, 1 right) at `position` from the track's
/// origin.
[[nodiscard]] double tpdfNoise(std::uint64_t seed, std::uint32_t noiseTrack, std::int64_t position,
                               int channel);

} // namespace segue
