// 24 bit: what fits is copied, the rest dithered at 24 bit, whatever threads and blocks.

#include "audio/exact24.h"
#include "audio/quantise24.h"
#include "audio/sounding.h"
#include "support/fake_sound.h"
#include "support/sound_files.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

struct Rendered24 {
    std::vector<Pcm24Frame> frames{};
    RenderPlan plan{};
    RenderOutcome outcome{};
    std::string error{};
};

Rendered24 rendered24(const Studio& studio, RenderSettings settings, RenderWork work = {1, 4096})
{
    settings.bits = 24;
    const Piece piece = studio.piece();
    Rendered24 out{.plan = planRender(studio.album, piece,
                                      samplePlaces(studio.album, piece, settings.rate).length, settings)};
    out.frames.resize(static_cast<std::size_t>(out.plan.length.value()));
    auto done = renderPcm24(studio.album, piece, out.plan, settings,
                            mixOpener(studio.album, piece, out.plan, studio.opener()), work,
                            [&](SamplePos at, std::span<const Pcm24Frame> block) -> Status {
                                std::ranges::copy(block, out.frames.begin() + at.value());
                                return {};
                            });
    if (done)
        out.outcome = *done;
    else
        out.error = done.error().what;
    return out;
}

/// A 24-bit tone-like noise over two tracks, the second with a gain.
struct TwoTracks : Studio {
    TwoTracks()
    {
        track({clip(source(SampleCount{30'000}, noise24(1, 1), false))}, samples(100));
        track({clip(source(SampleCount{30'000}, noise24(2), false))}, samples(7)).gain.hand = Decibels{-1};
        for (const Source& s : album.sources) exact.push_back(s.id);
    }
    std::vector<SourceId> exact{};
};

std::int32_t value(double sample) { return static_cast<std::int32_t>(sample * fullScale24); }

} // namespace

TEST_CASE("sound that is exactly 24 bit arrives bit for bit, extremes included")
{
    const TwoTracks studio;
    const Rendered24 out = rendered24(studio, {.exact24 = studio.exact});
    REQUIRE(out.error.empty());
    const Formula formula = noise24(1, 1);
    for (std::int64_t i = 0; i < 30'000; ++i) {
        const Pcm24Frame& f = out.frames[static_cast<std::size_t>(100 + i)];
        const Frame in = formula(i);
        if (leftOf(f) != value(in.left) || rightOf(f) != value(in.right)) FAIL("sample " << i << " differs");
    }
    CHECK(std::ranges::count(out.plan.spans, RenderSpan::Kind::copied, &RenderSpan::kind) == 1);
    CHECK(std::all_of(out.frames.begin(), out.frames.begin() + 100,
                      [](const Pcm24Frame& f) { return f == Pcm24Frame{}; }));
}

TEST_CASE("a gain is dithered at 24 bit: the sound plus the documented noise, to the nearest")
{
    const TwoTracks studio;
    const Rendered24 out = rendered24(studio, {.seed = 5, .exact24 = studio.exact});
    REQUIRE(out.error.empty());
    const Formula formula = noise24(2);
    const double gain = Decibels{-1}.gain();
    const std::uint32_t noise = studio.album.tracks[1].origin.noise.value;
    for (std::int64_t i = 0; i < 30'000; ++i) {
        const Pcm24Frame& f = out.frames[static_cast<std::size_t>(30'107 + i)];
        const double wanted = formula(i).left * gain * 8'388'608 + tpdfNoise(5, noise, i, 0);
        if (std::abs(leftOf(f) - wanted) > 0.5) FAIL("sample " << i << " differs");
    }
}

TEST_CASE("a source that is not known to fit 24 bits is dithered, and the reason says so")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{5000}, constant(0.1, 0.2), false))});
    const Rendered24 out = rendered24(studio, {});
    REQUIRE(out.plan.spans.size() == 1);
    CHECK(out.plan.spans[0].kind == RenderSpan::Kind::dithered);
    CHECK(out.plan.spans[0].reason == SpanReason::notTwentyFourBit);
}

TEST_CASE("sixteen bits fit 24 without being asked about")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{5000}, noise16(4)))});
    const Rendered24 out = rendered24(studio, {});
    REQUIRE(out.plan.spans.size() == 1);
    CHECK(out.plan.spans[0].kind == RenderSpan::Kind::copied);
    for (std::int64_t i = 0; i < 5000; ++i)
        if (leftOf(out.frames[static_cast<std::size_t>(i)]) != value(noise16(4)(i).left))
            FAIL("sample " << i << " differs");
}

TEST_CASE("threads and block sizes change no bit of 24")
{
    const TwoTracks studio;
    const RenderSettings settings{.exact24 = studio.exact};
    const auto expected = rendered24(studio, settings).frames;
    for (const int threads : {1, 2, 5})
        for (const int block : {1, 333, 65'536})
            CHECK(rendered24(studio, settings, {threads, block}).frames == expected);
}

TEST_CASE("a copy that is none stops the render, and noise shaping has no business at 24 bit")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{500}, constant(0.1, 0.1), false))});
    CHECK(rendered24(studio, {.exact24 = {studio.album.sources[0].id}}).error.find("exactly 24 bit") !=
          std::string::npos);
    CHECK(rendered24(studio, {.dither = Dither::shapedLight}).error.find("16 bit") != std::string::npos);
}

TEST_CASE("what passes full scale is clamped and counted, by place and size")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{100}, constant(1.5, -0.5), false))}, samples(10));
    const Rendered24 out = rendered24(studio, {});
    REQUIRE(out.outcome.overs.size() == 1);
    CHECK(out.outcome.overs[0].beyond == 100);
    CHECK(out.outcome.overs[0].peak == 1.5);
    CHECK(out.outcome.overs[0].firstBeyond == SamplePos{10});
    CHECK(leftOf(out.frames[50]) == 8'388'607);
}

TEST_CASE("whether a file fits 24 bits is found in its samples where the format does not say it")
{
    const auto exact = [](const std::string& bytes) {
        auto file = openBytes(bytes);
        REQUIRE(file.has_value());
        const auto answer = isTwentyFourBitExact({}, **file);
        REQUIRE(answer.has_value());
        return *answer;
    };
    const auto floats = [](double last) {
        std::string samples;
        for (int i = 0; i < 6000; ++i)
            samples += le(std::bit_cast<std::uint32_t>(static_cast<float>(i) / 8'388'608), 4);
        samples += le(std::bit_cast<std::uint32_t>(static_cast<float>(last)), 4) + le(0, 4);
        return wav(samples, {.tag = 3, .bits = 32});
    };
    CHECK(exact(wav(std::string(600, '\x7b'), {.bits = 24})));
    CHECK(exact(floats(-1)));
    CHECK_FALSE(exact(floats(1)));       // one step above the highest value
    CHECK_FALSE(exact(floats(0x1p-24))); // half a step
    CHECK_FALSE(exact(wav(std::string(800, '\x7b'), {.bits = 32})));
    CHECK(exact(wav(std::string(800, '\0'), {.bits = 32})));
}
