// Velocity, acceleration and displacement of tones, against calculation.

#include "vinyl/cutting_curves.h"

#include "audio/kernels.h"
#include "support/album_builder.h"
#include "support/vinyl_sounds.h"
#include "vinyl/cutting_kernels.h"

#include <doctest/doctest.h>

#include <cstring>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr double six = 6;

template <class T>
bool sameBytes(const std::vector<T>& a, const std::vector<T>& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
bool same(const CuttingCurves& a, const CuttingCurves& b)
{
    return sameBytes(a.segments, b.segments) && sameBytes(a.blocks, b.blocks) &&
           sameBytes(a.windows, b.windows);
}

// Loud, wide, full of edges.
Formula rough()
{
    return [noise = noise24(7, 0.5)](std::int64_t at) {
        const Frame n = noise(at);
        const double bass = 0.3 * std::sin(2 * std::numbers::pi * 55 * static_cast<double>(at) / 44'100);
        return Frame{n.left * 0.5 + bass, n.right * 0.5 - bass * (at / 100'000 % 2 == 0 ? 1.0 : -1.0)};
    };
}

} // namespace

TEST_CASE("a 1 kHz sine at the reference moves each channel with 5 cm/s and the groove 11.25 um")
{
    const Peaks lateral = peaksOf(curvesOf(six, tone(1000, -14)));
    CHECK(within(lateral.velocity, 5.0, 1));
    CHECK(within(lateral.lateralVelocity, 7.071, 1));
    CHECK(within(lateral.lateral, 11.25, 1));
    CHECK(lateral.vertical < 0.05);
    const Peaks vertical = peaksOf(curvesOf(six, tone(1000, -14, 44'100, 1, -1)));
    CHECK(within(vertical.vertical, 11.25, 1));
    CHECK(vertical.lateral < 0.05);
}

TEST_CASE("bass moves the groove by what calculation says")
{
    const Peaks antiphase = peaksOf(curvesOf(six, tone(100, -14, 44'100, 1, -1)));
    CHECK(within(antiphase.channel, 17.63, 1));
    CHECK(within(antiphase.vertical, 24.94, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(100, -20, 44'100, 1, -1))).vertical, 12.50, 1));
    const Peaks left = peaksOf(curvesOf(six, tone(100, -14, 44'100, 1, 0)));
    CHECK(within(left.lateral, 12.47, 1));
    CHECK(within(left.vertical, 12.47, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(50, -14))).lateral, 31.99, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(30, -14))).lateral, 44.11, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(150, -14, 44'100, 1, -1))).vertical, 23.00, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(300, -14, 44'100, 1, -1))).vertical, 19.95, 1));
    CHECK(within(peaksOf(curvesOf(six, tone(15, -30))).lateral, 12.54, 2));
}

TEST_CASE("treble is fast and sharply bent, at every rate and between the samples too")
{
    for (const int rate : {44'100, 48'000, 88'200, 96'000, 192'000}) {
        CAPTURE(rate);
        const Peaks p = peaksOf(curvesOf(2, tone(10'000, -14, rate), rate));
        CHECK(within(p.velocity, 24.30, 1));
        CHECK(within(p.lateralVelocity, 34.37, 1));
        CHECK(within(p.acceleration, 1557, 1));
    }
    // A quarter of the rate, where all samples may lie beside the peaks.
    const auto between = [](std::int64_t at) {
        const double v =
            0.2 * std::sin(std::numbers::pi / 2 * static_cast<double>(at % 4) + std::numbers::pi / 4);
        return Frame{v, v};
    };
    const double wanted = 0.2 * velocityAtFullScale({}, 0) * riaaGain(11'025) * 100;
    CHECK(within(peaksOf(curvesOf(2, between)).velocity, wanted, 1));
}

TEST_CASE("the same material gives the same curves at all rates")
{
    const auto material = [](int rate) {
        return [rate](std::int64_t at) {
            const double t = 2 * std::numbers::pi * static_cast<double>(at) / rate;
            const double v = 0.2 * std::sin(60 * t) + 0.1 * std::sin(700 * t) + 0.03 * std::sin(9000 * t);
            return Frame{v, 0.7 * v};
        };
    };
    const Peaks reference = peaksOf(curvesOf(3, material(192'000), 192'000));
    for (const int rate : {44'100, 48'000, 96'000}) {
        CAPTURE(rate);
        const Peaks p = peaksOf(curvesOf(3, material(rate), rate));
        CHECK(within(p.lateral, reference.lateral, 0.5));
        CHECK(within(p.channel, reference.channel, 0.5));
        CHECK(within(p.acceleration, reference.acceleration, 3));
    }
}

TEST_CASE("curves do not depend on threads or on how much is read at once")
{
    const CuttingCurves one = curvesOf(45, rough(), 44'100, Speed::rpm33, {.threads = 1});
    CHECK(one.notNumbers == 0);
    for (const std::size_t frames : {std::size_t{441}, std::size_t{1000}, std::size_t{100'000}}) {
        CAPTURE(frames);
        CHECK(same(one, curvesOf(45, rough(), 44'100, Speed::rpm33, {.threads = 3, .readFrames = frames})));
    }
    const CuttingCurves few = curvesOf(1, rough(), 44'100, Speed::rpm45, {.readFrames = 1});
    CHECK(same(few, curvesOf(1, rough(), 44'100, Speed::rpm45)));
}

TEST_CASE("curves have the same bits on every processor")
{
    const CuttingCurves fastest = curvesOf(3, rough());
    for (const Kernels& set : runnableKernels()) {
        CAPTURE(set.name);
        forceKernels(&set);
        CHECK(std::string_view{cuttingKernels().name} == set.name);
        const CuttingCurves forced = curvesOf(3, rough());
        forceKernels(nullptr);
        CHECK(same(fastest, forced));
    }
}

TEST_CASE("a file that begins in the middle of a wave makes no acceleration of its own")
{
    const CuttingCurves curves = curvesOf(3, constant(0.5, 0.5));
    CHECK(curves.first == Frame{0.5, 0.5});
    const Peaks p = peaksOf(curves);
    CHECK(p.acceleration < 0.1);
    CHECK(p.lateral < 1.0);
}

TEST_CASE("what is no number is counted and poisons nothing")
{
    const CuttingCurves curves = curvesOf(3, [sine = tone(1000, -14)](std::int64_t at) {
        return at == 50'000 ? Frame{std::nan(""), 0} : at == 60'000 ? Frame{0, INFINITY} : sine(at);
    });
    CHECK(curves.notNumbers == 2);
    const Peaks p = peaksOf(curves);
    CHECK(p.lateral > 11);
    CHECK(p.lateral < 30);
}

TEST_CASE("twice the gain is twice the movement")
{
    const CuttingCurves curves = curvesOf(six, tone(100, -14, 44'100, 1, -1));
    const double twice = 20 * std::log10(2.0);
    CHECK(within(peaksOf(curves, twice).vertical, 2 * peaksOf(curves).vertical, 0.1));
    CHECK(within(grooveOf(curves).shallowestFixed - grooveOf(curves, twice).shallowestFixed, 24.94, 1));
}

TEST_CASE("very short programmes have curves")
{
    for (const std::int64_t frames : {1, 2, 15, 16, 17, 441, 5000}) {
        CAPTURE(frames);
        const CuttingCurves curves = curvesOf(static_cast<double>(frames) / 44'100, tone(1000, -14));
        CHECK(curves.length.value() == frames);
        CHECK(!curves.segments.empty());
        CHECK(!curves.blocks.empty());
    }
    const auto none = measureCuttingCurves(
        []() -> Result<std::unique_ptr<SoundSource>> {
            return std::make_unique<FrameSound>(44'100, 0, tone(1000, -14));
        },
        Speed::rpm33);
    REQUIRE(!none);
}

TEST_CASE("the error of a source is the error of its curves, and a cancel is one")
{
    class Failing final : public SoundSource {
    public:
        [[nodiscard]] SampleRate rate() const override { return cdRate; }
        [[nodiscard]] SampleCount length() const override { return SampleCount{44'100 * 60}; }
        [[nodiscard]] Status read(SamplePos at, Block out) override
        {
            std::ranges::fill(out, Frame{});
            if (at.value() > 1'500'000 && at.value() < 2'000'000)
                return failure("The disk failed", "x.wav", ErrorKind::io);
            return {};
        }
    };
    const auto open = []() -> Result<std::unique_ptr<SoundSource>> { return std::make_unique<Failing>(); };
    const auto curves = measureCuttingCurves(open, Speed::rpm33);
    REQUIRE(!curves);
    CHECK(curves.error().kind == ErrorKind::io);
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled =
        measureCuttingCurves(open, Speed::rpm33, {.progress = {.report = {}, .stop = stop.get_token()}});
    REQUIRE(!cancelled);
    CHECK(cancelled.error().kind == ErrorKind::cancelled);
}
