#include "audio/delivered_sound.h"

#include "support/album_builder.h"
#include "unit/audio/varied_album.h"

#include <doctest/doctest.h>

#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

std::vector<Pcm16Frame> part(const std::vector<Pcm16Frame>& frames, std::int64_t begin, std::size_t length)
{
    const auto from = frames.begin() + begin;
    return {from, from + static_cast<std::ptrdiff_t>(length)};
}

DeliveredSound deliveredOf(const Studio& studio, const RenderSettings& settings)
{
    return {studio.album, studio.piece(), studio.plan(settings), settings, studio.opener()};
}

} // namespace

TEST_CASE("the delivered samples are those of the export when read from the beginning, in any blocks")
{
    const Studio studio = varied();
    for (const Dither dither : {Dither::none, Dither::tpdf, Dither::shapedLight, Dither::shapedStrong}) {
        const RenderSettings settings{.dither = dither};
        const std::vector<Pcm16Frame> expected = rendered(studio, settings);
        for (const std::size_t block : {std::size_t{97}, std::size_t{1024}, std::size_t{50'000}}) {
            DeliveredSound sound = deliveredOf(studio, settings);
            std::vector<Pcm16Frame> got(expected.size());
            for (std::size_t at = 0; at < got.size(); at += block)
                REQUIRE(sound.read(SamplePos{static_cast<std::int64_t>(at)},
                                   std::span{got}.subspan(at, std::min(block, got.size() - at))));
            CHECK(got == expected);
        }
    }
}

TEST_CASE("with TPDF dither the delivered samples are those of the export from any position")
{
    const Studio studio = varied();
    const std::vector<Pcm16Frame> expected = rendered(studio);
    DeliveredSound sound = deliveredOf(studio, {});
    Dice dice{1};
    for (int i = 0; i < 300; ++i) {
        std::vector<Pcm16Frame> got(static_cast<std::size_t>(dice.between(1, 3000)));
        const std::int64_t at = dice.between(0, std::ssize(expected) - std::ssize(got));
        REQUIRE(sound.read(SamplePos{at}, got));
        CHECK(got == part(expected, at, got.size()));
    }
}

TEST_CASE("with shaped dither a jump far into a span comes to the samples of the export")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{400'000}, noise24(7, 0.5), false))}, samples(100));
    studio.track({studio.clip(studio.source(SampleCount{100'000}, constant(0, 0), false))}, samples(100));
    for (const Dither dither : {Dither::shapedLight, Dither::shapedStrong}) {
        const RenderSettings settings{.dither = dither};
        const std::vector<Pcm16Frame> expected = rendered(studio, settings);
        DeliveredSound sound = deliveredOf(studio, settings);
        Dice dice{2};
        for (int i = 0; i < 100; ++i) {
            std::vector<Pcm16Frame> got(500);
            const std::int64_t at = dice.between(0, std::ssize(expected) - std::ssize(got));
            REQUIRE(sound.read(SamplePos{at}, got));
            CAPTURE(at);
            CHECK(got == part(expected, at, got.size()));
        }
    }
}

TEST_CASE("outside the stream and at samples that are no numbers there is silence, and the sound goes on")
{
    Studio studio;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Formula one = [=](std::int64_t at) { return at == 700 ? Frame{nan, nan} : Frame{0.5, 0.5}; };
    studio.track({studio.clip(studio.source(SampleCount{2000}, one, false))});
    DeliveredSound sound = deliveredOf(studio, {.dither = Dither::none});
    std::vector<Pcm16Frame> got(3000);
    REQUIRE(sound.read(SamplePos{-500}, std::span{got}.first(1300)));
    REQUIRE(sound.read(SamplePos{800}, std::span{got}.subspan(1300)));
    const Pcm16Frame half{16'384, 16'384};
    CHECK(got[499] == Pcm16Frame{});
    CHECK(got[500] == half);
    CHECK(got[1199] == half);
    CHECK(got[1200] == Pcm16Frame{});
    CHECK(got[1300] == half);
    CHECK(got[2499] == half);
    CHECK(got[2500] == Pcm16Frame{});
}
