#include "audio/quantise24.h"

#include "audio/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace segue {

namespace {

// NaN becomes the lowest value; the caller has found it before.
[[nodiscard]] std::int32_t clamped(double rounded)
{
    const double atLeast = rounded > lowest24 ? rounded : lowest24;
    return static_cast<std::int32_t>(atLeast < highest24 ? atLeast : highest24);
}

[[nodiscard]] constexpr std::byte byteOf(std::int32_t value, unsigned shift)
{
    return static_cast<std::byte>(static_cast<std::uint32_t>(value) >> shift & 0xFFU);
}

void count(double sound, double rounded, std::size_t frame, QuantiseTally& tally)
{
    if (!std::isfinite(sound)) {
        if (!tally.firstNonFinite) tally.firstNonFinite = frame;
        return;
    }
    const double excess = std::max(rounded - highest24, lowest24 - rounded);
    if (excess <= 0) return;
    const bool beyond = excess > 2;
    tally.peak = std::max(tally.peak, std::abs(sound));
    (beyond ? tally.beyond : tally.slight) += 1;
    if (beyond && !tally.firstBeyond) tally.firstBeyond = frame;
}

} // namespace

Quantiser24::Quantiser24(Dither dither, NoiseKey key, std::int64_t position)
    : dither_{dither}, key_{key}, position_{position}
{
    assert(dither == Dither::none || dither == Dither::tpdf);
}

QuantiseTally Quantiser24::run(std::span<const Frame> in, std::span<Pcm24Frame> out)
{
    assert(in.size() == out.size());
    QuantiseTally tally;
    Tile noise{}, rounded{};
    for (std::size_t done = 0; done < in.size();) {
        std::size_t frames = std::min(tileFrames, in.size() - done);
        if (dither_ == Dither::tpdf) {
            const std::uint64_t n = 2 * static_cast<std::uint64_t>(position_);
            const auto high = static_cast<std::uint32_t>(n >> 32), low = static_cast<std::uint32_t>(n);
            kernels().fillNoise(key_, high, low, noise);
            // The tile has one high half; where that changes (position 0 is such a place) a new tile begins.
            frames = static_cast<std::size_t>(
                std::min<std::uint64_t>(frames, ((std::uint64_t{1} << 32) - low) / 2));
        }
        bool inside = true;
        for (std::size_t j = 0; j < frames; ++j) {
            const Frame& sound = in[done + j];
            rounded[2 * j] = nearestEven(sound.left * fullScale24 + noise[2 * j]);
            rounded[2 * j + 1] = nearestEven(sound.right * fullScale24 + noise[2 * j + 1]);
        }
        for (std::size_t j = 0; j < frames; ++j) {
            const double l = rounded[2 * j], r = rounded[2 * j + 1];
            inside = inside && l >= lowest24 && l <= highest24 && r >= lowest24 && r <= highest24;
            const std::int32_t left = clamped(l), right = clamped(r);
            out[done + j].bytes = {byteOf(left, 0),  byteOf(left, 8),  byteOf(left, 16),
                                   byteOf(right, 0), byteOf(right, 8), byteOf(right, 16)};
        }
        // The comparison is false for a NaN, too.
        if (!inside)
            for (std::size_t j = 0; j < frames; ++j) {
                count(in[done + j].left, rounded[2 * j], done + j, tally);
                count(in[done + j].right, rounded[2 * j + 1], done + j, tally);
            }
        done += frames;
        position_ += static_cast<std::int64_t>(frames);
    }
    return tally;
}

} // namespace segue
