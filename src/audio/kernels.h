/// \file
/// The loops in which rendering and measuring spend their time, built once for every processor of the
/// platform and once for those with AVX2 (x86-64-v3). The choice is made when the program starts; the bits
/// are the same whichever it is: nothing is fused, no sum changes its order.
#pragma once

#include "audio/frame.h"
#include "audio/noise.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace segue {

/// 16-bit value k is the sample k / fullScale.
inline constexpr double fullScale = 32'768, lowest16 = -32'768, highest16 = 32'767;
/// Adding and taking away 1.5 * 2^52 leaves a double rounded to the nearest whole number, halves to the even
/// one, as long as its absolute value is below 2^51. Beyond that it stays far outside the 16-bit range, which
/// is all we need.
inline constexpr double roundingTrick = 6'755'399'441'055'744.0;
[[nodiscard]] constexpr double nearestEven(double x) { return (x + roundingTrick) - roundingTrick; }

/// The samples of 64 frames, left and right in turn. Always computed whole, even when fewer are wanted: the
/// compiler makes vectors of loops whose length it knows.
inline constexpr std::uint32_t tileSamples = 128;
using Tile = std::array<double, tileSamples>;
using TileValues = std::array<std::int16_t, tileSamples>;
inline constexpr std::size_t tileFrames = tileSamples / 2;

/// What a pass over samples sees of them.
struct SampleFacts {
    double peak = 0;        ///< largest finite absolute value
    bool finite = true;     ///< no NaN, no infinity
    bool sixteenBit = true; ///< each is exactly k/32768, k in -32768..32767
    /// One may be a negative zero: zero, or negative and below 2^-1042.
    bool negativeZeros = false;
};

/// Of a run of frames, left and right apart.
struct RunFacts {
    Frame low, high; ///< infinite when there are no frames; a NaN is passed over
    Frame energy; ///< the sum of the squares; no number when a sample is none, never finite when one is not
};

struct Kernels {
    /// "baseline" or "x86-64-v3".
    const char* name;
    /// The triangular noise of samples low, low + 1 ... of the sequence, in LSB (rendering.md, "Noise").
    void (*fillNoise)(NoiseKey key, std::uint32_t high, std::uint32_t low, Tile& noise);
    /// sound * 32768 + noise, to the nearest whole number, halves to the even one.
    /// \param sound the 64 frames of a tile
    void (*roundTile)(const Frame* sound, const Tile& noise, Tile& rounded);
    /// Clamps and narrows; true when every sample was a number in the range.
    bool (*narrowTile)(const Tile& rounded, TileValues& values);
    void (*applyGain)(double gain, Block block);
    /// Little-endian stereo PCM of 16 and 24 bits.
    void (*unpack16)(const std::byte* from, Block out);
    void (*unpack24)(const std::byte* from, Block out);
    /// Says what the samples are.
    SampleFacts (*look)(std::span<const double> samples);
    /// Frames 0, 4, 8 ... are one sum, 1, 5, 9 ... the next; at the end (0 + 2) + (1 + 3).
    RunFacts (*survey)(std::span<const Frame> frames);
};

/// The ones this processor runs fastest, or those a test has forced.
[[nodiscard]] const Kernels& kernels();
/// All that this processor can run, the baseline first.
[[nodiscard]] std::span<const Kernels> runnableKernels();
/// For tests: from now on kernels() gives these; nullptr: the fastest again. Not while anything renders.
void forceKernels(const Kernels* forced);

} // namespace segue
