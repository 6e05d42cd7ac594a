#include "picture/palette.h"

#include <doctest/doctest.h>

#include <array>

using namespace segue::picture;

namespace {

constexpr std::array looks{Look::dark, Look::light};

void isLegible(Ink ink, Ink ground, double least = 4.5)
{
    for (const Look look : looks) {
        CAPTURE(static_cast<int>(ink));
        CAPTURE(static_cast<int>(ground));
        CAPTURE(look == Look::dark);
        CHECK(contrast(colourOf(ink, look), colourOf(ground, look)) >= least);
    }
}

} // namespace

TEST_CASE("contrast is WCAG's: 21 between black and white, 1 of a colour with itself, in any order")
{
    constexpr Colour black{}, white{255, 255, 255}, grey{0x77, 0x77, 0x77};
    CHECK(contrast(black, white) == doctest::Approx(21));
    CHECK(contrast(white, black) == doctest::Approx(21));
    CHECK(contrast(grey, grey) == 1);
    CHECK(contrast(grey, white) == doctest::Approx(4.478).epsilon(0.001));
}

TEST_CASE("text and dim text are legible on every surface, dark and light")
{
    for (const Ink ground : {Ink::background, Ink::panel, Ink::raised, Ink::selection}) {
        isLegible(Ink::text, ground);
        isLegible(Ink::dim, ground);
    }
    for (const Ink ground : {Ink::laneAHead, Ink::laneBHead, Ink::laneAClip, Ink::laneBClip})
        isLegible(Ink::text, ground);
    // The strip writes lengths in dim text on the clips' colours.
    for (const Ink ground : {Ink::laneAClip, Ink::laneBClip}) isLegible(Ink::dim, ground);
}

TEST_CASE("words in the colours of findings are legible where they stand")
{
    for (const Ink ink : {Ink::accent, Ink::error, Ink::note, Ink::good})
        for (const Ink ground : {Ink::background, Ink::panel}) isLegible(ink, ground);
    isLegible(Ink::onAccent, Ink::accent);
    // A flag: its number in the background's colour on text or accent.
    isLegible(Ink::background, Ink::text);
    // Overlap chips in the strip, meters' readings.
    isLegible(Ink::accent, Ink::raised);
}

TEST_CASE("words in tables are legible on the list's ground that the usual themes give")
{
    for (const Ink ink : {Ink::text, Ink::dim, Ink::accent, Ink::error, Ink::note, Ink::good}) {
        CAPTURE(static_cast<int>(ink));
        CHECK(contrast(colourOf(ink, Look::dark), {0x2d, 0x2d, 0x2d}) >= 4.5);
        CHECK(contrast(colourOf(ink, Look::light), {0xff, 0xff, 0xff}) >= 4.5);
    }
}

TEST_CASE("waveforms stand out from their clips, and neighbouring lanes from each other")
{
    for (const auto& [wave, clip] :
         {std::pair{Ink::laneABody, Ink::laneAClip}, std::pair{Ink::laneBBody, Ink::laneBClip}})
        isLegible(wave, clip, 3);
    for (const Look look : looks) {
        CHECK(colourOf(Ink::laneAClip, look) != colourOf(Ink::laneBClip, look));
        CHECK(colourOf(Ink::laneAWave, look) != colourOf(Ink::laneBWave, look));
    }
}
