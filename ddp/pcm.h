/// \file
/// How the image's bytes are samples: 16-bit little-endian, left before right, four bytes a stereo sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace segue::ddp {

inline constexpr std::size_t bytesPerSample = 4; ///< of a stereo sample

/// Stereo sample `index` as one number, left in the low half. \pre it lies in `pcm`
[[nodiscard]] inline std::uint32_t stereoSample(std::span<const std::byte> pcm, std::size_t index)
{
    const std::byte* at = pcm.data() + index * bytesPerSample;
    const auto part = [at](std::size_t i) { return std::to_integer<std::uint32_t>(at[i]); };
    return part(0) | part(1) << 8 | part(2) << 16 | part(3) << 24;
}
[[nodiscard]] constexpr std::int16_t leftOf(std::uint32_t sample)
{
    return static_cast<std::int16_t>(sample & 0xFFFF);
}
[[nodiscard]] constexpr std::int16_t rightOf(std::uint32_t sample)
{
    return static_cast<std::int16_t>(sample >> 16);
}

} // namespace segue::ddp
