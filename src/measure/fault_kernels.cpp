#include "measure/fault_kernels.h"

#include "core/instruction_sets.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#if SEGUE_HAS_V3
#include <immintrin.h>
#endif

namespace segue {

namespace {

// Of a NaN these give what was there, as the processor's own instructions do.
double lower(double x, double than) { return x < than ? x : than; }
double higher(double x, double than) { return x > than ? x : than; }
Frame lower(Frame x, Frame than) { return {lower(x.left, than.left), lower(x.right, than.right)}; }
Frame higher(Frame x, Frame than) { return {higher(x.left, than.left), higher(x.right, than.right)}; }

constexpr std::size_t channelLanes = 2 * highPassLanes;
using Lanes = std::array<float, channelLanes>;

namespace baseline {

// Even and odd frames are summed apart, as the vectors do.
void surveyTile(const Frame* frames, FaultTile& tile)
{
    std::array<Frame, 2> sum{}, energy{};
    std::array<double, 2> difference{};
    Frame lowest = frames[0], highest = lowest;
    for (std::size_t q = 0; q < 4; ++q) {
        std::array<Frame, 2> low{frames[0], frames[1]}, high = low;
        for (std::size_t i = 0; i < faultQuarterFrames; ++i) {
            const Frame f = frames[i];
            const std::size_t side = i % 2;
            low[side] = lower(f, low[side]);
            high[side] = higher(f, high[side]);
            sum[side] = {sum[side].left + f.left, sum[side].right + f.right};
            energy[side] = {energy[side].left + f.left * f.left, energy[side].right + f.right * f.right};
            const double d = f.left - f.right;
            difference[side] += d * d;
        }
        tile.low[q] = lower(low[0], low[1]);
        tile.high[q] = higher(high[0], high[1]);
        lowest = lower(tile.low[q], lowest);
        highest = higher(tile.high[q], highest);
        frames += faultQuarterFrames;
    }
    tile.peak = higher(Frame{-lowest.left, -lowest.right}, highest);
    tile.sum = {sum[0].left + sum[1].left, sum[0].right + sum[1].right};
    tile.energy = {energy[0].left + energy[1].left, energy[0].right + energy[1].right};
    tile.difference = difference[0] + difference[1];
}
void survey(const Frame* frames, std::span<FaultTile> tiles)
{
    for (FaultTile& tile : tiles) {
        surveyTile(frames, tile);
        frames += faultTileFrames;
    }
}

void highPeaks(const HighPass& filter, const Frame* frames, std::size_t warmUp, std::span<FaultTile> tiles)
{
    const std::size_t perLane = tiles.size() / highPassLanes;
    std::array<Lanes, 3> s1{}, s2{};
    const auto step = [&](const Frame* at) {
        Lanes x;
        for (std::size_t lane = 0; lane < highPassLanes; ++lane) {
            const Frame f = at[lane * perLane * faultTileFrames];
            x[2 * lane] = static_cast<float>(f.left);
            x[2 * lane + 1] = static_cast<float>(f.right);
        }
        for (std::size_t k = 0; k < 3; ++k) {
            const HighPass::Section& s = filter.sections[k];
            for (std::size_t j = 0; j < channelLanes; ++j) {
                const float y = x[j] + s1[k][j];
                s1[k][j] = (s.c * x[j] + s2[k][j]) - s.a1 * y;
                s2[k][j] = x[j] - s.a2 * y;
                x[j] = y;
            }
        }
        return x;
    };
    for (const Frame* f = frames - warmUp; f != frames; ++f) step(f);
    for (std::size_t t = 0; t < perLane; ++t) {
        Lanes peak{};
        for (std::size_t i = 0; i < faultTileFrames; ++i) {
            const Lanes y = step(frames + t * faultTileFrames + i);
            for (std::size_t j = 0; j < channelLanes; ++j) {
                const float size = std::fabs(y[j]);
                peak[j] = size > peak[j] ? size : peak[j];
            }
        }
        for (std::size_t lane = 0; lane < highPassLanes; ++lane)
            tiles[lane * perLane + t].highFrequency = {peak[2 * lane] * filter.gain,
                                                       peak[2 * lane + 1] * filter.gain};
    }
}

constexpr FaultKernels all{"baseline", survey, highPeaks};

} // namespace baseline

#if SEGUE_HAS_V3
namespace v3 {

SEGUE_V3 Frame firstOf(__m128d v)
{
    Frame f;
    _mm_storeu_pd(&f.left, v);
    return f;
}

SEGUE_V3 void surveyTile(const Frame* frames, FaultTile& tile)
{
    __m256d sum = _mm256_setzero_pd(), energy = sum, difference = sum;
    __m128d lowest = _mm_loadu_pd(&frames->left), highest = lowest;
    for (std::size_t q = 0; q < 4; ++q) {
        __m256d low = _mm256_loadu_pd(&frames->left), high = low;
        for (std::size_t i = 0; i < faultQuarterFrames; i += 2) {
            const __m256d x = _mm256_loadu_pd(&frames[i].left);
            low = _mm256_min_pd(x, low);
            high = _mm256_max_pd(x, high);
            sum = _mm256_add_pd(sum, x);
            energy = _mm256_add_pd(energy, _mm256_mul_pd(x, x));
            const __m256d d = _mm256_sub_pd(x, _mm256_permute_pd(x, 0b0101));
            difference = _mm256_add_pd(difference, _mm256_mul_pd(d, d));
        }
        const __m128d l = _mm_min_pd(_mm256_castpd256_pd128(low), _mm256_extractf128_pd(low, 1));
        const __m128d h = _mm_max_pd(_mm256_castpd256_pd128(high), _mm256_extractf128_pd(high, 1));
        tile.low[q] = firstOf(l);
        tile.high[q] = firstOf(h);
        lowest = _mm_min_pd(l, lowest);
        highest = _mm_max_pd(h, highest);
        frames += faultQuarterFrames;
    }
    const auto halves = [](__m256d v) SEGUE_V3 {
        return _mm_add_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd(v, 1));
    };
    tile.peak = firstOf(_mm_max_pd(_mm_xor_pd(lowest, _mm_set1_pd(-0.0)), highest));
    tile.sum = firstOf(halves(sum));
    tile.energy = firstOf(halves(energy));
    tile.difference = firstOf(halves(difference)).left;
}

SEGUE_V3 void survey(const Frame* frames, std::span<FaultTile> tiles)
{
    for (FaultTile& tile : tiles) {
        surveyTile(frames, tile);
        frames += faultTileFrames;
    }
}

struct Coefficients {
    __m256 c[3], a1[3], a2[3];
};
/// Of four lanes.
struct FilterState {
    __m256 s1[3], s2[3];
};
constexpr std::size_t groupLanes = 4, filterGroups = highPassLanes / groupLanes;

/// Each step is that of the baseline.
SEGUE_V3 inline __attribute__((always_inline)) __m256 step(const Coefficients& by, FilterState& f,
                                                           const Frame* at, std::size_t apart)
{
    const __m256d near = _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(&at->left)),
                                              _mm_loadu_pd(&at[apart].left), 1);
    const __m256d far = _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(&at[2 * apart].left)),
                                             _mm_loadu_pd(&at[3 * apart].left), 1);
    __m256 x = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(near)), _mm256_cvtpd_ps(far), 1);
    for (std::size_t k = 0; k < 3; ++k) {
        const __m256 y = _mm256_add_ps(x, f.s1[k]);
        f.s1[k] =
            _mm256_sub_ps(_mm256_add_ps(_mm256_mul_ps(by.c[k], x), f.s2[k]), _mm256_mul_ps(by.a1[k], y));
        f.s2[k] = _mm256_sub_ps(x, _mm256_mul_ps(by.a2[k], y));
        x = y;
    }
    return x;
}

SEGUE_V3 void highPeaks(const HighPass& filter, const Frame* frames, std::size_t warmUp,
                        std::span<FaultTile> tiles)
{
    const std::size_t perLane = tiles.size() / highPassLanes, apart = perLane * faultTileFrames;
    Coefficients by;
    // Two of them, since each step of one waits for the step before.
    static_assert(filterGroups == 2);
    FilterState a, b;
    for (std::size_t k = 0; k < 3; ++k) {
        by.c[k] = _mm256_set1_ps(filter.sections[k].c);
        by.a1[k] = _mm256_set1_ps(filter.sections[k].a1);
        by.a2[k] = _mm256_set1_ps(filter.sections[k].a2);
        a.s1[k] = a.s2[k] = b.s1[k] = b.s2[k] = _mm256_setzero_ps();
    }
    const std::size_t further = groupLanes * apart;
    for (const Frame* at = frames - warmUp; at != frames; ++at) {
        step(by, a, at, apart);
        step(by, b, at + further, apart);
    }
    const __m256 sign = _mm256_set1_ps(-0.0F);
    for (std::size_t t = 0; t < perLane; ++t) {
        __m256 peakA = _mm256_setzero_ps(), peakB = peakA;
        const Frame* at = frames + t * faultTileFrames;
        for (std::size_t i = 0; i < faultTileFrames; ++i, ++at) {
            peakA = _mm256_max_ps(_mm256_andnot_ps(sign, step(by, a, at, apart)), peakA);
            peakB = _mm256_max_ps(_mm256_andnot_ps(sign, step(by, b, at + further, apart)), peakB);
        }
        Lanes peaks;
        _mm256_storeu_ps(peaks.data(), peakA);
        _mm256_storeu_ps(peaks.data() + 2 * groupLanes, peakB);
        for (std::size_t lane = 0; lane < highPassLanes; ++lane)
            tiles[lane * perLane + t].highFrequency = {peaks[2 * lane] * filter.gain,
                                                       peaks[2 * lane + 1] * filter.gain};
    }
}

constexpr FaultKernels all{"x86-64-v3", survey, highPeaks};

} // namespace v3

constexpr std::array known{baseline::all, v3::all};
#else
constexpr std::array known{baseline::all};
#endif

constinit KernelChoice<FaultKernels> choice{known};

} // namespace

// The inverse Chebyshev low-pass prototype (stop band from 1 on) turned over to a high-pass and taken to z by
// the bilinear transform. Formulae: Zverev, Handbook of Filter Synthesis, 1967, chapter 3.
HighPass designHighPass(SampleRate rate, double edge)
{
    constexpr int order = 6;
    constexpr double stopDecibels = 50;
    using Complex = std::complex<double>;
    const double e = 1.0 / std::sqrt(std::pow(10.0, stopDecibels / 10) - 1);
    const double mu = std::asinh(1 / e) / order;
    // 3 dB are lost at 1 / cosh(acosh(1 / e) / order) of the stop band's edge; high-pass: its inverse.
    const double stop = std::cosh(std::acosh(1 / e) / order);
    const double warped = std::tan(std::numbers::pi * edge / rate.hertz());
    HighPass filter;
    double gain = 1;
    for (int k = 0; k < order / 2; ++k) {
        const double angle = std::numbers::pi * (2 * k + 1) / (2.0 * order);
        const Complex chebyshev{-std::sinh(mu) * std::sin(angle), std::cosh(mu) * std::cos(angle)};
        // Low-pass pole 1 / chebyshev and zero i / cos(angle), with the stop band at 1; the high-pass has
        // their inverses, scaled so that 3 dB are lost at `warped`.
        const double scale = warped / stop;
        const Complex pole = chebyshev * scale;
        const double zero = std::cos(angle) * scale;
        const Complex z = (1.0 + pole) / (1.0 - pole);
        const double turn = (1 - zero * zero) / (1 + zero * zero);
        auto& section = filter.sections[static_cast<std::size_t>(k)];
        section.c = static_cast<float>(-2 * turn);
        section.a1 = static_cast<float>(-2 * z.real());
        section.a2 = static_cast<float>(std::norm(z));
        // At half the rate (z = -1) the gain is 1.
        gain *= (1 + 2 * z.real() + std::norm(z)) / (2 + 2 * turn);
    }
    filter.gain = static_cast<float>(gain);
    return filter;
}

std::span<const FaultKernels> runnableFaultKernels() { return choice.runnable(); }
const FaultKernels& faultKernels() { return choice.chosen(); }
void forceFaultKernels(const FaultKernels* forced) { choice.force(forced); }

} // namespace segue
