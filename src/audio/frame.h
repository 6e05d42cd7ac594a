/// \file
/// A stereo sample frame and blocks of them. 1.0 is full scale; 16-bit value k is exactly k/32768.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace segue {

struct Frame {
    double left = 0, right = 0;
    [[nodiscard]] friend bool operator==(Frame, Frame) = default;
};
using Block = std::span<Frame>;

/// A frame of the CD: as in IMAGE.DAT, left first.
struct Pcm16Frame {
    std::int16_t left = 0, right = 0;
    [[nodiscard]] friend bool operator==(Pcm16Frame, Pcm16Frame) = default;
};
inline constexpr std::int64_t bytesPerPcm16Frame = 4;
static_assert(sizeof(Pcm16Frame) == bytesPerPcm16Frame);

/// A frame of a 24-bit WAV file: two signed numbers of three bytes, lowest first, left first. Value k is
/// exactly k/8388608.
struct Pcm24Frame {
    std::array<std::byte, 6> bytes{};
    [[nodiscard]] friend bool operator==(const Pcm24Frame&, const Pcm24Frame&) = default;
};
inline constexpr std::int64_t bytesPerPcm24Frame = 6;
static_assert(sizeof(Pcm24Frame) == bytesPerPcm24Frame);

} // namespace segue
