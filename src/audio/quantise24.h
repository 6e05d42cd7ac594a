/// \file
/// From frames to 24 bit: flat TPDF noise of +-1 LSB, or none, then to the nearest even and clamped. The
/// noise is that of 16 bit (noise.h), 256 times smaller.
#pragma once

#include "audio/quantise.h"

#include <cstdint>
#include <span>

namespace segue {

/// 24-bit value k is the sample k / fullScale24.
inline constexpr double fullScale24 = 8'388'608, lowest24 = -8'388'608, highest24 = 8'388'607;

[[nodiscard]] constexpr std::int32_t value24(std::byte low, std::byte middle, std::byte high)
{
    const std::uint32_t bits = std::to_integer<std::uint32_t>(low) << 8U |
                               std::to_integer<std::uint32_t>(middle) << 16U |
                               std::to_integer<std::uint32_t>(high) << 24U;
    return static_cast<std::int32_t>(bits) / 256;
}
[[nodiscard]] constexpr std::int32_t leftOf(const Pcm24Frame& f)
{
    return value24(f.bytes[0], f.bytes[1], f.bytes[2]);
}
[[nodiscard]] constexpr std::int32_t rightOf(const Pcm24Frame& f)
{
    return value24(f.bytes[3], f.bytes[4], f.bytes[5]);
}

class Quantiser24 {
public:
    /// \param dither none or tpdf
    /// \param position of the first frame from the track's origin: the noise is counted from there
    Quantiser24(Dither dither, NoiseKey key, std::int64_t position);
    /// As Quantiser::run(), in LSB of 24 bits.
    [[nodiscard]] QuantiseTally run(std::span<const Frame> in, std::span<Pcm24Frame> out);

private:
    Dither dither_;
    NoiseKey key_;
    std::int64_t position_;
};

} // namespace segue
