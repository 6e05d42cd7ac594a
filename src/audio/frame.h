/// \file
/// A stereo sample frame and blocks of them. 1.0 is full scale; 16-bit value k is exactly k/32768.
#pragma once

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

} // namespace segue
