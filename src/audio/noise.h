/// \file
/// The random words under the dither: a hash of where a sample stands, so there is no generator whose state
/// could depend on the order of work. 32-bit arithmetic only, which every processor can do on several samples
/// at once.
#pragma once

#include <cstdint>

namespace segue {

struct NoiseKey {
    std::uint32_t first = 0, second = 0;
};

/// A bijection of 32-bit words in which every input bit reaches every output bit.
[[nodiscard]] constexpr std::uint32_t scramble(std::uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb'352dU;
    x ^= x >> 15;
    x *= 0x846c'a68bU;
    x ^= x >> 16;
    return x;
}

/// The key of one track's sequence (rendering.md, "Noise").
[[nodiscard]] constexpr NoiseKey noiseKey(std::uint64_t seed, std::uint32_t noiseTrack)
{
    std::uint64_t x = seed + 0x9e37'79b9'7f4a'7c15U * (std::uint64_t{noiseTrack} + 1);
    x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9U;
    x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11ebU;
    x ^= x >> 31;
    return {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(x >> 32)};
}

/// The word at n = 2 * position + channel, given as its two halves.
[[nodiscard]] constexpr std::uint32_t noiseWord(NoiseKey key, std::uint32_t high, std::uint32_t low)
{
    return scramble(scramble(low ^ key.first) ^ high ^ key.second);
}

/// The difference of a word's halves, -65535 to 65535: triangular noise in steps of noiseStep LSB.
[[nodiscard]] constexpr std::int32_t triangularSteps(std::uint32_t word)
{
    return static_cast<std::int32_t>(word & 0xffffU) - static_cast<std::int32_t>(word >> 16);
}
inline constexpr double noiseStep = 1.0 / 65'536;

} // namespace segue
