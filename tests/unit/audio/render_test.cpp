#include "audio/render.h"

#include "audio/fade_curve.h"
#include "audio/kernels.h"
#include "support/fake_sound.h"
#include "unit/audio/varied_album.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

std::vector<Pcm16Frame> part(const std::vector<Pcm16Frame>& frames, std::int64_t begin, std::int64_t end)
{
    return {frames.begin() + begin, frames.begin() + end};
}

Pcm16Frame frameOf(const Formula& formula, std::int64_t at)
{
    const Frame frame = formula(at);
    return {static_cast<std::int16_t>(frame.left * 32'768), static_cast<std::int16_t>(frame.right * 32'768)};
}

} // namespace

TEST_CASE("untouched 16-bit audio arrives bit for bit, whatever the gaps")
{
    for (const std::int64_t gap : {0, 1, 588, 44'099, 100'003}) {
        Studio studio;
        const Formula first = noise16(1), second = ramp16();
        studio.track({studio.clip(studio.source(SampleCount{20'000}, first))}, samples(gap));
        studio.track({studio.clip(studio.source(SampleCount{20'000}, second))}, samples(gap));
        const std::vector<Pcm16Frame> frames = rendered(studio);
        REQUIRE(std::ssize(frames) == 2 * (gap + 20'000));
        for (std::int64_t i = 0; i < std::ssize(frames); ++i) {
            const std::int64_t inside = i % (gap + 20'000) - gap;
            const Formula& formula = i < gap + 20'000 ? first : second;
            const Pcm16Frame expected = inside < 0 ? Pcm16Frame{} : frameOf(formula, inside);
            if (frames[static_cast<std::size_t>(i)] != expected) FAIL("sample " << i << " differs");
        }
    }
}

TEST_CASE("a swapped, a mono and a one-sided copy keep every sample too")
{
    const Formula formula = noise16(9);
    for (const ChannelMap map : {ChannelMap::swapped, ChannelMap::leftToBoth, ChannelMap::rightToBoth}) {
        Studio studio;
        studio.track({studio.clip(studio.source(SampleCount{3000}, formula))}).clips[0].map = map;
        const std::vector<Pcm16Frame> frames = rendered(studio);
        for (std::int64_t i = 0; i < 3000; ++i) {
            const Pcm16Frame in = frameOf(formula, i);
            const Pcm16Frame expected{map == ChannelMap::leftToBoth ? in.left : in.right,
                                      map == ChannelMap::rightToBoth ? in.right : in.left};
            if (frames[static_cast<std::size_t>(i)] != expected) FAIL("sample " << i << " differs");
        }
    }
}

TEST_CASE("gains that add up to 0 dB copy exactly, though their factors do not multiply to 1")
{
    Studio studio;
    const Formula formula = noise16(3);
    Track& track = studio.track({studio.clip(studio.source(SampleCount{5000}, formula))});
    track.clips[0].gain = Decibels{0.75};
    track.gain.hand = Decibels{-0.75};
    const std::vector<Pcm16Frame> frames = rendered(studio);
    for (std::int64_t i = 0; i < 5000; ++i)
        if (frames[static_cast<std::size_t>(i)] != frameOf(formula, i)) FAIL("sample " << i << " differs");
}

TEST_CASE("block size and threads change no bit, with any dither")
{
    const Studio studio = varied();
    for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        const RenderSettings settings{.dither = dither};
        const std::vector<Pcm16Frame> expected = rendered(studio, settings, {1, 65'536});
        for (const int threads : {1, 2, 8})
            for (const int block : {1, 7, 97, 588, 4096, 65'536}) {
                CAPTURE(threads);
                CAPTURE(block);
                CHECK(rendered(studio, settings, {threads, block}) == expected);
            }
    }
}

TEST_CASE("the build of the loops that a processor gets changes no bit, with any dither")
{
    const Studio studio = varied();
    for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        const RenderSettings settings{.dither = dither};
        const std::vector<Pcm16Frame> expected = rendered(studio, settings, {1, 4096});
        for (const Kernels& forced : runnableKernels()) {
            forceKernels(&forced);
            const auto got = rendered(studio, settings, {1, 4096});
            forceKernels(nullptr);
            CAPTURE(forced.name);
            CHECK(got == expected);
        }
    }
}

TEST_CASE("the mixer gives the same frames from any start in any blocks, and silence outside")
{
    const Studio studio = varied();
    const RenderPlan plan = studio.plan();
    Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
    std::vector<Frame> whole(static_cast<std::size_t>(plan.length.value()) + 200);
    REQUIRE(mixer.read(SamplePos{-100}, whole));
    for (std::size_t i = 0; i < 100; ++i) {
        CHECK(whole[i] == Frame{});
        CHECK(whole[whole.size() - 1 - i] == Frame{});
    }
    for (const std::size_t block : {std::size_t{1}, std::size_t{333}, std::size_t{10'000}})
        for (std::size_t begin = whole.size() - block; begin > 9973; begin -= 9973) {
            std::vector<Frame> again(block);
            REQUIRE(mixer.read(SamplePos{static_cast<std::int64_t>(begin) - 100}, again));
            CHECK(std::equal(again.begin(), again.end(), whole.begin() + static_cast<std::ptrdiff_t>(begin)));
        }
}

TEST_CASE("moving a track or changing a gap leaves its 16-bit samples as they were")
{
    for (const Dither dither : {Dither::tpdf, Dither::shapedStrong}) {
        const RenderSettings settings{.dither = dither};
        Studio studio;
        for (std::uint64_t i = 1; i <= 3; ++i)
            studio.track({studio.clip(studio.source(SampleCount{10'000}, noise24(i), false))}, samples(500))
                .clips[0]
                .fadeIn = {samples(3000), Curve::equalPower};
        const std::vector<Pcm16Frame> before = rendered(studio, settings);
        const std::vector<Pcm16Frame> third = part(before, 21'500, 31'500), first = part(before, 500, 10'500);

        studio.edition().entries[1].joint.gap = samples(12'345);
        std::vector<Pcm16Frame> after = rendered(studio, settings);
        CHECK(part(after, 21'500 + 11'845, 31'500 + 11'845) == third);
        CHECK(part(after, 500, 10'500) == first);

        std::swap(studio.edition().entries[0], studio.edition().entries[2]);
        after = rendered(studio, settings);
        CHECK(part(after, 500, 10'500) == third);
        CHECK(part(after, 500 + 10'000 + 12'345 + 10'000 + 500, 43'345) == first);
    }
}

TEST_CASE("another seed gives other noise, another track's noise is another's")
{
    Studio studio;
    const SourceId source = studio.source(SampleCount{10'000}, constant(0.1, 0.1), false);
    studio.track({studio.clip(source)});
    studio.track({studio.clip(source)});
    const std::vector<Pcm16Frame> one = rendered(studio);
    CHECK(one == rendered(studio));
    CHECK(one != rendered(studio, {.seed = 2}));
    CHECK(part(one, 0, 10'000) != part(one, 10'000, 20'000));
}

TEST_CASE("a split anywhere renders the same 16-bit stream")
{
    for (const bool sixteenBit : {true, false}) {
        Studio whole;
        const SourceId source =
            whole.source(SampleCount{50'000}, sixteenBit ? noise16(1) : noise24(1), sixteenBit);
        whole.track({whole.clip(source)}, samples(100));
        const std::vector<Pcm16Frame> expected = rendered(whole);
        for (const std::int64_t cut : {1, 12'345, 49'999}) {
            Studio split = whole;
            Track& first = split.album.tracks[0];
            Clip rest = first.clips[0];
            first.clips[0].length = SampleCount{cut};
            rest.id = {split.album.nextId++};
            rest.in = SampleCount{cut};
            rest.length = SampleCount{50'000 - cut};
            const Origin origin{split.album.tracks[0].id, samples(cut)};
            split.track({rest}).origin = origin;
            CHECK(rendered(split) == expected);
        }
    }
}

TEST_CASE(
    "a 96 kHz recording splits anywhere, renders in any blocks on any threads, always with the same bits")
{
    const SampleRate rate{96'000};
    const std::int64_t length = 400'000;
    Studio whole;
    const SourceId source = whole.source(SampleCount{length}, noise24(1), false, 2, rate);
    whole.track({whole.clip(source)}, samples(588));
    RenderOutcome outcome;
    const auto expected = whole.render({}, {1, 65'536}, &outcome);
    REQUIRE(expected);
    CHECK_FALSE(outcome.resampler.empty());
    CHECK(rendered(whole, {}, {8, 97}) == *expected);
    for (const std::int64_t cut : {1001, 142'400, 299'999}) {
        CAPTURE(cut);
        Studio split = whole;
        const Duration at = nearestDuration(SampleCount{cut}, rate);
        Clip rest = split.album.tracks[0].clips[0];
        split.album.tracks[0].clips[0].length = SampleCount{cut};
        rest.id = {split.album.nextId++};
        rest.in = SampleCount{cut};
        rest.length = SampleCount{length - cut};
        const Origin origin{split.album.tracks[0].id, at};
        split.track({rest}).origin = origin;
        CHECK(rendered(split, {}, {2, 4096}) == *expected);
    }
}

TEST_CASE("dither runs to the clip's last sample, through silence inside it, and stops there")
{
    Studio studio;
    Track& track =
        studio.track({studio.clip(studio.source(SampleCount{4000}, constant(0, 0), false))}, samples(1000));
    track.end = samples(6000);
    const std::vector<Pcm16Frame> frames = rendered(studio);
    REQUIRE(frames.size() == 7000);
    for (std::size_t i = 0; i < frames.size(); ++i)
        if (i < 1000 || i >= 5000) CHECK(frames[i] == Pcm16Frame{});
    const auto busy = [&](std::size_t begin) {
        return std::count_if(frames.begin() + static_cast<std::ptrdiff_t>(begin),
                             frames.begin() + static_cast<std::ptrdiff_t>(begin + 100),
                             [](Pcm16Frame f) { return f != Pcm16Frame{}; });
    };
    CHECK(busy(1000) > 20);
    CHECK(busy(4900) > 20);
}

TEST_CASE("the order of operations: polarity, gains and fade of one clip")
{
    Studio studio;
    Track& track = studio.track({studio.clip(studio.source(SampleCount{1000}, constant(0.4, -0.2), false))});
    track.clips[0].gain = Decibels{-3};
    track.clips[0].inverted = true;
    track.clips[0].map = ChannelMap::swapped;
    track.clips[0].fadeOut = {samples(100), Curve::linear};
    track.gain = {Decibels{1}, Decibels{-0.5}};
    studio.edition().entries[0].gain = Decibels{2};
    const RenderPlan plan = studio.plan();
    Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
    std::vector<Frame> frames(1000);
    REQUIRE(mixer.read(SamplePos{}, frames));
    const double clip = Decibels{-3}.gain(), all = Decibels{0.5}.gain(), entry = Decibels{2}.gain();
    CHECK(frames[0] == Frame{0.2 * clip * all * entry, -0.4 * clip * all * entry});
    const double fade = (1000 - 930 - 0.5) / 100;
    CHECK(frames[930] == Frame{0.2 * clip * fade * all * entry, -0.4 * clip * fade * all * entry});
}

TEST_CASE("a crossfade keeps power by default, and the sum when both sides play the same recording in step")
{
    const auto joint = [](bool same, std::optional<Curve> out = {}, std::optional<Curve> in = {}) {
        Studio studio;
        const SourceId first = studio.source(SampleCount{3000}, constant(0.5, 0.5), false);
        const SourceId second = same ? first : studio.source(SampleCount{3000}, constant(0.5, 0.5), false);
        studio.track({studio.clip(first)}).clips[0].length = SampleCount{2000};
        Track& next = studio.track({studio.clip(second)}, -samples(1000), Crossfade{out, in});
        next.clips[0].in = SampleCount{1000};
        next.clips[0].length = SampleCount{2000};
        const RenderPlan plan = studio.plan();
        Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
        std::vector<Frame> frames(3000);
        REQUIRE(mixer.read(SamplePos{}, frames));
        return frames[1500].left;
    };
    CHECK(joint(false) == doctest::Approx(0.5 * std::sqrt(2.0)).epsilon(1e-3));
    CHECK(joint(true) == doctest::Approx(0.5));
    CHECK(joint(true, Curve::equalPower, Curve::equalPower) ==
          doctest::Approx(0.5 * std::sqrt(2.0)).epsilon(1e-3));
    CHECK(joint(false, Curve::linear, Curve::squareRoot) ==
          doctest::Approx(0.5 * (0.5 + std::sqrt(0.5))).epsilon(1e-3));
}

TEST_CASE("a crossfade takes its gains in the middle of each sample of exactly the overlap")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{2000}, constant(0.5, 0), false))});
    studio.track({studio.clip(studio.source(SampleCount{2000}, constant(0, 0.25), false))}, -samples(700),
                 Crossfade{Curve::cosine, Curve::exponential});
    const RenderPlan plan = studio.plan();
    Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
    std::vector<Frame> frames(3300);
    REQUIRE(mixer.read(SamplePos{}, frames));
    CHECK(frames[1299] == Frame{0.5, 0});
    for (const std::int64_t i : {0, 1, 350, 699}) {
        const double x = (static_cast<double>(i) + 0.5) / 700, y = (static_cast<double>(700 - i) - 0.5) / 700;
        CHECK(frames[static_cast<std::size_t>(1300 + i)] ==
              Frame{0.5 * fadeGain(Curve::cosine, y), 0.25 * fadeGain(Curve::exponential, x)});
    }
    CHECK(frames[2000] == Frame{0, 0.25});
}

TEST_CASE("sound before the start mark takes its own track's noise, sound in an overlap the incoming track's")
{
    Studio studio;
    const SourceId source = studio.source(SampleCount{5000}, constant(0, 0), false);
    studio.track({studio.clip(source)});
    studio.track({studio.clip(source)}, samples(4000)).clips[0].at = -samples(1000);
    studio.track({studio.clip(source)}, -samples(300));
    const TrackId second = studio.album.tracks[1].id, third = studio.album.tracks[2].id;
    const std::vector<Pcm16Frame> frames = rendered(studio);
    const auto noise = [](TrackId track, std::int64_t position) {
        const auto value = [&](int channel) {
            return static_cast<std::int16_t>(std::nearbyint(tpdfNoise(1, track.value, position, channel)));
        };
        return Pcm16Frame{value(0), value(1)};
    };
    for (std::int64_t i = 0; i < 4700; ++i)
        CHECK(frames[static_cast<std::size_t>(8000 + i)] == noise(second, i - 1000));
    for (std::int64_t i = 0; i < 5000; ++i)
        CHECK(frames[static_cast<std::size_t>(12'700 + i)] == noise(third, i));
}

TEST_CASE("beyond its crossfade a track is silent on either side; without one its tail is heard")
{
    for (const bool crossfaded : {true, false}) {
        Studio studio;
        Track& first =
            studio.track({studio.clip(studio.source(SampleCount{3000}, constant(0.25, 0.25), false))});
        first.end = samples(2000); // a tail of 1000
        Track& second = studio.track({studio.clip(studio.source(SampleCount{3000}, constant(0, 0.5), false))},
                                     -samples(500), crossfaded ? std::optional{Crossfade{}} : std::nullopt);
        second.clips[0].at = -samples(200);
        const RenderPlan plan = studio.plan();
        Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
        std::vector<Frame> frames(4300);
        REQUIRE(mixer.read(SamplePos{}, frames));
        CHECK(frames[1499].right == (crossfaded ? 0.25 : 0.75));
        CHECK(frames[2000].left == (crossfaded ? 0.0 : 0.25));
        CHECK(frames[2999].left == (crossfaded ? 0.0 : 0.25));
        CHECK(frames[3000].left == 0.0);
    }
}
