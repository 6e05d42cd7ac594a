#include "audio/render.h"

#include "support/fake_sound.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

using Kind = RenderSpan::Kind;

// One track of one 16-bit source, 1000 samples, changed by `change` before it is planned.
SpanReason reasonAfter(const std::function<void(Studio&, Track&)>& change)
{
    Studio studio;
    Track& track = studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
    change(studio, track);
    const RenderPlan plan = studio.plan();
    REQUIRE(plan.spans.size() == 1);
    CHECK((plan.spans[0].kind == Kind::copied) == (plan.spans[0].reason == SpanReason::none));
    return plan.spans[0].reason;
}

RenderSpan span(std::int64_t begin, std::int64_t end, Kind kind, SpanReason reason, std::size_t entry)
{
    return {SamplePos{begin}, SamplePos{end}, kind, reason, entry};
}

void checkSpans(const RenderPlan& plan, const std::vector<RenderSpan>& expected)
{
    REQUIRE(plan.spans.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(plan.spans[i].begin.value() == expected[i].begin.value());
        CHECK(plan.spans[i].end.value() == expected[i].end.value());
        CHECK(static_cast<int>(plan.spans[i].kind) == static_cast<int>(expected[i].kind));
        CHECK(static_cast<int>(plan.spans[i].reason) == static_cast<int>(expected[i].reason));
        CHECK(plan.spans[i].entry == expected[i].entry);
    }
}

} // namespace

TEST_CASE("untouched 16-bit audio is copied: also swapped, from one channel to both, and from mono")
{
    const auto nothing = [](Studio&, Track&) {};
    CHECK(reasonAfter(nothing) == SpanReason::none);
    for (const ChannelMap map : {ChannelMap::swapped, ChannelMap::leftToBoth, ChannelMap::rightToBoth})
        CHECK(reasonAfter([map](Studio&, Track& t) { t.clips[0].map = map; }) == SpanReason::none);
    CHECK(reasonAfter([](Studio& s, Track& t) {
              s.album.sources[0].channels = 1;
              t.clips[0].map = ChannelMap::monoSum;
          }) == SpanReason::none);
}

TEST_CASE("every change of a single clip's samples has its reason")
{
    CHECK(reasonAfter([](Studio&, Track& t) { t.clips[0].gain = Decibels{-1}; }) == SpanReason::gain);
    CHECK(reasonAfter([](Studio&, Track& t) { t.gain.hand = Decibels{0.1}; }) == SpanReason::gain);
    CHECK(reasonAfter([](Studio&, Track& t) { t.gain.balance = Decibels{-0.1}; }) == SpanReason::gain);
    CHECK(reasonAfter([](Studio& s, Track&) { s.edition().entries[0].gain = Decibels{2}; }) ==
          SpanReason::gain);
    CHECK(reasonAfter([](Studio&, Track& t) { t.clips[0].inverted = true; }) == SpanReason::inverted);
    CHECK(reasonAfter([](Studio&, Track& t) { t.clips[0].map = ChannelMap::monoSum; }) ==
          SpanReason::channelMap);
    CHECK(reasonAfter([](Studio& s, Track&) { s.album.sources[0].fingerprint.sixteenBitExact = false; }) ==
          SpanReason::notSixteenBit);
    CHECK(reasonAfter([](Studio&, Track& t) { t.clips.front().fadeIn.length = samples(1000); }) ==
          SpanReason::fade);
}

TEST_CASE("gains that add up to exactly 0 dB leave a copy")
{
    CHECK(reasonAfter([](Studio& s, Track& t) {
              t.clips[0].gain = Decibels{1.5};
              t.gain = {Decibels{-3.0}, Decibels{0.5}};
              s.edition().entries[0].gain = Decibels{1.0};
          }) == SpanReason::none);
}

TEST_CASE("a source at another rate is dithered for that reason")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{96'000}, noise16(1), true, 2, SampleRate{96'000}))});
    const RenderPlan plan = studio.plan();
    REQUIRE(plan.spans.size() == 1);
    CHECK(plan.spans[0].reason == SpanReason::rate);
}

TEST_CASE("two clips at once are dithered, a muted one does not count")
{
    const auto stem = [](Studio& s, Track& t) { t.clips.push_back(s.clip(s.album.sources[0].id)); };
    CHECK(reasonAfter(stem) == SpanReason::severalClips);
    CHECK(reasonAfter([&](Studio& s, Track& t) {
              stem(s, t);
              t.clips[1].muted = true;
          }) == SpanReason::none);
}

TEST_CASE("only the fade itself is dithered, to its last sample")
{
    Studio studio;
    Track& track = studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
    track.clips[0].fadeIn.length = samples(100);
    track.clips[0].fadeOut.length = samples(250);
    checkSpans(studio.plan(), {span(0, 100, Kind::dithered, SpanReason::fade, 0),
                               span(100, 750, Kind::copied, SpanReason::none, 0),
                               span(750, 1000, Kind::dithered, SpanReason::fade, 0)});
}

TEST_CASE(
    "with whole tracks dithered, the other spans of such a track follow and say so; other tracks do not")
{
    Studio studio;
    const SourceId source = studio.source(SampleCount{1000}, noise16(1));
    studio.track({studio.clip(source)}).clips[0].fadeIn.length = samples(100);
    studio.track({studio.clip(source)}, samples(50));
    checkSpans(studio.plan({.ditherWholeTracks = true}),
               {span(0, 100, Kind::dithered, SpanReason::fade, 0),
                span(100, 1000, Kind::dithered, SpanReason::wholeTrack, 0),
                span(1000, 1050, Kind::silence, SpanReason::none, 0),
                span(1050, 2050, Kind::copied, SpanReason::none, 1)});
}

TEST_CASE("silence between, before and behind is digital zero")
{
    Studio studio;
    const SourceId source = studio.source(SampleCount{1000}, noise24(1), false);
    studio.track({studio.clip(source)}, samples(300));
    studio.track({studio.clip(source)}, samples(200));
    checkSpans(studio.plan({}, SampleCount{88}),
               {span(0, 300, Kind::silence, SpanReason::none, 0),
                span(300, 1300, Kind::dithered, SpanReason::notSixteenBit, 0),
                span(1300, 1500, Kind::silence, SpanReason::none, 0),
                span(1500, 2500, Kind::dithered, SpanReason::notSixteenBit, 1),
                span(2500, 2588, Kind::silence, SpanReason::none, 1)});
}

TEST_CASE("an overlap of two sounds is dithered, with and without a crossfade")
{
    for (const auto& crossfade : {std::optional<Crossfade>{}, std::optional{Crossfade{}}}) {
        Studio studio;
        studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
        studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(2)))}, -samples(200), crossfade);
        checkSpans(studio.plan(), {span(0, 800, Kind::copied, SpanReason::none, 0),
                                   span(800, 1000, Kind::dithered, SpanReason::overlap, 1),
                                   span(1000, 1800, Kind::copied, SpanReason::none, 1)});
    }
}

TEST_CASE("where only one side of a plain overlap sounds it is copied; under a crossfade it is not")
{
    for (const bool crossfaded : {false, true}) {
        Studio studio;
        studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
        // The incoming track's music begins 150 samples after its start mark, inside the overlap of 200.
        Track& second = studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(2)))},
                                     -samples(200), crossfaded ? std::optional{Crossfade{}} : std::nullopt);
        second.clips[0].at = samples(150);
        const RenderPlan plan = studio.plan();
        const auto at900 =
            std::ranges::find_if(plan.spans, [](const RenderSpan& s) { return s.end > SamplePos{900}; });
        CHECK((at900->kind == Kind::copied) == !crossfaded);
        CHECK((at900->reason == SpanReason::overlap) == crossfaded);
    }
}

TEST_CASE("a crossfade takes over the clip fades at its joint and leaves the others")
{
    Studio studio;
    Track& first = studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
    first.clips[0].fadeIn.length = samples(50);
    first.clips[0].fadeOut.length = samples(400);
    Track& second =
        studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(2)))}, -samples(200), Crossfade{});
    second.clips[0].fadeIn.length = samples(100);
    second.clips[0].fadeOut.length = samples(60);
    checkSpans(studio.plan(), {span(0, 50, Kind::dithered, SpanReason::fade, 0),
                               span(50, 800, Kind::copied, SpanReason::none, 0),
                               span(800, 1000, Kind::dithered, SpanReason::overlap, 1),
                               span(1000, 1740, Kind::copied, SpanReason::none, 1),
                               span(1740, 1800, Kind::dithered, SpanReason::fade, 1)});
    studio.edition().entries[1].joint.crossfade.reset();
    CHECK(studio.plan().spans[2].reason == SpanReason::fade); // 600..800, before the overlap
}

TEST_CASE("a stem that ends inside a crossfade keeps its own fade, so that it does not stop with a click")
{
    Studio studio;
    Track& first = studio.track({studio.clip(studio.source(SampleCount{1000}, constant(0, 0))),
                                 studio.clip(studio.source(SampleCount{900}, constant(0.5, 0.5)))});
    first.clips[1].fadeOut = {samples(80), Curve::linear};
    studio.track({studio.clip(studio.source(SampleCount{1000}, constant(0, 0)))}, -samples(200), Crossfade{});
    const RenderPlan plan = studio.plan();
    Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
    std::vector<Frame> frames(2);
    REQUIRE(mixer.read(SamplePos{899}, frames));
    CHECK(frames[0].left > 0);
    CHECK(frames[0].left < 0.01);
    CHECK(frames[1].left == 0);
}

TEST_CASE("the end mark is no change point: moving it moves no sample, of shaped dither either")
{
    Studio studio;
    Track& track = studio.track({studio.clip(studio.source(SampleCount{1000}, noise24(1), false))});
    const std::vector<RenderSpan> before = studio.plan().spans;
    track.end = samples(700);
    CHECK(studio.plan({}, SampleCount{1000 - studio.plan().length.value()}).spans == before);
}

TEST_CASE("the spans cover the stream in order, whatever the album")
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Studio studio;
        std::int64_t picks = 0;
        const auto pick = [&](std::int64_t below) {
            return static_cast<std::int64_t>(bitsAt(seed, picks++) >> 8) % below;
        };
        for (int t = 0; t < 6; ++t) {
            std::vector<Clip> clips;
            for (std::int64_t c = 0; c <= pick(3); ++c) {
                const SampleCount length{500 + pick(2000)};
                const bool sixteenBit = pick(2) == 0;
                Clip clip = studio.clip(studio.source(length, noise16(seed), sixteenBit));
                clip.at = samples(pick(900) - 100);
                clip.fadeIn.length = samples(std::max<std::int64_t>(0, pick(500) - 250));
                clip.fadeOut.length = samples(std::max<std::int64_t>(0, pick(500) - 250));
                clips.push_back(clip);
            }
            const bool overlap = t > 0 && pick(2) == 0;
            const Duration gap = overlap ? -samples(1 + pick(300)) : samples(pick(1000));
            const bool crossfaded = pick(2) == 0;
            studio.track(clips, gap, crossfaded ? std::optional{Crossfade{}} : std::nullopt);
        }
        const RenderPlan plan = studio.plan({.ditherWholeTracks = seed % 2 == 0}, SampleCount{588});
        REQUIRE_FALSE(plan.spans.empty());
        CHECK(plan.spans.front().begin == SamplePos{});
        CHECK(plan.spans.back().end == SamplePos{} + plan.length);
        for (std::size_t i = 0; i < plan.spans.size(); ++i) {
            CHECK(plan.spans[i].begin < plan.spans[i].end);
            if (i > 0) CHECK(plan.spans[i].begin == plan.spans[i - 1].end);
            if (i > 0) CHECK(plan.spans[i].entry >= plan.spans[i - 1].entry);
        }
    }
}
