#include "core/units.h"

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <limits>
#include <type_traits>

using namespace segue;

namespace {

template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
template <class A, class B>
concept Subtractable = requires(A a, B b) { a - b; };
template <class A, class B>
concept Comparable = requires(A a, B b) { a < b; };
template <class A, class B>
concept Multipliable = requires(A a, B b) { a* b; };

static_assert(Addable<SamplePos, SampleCount>);
static_assert(!Addable<SamplePos, SamplePos>);
static_assert(!Addable<SamplePos, CdFrameCount>);
static_assert(!Addable<SampleCount, Duration>);
static_assert(!Addable<SampleCount, int>);
static_assert(!Addable<Duration, CdFrameCount>);
static_assert(!Addable<Instant, Instant>);
static_assert(Subtractable<Instant, Instant>);
static_assert(!Subtractable<Instant, CdFramePos>);
static_assert(!Subtractable<SampleCount, SamplePos>);
static_assert(!Comparable<Duration, SampleCount>);
static_assert(!Comparable<SamplePos, SampleCount>);
static_assert(!Comparable<CdFramePos, int>);
static_assert(!Multipliable<Duration, int>);
static_assert(!Multipliable<Duration, Duration>);
static_assert(!std::convertible_to<std::int64_t, Duration>);
static_assert(!std::convertible_to<SampleCount, std::int64_t>);
static_assert(!std::convertible_to<CdFramePos, Instant>);
static_assert(!std::is_constructible_v<SampleCount, Duration>);
static_assert(!std::convertible_to<int, SampleRate>);
static_assert(std::same_as<decltype(Instant{} - Instant{}), Duration>);
static_assert(std::same_as<decltype(CdFramePos{} + CdFrameCount{}), CdFramePos>);

} // namespace

TEST_CASE("a sample at every usual rate is a whole number of flicks")
{
    constexpr std::array rates{8000,  11025, 12000, 16000, 22050,  24000,  32000,
                               44100, 48000, 88200, 96000, 176400, 192000, 352800};
    for (const int rate : rates) {
        CAPTURE(rate);
        CHECK(flicksPerSecond % rate == 0);
        CHECK(nearestDuration(SampleCount{1}, SampleRate{rate}).value() == flicksPerSecond / rate);
    }
    CHECK(flicksPerSecond % 384000 != 0); // the documented exception
}

TEST_CASE("a CD frame is 588 samples and 9,408,000 flicks")
{
    CHECK(durationOf(CdFrameCount{75}) == seconds(1));
    CHECK(nearestSamples(durationOf(CdFrameCount{1}), cdRate).value() == samplesPerCdFrame);
    CHECK(firstSample(CdFramePos{2}).value() == 1176);
    CHECK(frameContaining(SamplePos{1175}) == CdFramePos{1});
    CHECK(frameContaining(SamplePos{1176}) == CdFramePos{2});
}

TEST_CASE("rounding is by the name also below zero")
{
    const Instant justBefore{-1};
    CHECK(frameContaining(justBefore) == CdFramePos{-1});
    CHECK(frameAtOrAfter(justBefore) == CdFramePos{0});
    CHECK(frameContaining(instantOf(CdFramePos{-3})) == CdFramePos{-3});
    CHECK(frameAtOrAfter(instantOf(CdFramePos{7})) == CdFramePos{7});
    CHECK(frameAtOrAfter(instantOf(CdFramePos{7}) + Duration{1}) == CdFramePos{8});
    CHECK(wholeFramesIn(Duration{flicksPerCdFrame - 1}) == CdFrameCount{0});
    CHECK(wholeSamplesIn(Duration{-1}, cdRate) == SampleCount{-1});
    CHECK(samplesCovering(Duration{1}, cdRate) == SampleCount{1});
    CHECK(samplesCovering(Duration{-1}, cdRate) == SampleCount{0});
    CHECK(nearestSample(Instant{8000}, cdRate) == SamplePos{1});  // a half goes up
    CHECK(nearestSample(Instant{-8000}, cdRate) == SamplePos{0}); // towards later
    CHECK(nearestSample(Instant{-8001}, cdRate) == SamplePos{-1});
}

TEST_CASE("samples come back unchanged from the timeline at every usual rate")
{
    for (const int rate : {8000, 44100, 48000, 96000, 192000, 352800})
        for (const std::int64_t n :
             {std::int64_t{0}, std::int64_t{1}, std::int64_t{-588}, std::int64_t{1} << 40}) {
            CAPTURE(rate);
            CAPTURE(n);
            const SampleRate r{rate};
            CHECK(nearestSamples(nearestDuration(SampleCount{n}, r), r) == SampleCount{n});
            CHECK(nearestSample(nearestInstant(SamplePos{n}, r), r) == SamplePos{n});
        }
}

TEST_CASE("conversion is exact where the product needs more than 64 bits")
{
    const std::int64_t day = 86'400;
    CHECK(nearestSamples(seconds(day * 30), SampleRate{352800}).value() == day * 30 * 352800);
    CHECK(nearestDuration(SampleCount{day * 30 * 44100}, cdRate) == seconds(day * 30));
}

TEST_CASE("minute second and frame spell a CD position")
{
    CHECK(toMsf(CdFramePos{150}) == Msf{0, 2, 0});
    CHECK(toMsf(lastAddressableFrame) == Msf{99, 59, 74});
    CHECK(fromMsf({99, 59, 74}) == lastAddressableFrame);
    for (std::int64_t n = 0; n < 10'000; ++n) CHECK(fromMsf(toMsf(CdFramePos{n})) == CdFramePos{n});
    CHECK(lbaOf(CdFramePos{150}) == 0);
    CHECK(lbaOf(CdFramePos{0}) == -150);
}

TEST_CASE("counts and positions add and subtract")
{
    Instant at = Instant{10} + Duration{5};
    at += Duration{1};
    at -= Duration{6};
    CHECK(at == Instant{10});
    CHECK(Instant{3} - Instant{10} == Duration{-7});
    CHECK(-Duration{7} == Duration{-7});
    Duration sum = Duration{1} + Duration{2} - Duration{4};
    sum += Duration{3};
    sum -= Duration{1};
    CHECK(sum == Duration{1});
    CHECK(milliseconds(1500) == Duration{flicksPerSecond * 3 / 2});
    CHECK(Instant{1} < Instant{2});
}
