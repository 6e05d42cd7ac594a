#include "play/play_list.h"

#include "unit/play/play_desk.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

// 10'000 samples each at 1000; a pause of 3000; an overlap of 2000 with a crossfade.
Studio threeTracks()
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{10'000}, constant(0.5, 0.5), false))}, samples(1000));
    studio.track({studio.clip(studio.source(SampleCount{10'000}, constant(0.25, 0.25), false))},
                 samples(3000));
    studio.track({studio.clip(studio.source(SampleCount{10'000}, constant(0.125, 0.125), false))},
                 -samples(2000), Crossfade{Curve::linear, Curve::linear});
    return studio;
}
SampleTimeline placesOf(const Studio& studio) { return placesOf(programmeOf(studio)); }
constexpr Rolls rolls{SampleCount{500}, SampleCount{700}};

std::vector<FloatFrame> part(const std::vector<FloatFrame>& frames, std::int64_t begin, std::int64_t end)
{
    return {frames.begin() + begin, frames.begin() + end};
}

} // namespace

TEST_CASE("a joint is its pause or overlap with what is asked for before and after, never beyond the piece")
{
    const SampleTimeline places = placesOf(threeTracks());
    const PlayList pause = playJoint(places, 1, rolls), overlap = playJoint(places, 2, rolls);
    CHECK(pause.segments.front().begin == SamplePos{10'500});
    CHECK(pause.segments.front().end == SamplePos{14'700});
    CHECK(overlap.segments.front().begin == SamplePos{21'500});
    CHECK(overlap.segments.front().end == SamplePos{24'700});
    CHECK(overlap.segments.front().rampIn);
    CHECK(overlap.segments.front().rampOut);
    const PlayList wide = playJoint(places, 1, {SampleCount{99'999}, SampleCount{99'999}});
    CHECK(wide.segments.front().begin == SamplePos{});
    CHECK(wide.segments.front().end == SamplePos{} + places.length);
    CHECK_FALSE(wide.segments.front().rampIn);
    CHECK_FALSE(wide.segments.front().rampOut);
}

TEST_CASE("the place after any number of frames goes through segments, their silences and every round")
{
    const PlayList once{{{.begin = SamplePos{10}, .end = SamplePos{20}, .silenceAfter = SampleCount{5}},
                         {.begin = SamplePos{3}, .end = SamplePos{6}}},
                        {}};
    CHECK(placeAfter(once, 0) == PlayPlace{0, SampleCount{0}});
    CHECK(placeAfter(once, 14) == PlayPlace{0, SampleCount{14}});
    CHECK(placeAfter(once, 15) == PlayPlace{1, SampleCount{0}});
    CHECK(placeAfter(once, 17) == PlayPlace{1, SampleCount{2}});
    CHECK_FALSE(placeAfter(once, 18));
    CHECK(framesIn(once) == 18);
    PlayList round = once;
    round.repeatFrom = 1;
    CHECK(placeAfter(round, 18) == PlayPlace{1, SampleCount{0}});
    CHECK(placeAfter(round, 1'000'000'017) == PlayPlace{1, SampleCount{(1'000'000'017 - 15) % 3}});
    CHECK_FALSE(framesIn(round));
    round.segments[1].end = round.segments[1].begin;
    CHECK_FALSE(placeAfter(round, 15)); // a round without a sample would never end
    CHECK(framesIn(round) == 15);
}

TEST_CASE("a loop that lies before the place is not met, one that cannot be is none")
{
    const SampleCount length{1000};
    CHECK(playFrom(SamplePos{500}, length, PlayRange{SamplePos{100}, SamplePos{500}}) ==
          playFrom(SamplePos{500}, length));
    CHECK(playFrom(SamplePos{0}, length, PlayRange{SamplePos{600}, SamplePos{600}}) ==
          playFrom(SamplePos{0}, length));
    const PlayList loop = playFrom(SamplePos{0}, length, PlayRange{SamplePos{900}, SamplePos{5000}});
    CHECK(loop.segments[1].end == SamplePos{1000});
    CHECK(playFrom(SamplePos{5000}, length).segments.front().begin == SamplePos{1000});
}

TEST_CASE("the outgoing and the incoming track alone keep their fades and add up to the joint")
{
    PlayDeskTop desk{threeTracks()};
    const SampleTimeline places = placesOf(desk.studio);
    const auto heard = [&](JointSides sides) {
        desk.player.play(playJoint(places, 2, rolls, sides));
        auto frames = desk.hear(3200);
        CHECK(isSilent(desk.hear(1000)));
        CHECK(desk.state() == PlayerStatus::State::stopped);
        return frames;
    };
    const auto both = heard(JointSides::both), out = heard(JointSides::outgoing),
               in = heard(JointSides::incoming);
    CHECK(firstDifference(part(both, ramp, 3200 - ramp), mixed(desk.studio, 21'500 + ramp, 24'700)) == -1);
    for (std::size_t i = 0; i < both.size(); ++i)
        if (std::abs(out[i].left + in[i].left - both[i].left) > 1e-6F) FAIL("frame " << i);
    // From 22'000 the overlap of 2000: the outgoing falls in a straight line, the incoming rises.
    CHECK(out[499].left == 0.25F);
    CHECK(std::abs(out[1500].left - 0.125F) < 1e-4F);
    CHECK(out[2500].left == 0);
    CHECK(in[499].left == 0);
    CHECK(std::abs(in[1500].left - 0.0625F) < 1e-4F);
    CHECK(in[2500].left == 0.125F);

    const auto straight = heard(JointSides::outgoingWithoutFade);
    CHECK(straight[2499].left == 0.25F);
    CHECK(straight[2500].left == 0); // where its sound ends
    CHECK(heard(JointSides::incomingWithoutFade)[500].left == 0.125F);
}

TEST_CASE("every joint is played, half a second apart, and the position heard jumps with them")
{
    PlayDeskTop desk{threeTracks()};
    desk.player.play(playJoints(placesOf(desk.studio), rolls));
    desk.hear(100);
    CHECK(desk.heardAt() == 10'600);
    CHECK(desk.hear(4100).size() == 4100);
    CHECK(isSilent(desk.hear(22'050)));
    desk.hear(0);
    CHECK(desk.heardAt() == 14'701);
    const auto second = desk.hear(3200);
    CHECK(firstDifference({second.begin() + ramp, second.end() - ramp},
                          mixed(desk.studio, 21'500 + ramp, 24'700)) == -1);
    CHECK(isSilent(desk.hear(30'000)));
    CHECK(desk.state() == PlayerStatus::State::stopped);
}

TEST_CASE("as files each track is heard alone, from its first sample to its last, cut hard")
{
    PlayDeskTop desk{threeTracks()};
    desk.player.play(playAsFiles(placesOf(desk.studio), 1));
    const auto second = desk.hear(10'000);
    CHECK(second[0].left == 0.25F);
    CHECK(second[7999].left == 0.25F);
    CHECK(second[9999].left < 0.001F);
    CHECK(isSilent(desk.hear(22'050)));
    const auto third = desk.hear(10'000);
    CHECK(third[0].left < 0.001F);
    CHECK(third[2000].left == 0.125F);
    CHECK(third[9999].left == 0.125F);
    CHECK(isSilent(desk.hear(30'000)));
}

TEST_CASE("compared stretches follow each other round and round, each alone and at its gain of listening")
{
    PlayDeskTop desk{threeTracks()};
    const SampleTimeline places = placesOf(desk.studio);
    const auto stretch = [&](std::size_t entry, Decibels gain) {
        const SamplePos begin = places.entries[entry].start + SampleCount{4000};
        return ComparedStretch{places.entries[entry].track, {begin, begin + SampleCount{1000}}, gain};
    };
    const std::vector stretches{stretch(2, {}), stretch(1, Decibels::fromGain(0.5))};
    desk.player.play(playCompared(stretches, places.length));
    for (int round = 0; round < 3; ++round) {
        const auto third = desk.hear(1000), second = desk.hear(1000);
        CHECK(third[500].left == 0.125F);
        CHECK(second[500].left == 0.125F); // 0.25 at half
        CHECK(largestStep(third) < 0.01F);
        CHECK(third.front().left < 0.001F);
        CHECK(second.back().left < 0.001F);
    }
    CHECK(desk.state() == PlayerStatus::State::playing);
}

TEST_CASE("a repeated joint comes again until it is stopped, and an edit is heard in the next round")
{
    PlayDeskTop desk{threeTracks()};
    const PlayList list = playJoint(placesOf(desk.studio), 2, rolls, JointSides::both, true);
    desk.player.play(list);
    const auto first = desk.hear(3200 + 22'050), second = desk.hear(3200 + 22'050);
    CHECK(first == second);
    Studio louder = desk.studio;
    louder.album.tracks[2].gain.hand = Decibels{6};
    desk.player.setProgramme(programmeOf(louder));
    desk.hear(3200 + 22'050);
    const auto third = desk.hear(3200);
    CHECK(firstDifference({third.begin() + ramp, third.end() - ramp}, mixed(louder, 21'500 + ramp, 24'700)) ==
          -1);
    desk.player.stop();
    desk.hear(1000);
    CHECK(desk.state() == PlayerStatus::State::stopped);
}
