#include "measure/click_look.h"

#include "measure/fault_finder.h"
#include "measure/fault_rules.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

constexpr double tau = 2 * std::numbers::pi;

/// A held chord in a room: what is above 5 kHz is soft, and softer the higher it is.
std::vector<Frame> room(double seconds, std::uint64_t seed)
{
    FaultDice dice{seed};
    std::vector<Frame> sound(static_cast<std::size_t>(seconds * 44'100));
    Frame once, twice;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double t = static_cast<double>(i) / 44'100;
        once = {0.5 * once.left + 0.5 * dice.level(), 0.5 * once.right + 0.5 * dice.level()};
        twice = {0.5 * (twice.left + once.left), 0.5 * (twice.right + once.right)};
        const double chord = 0.1 * (std::sin(tau * 220 * t) + std::sin(tau * 277.2 * t) +
                                    0.5 * std::sin(tau * 1'318.5 * t) + 0.05 * std::sin(tau * 6'200 * t));
        sound[i] = {chord + 0.004 * twice.left, 0.9 * chord + 0.004 * twice.right};
    }
    return sound;
}
/// A stick on wood: half a millisecond in which a few notes sound around 6.5 kHz, and a soft body after it.
void strike(std::vector<Frame>& sound, std::size_t at, double level)
{
    for (std::size_t i = 0; i < 900; ++i) {
        const double t = static_cast<double>(i) / 44'100;
        const double attack = std::min(1.0, t / 0.000'1);
        const double stick = std::exp(-t / 0.000'15) * std::sin(tau * 6'500 * t + 0.4);
        const double body = 0.05 * std::exp(-t / 0.004) * std::sin(tau * 1'900 * t);
        sound[at + i].left += level * attack * (stick + body);
        sound[at + i].right += 0.6 * level * attack * (stick - body);
    }
}
Faults clicksOf(const std::vector<Frame>& sound)
{
    const SoundShape shape{
        .rate = cdRate, .channels = 2, .length = SampleCount{std::ssize(sound)}, .bits = 24};
    FaultFinder finder{shape, {}, FaultKinds::only(FaultKind::clicks)};
    finder.take(sound);
    return finder.finish();
}
std::vector<double> leftOf(const std::vector<Frame>& sound, std::size_t middle)
{
    std::vector<double> left;
    for (std::size_t i = middle - 928; i < middle + 928; ++i) left.push_back(sound[i].left);
    return left;
}

} // namespace

TEST_CASE("what a click adds cannot be predicted, and the music beside it goes on")
{
    auto sound = room(1, 3);
    const std::size_t at = 22'000;
    const double highPeak = 0.02;
    for (const double noise : {-90.0, -60.0}) {
        const ClickRest quiet = clickRest(leftOf(sound, at), 928, cdRate, highPeak, noise);
        CHECK(quiet.above < 3);
        CHECK(quiet.white < -12);
        CHECK(std::fabs(quiet.stir) < 3);
    }
    sound[at].left += 0.02;
    const ClickRest click = clickRest(leftOf(sound, at), 928, cdRate, highPeak, -90);
    CHECK(click.above > 15);
    CHECK(click.white > -1);
    CHECK(std::fabs(click.stir) < 3);
}

TEST_CASE("a stroke has the colour of the music, or stirs it up")
{
    auto sound = room(1, 3);
    strike(sound, 22'000, 0.05);
    const ClickRest stick = clickRest(leftOf(sound, 22'008), 928, cdRate, 0.03, -90);
    CHECK(stick.above > 7);
    CHECK(stick.white < -3);
    // A shaker that sets in: white as a click, but nothing around it is as it was.
    sound = room(1, 3);
    FaultDice dice{4};
    for (std::size_t i = 0; i < 300; ++i)
        sound[22'000 + i].left += 0.03 * std::exp(-static_cast<double>(i) / 80) * dice.level();
    const ClickRest shaker = clickRest(leftOf(sound, 22'008), 928, cdRate, 0.03, -90);
    CHECK(shaker.stir > 9);
    CHECK(shaker.above - shaker.stir < 6);
}

TEST_CASE("strokes of sticks are no clicks, and clicks between them are found where they are")
{
    auto sound = room(12, 1);
    for (std::size_t beat = 1; beat < 23; ++beat)
        strike(sound, beat * 22'050, 0.02 + 0.001 * static_cast<double>(beat));
    CHECK(clicksOf(sound).empty());

    for (std::size_t k = 1; k < 11; ++k) sound[k * 44'100 + 11'000].left += k % 2 == 0 ? 0.03 : -0.03;
    const Faults found = clicksOf(sound);
    REQUIRE(found.size() == 10);
    for (std::size_t k = 0; k < found.size(); ++k) {
        const auto at = static_cast<std::int64_t>((k + 1) * 44'100 + 11'000);
        CHECK(std::abs(found[k].begin.value() - at) <= 1);
        CHECK(std::abs(found[k].end.value() - at - 1) <= 1);
        CHECK(found[k].channel == 0);
        CHECK(found[k].confidence > 0.5);
    }
}

TEST_CASE("clicks that went through a converter's filter are found")
{
    auto sound = musicLike(cdRate, 20, 6);
    const auto seeded = seedClicks(sound, cdRate, 7, 44'100, 18, 1e-4);
    REQUIRE(seeded.size() > 15);
    const Hits hits = compareWith(clicksOf(asConverted(sound, cdRate, 20'500)), fault::click, seeded, cdRate);
    CHECK(hits.found == std::ssize(seeded));
    CHECK(hits.other == 0);
}
