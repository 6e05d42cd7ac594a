/// \file
/// From frames to 16 bit: the last stage of the render. Adds the noise, shapes the error where that is asked
/// for, rounds to the nearest even and clamps. Knows nothing of spans; whoever calls says where a new one
/// begins.
#pragma once

#include "audio/dither.h"
#include "audio/frame.h"
#include "audio/noise.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace segue {

/// What a stretch had beyond the 16-bit range, counted in samples (a frame has two).
struct QuantiseTally {
    std::int64_t slight = 0, beyond = 0;         ///< as Overs (render.h) states them
    double peak = 0;                             ///< largest absolute input among those counted
    std::optional<std::size_t> firstBeyond{};    ///< index of the first frame beyond
    std::optional<std::size_t> firstNonFinite{}; ///< index of the first frame with a NaN or infinity
};

/// One span after another, each from its beginning to its end.
class Quantiser {
public:
    /// \param position of the span's first frame from the track's origin: the noise is counted from there
    Quantiser(Dither dither, NoiseKey key, std::int64_t position);
    /// Quantises the next frames: the same bits however a span is divided into calls. Where the tally names a
    /// frame that is not finite, `out` means nothing from there on. \pre in.size() == out.size()
    [[nodiscard]] QuantiseTally run(std::span<const Frame> in, std::span<Pcm16Frame> out);

private:
    static constexpr std::size_t maxTaps = 9;

    Dither dither_;
    NoiseKey key_;
    std::int64_t position_;
    std::array<double, 2 * maxTaps> errors_{}; ///< of the last frames, oldest first; zero where a span begins
};

} // namespace segue
