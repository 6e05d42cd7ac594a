#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

} // namespace

TEST_CASE("a clip is added and removed")
{
    Album a = album({5});
    const Clip stem{.source = a.sources[0].id, .length = SampleCount{100}, .at = seconds(1)};
    auto [b, id] = get(edit::addClip(a, track(a, 1), stem));
    CHECK(clipAt(b, 1, 1).id == id);
    a.nextId = b.nextId;
    CHECK(edit::removeClip(b, id) == a);
    CHECK(contains(refusal(edit::removeClip(a, id)), "There is no clip"));
    CHECK(!edit::addClip(a, TrackId{99}, stem));
}

TEST_CASE("a clip keeps inside its source, its place and its fades inside bounds")
{
    const Album a = album({5});
    const auto refused = [&a](auto change) {
        Clip clip{.source = a.sources[0].id, .length = SampleCount{44'100}};
        change(clip);
        return refusal(edit::addClip(a, track(a, 1), clip));
    };
    CHECK(contains(refused([](Clip& c) { c.source = {99}; }), "no source 99 any more"));
    CHECK(contains(refused([](Clip& c) { c.length = {}; }), "at least one sample"));
    CHECK(contains(refused([](Clip& c) { c.length = SampleCount{-most}; }), "at least one sample"));
    CHECK(contains(refused([](Clip& c) { c.length = SampleCount{most}; }), "does not have"));
    CHECK(contains(refused([](Clip& c) { c.in = SampleCount{-1}; }), "does not have"));
    CHECK(contains(refused([](Clip& c) { c.in = SampleCount{most}; }), "does not have"));
    CHECK(contains(refused([](Clip& c) { c.at = Duration{most}; }), "100 hours"));
    CHECK(contains(refused([](Clip& c) { c.at = Duration{-most}; }), "100 hours"));
    CHECK(contains(refused([](Clip& c) { c.fadeIn.length = Duration{-1}; }), "shorter than nothing"));
    CHECK(contains(refused([](Clip& c) { c.fadeIn.length = seconds(2); }),
                   "0:02.000 long, the clip only 0:01.000"));
    CHECK(contains(refused([](Clip& c) { c.fadeOut.length = Duration{most}; }), "the clip only"));
    CHECK(contains(refused([](Clip& c) { c.fadeIn.length = c.fadeOut.length = milliseconds(501); }),
                   "run into each other"));
}

TEST_CASE("a clip is split at the nearest source sample and sounds as before")
{
    Album a = album({5});
    a = get(edit::setFadeIn(a, clip(a, 1), {.length = seconds(1)}));
    a = get(edit::setFadeOut(a, clip(a, 1), {.length = seconds(1), .curve = Curve::cosine}));
    a = get(edit::setInverted(a, clip(a, 1), true));
    const Album b = get(edit::splitClip(a, clip(a, 1), seconds(2) + Duration{7'999}));
    REQUIRE(trackAt(b, 1).clips.size() == 2);
    const Clip &one = clipAt(b, 1, 0), &two = clipAt(b, 1, 1);
    CHECK(one.id == clip(a, 1));
    CHECK(one.length == SampleCount{88'200});
    CHECK(two.in == SampleCount{88'200});
    CHECK(two.at == seconds(2));
    CHECK(one.fadeIn.length == seconds(1));
    CHECK(one.fadeOut == Fade{});
    CHECK(two.fadeIn == Fade{});
    CHECK(two.fadeOut == Fade{.length = seconds(1), .curve = Curve::cosine});
    CHECK(two.inverted);
    CHECK(one.length + two.length == clipAt(a, 1).length);
}

TEST_CASE("a clip is not split inside a fade or outside itself")
{
    Album a = album({5});
    a = get(edit::setFadeIn(a, clip(a, 1), {.length = seconds(1)}));
    CHECK(contains(refusal(edit::splitClip(a, clip(a, 1), milliseconds(999))), "There is a fade here"));
    CHECK(edit::splitClip(a, clip(a, 1), seconds(1)));
    for (const Duration at : {Duration{}, seconds(5), seconds(-3), Duration{most}, Duration{-most}})
        CHECK(!edit::splitClip(a, clip(a, 1), at));
    CHECK(contains(refusal(edit::splitClip(a, clip(a, 1), seconds(6))), "between 0:00.000 and 0:05.000"));
    CHECK(!edit::splitClip(a, ClipId{99}, seconds(1)));
}

TEST_CASE("trimming leaves what stays in its place")
{
    Album a = album({5});
    const Album b = get(edit::trimClip(a, clip(a, 1), SampleCount{44'100}, SampleCount{44'100}));
    CHECK(clipAt(b, 1).at == seconds(1));
    CHECK(endOf(b, trackAt(b, 1)) == seconds(2));
    CHECK(edit::trimClip(b, clip(b, 1), SampleCount{}, a.sources[0].length) == a);
    CHECK(!edit::trimClip(a, clip(a, 1), SampleCount{-1}, SampleCount{10}));
    CHECK(!edit::trimClip(a, clip(a, 1), SampleCount{most}, SampleCount{10}));
    CHECK(!edit::trimClip(a, clip(a, 1), SampleCount{1}, a.sources[0].length));
    CHECK(!edit::trimClip(a, clip(a, 1), SampleCount{1}, SampleCount{0}));
    a = get(edit::setFadeIn(a, clip(a, 1), {.length = seconds(2)}));
    CHECK(contains(refusal(edit::trimClip(a, clip(a, 1), SampleCount{}, SampleCount{44'100})),
                   "the clip only 0:01.000"));
}

TEST_CASE("slipping shows other audio under the same edges")
{
    Album a = album({5});
    a = get(edit::trimClip(a, clip(a, 1), SampleCount{1'000}, SampleCount{100'000}));
    const Album b = get(edit::slipClip(a, clip(a, 1), SampleCount{-1'000}));
    CHECK(clipAt(b, 1).in == SampleCount{});
    CHECK(clipAt(b, 1).at == clipAt(a, 1).at);
    CHECK(clipAt(b, 1).length == clipAt(a, 1).length);
    CHECK(contains(refusal(edit::slipClip(b, clip(b, 1), SampleCount{-1})), "0 samples before the clip"));
    CHECK(!edit::slipClip(a, clip(a, 1), SampleCount{most}));
    CHECK(!edit::slipClip(a, clip(a, 1), SampleCount{-most}));
    CHECK(edit::slipClip(a, clip(a, 1), SampleCount{5 * 44'100 - 101'000}));
}

TEST_CASE("place, gain, polarity, mute and channel map of a clip")
{
    Album a = album({5});
    const ClipId id = clip(a, 1);
    a = get(edit::moveClip(a, id, seconds(-2)));
    a = get(edit::setClipGain(a, id, Decibels{-3}));
    a = get(edit::setInverted(a, id, true));
    a = get(edit::setMuted(a, id, true));
    a = get(edit::setChannelMap(a, id, ChannelMap::monoSum));
    const Clip& c = clipAt(a, 1);
    CHECK(c.at == seconds(-2));
    CHECK(c.gain == Decibels{-3});
    CHECK(c.inverted);
    CHECK(c.muted);
    CHECK(c.map == ChannelMap::monoSum);
    CHECK(!edit::moveClip(a, id, Duration{most}));
    CHECK(!edit::moveClip(a, ClipId{99}, {}));
    CHECK(edit::setMuted(a, id, true) == a);
}
