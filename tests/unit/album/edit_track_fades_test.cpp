#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

constexpr Fade second{.length = seconds(1), .curve = Curve::cosine};

Clip part(const Album& a, double at, double length)
{
    return {.source = a.sources[0].id,
            .length = SampleCount{static_cast<std::int64_t>(length * 44'100)},
            .at = time(at)};
}

} // namespace

TEST_CASE("a track's fades are those of its first and last clip")
{
    Album a = album({5});
    a = get(edit::splitClip(a, clip(a, 1), seconds(3)));
    a = get(edit::setTrackFadeIn(a, track(a, 1), second));
    a = get(edit::setTrackFadeOut(a, track(a, 1), second));
    CHECK(clipAt(a, 1, 0).fadeIn == second);
    CHECK(clipAt(a, 1, 0).fadeOut == Fade{});
    CHECK(clipAt(a, 1, 1).fadeIn == Fade{});
    CHECK(clipAt(a, 1, 1).fadeOut == second);
    a = get(edit::setTrackFadeIn(a, track(a, 1), {}));
    CHECK(clipAt(a, 1, 0).fadeIn == Fade{});
}

TEST_CASE("a clip that begins before time 0 is split there for the fade-in")
{
    Album a = album({5, 5});
    a = get(edit::setStartMark(a, track(a, 2), seconds(1)));
    a = get(edit::setTrackFadeIn(a, track(a, 2), second));
    REQUIRE(trackAt(a, 2).clips.size() == 2);
    CHECK(clipAt(a, 2, 0).fadeIn == Fade{});
    CHECK(clipAt(a, 2, 1).at == Duration{});
    CHECK(clipAt(a, 2, 1).fadeIn == second);
    CHECK(trackAt(get(edit::setTrackFadeIn(a, track(a, 2), second)), 2) == trackAt(a, 2));
}

TEST_CASE("a fade-out ends at the end mark, and nothing comes back behind it")
{
    Album a = album({5, 5});
    a = get(edit::setEndMark(a, track(a, 1), seconds(4)));
    a = get(edit::setTrackFadeOut(a, track(a, 1), second));
    REQUIRE(trackAt(a, 1).clips.size() == 2);
    CHECK(clipAt(a, 1, 0).length == SampleCount{4 * 44'100});
    CHECK(clipAt(a, 1, 0).fadeOut == second);
    CHECK(clipAt(a, 1, 1).muted);
    CHECK(trackAt(get(edit::setTrackFadeOut(a, track(a, 1), second)), 1) == trackAt(a, 1));
}

TEST_CASE("stems that begin and end together fade together")
{
    Album a = album({5});
    a = get(edit::addClip(a, track(a, 1), part(a, 0, 5))).first;
    a = get(edit::addClip(a, track(a, 1), part(a, 1, 2))).first;
    a = get(edit::setTrackFadeIn(a, track(a, 1), second));
    a = get(edit::setTrackFadeOut(a, track(a, 1), second));
    for (const std::size_t i : {0u, 1u}) {
        CHECK(clipAt(a, 1, i).fadeIn == second);
        CHECK(clipAt(a, 1, i).fadeOut == second);
    }
    CHECK(clipAt(a, 1, 2).fadeIn == Fade{});
    CHECK(clipAt(a, 1, 2).fadeOut == Fade{});
}

TEST_CASE("muted clips and clips wholly outside the track are not faded")
{
    Album a = album({5, 5});
    const TrackId id = track(a, 2);
    a = get(edit::addClip(a, id, part(a, -2, 1))).first;
    a = get(edit::addClip(a, id, part(a, 0, 4))).first;
    a = get(edit::setMuted(a, clip(a, 2, 2), true));
    a = get(edit::setTrackFadeIn(a, id, second));
    CHECK(clipAt(a, 2, 0).fadeIn == second);
    CHECK(clipAt(a, 2, 1).fadeIn == Fade{});
    CHECK(clipAt(a, 2, 2).fadeIn == Fade{});
}

TEST_CASE("a fade longer than its clip, or of a track without sound, is refused")
{
    Album a = album({5});
    CHECK(refusal(edit::setTrackFadeIn(a, track(a, 1), {.length = seconds(6)})) ==
          "The fade is 0:06.000 long, the clip only 0:05.000");
    CHECK(!edit::setTrackFadeOut(a, track(a, 1), {.length = seconds(-1)}));
    a = get(edit::setMuted(a, clip(a, 1), true));
    CHECK(refusal(edit::setTrackFadeIn(a, track(a, 1), second)) == "The track has no sound to fade in");
    CHECK(refusal(edit::setTrackFadeOut(a, track(a, 1), second)) == "The track has no sound to fade out");
    CHECK(!edit::setTrackFadeOut(a, TrackId{99}, second));
}
