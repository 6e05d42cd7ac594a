#include "audio/quantise.h"

#include "audio/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace segue {

namespace {

// R. A. Wannamaker, "Psychoacoustically Optimal Noise Shaping", J. Audio Eng. Soc. 40 (1992), 611-620: the 3-
// and 9-coefficient F-weighted filters, c1 first.
constexpr std::array lightFilter{1.623, -0.982, 0.109};
constexpr std::array strongFilter{2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847};

[[nodiscard]] constexpr double excess(double rounded)
{
    return std::max(rounded - highest16, lowest16 - rounded);
}

// Error feedback: what the quantiser added to its input, noise included, is taken from the next inputs
// through the filter. The clamp is not part of the error, so that an over cannot make the loop run away.
template <std::size_t... k>
void shapeTile(const std::array<double, sizeof...(k) + 1>& filter, std::index_sequence<k...>,
               const Frame* sound, const Tile& noise, std::size_t frames, double* state, Tile& rounded)
{
    constexpr std::size_t taps = sizeof...(k) + 1;
    std::array<double, 2 * taps + tileSamples> errors;
    std::copy_n(state, 2 * taps, errors.data());
    const double* c = filter.data();
    for (std::size_t j = 0; j < 2 * frames; ++j) {
        // From the oldest error to the latest, so that only the last product waits for the sample before.
        const double* oldest = errors.data() + j;
        double feedback = c[taps - 1] * oldest[0];
        ((feedback += c[taps - 2 - k] * oldest[2 * (k + 1)]), ...);
        const Frame& frame = sound[j / 2];
        const double wanted = (j % 2 == 0 ? frame.left : frame.right) * fullScale - feedback;
        rounded[j] = nearestEven(wanted + noise[j]);
        errors[2 * taps + j] = rounded[j] - wanted;
    }
    std::copy_n(errors.data() + 2 * frames, 2 * taps, state);
}

// A shaper's feedback can bring a sound back into the range that is beyond it: such a tile is counted, too.
// The noise is less than 1 LSB, so that nothing at full scale or below is ever beyond.
bool isOver(const Frame* sound, std::size_t frames)
{
    return std::any_of(sound, sound + frames,
                       [](const Frame& f) { return std::max(std::abs(f.left), std::abs(f.right)) > 1; });
}

// Counts a sample that is not finite or outside the range; most are neither.
void count(double sound, double noise, double rounded, std::size_t frame, QuantiseTally& tally)
{
    if (!std::isfinite(sound)) {
        if (!tally.firstNonFinite) tally.firstNonFinite = frame;
        return;
    }
    // The shaper's feedback is not the music's fault: it is left out of the judgement.
    const bool beyond = excess(nearestEven(sound * fullScale + noise)) > 2;
    if (!beyond && excess(rounded) <= 0) return;
    tally.peak = std::max(tally.peak, std::abs(sound));
    (beyond ? tally.beyond : tally.slight) += 1;
    if (beyond && !tally.firstBeyond) tally.firstBeyond = frame;
}

} // namespace

Quantiser::Quantiser(Dither dither, NoiseKey key, std::int64_t position)
    : dither_{dither}, key_{key}, position_{position}
{
}

QuantiseTally Quantiser::run(std::span<const Frame> in, std::span<Pcm16Frame> out)
{
    assert(in.size() == out.size());
    const Kernels& run = kernels();
    QuantiseTally tally;
    Tile noise{}, rounded{};
    TileValues values;
    std::array<Frame, tileFrames> lastTile{};
    for (std::size_t done = 0; done < in.size();) {
        std::size_t frames = std::min(tileFrames, in.size() - done);
        if (dither_ != Dither::none) {
            const std::uint64_t n = 2 * static_cast<std::uint64_t>(position_);
            const auto high = static_cast<std::uint32_t>(n >> 32), low = static_cast<std::uint32_t>(n);
            run.fillNoise(key_, high, low, noise);
            // The tile has one high half; where that changes (position 0 is such a place) a new tile begins.
            frames = static_cast<std::size_t>(
                std::min<std::uint64_t>(frames, ((std::uint64_t{1} << 32) - low) / 2));
        }
        // Kernels read whole tiles; what is shorter than one is read from a copy.
        const Frame* sound = in.data() + done;
        if (in.size() - done < tileFrames) {
            std::ranges::copy(in.subspan(done), lastTile.begin());
            sound = lastTile.data();
        }
        if (dither_ == Dither::shapedLight)
            shapeTile(lightFilter, std::make_index_sequence<2>{}, sound, noise, frames, errors_.data(),
                      rounded);
        else if (dither_ == Dither::shapedStrong)
            shapeTile(strongFilter, std::make_index_sequence<8>{}, sound, noise, frames, errors_.data(),
                      rounded);
        else
            run.roundTile(sound, noise, rounded);

        const bool shaped = dither_ == Dither::shapedLight || dither_ == Dither::shapedStrong;
        if (!run.narrowTile(rounded, values) || (shaped && isOver(sound, frames)))
            for (std::size_t j = 0; j < frames; ++j) {
                count(sound[j].left, noise[2 * j], rounded[2 * j], done + j, tally);
                count(sound[j].right, noise[2 * j + 1], rounded[2 * j + 1], done + j, tally);
            }
        const auto to = std::as_writable_bytes(out.subspan(done, frames));
        std::memcpy(to.data(), values.data(), to.size());
        done += frames;
        position_ += static_cast<std::int64_t>(frames);
    }
    return tally;
}

} // namespace segue
