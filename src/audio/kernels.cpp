#include "audio/kernels.h"

#include "core/instruction_sets.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#if SEGUE_HAS_V3
#include <immintrin.h>
#endif

namespace segue {

namespace {

SEGUE_BODY void fillNoiseBody(NoiseKey key, std::uint32_t high, std::uint32_t low, Tile& noise)
{
    std::array<std::int32_t, tileSamples> steps;
    for (std::uint32_t j = 0; j < tileSamples; ++j) steps[j] = triangularSteps(noiseWord(key, high, low + j));
    for (std::uint32_t j = 0; j < tileSamples; ++j) noise[j] = static_cast<double>(steps[j]) * noiseStep;
}

SEGUE_BODY bool narrowTileBody(const Tile& rounded, TileValues& values)
{
    Tile fits;
    for (std::size_t j = 0; j < tileSamples; ++j) {
        // Written so that a NaN gives `lowest16`: the conversion to an integer is always defined.
        const double atLeast = rounded[j] > lowest16 ? rounded[j] : lowest16;
        fits[j] = atLeast < highest16 ? atLeast : highest16;
    }
    std::array<std::int32_t, tileSamples> wide;
    for (std::size_t j = 0; j < tileSamples; ++j) wide[j] = static_cast<std::int32_t>(fits[j]);
    for (std::size_t j = 0; j < tileSamples; ++j) values[j] = static_cast<std::int16_t>(wide[j]);
    // Bits are compared, not values: a NaN that became `lowest16` must not count as fitting.
    // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison)
    return std::memcmp(fits.data(), rounded.data(), sizeof fits) == 0;
}

SEGUE_BODY void applyGainBody(double gain, Block block)
{
    for (Frame& f : block) f = {f.left * gain, f.right * gain};
}

template <std::size_t bytes>
SEGUE_BODY double littleEndian(const std::byte* from)
{
    // At the top of 32 bits the sign is theirs; the division by 2^31 is exact.
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        bits |= std::to_integer<std::uint32_t>(from[i]) << (8 * (4 - bytes + i));
    return static_cast<double>(static_cast<std::int32_t>(bits)) * 0x1p-31;
}

template <std::size_t bytes>
SEGUE_BODY void unpackBody(const std::byte* from, Block out)
{
    for (Frame& frame : out) {
        frame = {littleEndian<bytes>(from), littleEndian<bytes>(from + bytes)};
        from += 2 * bytes;
    }
}

// Sample by sample; goes on from what was seen before.
SampleFacts lookAtEach(std::span<const double> samples, SampleFacts facts)
{
    constexpr double largest = std::numeric_limits<double>::max();
    for (const double sample : samples) {
        const double size = std::fabs(sample);
        const bool finite = size <= largest;
        facts.finite = facts.finite && finite;
        if (finite && size > facts.peak) facts.peak = size;
        const double scaled = sample * fullScale;
        facts.sixteenBit =
            facts.sixteenBit && scaled >= lowest16 && scaled <= highest16 && nearestEven(scaled) == scaled;
        facts.negativeZeros =
            facts.negativeZeros || std::bit_cast<std::uint64_t>(sample) >> 32U == 0x8000'0000U;
    }
    return facts;
}

/// Four runs side by side, of every fourth frame each.
struct FourRuns {
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    using Frames = std::array<Frame, 4>;

    Frames low = all(infinity), high = all(-infinity), energy = all(0);

    static constexpr Frames all(double v) { return {{{v, v}, {v, v}, {v, v}, {v, v}}}; }
    // Of a NaN these give what was there, as the processor's own instructions do.
    static double lower(double x, double than) { return x < than ? x : than; }
    static double higher(double x, double than) { return x > than ? x : than; }
    static Frame lower(Frame x, Frame than) { return {lower(x.left, than.left), lower(x.right, than.right)}; }
    static Frame higher(Frame x, Frame than)
    {
        return {higher(x.left, than.left), higher(x.right, than.right)};
    }
    static Frame sum(Frame a, Frame b) { return {a.left + b.left, a.right + b.right}; }

    void take(std::size_t run, Frame f)
    {
        low[run] = lower(f, low[run]);
        high[run] = higher(f, high[run]);
        energy[run] = sum(energy[run], {f.left * f.left, f.right * f.right});
    }
    void takeEach(std::span<const Frame> frames)
    {
        for (std::size_t i = 0; i < frames.size(); ++i) take(i % 4, frames[i]);
    }
    [[nodiscard]] RunFacts together() const
    {
        return {.low = lower(lower(low[0], low[2]), lower(low[1], low[3])),
                .high = higher(higher(high[0], high[2]), higher(high[1], high[3])),
                .energy = sum(sum(energy[0], energy[2]), sum(energy[1], energy[3]))};
    }
};

namespace baseline {

void fillNoise(NoiseKey key, std::uint32_t high, std::uint32_t low, Tile& noise)
{
    fillNoiseBody(key, high, low, noise);
}
void roundTile(const Frame* sound, const Tile& noise, Tile& rounded)
{
    for (std::size_t j = 0; j < tileFrames; ++j) {
        rounded[2 * j] = nearestEven(sound[j].left * fullScale + noise[2 * j]);
        rounded[2 * j + 1] = nearestEven(sound[j].right * fullScale + noise[2 * j + 1]);
    }
}
bool narrowTile(const Tile& rounded, TileValues& values) { return narrowTileBody(rounded, values); }
void applyGain(double gain, Block block) { applyGainBody(gain, block); }
void unpack16(const std::byte* from, Block out) { unpackBody<2>(from, out); }
void unpack24(const std::byte* from, Block out) { unpackBody<3>(from, out); }
SampleFacts look(std::span<const double> samples) { return lookAtEach(samples, {}); }
RunFacts survey(std::span<const Frame> frames)
{
    FourRuns runs;
    runs.takeEach(frames);
    return runs.together();
}

constexpr Kernels all{"baseline", fillNoise, roundTile, narrowTile, applyGain,
                      unpack16,   unpack24,  look,      survey};

} // namespace baseline

#if SEGUE_HAS_V3
namespace v3 {

SEGUE_V3 void fillNoise(NoiseKey key, std::uint32_t high, std::uint32_t low, Tile& noise)
{
    fillNoiseBody(key, high, low, noise);
}
// Product and sum apart: fused they would give other bits.
SEGUE_V3 void roundTile(const Frame* sound, const Tile& noise, Tile& rounded)
{
    const __m256d scale = _mm256_set1_pd(fullScale), trick = _mm256_set1_pd(roundingTrick);
    for (std::size_t j = 0; j < tileSamples; j += 4) {
        const __m256d scaled = _mm256_mul_pd(_mm256_loadu_pd(&sound[j / 2].left), scale);
        const __m256d wanted = _mm256_add_pd(scaled, _mm256_loadu_pd(&noise[j]));
        _mm256_storeu_pd(&rounded[j], _mm256_sub_pd(_mm256_add_pd(wanted, trick), trick));
    }
}

// narrowTileBody(), eight at a time: what had to be clamped is compared on the way.
SEGUE_V3 bool narrowTile(const Tile& rounded, TileValues& values)
{
    const __m256d low = _mm256_set1_pd(lowest16), high = _mm256_set1_pd(highest16);
    __m256d clamped = _mm256_setzero_pd();
    for (std::size_t j = 0; j < tileSamples; j += 8) {
        const __m256d a = _mm256_loadu_pd(&rounded[j]), b = _mm256_loadu_pd(&rounded[j + 4]);
        // Of a NaN the maximum is its second operand.
        const __m256d fitsA = _mm256_min_pd(_mm256_max_pd(a, low), high);
        const __m256d fitsB = _mm256_min_pd(_mm256_max_pd(b, low), high);
        clamped = _mm256_or_pd(clamped, _mm256_cmp_pd(fitsA, a, _CMP_NEQ_UQ));
        clamped = _mm256_or_pd(clamped, _mm256_cmp_pd(fitsB, b, _CMP_NEQ_UQ));
        const __m128i eight = _mm_packs_epi32(_mm256_cvttpd_epi32(fitsA), _mm256_cvttpd_epi32(fitsB));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(&values[j]), eight);
    }
    return _mm256_movemask_pd(clamped) == 0;
}
SEGUE_V3 void applyGain(double gain, Block block) { applyGainBody(gain, block); }
SEGUE_V3 void unpack16(const std::byte* from, Block out) { unpackBody<2>(from, out); }

// The compiler makes no vectors of samples of three bytes: two frames at a time, each sample moved to the top
// of its 32 bits.
SEGUE_V3 void unpack24(const std::byte* from, Block out)
{
    constexpr char zero = -1;
    const __m128i order = _mm_setr_epi8(zero, 0, 1, 2, zero, 3, 4, 5, zero, 6, 7, 8, zero, 9, 10, 11);
    const __m256d scale = _mm256_set1_pd(0x1p-31);
    // 16 bytes are loaded of which 12 are used; the last frames must not read beyond their end.
    std::size_t at = 0;
    for (; at + 3 <= out.size(); at += 2) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + 6 * at));
        const __m256d samples = _mm256_cvtepi32_pd(_mm_shuffle_epi8(bytes, order));
        _mm256_storeu_pd(&out[at].left, _mm256_mul_pd(samples, scale));
    }
    unpackBody<3>(from + 6 * at, out.subspan(at));
}

// lookAtEach(), eight at a time: masks of what was wrong in any, the largest, and of the high words the
// lowest, which is a negative zero's if there is one.
SEGUE_V3 SampleFacts look(std::span<const double> samples)
{
    const __m256d sign = _mm256_set1_pd(-0.0), trick = _mm256_set1_pd(roundingTrick);
    __m256d peak = _mm256_setzero_pd(), notNumber = _mm256_setzero_pd(), odd = _mm256_setzero_pd();
    __m256i lowest = _mm256_setzero_si256();
    constexpr std::size_t together = 8;
    std::size_t at = 0;
    const auto next = [&]() SEGUE_V3 __attribute__((always_inline)) {
        const __m256d a = _mm256_loadu_pd(&samples[at]), b = _mm256_loadu_pd(&samples[at + 4]);
        notNumber = _mm256_or_pd(notNumber, _mm256_cmp_pd(a, b, _CMP_UNORD_Q));
        // Of a NaN the maximum is its second operand.
        peak = _mm256_max_pd(_mm256_andnot_pd(sign, a), peak);
        peak = _mm256_max_pd(_mm256_andnot_pd(sign, b), peak);
        const __m256 high = _mm256_shuffle_ps(_mm256_castpd_ps(a), _mm256_castpd_ps(b), 0xDD);
        lowest = _mm256_min_epi32(_mm256_castps_si256(high), lowest);
    };
    // Whether all are 16 bit is asked as long as they are: most sounds say no at once.
    constexpr std::size_t between = 256;
    for (; at + together <= samples.size(); at += together) {
        if (at % between == 0 && _mm256_movemask_pd(odd) != 0) break;
        next();
        for (const std::size_t i : {at, at + 4}) {
            const __m256d scaled = _mm256_mul_pd(_mm256_loadu_pd(&samples[i]), _mm256_set1_pd(fullScale));
            const __m256d whole = _mm256_sub_pd(_mm256_add_pd(scaled, trick), trick);
            odd = _mm256_or_pd(odd, _mm256_cmp_pd(whole, scaled, _CMP_NEQ_UQ));
            odd = _mm256_or_pd(odd, _mm256_cmp_pd(scaled, _mm256_set1_pd(lowest16), _CMP_NGE_UQ));
            odd = _mm256_or_pd(odd, _mm256_cmp_pd(scaled, _mm256_set1_pd(highest16), _CMP_NLE_UQ));
        }
    }
    for (; at + together <= samples.size(); at += together) next();
    std::array<double, 4> peaks;
    _mm256_storeu_pd(peaks.data(), peak);
    const double most = std::ranges::max(peaks);
    // Rare, and then the largest finite one counts.
    if (_mm256_movemask_pd(notNumber) != 0 || most > std::numeric_limits<double>::max())
        return lookAtEach(samples, {});
    const __m256i zero = _mm256_cmpeq_epi32(lowest, _mm256_set1_epi32(std::numeric_limits<int>::min()));
    return lookAtEach(samples.subspan(at), {.peak = most,
                                            .sixteenBit = _mm256_movemask_pd(odd) == 0,
                                            .negativeZeros = _mm256_movemask_epi8(zero) != 0});
}

// FourRuns, two runs in each register.
SEGUE_V3 RunFacts survey(std::span<const Frame> frames)
{
    FourRuns runs;
    __m256d low0 = _mm256_loadu_pd(&runs.low[0].left), low2 = low0;
    __m256d high0 = _mm256_loadu_pd(&runs.high[0].left), high2 = high0;
    __m256d energy0 = _mm256_setzero_pd(), energy2 = energy0;
    std::size_t at = 0;
    for (; at + 4 <= frames.size(); at += 4) {
        const __m256d a = _mm256_loadu_pd(&frames[at].left), b = _mm256_loadu_pd(&frames[at + 2].left);
        low0 = _mm256_min_pd(a, low0);
        low2 = _mm256_min_pd(b, low2);
        high0 = _mm256_max_pd(a, high0);
        high2 = _mm256_max_pd(b, high2);
        energy0 = _mm256_add_pd(energy0, _mm256_mul_pd(a, a));
        energy2 = _mm256_add_pd(energy2, _mm256_mul_pd(b, b));
    }
    _mm256_storeu_pd(&runs.low[0].left, low0);
    _mm256_storeu_pd(&runs.low[2].left, low2);
    _mm256_storeu_pd(&runs.high[0].left, high0);
    _mm256_storeu_pd(&runs.high[2].left, high2);
    _mm256_storeu_pd(&runs.energy[0].left, energy0);
    _mm256_storeu_pd(&runs.energy[2].left, energy2);
    runs.takeEach(frames.subspan(at));
    return runs.together();
}

constexpr Kernels all{"x86-64-v3", fillNoise, roundTile, narrowTile, applyGain,
                      unpack16,    unpack24,  look,      survey};

} // namespace v3

constexpr std::array known{baseline::all, v3::all};
#else
constexpr std::array known{baseline::all};
#endif

constinit KernelChoice<Kernels> choice{known};

} // namespace

std::span<const Kernels> runnableKernels() { return choice.runnable(); }
const Kernels& kernels() { return choice.chosen(); }
void forceKernels(const Kernels* forced) { choice.force(forced); }

} // namespace segue
