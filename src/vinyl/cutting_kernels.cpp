#include "vinyl/cutting_kernels.h"

#include "audio/kernels.h"
#include "core/instruction_sets.h"

#include <algorithm>
#include <cstring>
#include <string_view>

// Vectors of 32 bytes are passed between inlined functions only.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace segue::vinyl {

namespace {

/// Two frames, and eight samples of one channel.
using Pair = double __attribute__((vector_size(32)));
using Eight = float __attribute__((vector_size(32)));
using Four = float __attribute__((vector_size(16)));

template <class Vector, class T>
SEGUE_BODY Vector load(const T* from)
{
    Vector v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
template <class Vector, class T>
SEGUE_BODY void store(T* to, Vector v)
{
    std::memcpy(static_cast<void*>(to), &v, sizeof v);
}
SEGUE_BODY Pair both(double v) { return Pair{v, v, v, v}; }
SEGUE_BODY Eight all(float v) { return Eight{v, v, v, v, v, v, v, v}; }
template <class Vector>
SEGUE_BODY Vector higher(Vector a, Vector b)
{
    return a > b ? a : b;
}
template <class Vector>
SEGUE_BODY Vector lower(Vector a, Vector b)
{
    return a < b ? a : b;
}

// Four frames of doubles to one row of floats each.
SEGUE_BODY void apart(const Frame* from, Four& left, Four& right)
{
    const Four a = __builtin_convertvector(load<Pair>(from), Four);
    const Four b = __builtin_convertvector(load<Pair>(from + 2), Four);
    left = __builtin_shufflevector(a, b, 0, 2, 4, 6);
    right = __builtin_shufflevector(a, b, 1, 3, 5, 7);
}

// Of two pairs that follow each other: the second frame of the one, the first of the other.
SEGUE_BODY Pair oneFrameBack(Pair earlier, Pair later)
{
    return __builtin_shufflevector(earlier, later, 2, 3, 4, 5);
}

SEGUE_BODY float sumOf(Eight v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

SEGUE_BODY BlockSums spreadBody(CuttingBuffers& b, std::size_t frames)
{
    Eight ll = all(0), rr = all(0), lr = all(0);
    const Frame* input = &b.input[pastFrames];
    float* left = &b.left[pastFrames];
    float* right = &b.right[pastFrames];
    for (std::size_t i = 0; i < frames; i += groupFrames) {
        Four l0, r0, l1, r1;
        apart(input + i, l0, r0);
        apart(input + i + 4, l1, r1);
        const Eight l = __builtin_shufflevector(l0, l1, 0, 1, 2, 3, 4, 5, 6, 7);
        const Eight r = __builtin_shufflevector(r0, r1, 0, 1, 2, 3, 4, 5, 6, 7);
        store(left + i, l);
        store(right + i, r);
        ll = ll + l * l;
        rr = rr + r * r;
        lr = lr + l * r;
    }
    return {.leftLeft = static_cast<double>(sumOf(ll)),
            .rightRight = static_cast<double>(sumOf(rr)),
            .leftRight = static_cast<double>(sumOf(lr))};
}

// Both recursions are written for every second frame, so that two frames go together and neither waits for
// the one before: numerator and denominator are multiplied by the denominator at -z.
SEGUE_BODY void displaceBody(const CuttingFilter& f, CuttingBuffers& b, std::size_t frames)
{
    const Pair low0 = both(f.lowFeed), low1 = both(f.lowFeed * (1 + f.lowPole)),
               low2 = both(f.lowFeed * f.lowPole), lowBack = both(f.lowPole * f.lowPole);
    const Pair now = both(f.direct + f.wave), before = both(f.wave - f.direct), slow = both(f.slow);
    const Pair feed1 = both(1 + f.back1), feed2 = both(f.back1 + f.back2), feed3 = both(f.back2);
    const Pair back2 = both(f.back1 * f.back1 - 2 * f.back2), back4 = both(f.back2 * f.back2);
    // What was just stored is not loaded again at another offset: that would wait for the store.
    Pair low = load<Pair>(&b.low[pastFrames - 2]);
    Pair g2 = load<Pair>(&b.feed[pastFrames - 2]), g4 = load<Pair>(&b.feed[pastFrames - 4]);
    Pair d2 = load<Pair>(&b.displacement[pastFrames - 2]), d4 = load<Pair>(&b.displacement[pastFrames - 4]);
    const Frame* input = &b.input[pastFrames];
    Frame* lows = &b.low[pastFrames];
    Frame* displacement = &b.displacement[pastFrames];
    for (std::size_t i = 0; i < frames; i += 2) {
        const Pair x0 = load<Pair>(input + i), x1 = load<Pair>(input + i - 1), x2 = load<Pair>(input + i - 2);
        const Pair lowBefore = low;
        low = lowBack * low + (low0 * x0 + low1 * x1 + low2 * x2);
        store(lows + i, low);
        const Pair g0 = now * x0 + before * x1 + slow * (low + oneFrameBack(lowBefore, low));
        const Pair d0 = back2 * d2 +
                        (((g0 - feed1 * oneFrameBack(g2, g0)) + (feed2 * g2 - feed3 * oneFrameBack(g4, g2))) -
                         back4 * d4);
        store(displacement + i, d0);
        g4 = g2;
        g2 = g0;
        d4 = d2;
        d2 = d0;
    }
    store(&b.feed[pastFrames - 4], g4); // advance() leaves them where they are
    store(&b.feed[pastFrames - 2], g2);
    float* lowLeft = &b.lowLeft[pastFrames];
    float* lowRight = &b.lowRight[pastFrames];
    for (std::size_t i = 0; i < frames; i += 4) {
        Four left, right;
        apart(lows + i, left, right);
        store(lowLeft + i, left);
        store(lowRight + i, right);
    }
}

SEGUE_BODY DisplacementFacts surveyBody(const Frame* displacement, std::size_t frames)
{
    Pair low = both(1e300), high = both(-1e300), vertical = both(0), most = both(0), least = both(0);
    for (std::size_t i = 0; i < frames; i += 2) {
        const Pair d = load<Pair>(displacement + i);
        const Pair other = __builtin_shufflevector(d, d, 1, 0, 3, 2);
        const Pair sum = other + d, difference = other - d; // right - left, left - right
        low = lower(d, low);
        high = higher(d, high);
        vertical = higher(difference, vertical);
        most = higher(sum, most);
        least = lower(sum, least);
    }
    return {.low = {std::min(low[0], low[2]), std::min(low[1], low[3])},
            .high = {std::max(high[0], high[2]), std::max(high[1], high[3])},
            .deeper = std::max(vertical[0], vertical[2]),
            .shallower = std::max(vertical[1], vertical[3]),
            .lateral = std::max(std::max(most[0], most[2]), -std::min(least[0], least[2]))};
}

// One curve at a time: so the taps stay in registers.
SEGUE_BODY void velocityRow(const CuttingFilter& f, const float* x, const float* low, float* out,
                            std::size_t frames)
{
    std::array<Eight, CuttingFilter::velocityTaps> taps;
    for (std::size_t k = 0; k < taps.size(); ++k) taps[k] = all(static_cast<float>(f.velocity[k]));
    const Eight lowTap = all(static_cast<float>(f.velocityLow));
    constexpr std::size_t half = CuttingFilter::velocityTaps / 2;
    for (std::size_t i = 0; i < frames; i += groupFrames) {
        Eight even = taps[0] * load<Eight>(x + i), odd = taps[1] * load<Eight>(x + i - 1);
        for (std::size_t k = 2; k < taps.size(); k += 2) {
            even = even + taps[k] * load<Eight>(x + i - k);
            odd = odd + taps[k + 1] * load<Eight>(x + i - k - 1);
        }
        const Eight lows = load<Eight>(low + i - (half - 1)) + load<Eight>(low + i - half);
        store(out + i, (even + odd) + lowTap * lows);
    }
}
SEGUE_BODY void accelerationRow(const CuttingFilter& f, const float* x, const float* low, float* out,
                                std::size_t frames)
{
    std::array<Eight, CuttingFilter::accelerationTaps> taps;
    for (std::size_t k = 0; k < taps.size(); ++k) taps[k] = all(static_cast<float>(f.acceleration[k]));
    const Eight lowTap = all(static_cast<float>(f.accelerationLow));
    for (std::size_t i = 0; i < frames; i += groupFrames) {
        Eight even = taps[0] * load<Eight>(x + i);
        Eight odd = lowTap * load<Eight>(low + i - CuttingFilter::accelerationDelay);
        for (std::size_t k = 1; k < taps.size(); k += 2) {
            odd = odd + taps[k] * load<Eight>(x + i - k);
            even = even + taps[k + 1] * load<Eight>(x + i - k - 1);
        }
        store(out + i, even + odd);
    }
}

SEGUE_BODY void accelerateBody(const CuttingFilter& f, CuttingBuffers& b, std::size_t frames)
{
    const std::size_t at = pastFrames;
    velocityRow(f, &b.left[at], &b.lowLeft[at], &b.velocityLeft[at], frames);
    velocityRow(f, &b.right[at], &b.lowRight[at], &b.velocityRight[at], frames);
    accelerationRow(f, &b.left[at], &b.lowLeft[at], &b.accelerationLeft[at], frames);
    accelerationRow(f, &b.right[at], &b.lowRight[at], &b.accelerationRight[at], frames);
    const float* left = &b.velocityLeft[at];
    const float* right = &b.velocityRight[at];
    float* lateral = &b.velocityLateral[at];
    for (std::size_t i = 0; i < frames; i += groupFrames)
        store(lateral + i, load<Eight>(left + i) + load<Eight>(right + i));
}

SEGUE_BODY Eight sizeOf(Eight v) { return higher(v, all(0) - v); }
// Two at a time: neither waits for the other.
SEGUE_BODY float largestBody(const float* values, std::size_t count)
{
    Eight even = all(0), odd = all(0);
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        even = higher(sizeOf(load<Eight>(values + i)), even);
        odd = higher(sizeOf(load<Eight>(values + i + 8)), odd);
    }
    if (i < count) even = higher(sizeOf(load<Eight>(values + i)), even);
    const Eight most = higher(even, odd);
    const Four half = higher(__builtin_shufflevector(most, most, 0, 1, 2, 3),
                             __builtin_shufflevector(most, most, 4, 5, 6, 7));
    return std::max(std::max(half[0], half[1]), std::max(half[2], half[3]));
}
SEGUE_BODY std::size_t placeOfBody(const float* values, std::size_t count, float size)
{
    using Mask = std::int32_t __attribute__((vector_size(32)));
    using Bits = std::int64_t __attribute__((vector_size(32)));
    const Eight wanted = all(size);
    const auto same = [&](std::size_t at) { return Mask{sizeOf(load<Eight>(values + at)) == wanted}; };
    std::size_t i = 0;
    for (; i + 32 < count; i += 32) {
        const Mask any = (same(i) | same(i + 8)) | (same(i + 16) | same(i + 24));
        const Bits bits = load<Bits>(&any);
        if (((bits[0] | bits[1]) | (bits[2] | bits[3])) != 0) break;
    }
    while (i + 1 < count && values[i] != size && values[i] != -size) ++i;
    return i;
}
SEGUE_BODY float sumOfSquaresBody(const float* values, std::size_t count)
{
    Eight sum = all(0);
    for (std::size_t i = 0; i < count; i += 8) {
        const Eight v = load<Eight>(values + i);
        sum = sum + v * v;
    }
    return sumOf(sum);
}
SEGUE_BODY std::array<float, 8> eightSumsBody(std::span<const std::array<float, 8>> taps, const float* at)
{
    Eight sum = all(0);
    for (std::size_t k = 0; k < taps.size(); ++k) sum = sum + load<Eight>(taps[k].data()) * all(at[k]);
    std::array<float, 8> sums;
    store(sums.data(), sum);
    return sums;
}

SEGUE_BODY void reduceBody(const float* taps, const CuttingBuffers& b, std::size_t frames, Frame* out)
{
    std::array<Eight, reductionTaps / 8> t;
    for (std::size_t k = 0; k < t.size(); ++k) t[k] = load<Eight>(taps + 8 * k);
    for (std::size_t i = reduction; i <= frames; i += reduction, ++out) {
        // The newest frame of the sixteen is the last the taps reach.
        const float* left = &b.left[pastFrames + i - reductionTaps];
        const float* right = &b.right[pastFrames + i - reductionTaps];
        Eight l = t[0] * load<Eight>(left), r = t[0] * load<Eight>(right);
        for (std::size_t k = 1; k < t.size(); ++k) {
            l = l + t[k] * load<Eight>(left + 8 * k);
            r = r + t[k] * load<Eight>(right + 8 * k);
        }
        *out = {static_cast<double>(sumOf(l)), static_cast<double>(sumOf(r))};
    }
}

// One set of functions of each instruction set, made from the bodies above.
// NOLINTBEGIN(bugprone-macro-parentheses): a target is an attribute, and stands alone
#define SEGUE_SET(space, target, label)                                                                      \
    namespace space {                                                                                        \
    target BlockSums spread(CuttingBuffers& b, std::size_t n) { return spreadBody(b, n); }                   \
    target void displace(const CuttingFilter& f, CuttingBuffers& b, std::size_t n)                           \
    {                                                                                                        \
        displaceBody(f, b, n);                                                                               \
    }                                                                                                        \
    target DisplacementFacts survey(const Frame* d, std::size_t n) { return surveyBody(d, n); }              \
    target void accelerate(const CuttingFilter& f, CuttingBuffers& b, std::size_t n)                         \
    {                                                                                                        \
        accelerateBody(f, b, n);                                                                             \
    }                                                                                                        \
    target float largest(const float* v, std::size_t n) { return largestBody(v, n); }                        \
    target std::size_t placeOf(const float* v, std::size_t n, float m) { return placeOfBody(v, n, m); }      \
    target float sumOfSquares(const float* v, std::size_t n) { return sumOfSquaresBody(v, n); }              \
    target std::array<float, 8> eightSums(std::span<const std::array<float, 8>> taps, const float* at)       \
    {                                                                                                        \
        return eightSumsBody(taps, at);                                                                      \
    }                                                                                                        \
    target void reduce(const float* t, const CuttingBuffers& b, std::size_t n, Frame* out)                   \
    {                                                                                                        \
        reduceBody(t, b, n, out);                                                                            \
    }                                                                                                        \
    constexpr CuttingKernels set{label,   spread,  displace,     survey,    accelerate,                      \
                                 largest, placeOf, sumOfSquares, eightSums, reduce};                         \
    }

SEGUE_SET(baseline, , "baseline")
#if SEGUE_HAS_V3
SEGUE_SET(v3, SEGUE_V3, "x86-64-v3")
#endif
#undef SEGUE_SET
// NOLINTEND(bugprone-macro-parentheses)

/// \tparam kept how many anybody looks at
template <std::size_t kept, class T>
void keepLast(std::vector<T>& buffer, std::size_t frames)
{
    static_assert(kept <= pastFrames);
    T* const end = buffer.data() + pastFrames;
    std::memmove(static_cast<void*>(end - kept), end - kept + frames, kept * sizeof(T));
}

} // namespace

CuttingBuffers::CuttingBuffers(std::size_t mostFrames)
    : input(pastFrames + mostFrames), low(input.size()), displacement(input.size()), feed(pastFrames),
      left(input.size()), right(input.size()), lowLeft(input.size()), lowRight(input.size()),
      velocityLeft(input.size()), velocityRight(input.size()), velocityLateral(input.size()),
      accelerationLeft(input.size()), accelerationRight(input.size())
{
}

void CuttingBuffers::advance(std::size_t frames)
{
    // Of the recursions: four frames. Of the curves: what a peak at the first place looked at reaches.
    constexpr std::size_t recursion = 4, taps = 16, peaks = peakLag + peakReach + 4;
    static_assert(taps >= CuttingFilter::velocityTaps && taps >= CuttingFilter::accelerationTaps);
    for (std::vector<Frame>* buffer : {&input, &low, &displacement}) keepLast<recursion>(*buffer, frames);
    for (std::vector<float>* buffer : {&left, &right}) keepLast<reductionTaps>(*buffer, frames);
    for (std::vector<float>* buffer : {&lowLeft, &lowRight}) keepLast<taps>(*buffer, frames);
    for (std::vector<float>* buffer :
         {&velocityLeft, &velocityRight, &velocityLateral, &accelerationLeft, &accelerationRight})
        keepLast<peaks>(*buffer, frames);
}

const CuttingKernels& cuttingKernels()
{
#if SEGUE_HAS_V3
    if (std::string_view{kernels().name} == v3::set.name) return v3::set;
#endif
    return baseline::set;
}

} // namespace segue::vinyl
