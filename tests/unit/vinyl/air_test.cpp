#include "vinyl/air.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

std::vector<std::optional<double>> airs(const Programme& p)
{
    auto all = airOfTracks(p);
    REQUIRE(all.has_value());
    return *all;
}

} // namespace

TEST_CASE("a tone above 15 kHz counts in full, at the corner 3 dB less, music below not at all")
{
    const auto high = airs(twoTracks(tone(20'000, -30, 48'000), tone(15'000, -30, 48'000)));
    REQUIRE(high[0].has_value());
    CHECK(*high[0] == doctest::Approx(-30).epsilon(0.01));
    CHECK(*high[1] == doctest::Approx(-33).epsilon(0.01));
    const auto low = airs(twoTracks(tone(3'000, -6, 48'000), tone(1'000, -6, 48'000)));
    CHECK(low[0].value_or(-200) < -60);
}

TEST_CASE("silence has no air, and neither has a rate without such frequencies")
{
    CHECK_FALSE(airs(twoTracks(constant(0, 0), constant(0, 0)))[0].has_value());
    CHECK_FALSE(airs(twoTracks(tone(3'000, -6, 32'000), constant(0, 0), 32'000))[0].has_value());
}

TEST_CASE("a side is the mean of its tracks' energies")
{
    const Programme p = twoTracks(tone(20'000, -30, 48'000), constant(0, 0));
    const auto all = airs(p);
    CHECK(*airOfSide(p, all, 0, 1) == doctest::Approx(*all[0]));
    CHECK(*airOfSide(p, all, 0, 2) == doctest::Approx(*all[0] - 3.0103).epsilon(0.001));
    CHECK_FALSE(airOfSide(p, all, 1, 2).has_value());
}

TEST_CASE("sound that cannot be read is an Error")
{
    Programme p = twoTracks(constant(0, 0), constant(0, 0));
    p.open = []() -> Result<std::unique_ptr<SoundSource>> { return failure("The disk failed"); };
    CHECK_FALSE(airOfTracks(p).has_value());
}
