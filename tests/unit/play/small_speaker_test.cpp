#include "play/small_speaker.h"

#include "unit/play/play_desk.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

/// dB that a tone comes out with, once the filters have settled.
double levelOf(double hertz, int rate)
{
    SmallSpeaker speaker;
    speaker.reset(SampleRate{rate});
    double in = 0, out = 0;
    for (int i = 0; i < rate; ++i) {
        const double x = std::sin(2 * std::numbers::pi * hertz * i / rate);
        const double y = static_cast<double>(speaker.next(static_cast<float>(x)));
        if (i < rate / 2) continue;
        in += x * x;
        out += y * y;
    }
    return 10 * std::log10(out / in);
}

} // namespace

TEST_CASE("a small speaker has what lies between 300 Hz and 6 kHz, at any rate")
{
    for (const int rate : {44'100, 48'000, 96'000, 192'000}) {
        CAPTURE(rate);
        CHECK(levelOf(1300, rate) == doctest::Approx(0).epsilon(0.05));
        CHECK(levelOf(300, rate) == doctest::Approx(-3).epsilon(0.05));
        CHECK(levelOf(6000, rate) == doctest::Approx(-3).epsilon(0.05));
        CHECK(levelOf(50, rate) < -30);
        CHECK(levelOf(18'000, rate) < -15);
    }
}

TEST_CASE("the small speaker is heard in mono on both sides, without a step when it is switched, and not at "
          "all when it is off")
{
    Studio studio;
    const auto tone = [](std::int64_t at) {
        const double x = 0.5 * std::sin(2 * std::numbers::pi * 60 * static_cast<double>(at) / 44'100);
        return Frame{x, -x};
    };
    studio.track({studio.clip(studio.source(SampleCount{200'000}, tone, false))});
    PlayDeskTop desk{std::move(studio)};
    desk.player.play(SamplePos{});
    desk.hear(20'000);
    desk.player.listen({.smallSpeaker = true});
    desk.hear(20'000);
    for (const FloatFrame& frame : desk.hear(1000)) {
        CHECK(frame.left == frame.right);
        REQUIRE(std::abs(frame.left) < 1e-6F); // what is on one side only against the other
    }
    desk.player.listen({});
    desk.hear(1000);
    const std::int64_t from = std::ssize(desk.out.recording());
    const auto after = desk.hear(1000);
    for (std::size_t i = 0; i < after.size(); ++i) {
        const Frame meant = tone(from + static_cast<std::int64_t>(i));
        REQUIRE(after[i].left == static_cast<float>(meant.left));
        REQUIRE(after[i].right == static_cast<float>(meant.right));
    }
    // The tone's own step of 0.0043, and a ramp of 5 ms across 0.5.
    CHECK(largestStep(desk.out.recording()) < 0.0043 + 0.5 / 220 + 0.001);
}
