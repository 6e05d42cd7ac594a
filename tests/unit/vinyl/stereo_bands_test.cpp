#include "vinyl/stereo_bands.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

/// Middle of one tone, side of another.
Formula wide(int middle, double middleLevel, int side, double sideLevel)
{
    return [m = tone(middle, middleLevel, 8000), s = tone(side, sideLevel, 8000)](std::int64_t at) {
        return Frame{m(at).left + s(at).left, m(at).left - s(at).left};
    };
}

} // namespace

TEST_CASE("each band has its own correlation and side level, and their relation is the known one")
{
    // Mono below 80 Hz; S/M -10 dB at 200 Hz; the side alone at 600 Hz.
    const Programme p = twoTracks(
        [bass = tone(40, -20, 8000), low = wide(200, -20, 220, -30),
         high = tone(600, -20, 8000, 1, -1)](std::int64_t at) {
            const Frame a = bass(at), b = low(at), c = high(at);
            return Frame{a.left + b.left + c.left, a.right + b.right + c.right};
        },
        constant(0, 0), 8000);
    const auto tracks = stereoOfTracks(p);
    REQUIRE(tracks);
    const auto bands = stereoOfSide(*tracks, 0, 2);
    REQUIRE(bands[0]);
    REQUIRE(bands[2]);
    REQUIRE(bands[3]);
    CHECK(bands[0]->correlation == doctest::Approx(1).epsilon(0.001));
    CHECK(bands[0]->sideOverMiddle < -30);
    CHECK(bands[2]->correlation == doctest::Approx(0.818).epsilon(0.03));
    CHECK(std::fabs(bands[2]->sideOverMiddle - -10) < 0.5);
    CHECK(bands[3]->correlation < -0.9);
    CHECK(wordsFor(bands).starts_with("below 80 Hz 1.00 ("));
    // The second track is silent, alone and for itself.
    for (const auto& band : stereoOfSide(*tracks, 1, 2)) CHECK(!band);
    CHECK(wordsFor(stereoOfSide(*tracks, 1, 2)).empty());
}

TEST_CASE("any rate tells the same, and treble does not fold down into the bands")
{
    for (const int rate : {8000, 44'100, 48'000, 96'000, 192'000}) {
        CAPTURE(rate);
        const Formula sound = [=](std::int64_t at) {
            const double t = 2 * std::numbers::pi * static_cast<double>(at) / rate;
            const double m = 0.1 * std::sin(110 * t), s = 0.0316228 * std::sin(120 * t);
            // In antiphase where it would fold, if it did.
            const double treble = rate > 40'000 ? 0.1 * std::sin(5600 * t) : 0;
            return Frame{m + s + treble, m - s - treble};
        };
        const auto tracks = stereoOfTracks(twoTracks(sound, constant(0, 0), rate));
        REQUIRE(tracks);
        const auto bands = stereoOfSide(*tracks, 0, 1);
        REQUIRE(bands[1]);
        CHECK(std::fabs(bands[1]->sideOverMiddle - -10) < 0.7);
        if (bands[0]) CHECK(bands[0]->correlation > 0.7);
    }
}

TEST_CASE("tracks count by what they hold, and a short one not at all")
{
    Programme p = twoTracks(tone(50, -10, 8000, 1, 0), tone(50, -10, 8000, 0, 1), 8000);
    const auto tracks = stereoOfTracks(p);
    REQUIRE(tracks);
    CHECK(stereoOfSide(*tracks, 0, 1)[0]->correlation == 0);
    CHECK(stereoOfSide(*tracks, 0, 2)[0]->correlation == 0);
    CHECK(stereoOfSide(*tracks, 0, 2)[0]->sideOverMiddle == doctest::Approx(0));
    p.tracks[0].end = 0.3;
    const auto brief = stereoOfTracks(p);
    REQUIRE(brief);
    CHECK(!stereoOfSide(*brief, 0, 1)[0]);
}

TEST_CASE("sound that cannot be read has no bands but an Error")
{
    Programme p = twoTracks(constant(0, 0), constant(0, 0));
    p.open = []() -> Result<std::unique_ptr<SoundSource>> { return failure("gone", "x.wav", ErrorKind::io); };
    CHECK_FALSE(stereoOfTracks(p).has_value());
}
