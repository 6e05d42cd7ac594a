/// \file
/// Sound that measures like music: bass, chords with partials, noise bursts, quiet and loud parts, the sides
/// alike but not the same. From a formula of the seed and the position, so that it can be made anywhere.
#pragma once

#include "audio/frame.h"
#include "support/fake_sound.h"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace segue::test {

/// \param level of the loudest part, 1 is near full scale
[[nodiscard]] inline std::vector<Frame> generatedMusic(std::uint64_t seed, double rate, double seconds,
                                                       double level = 0.9)
{
    const auto frames = static_cast<std::int64_t>(rate * seconds);
    std::vector<Frame> sound(static_cast<std::size_t>(frames));
    const auto unit = [](std::uint64_t bits) {
        return static_cast<double>(static_cast<std::int32_t>(static_cast<std::uint32_t>(bits))) / 0x1p31;
    };
    for (std::int64_t i = 0; i < frames; ++i) {
        const double t = static_cast<double>(i) / rate, turn = 2 * std::numbers::pi * t;
        const double beat = t * 2.3 - std::floor(t * 2.3);
        const double part = 0.55 + 0.45 * std::sin(0.4 * t + static_cast<double>(seed));
        const std::uint64_t bits = bitsAt(seed, i);
        const double noise = unit(bits) * std::exp(-30 * beat);
        double left = 0.35 * std::sin(turn * 55) * std::exp(-3 * beat), right = left;
        for (int n = 1; n <= 5; ++n) {
            const double hertz = (220 + 30 * static_cast<double>(seed % 7)) * n * (1 + 0.002 * n);
            if (hertz * 2.2 > rate) break;
            left += 0.22 / n * std::sin(turn * hertz + n);
            right += 0.2 / n * std::sin(turn * hertz * 1.001 + 2 * n);
        }
        left += 0.3 * noise + 0.02 * unit(bits >> 32);
        right += 0.28 * noise - 0.02 * unit(bits >> 32);
        sound[static_cast<std::size_t>(i)] = {level * part * left * 0.8, level * part * right * 0.8};
    }
    return sound;
}

} // namespace segue::test
