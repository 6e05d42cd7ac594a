#include "measure/scan_kernels.h"

#include "core/instruction_sets.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>

namespace segue {

namespace {

using Doubles = double __attribute__((vector_size(32))); // two frames
using Floats = float __attribute__((vector_size(32)));   // four frames
using HalfFloats = float __attribute__((vector_size(16)));
using Bits = std::int32_t __attribute__((vector_size(32)));

constexpr std::size_t framesInVector = 4, blockVectors = 4; // and four doubles in one

/// Windowed sine cardinal as libebur128 1.2.6 has it: 49 taps, Hann window. Given in halves, since each
/// branch that is not the sample itself is symmetric, alone or together with its mirror.
double tap(int index, int factor)
{
    constexpr int taps = 49, middle = (taps - 1) / 2;
    const double x = std::numbers::pi * (index - middle) / factor;
    const double sinc = index == middle ? 1 : std::sin(x) / x;
    return sinc * 0.5 * (1 - std::cos(2 * std::numbers::pi * index / (taps - 1)));
}

/// Four times: branches 1 and 3 are each other's mirror. Their sum is symmetric and their difference
/// antisymmetric, and max(|a|, |b|) = (|a + b| + |a - b|) / 2: half the multiplications.
struct PeakTaps4 {
    std::array<float, 6> sum{}, difference{}, half{};
    float most = mostOf(4); ///< no value between samples is this many times the largest sample of its window
    static float mostOf(int factor)
    {
        double most = 0;
        for (int branch = 1; branch < factor; ++branch) {
            double all = 0;
            for (int i = branch; i < 49; i += factor) all += std::abs(tap(i, factor));
            most = std::max(most, all);
        }
        return static_cast<float>(most * 1.0001); // and the rounding of floats
    }
    PeakTaps4()
    {
        for (std::size_t k = 0; k < sum.size(); ++k) {
            const int at = 4 * static_cast<int>(k);
            sum[k] = static_cast<float>((tap(1 + at, 4) + tap(3 + at, 4)) / 2);
            difference[k] = static_cast<float>((tap(1 + at, 4) - tap(3 + at, 4)) / 2);
            half[k] = static_cast<float>(tap(2 + at, 4));
        }
    }
};
struct PeakTaps2 {
    std::array<float, 12> half{};
    float most = PeakTaps4::mostOf(2);
    PeakTaps2()
    {
        for (std::size_t k = 0; k < half.size(); ++k)
            half[k] = static_cast<float>(tap(1 + 2 * static_cast<int>(k), 2));
    }
};
const PeakTaps4 taps4;
const PeakTaps2 taps2;

SEGUE_BODY void load(Floats& into, const float* from) { std::memcpy(&into, from, sizeof into); }
SEGUE_BODY void makePositive(Floats& v)
{
    Bits bits;
    std::memcpy(&bits, &v, sizeof bits);
    bits &= 0x7FFF'FFFF;
    std::memcpy(&v, &bits, sizeof bits);
}
SEGUE_BODY void raise(Floats& highest, const Floats& v) { highest = v > highest ? v : highest; }
/// Of the left lanes and of the right ones.
SEGUE_BODY std::array<float, 2> highestOf(const Floats& v)
{
    std::array<float, 2> most{};
    for (std::size_t i = 0; i < 8; ++i) most[i % 2] = v[i] > most[i % 2] ? v[i] : most[i % 2];
    return most;
}
SEGUE_BODY std::array<double, 2> sumOf(const Floats& v)
{
    const auto lane = [&](std::size_t i) { return static_cast<double>(v[i]); };
    return {(lane(0) + lane(4)) + (lane(2) + lane(6)), (lane(1) + lane(5)) + (lane(3) + lane(7))};
}

SEGUE_BODY void toFloatsBody(std::span<const Frame> frames, float* out)
{
    const double* const from = &frames.data()->left;
    std::size_t i = 0;
    for (; i + framesInVector <= 2 * frames.size(); i += framesInVector) {
        Doubles wide;
        std::memcpy(&wide, from + i, sizeof wide);
        const HalfFloats narrow = __builtin_convertvector(wide, HalfFloats);
        std::memcpy(out + i, &narrow, sizeof narrow);
    }
    for (; i < 2 * frames.size(); ++i) out[i] = static_cast<float>(from[i]);
}

SEGUE_BODY FloatSums sumsBody(const float* samples, std::size_t frames)
{
    Floats energy{}, product{}, sum{}, highest{};
    for (std::size_t i = 0; i < frames; i += framesInVector) {
        Floats x;
        load(x, samples + 2 * i);
        const Floats swapped = __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6);
        energy += x * x;
        product += x * swapped;
        sum += x;
        makePositive(x);
        raise(highest, x);
    }
    return {
        .energy = sumOf(energy), .sum = sumOf(sum), .product = sumOf(product)[0], .peak = highestOf(highest)};
}

SEGUE_BODY void peak4At(const float* x, Floats& highest)
{
    Floats sum{}, difference{}, half{};
    for (std::size_t k = 0; k < 6; ++k) {
        Floats late, early;
        load(late, x - 2 * k);
        load(early, x - 2 * (11 - k));
        const Floats together = late + early, apart = late - early;
        sum += taps4.sum[k] * together;
        difference += taps4.difference[k] * apart;
        half += taps4.half[k] * together;
    }
    makePositive(sum);
    makePositive(difference);
    makePositive(half);
    raise(highest, sum + difference);
    raise(highest, half);
}

SEGUE_BODY void peak2At(const float* x, Floats& highest)
{
    Floats half{};
    for (std::size_t k = 0; k < 12; ++k) {
        Floats late, early;
        load(late, x - 2 * k);
        load(early, x - 2 * (23 - k));
        half += taps2.half[k] * (late + early);
    }
    makePositive(half);
    raise(highest, half);
}

/// The largest of 16 frames, of each channel in all its lanes.
SEGUE_BODY void highestOfBlock(Floats& most, const float* samples)
{
    most = Floats{};
    for (std::size_t i = 0; i < blockVectors; ++i) {
        Floats x;
        load(x, samples + 8 * i);
        makePositive(x);
        raise(most, x);
    }
    raise(most, __builtin_shufflevector(most, most, 4, 5, 6, 7, 0, 1, 2, 3));
    raise(most, __builtin_shufflevector(most, most, 2, 3, 0, 1, 6, 7, 4, 5));
}

/// Blocks of 16 frames of which none can pass what is known are left out. The last vector may take frames a
/// second time, or some of those before the first: none is missed.
template <int factor>
SEGUE_BODY std::array<float, 2> peakBody(const float* samples, std::size_t frames, std::array<float, 2> known)
{
    const float most = factor == 4 ? taps4.most : taps2.most;
    const Floats threshold{known[0], known[1], known[0], known[1], known[0], known[1], known[0], known[1]};
    Floats highest = threshold;
    const auto at = [&](const float* x) __attribute__((always_inline)) {
        if constexpr (factor == 4)
            peak4At(x, highest);
        else
            peak2At(x, highest);
    };
    constexpr std::size_t block = blockVectors * framesInVector;
    // A window reaches 11 or 23 frames back: into the block before, or into two.
    Floats before, longBefore, now;
    highestOfBlock(longBefore, samples - 4 * block);
    highestOfBlock(before, samples - 2 * block);
    std::size_t i = 0;
    for (; i + block <= frames; i += block) {
        highestOfBlock(now, samples + 2 * i);
        Floats near = now;
        raise(near, before);
        if constexpr (factor == 2) raise(near, longBefore);
        longBefore = before;
        before = now;
        if (near[0] * most <= known[0] && near[1] * most <= known[1]) continue;
        for (std::size_t v = 0; v < blockVectors; ++v) at(samples + 2 * i + 8 * v);
    }
    for (; i + framesInVector <= frames; i += framesInVector) at(samples + 2 * i);
    if (i < frames) at(samples + 2 * frames - 2 * framesInVector);
    return highestOf(highest);
}

/// Frame `i` of four sounds.
SEGUE_BODY void loadFrames(Floats& into, const float* a, const float* b, const float* c, const float* d,
                           std::int64_t i)
{
    // A frame of floats has the bits of a double; only moved, never computed with.
    std::array<double, 4> bits;
    std::memcpy(&bits[0], a + 2 * i, sizeof(double));
    std::memcpy(&bits[1], b + 2 * i, sizeof(double));
    std::memcpy(&bits[2], c + 2 * i, sizeof(double));
    std::memcpy(&bits[3], d + 2 * i, sizeof(double));
    const Doubles all{bits[0], bits[1], bits[2], bits[3]};
    std::memcpy(&into, &all, sizeof into);
}

SEGUE_BODY void weighBody(const KWeighting& filter, const std::array<const float*, stretchesInGroup>& from,
                          std::int64_t hop, std::array<WeightedStretch, stretchesInGroup>& out)
{
    const auto single = [](double v) { return static_cast<float>(v); };
    const float b0 = single(filter.shelf.b0), b1 = single(filter.shelf.b1), b2 = single(filter.shelf.b2);
    const float a1 = single(filter.shelf.a1), a2 = single(filter.shelf.a2);
    // The high pass as y = x - c1 s1 - c2 s2 with the sums s1 of y and s2 of s1: its poles lie so near to 1
    // that the usual coefficients, as floats, would move them; these do not lose a digit.
    const float c1 = single(2 + filter.highPass.a1), c2 = single(1 + filter.highPass.a1 + filter.highPass.a2);
    const float *const p0 = from[0], *const p1 = from[1], *const p2 = from[2], *const p3 = from[3];
    const float *const p4 = from[4], *const p5 = from[5], *const p6 = from[6], *const p7 = from[7];
    Floats ga1{}, ga2{}, gb1{}, gb2{}, sa1{}, sa2{}, sb1{}, sb2{};
    for (std::int64_t h = 0; h <= hopsInStretch; ++h)
        for (std::size_t step = 0; step < stepsInHop; ++step) {
            Floats energyA{}, energyB{};
            const std::int64_t end = h * hop + stepBegin(hop, step + 1);
            for (std::int64_t i = h * hop + stepBegin(hop, step); i < end; ++i) {
                Floats a, b;
                loadFrames(a, p0, p1, p2, p3, i);
                loadFrames(b, p4, p5, p6, p7, i);
                // The shelf, in transposed direct form.
                const Floats fa = b0 * a + ga1, fb = b0 * b + gb1;
                ga1 = (b1 * a + ga2) - a1 * fa;
                gb1 = (b1 * b + gb2) - a1 * fb;
                ga2 = b2 * a - a2 * fa;
                gb2 = b2 * b - a2 * fb;
                const Floats ya = (fa - c2 * sa2) - c1 * sa1, yb = (fb - c2 * sb2) - c1 * sb1;
                sa2 += sa1;
                sb2 += sb1;
                sa1 += ya;
                sb1 += yb;
                energyA += ya * ya;
                energyB += yb * yb;
            }
            if (h == 0) continue;
            const auto place = static_cast<std::size_t>(h - 1);
            for (std::size_t s = 0; s < 4; ++s) {
                out[s][place][step] = energyA[2 * s] + energyA[2 * s + 1];
                out[4 + s][place][step] = energyB[2 * s] + energyB[2 * s + 1];
            }
        }
}

SEGUE_BODY void bandsBody(const BandSplits& splits, const float* first, const float* second,
                          std::int64_t frames, std::int64_t counted,
                          std::array<std::array<StereoSums, 4>, 2>& out)
{
    const BandSplit s0 = splits[0], s1 = splits[1], s2 = splits[2];
    Doubles w01{}, w02{}, w11{}, w12{}, w21{}, w22{};
    std::array<Doubles, 4> energy{}, product{};
    // One loop for what is only filtered and one for what counts.
    const auto run = [&](std::int64_t begin, std::int64_t end, bool counts) __attribute__((always_inline)) {
        for (std::int64_t i = begin; i < end; ++i) {
            const HalfFloats samples{first[2 * i], first[2 * i + 1], second[2 * i], second[2 * i + 1]};
            const Doubles x = __builtin_convertvector(samples, Doubles);
            const Doubles w0 = (x - s0.a2 * w02) - s0.a1 * w01;
            const Doubles outer0 = w0 + w02, inner0 = w01 + w01;
            const Doubles low0 = s0.low * (outer0 + inner0), high0 = s0.high * (outer0 - inner0);
            w02 = w01, w01 = w0;
            const Doubles w1 = (high0 - s1.a2 * w12) - s1.a1 * w11;
            const Doubles outer1 = w1 + w12, inner1 = w11 + w11;
            const Doubles low1 = s1.low * (outer1 + inner1), high1 = s1.high * (outer1 - inner1);
            w12 = w11, w11 = w1;
            const Doubles w2 = (high1 - s2.a2 * w22) - s2.a1 * w21;
            const Doubles outer2 = w2 + w22, inner2 = w21 + w21;
            const Doubles low2 = s2.low * (outer2 + inner2), high2 = s2.high * (outer2 - inner2);
            w22 = w21, w21 = w2;
            if (!counts) continue;
            energy[0] += low0 * low0;
            energy[1] += low1 * low1;
            energy[2] += low2 * low2;
            energy[3] += high2 * high2;
            product[0] += low0 * __builtin_shufflevector(low0, low0, 1, 0, 3, 2);
            product[1] += low1 * __builtin_shufflevector(low1, low1, 1, 0, 3, 2);
            product[2] += low2 * __builtin_shufflevector(low2, low2, 1, 0, 3, 2);
            product[3] += high2 * __builtin_shufflevector(high2, high2, 1, 0, 3, 2);
        }
    };
    run(0, frames - counted, false);
    run(frames - counted, frames, true);
    for (std::size_t band = 0; band < 4; ++band)
        for (std::size_t sound = 0; sound < 2; ++sound)
            out[sound][band] = {{energy[band][2 * sound], energy[band][2 * sound + 1]},
                                product[band][2 * sound]};
}

namespace baseline {

void toFloats(std::span<const Frame> frames, float* out) { toFloatsBody(frames, out); }
FloatSums sums(const float* samples, std::size_t frames) { return sumsBody(samples, frames); }
std::array<float, 2> peak4(const float* samples, std::size_t frames, std::array<float, 2> known)
{
    return peakBody<4>(samples, frames, known);
}
std::array<float, 2> peak2(const float* samples, std::size_t frames, std::array<float, 2> known)
{
    return peakBody<2>(samples, frames, known);
}
void weigh(const KWeighting& filter, const std::array<const float*, stretchesInGroup>& from, std::int64_t hop,
           std::array<WeightedStretch, stretchesInGroup>& out)
{
    weighBody(filter, from, hop, out);
}
void bands(const BandSplits& splits, const float* first, const float* second, std::int64_t frames,
           std::int64_t counted, std::array<std::array<StereoSums, 4>, 2>& out)
{
    bandsBody(splits, first, second, frames, counted, out);
}

constexpr ScanKernels all{"baseline", toFloats, sums, peak4, peak2, weigh, bands};

} // namespace baseline

#if SEGUE_HAS_V3
namespace v3 {

SEGUE_V3 void toFloats(std::span<const Frame> frames, float* out) { toFloatsBody(frames, out); }
SEGUE_V3 FloatSums sums(const float* samples, std::size_t frames) { return sumsBody(samples, frames); }
SEGUE_V3 std::array<float, 2> peak4(const float* samples, std::size_t frames, std::array<float, 2> known)
{
    return peakBody<4>(samples, frames, known);
}
SEGUE_V3 std::array<float, 2> peak2(const float* samples, std::size_t frames, std::array<float, 2> known)
{
    return peakBody<2>(samples, frames, known);
}
SEGUE_V3 void weigh(const KWeighting& filter, const std::array<const float*, stretchesInGroup>& from,
                    std::int64_t hop, std::array<WeightedStretch, stretchesInGroup>& out)
{
    weighBody(filter, from, hop, out);
}
SEGUE_V3 void bands(const BandSplits& splits, const float* first, const float* second, std::int64_t frames,
                    std::int64_t counted, std::array<std::array<StereoSums, 4>, 2>& out)
{
    bandsBody(splits, first, second, frames, counted, out);
}

constexpr ScanKernels all{"x86-64-v3", toFloats, sums, peak4, peak2, weigh, bands};

} // namespace v3

constexpr std::array known{baseline::all, v3::all};
#else
constexpr std::array known{baseline::all};
#endif

constinit KernelChoice<ScanKernels> choice{known};

} // namespace

KWeighting kWeightingAt(SampleRate rate)
{
    // The analogue parameters that give the standard's table at 48 kHz.
    const auto prototype = [&](double hertz) { return std::tan(std::numbers::pi * hertz / rate.hertz()); };
    KWeighting k;
    {
        const double w = prototype(1681.974450955533), q = 0.7071752369554196, gain = 1.584864701130855;
        const double half = std::pow(gain, 0.4996667741545416), a0 = 1 + w / q + w * w;
        k.shelf = {.b0 = (gain + half * w / q + w * w) / a0,
                   .b1 = 2 * (w * w - gain) / a0,
                   .b2 = (gain - half * w / q + w * w) / a0,
                   .a1 = 2 * (w * w - 1) / a0,
                   .a2 = (1 - w / q + w * w) / a0};
    }
    {
        const double w = prototype(38.13547087602444), q = 0.5003270373238773, a0 = 1 + w / q + w * w;
        k.highPass = {.b0 = 1, .b1 = -2, .b2 = 1, .a1 = 2 * (w * w - 1) / a0, .a2 = (1 - w / q + w * w) / a0};
    }
    return k;
}

BandSplits bandSplitsAt(SampleRate rate)
{
    BandSplits splits;
    for (std::size_t i = 0; i < splits.size(); ++i) {
        const double edge = std::min(bandEdges[i] / rate.hertz(), 0.49);
        const double w = std::tan(std::numbers::pi * edge);
        const double a0 = 1 + std::numbers::sqrt2 * w + w * w;
        splits[i] = {.a1 = 2 * (w * w - 1) / a0,
                     .a2 = (1 - std::numbers::sqrt2 * w + w * w) / a0,
                     .low = w * w / a0,
                     .high = 1 / a0};
    }
    return splits;
}

std::span<const ScanKernels> runnableScanKernels() { return choice.runnable(); }
const ScanKernels& scanKernels() { return choice.chosen(); }
void forceScanKernels(const ScanKernels* forced) { choice.force(forced); }

} // namespace segue
