#include "ddp/disc.h"

#include "support/discs.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

TEST_CASE("a track runs to the next INDEX 01, its music to the next INDEX 00, the last track's to lead-out")
{
    const Disc disc = cleanDisc();
    CHECK(lengthOf(disc, 0) == CdFrameCount{600});
    CHECK(musicOf(disc, 0) == CdFrameCount{525});
    CHECK(lengthOf(disc, 1) == CdFrameCount{700});
    CHECK(musicOf(disc, 1) == CdFrameCount{700});
    CHECK(lengthOf(disc, 2) == CdFrameCount{450});
    CHECK(musicOf(disc, 2) == CdFrameCount{450});
}

TEST_CASE("the first pause begins with the disc, the others at INDEX 00")
{
    const Disc disc = cleanDisc();
    CHECK(pauseOf(disc, 0) == CdFrameCount{150});
    CHECK(pauseOf(disc, 1) == CdFrameCount{75});
    CHECK(pauseOf(disc, 2) == CdFrameCount{0});
}

TEST_CASE("a track without INDEX 01 is passed over when the one before it is measured")
{
    Disc disc = cleanDisc();
    disc.tracks[1].indexes.clear();
    CHECK(lengthOf(disc, 0) == CdFrameCount{1300});
    CHECK(musicOf(disc, 0) == CdFrameCount{1300});
    disc.tracks[2].indexes.clear();
    CHECK(lengthOf(disc, 0) == CdFrameCount{1750});
}
