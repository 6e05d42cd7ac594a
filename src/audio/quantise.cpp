#include "audio/quantise.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

// Two builds of the hot loops, chosen when the program starts: half the time on processors with AVX2, the
// same bits on all (nothing is fused, sums have one order). Sanitizers do not get on with the mechanism.
#if defined(__has_feature)
#define SEGUE_SANITIZED                                                                                      \
    (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SEGUE_SANITIZED 1
#else
#define SEGUE_SANITIZED 0
#endif
#if defined(__x86_64__) && defined(__GLIBC__) && !SEGUE_SANITIZED
#define SEGUE_TWO_BUILDS __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define SEGUE_TWO_BUILDS
#endif

namespace segue {

namespace {

// Adding and taking away 1.5 * 2^52 leaves a double rounded to the nearest whole number, halves to the even
// one, as long as its absolute value is below 2^51. Beyond that it stays far outside the 16-bit range, which
// is all we need.
constexpr double roundingTrick = 6'755'399'441'055'744.0;
constexpr double fullScale = 32'768;
constexpr double lowest = -32'768, highest = 32'767;

// R. A. Wannamaker, "Psychoacoustically Optimal Noise Shaping", J. Audio Eng. Soc. 40 (1992), 611-620: the 3-
// and 9-coefficient F-weighted filters, c1 first.
constexpr std::array lightFilter{1.623, -0.982, 0.109};
constexpr std::array strongFilter{2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847};

[[nodiscard]] constexpr double nearestEven(double x) { return (x + roundingTrick) - roundingTrick; }
[[nodiscard]] constexpr double excess(double rounded)
{
    return std::max(rounded - highest, lowest - rounded);
}

// The samples of 64 frames, left and right in turn. Always computed whole, even when fewer frames are wanted:
// the compiler makes vectors of loops whose length it knows.
constexpr std::uint32_t tileSamples = 128;
using Tile = std::array<double, tileSamples>;

SEGUE_TWO_BUILDS void fillNoise(NoiseKey key, std::uint32_t high, std::uint32_t low, Tile& noise)
{
    std::array<std::int32_t, tileSamples> steps;
    for (std::uint32_t j = 0; j < tileSamples; ++j) steps[j] = triangularSteps(noiseWord(key, high, low + j));
    for (std::uint32_t j = 0; j < tileSamples; ++j) noise[j] = static_cast<double>(steps[j]) * noiseStep;
}

SEGUE_TWO_BUILDS void roundTile(const Tile& sound, const Tile& noise, Tile& rounded)
{
    for (std::size_t j = 0; j < tileSamples; ++j) rounded[j] = nearestEven(sound[j] * fullScale + noise[j]);
}

// Clamps and narrows; true when every sample was a number in the range.
SEGUE_TWO_BUILDS bool narrowTile(const Tile& rounded, std::array<std::int16_t, tileSamples>& values)
{
    Tile fits;
    for (std::size_t j = 0; j < tileSamples; ++j) {
        // Written so that a NaN gives `lowest`: the conversion to an integer is always defined.
        const double atLeast = rounded[j] > lowest ? rounded[j] : lowest;
        fits[j] = atLeast < highest ? atLeast : highest;
    }
    std::array<std::int32_t, tileSamples> wide;
    for (std::size_t j = 0; j < tileSamples; ++j) wide[j] = static_cast<std::int32_t>(fits[j]);
    for (std::size_t j = 0; j < tileSamples; ++j) values[j] = static_cast<std::int16_t>(wide[j]);
    // Bits are compared, not values: a NaN that became `lowest` must not count as fitting.
    // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison)
    return std::memcmp(fits.data(), rounded.data(), sizeof fits) == 0;
}

// Error feedback: what the quantiser added to its input, noise included, is taken from the next inputs
// through the filter. The clamp is not part of the error, so that an over cannot make the loop run away.
template <std::size_t... k>
void shapeTile(const std::array<double, sizeof...(k) + 1>& filter, std::index_sequence<k...>,
               const Tile& sound, const Tile& noise, std::size_t frames, double* state, Tile& rounded)
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
        const double wanted = sound[j] * fullScale - feedback;
        rounded[j] = nearestEven(wanted + noise[j]);
        errors[2 * taps + j] = rounded[j] - wanted;
    }
    std::copy_n(errors.data() + 2 * frames, 2 * taps, state);
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
    QuantiseTally tally;
    Tile sound{}, noise{}, rounded{};
    std::array<std::int16_t, tileSamples> values;
    for (std::size_t done = 0; done < in.size();) {
        std::size_t frames = std::min<std::size_t>(tileSamples / 2, in.size() - done);
        if (dither_ != Dither::none) {
            const std::uint64_t n = 2 * static_cast<std::uint64_t>(position_);
            const auto high = static_cast<std::uint32_t>(n >> 32), low = static_cast<std::uint32_t>(n);
            fillNoise(key_, high, low, noise);
            // The tile has one high half; where that changes (position 0 is such a place) a new tile begins.
            frames = static_cast<std::size_t>(
                std::min<std::uint64_t>(frames, ((std::uint64_t{1} << 32) - low) / 2));
        }
        std::memcpy(sound.data(), in.data() + done, frames * sizeof(Frame));
        if (dither_ == Dither::shapedLight)
            shapeTile(lightFilter, std::make_index_sequence<2>{}, sound, noise, frames, errors_.data(),
                      rounded);
        else if (dither_ == Dither::shapedStrong)
            shapeTile(strongFilter, std::make_index_sequence<8>{}, sound, noise, frames, errors_.data(),
                      rounded);
        else
            roundTile(sound, noise, rounded);

        if (!narrowTile(rounded, values))
            for (std::size_t j = 0; j < 2 * frames; ++j)
                count(sound[j], noise[j], rounded[j], done + j / 2, tally);
        Pcm16Frame* to = out.data() + done;
        for (std::size_t f = 0; f < frames; ++f) to[f] = {values[2 * f], values[2 * f + 1]};
        done += frames;
        position_ += static_cast<std::int64_t>(frames);
    }
    return tally;
}

} // namespace segue
