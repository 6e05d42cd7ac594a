// Values that stand still: what a wave does by itself, and what is a dropout.

#include "measure/fault_finder.h"
#include "measure/fault_rules.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

using Sound = std::vector<Frame>;

constexpr std::size_t beside = 441; // 10 ms, gap.context

Faults dropoutsOf(const Sound& sound, int bits = 24)
{
    FaultFinder finder{
        {.rate = cdRate, .channels = 2, .length = SampleCount{std::ssize(sound)}, .bits = bits}};
    finder.take(sound);
    Faults found = finder.finish();
    std::erase_if(found, [](const Fault& f) { return f.rule != fault::dropout; });
    return found;
}

/// How often the left side stands still for a millisecond and longer.
int timesHeld(const Sound& sound)
{
    int times = 0;
    for (std::size_t i = 0, run = 0; i < sound.size(); ++i) {
        run = i > 0 && sound[i].left == sound[i - 1].left ? run + 1 : 1;
        times += run == 45 && sound[i].left != 0 ? 1 : 0;
    }
    return times;
}

/// A place of the left side beyond which nothing goes within 10 ms, on its side of zero.
std::size_t topOf(const Sound& sound, std::size_t from)
{
    for (std::size_t at = from; at + beside < sound.size(); ++at) {
        const double v = sound[at].left, side = v < 0 ? -1 : 1;
        const auto first = sound.begin() + static_cast<std::ptrdiff_t>(at - beside);
        const auto farther = [&](const Frame& f) { return side * f.left > side * v; };
        if (std::fabs(v) > 0.1 && std::none_of(first, first + 2 * beside + 1, farther)) return at;
    }
    return 0;
}

double sine(double hertz, std::size_t i)
{
    return std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 44'100);
}
Sound rounded(Sound sound, double steps)
{
    for (Frame& f : sound)
        f = {std::nearbyint(f.left * steps) / steps, std::nearbyint(f.right * steps) / steps};
    return sound;
}

} // namespace

TEST_CASE("a value that is held at the top of the wave is a dropout when the wave is too quick to stay there")
{
    Sound music = musicLike(cdRate, 10, 1);
    for (Frame& f : music) f.right = f.left / 2;
    const std::size_t at = topOf(music, 44'100);
    REQUIRE(at > 0);
    for (const std::size_t length : {88U, 200U, 1'127U, 4'000U}) {
        CAPTURE(length);
        // The clock of the transfer stood still: the wave comes and goes as if nothing had been.
        Sound held = music;
        held.insert(held.begin() + static_cast<std::ptrdiff_t>(at), length, music[at]);
        const Faults found = dropoutsOf(held);
        REQUIRE(found.size() == 1);
        CHECK(found[0].begin.value() == static_cast<std::int64_t>(at));
        CHECK(found[0].end.value() == static_cast<std::int64_t>(at + length + 1));
        CHECK(found[0].channel == -1);
    }
}

TEST_CASE("a value that is held below the top is a dropout however softly the wave comes and goes")
{
    Sound sound(3 * 44'100);
    for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = {0.5 * sine(100, i), 0.4 * sine(100, i)};
    // On its way up, where it comes to a halt and goes on as if time had stood still: 50 samples in both.
    sound.insert(sound.begin() + 44'130, 50, sound[44'130]);
    const Faults found = dropoutsOf(sound);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begin.value() == 44'130);
    CHECK(found[0].end.value() == 44'181);
    CHECK(found[0].channel == -1);
}

TEST_CASE("a top that was cut off below full scale is no dropout")
{
    // A bass drum of six half waves with cymbals over it, every two seconds; clipped, then turned down.
    const Sound quiet = musicLike(cdRate, 10, 3);
    Sound sound = quiet;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const std::size_t since = i % 88'200;
        const double drum = since < 2'646 ? 2 * sine(50, since) + 0.2 * sine(3'100, i) : 0;
        const auto clipped = [drum](double v) { return 0.6 * std::clamp(0.1 * v + drum, -1.0, 1.0); };
        sound[i] = {clipped(sound[i].left), clipped(sound[i].right)};
    }
    CHECK(timesHeld(sound) > 20);
    CHECK(dropoutsOf(sound).empty());

    // One wave alone, softer than what comes later.
    sound = quiet;
    for (std::size_t i = 0; i < 441; ++i) {
        const double v = std::min(0.4 * sine(50, i), 0.3);
        sound[100'000 + i] = {v, v};
    }
    CHECK(timesHeld(sound) == 1);
    CHECK(dropoutsOf(sound).empty());
}

TEST_CASE("a value that stands still beyond everything else, off the wave, is a dropout")
{
    Sound sound = musicLike(cdRate, 10, 1);
    for (std::size_t i = 0; i < 100; ++i) sound[100'000 + i].left = -0.9;
    const Faults found = dropoutsOf(sound);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begin.value() == 100'000);
    CHECK(found[0].end.value() == 100'100);
    CHECK(found[0].channel == 0);
}

TEST_CASE("a slow and soft wave in 16 bit stands at its tops and is no dropout")
{
    Sound sound(10 * 44'100);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        // A bass drum without dither that dies away by 60 dB in 0.6 s, every two seconds.
        const double t = static_cast<double>(i % 88'200) / 44'100;
        const double v = 0.3 * std::pow(10.0, -5 * t) * sine(40, i % 88'200);
        sound[i] = {v, v};
    }
    sound = rounded(sound, 32'768);
    CHECK(timesHeld(sound) > 5);
    CHECK(dropoutsOf(sound, 16).empty());

    // A fade of a tone that is soft already.
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double gain = i < 100'000 ? 1 : i < 104'410 ? 1 - static_cast<double>(i - 100'000) / 4'410 : 0;
        const double v = 0.004 * gain * sine(30, i);
        sound[i] = {v, v};
    }
    sound = rounded(sound, 32'768);
    CHECK(timesHeld(sound) > 0);
    CHECK(dropoutsOf(sound, 16).empty());
}

TEST_CASE("a pulse wave is no dropout, slow as it may be")
{
    for (const std::size_t half : {50U, 441U, 2'000U, 11'025U}) {
        CAPTURE(half);
        Sound sound(10 * 44'100);
        for (std::size_t i = 0; i < sound.size(); ++i) {
            const double v = i / half % 2 == 0 ? 0.3 : -0.3;
            sound[i] = {v, 0.5 * v};
        }
        CHECK(dropoutsOf(sound).empty());
    }
}
