#include "audio/dither.h"

#include "audio/noise.h"

#include <array>

namespace segue {

namespace {

struct Row {
    Dither dither;
    std::string_view name;
    std::string_view description;
};
constexpr std::array table{
    Row{Dither::none, "none", "none: rounded to the nearest 16-bit value"},
    Row{Dither::tpdf, "tpdf", "TPDF, flat, +-1 LSB"},
    Row{Dither::shapedLight, "shaped-light",
        "TPDF, +-1 LSB, noise-shaped by Wannamaker's 3-tap F-weighted filter (R. A. Wannamaker, "
        "Psychoacoustically Optimal Noise Shaping, J. Audio Eng. Soc. 40, 1992, pp. 611-620)"},
    Row{Dither::shapedStrong, "shaped-strong",
        "TPDF, +-1 LSB, noise-shaped by Wannamaker's 9-tap F-weighted filter (R. A. Wannamaker, "
        "Psychoacoustically Optimal Noise Shaping, J. Audio Eng. Soc. 40, 1992, pp. 611-620)"},
};

const Row& rowOf(Dither dither)
{
    for (const Row& row : table)
        if (row.dither == dither) return row;
    return table[0];
}

} // namespace

std::string_view name(Dither dither) { return rowOf(dither).name; }

Result<Dither> parseDither(std::string_view text)
{
    for (const Row& row : table)
        if (row.name == text) return row.dither;
    return failure("There is no such dither; choose none, tpdf, shaped-light or shaped-strong",
                   std::string{text});
}

std::string describe(Dither dither) { return std::string{rowOf(dither).description}; }

double tpdfNoise(std::uint64_t seed, std::uint32_t noiseTrack, std::int64_t position, int channel)
{
    const std::uint64_t n = 2 * static_cast<std::uint64_t>(position) + static_cast<std::uint64_t>(channel);
    const std::uint32_t word = noiseWord(noiseKey(seed, noiseTrack), static_cast<std::uint32_t>(n >> 32),
                                         static_cast<std::uint32_t>(n));
    return static_cast<double>(triangularSteps(word)) * noiseStep;
}

} // namespace segue
