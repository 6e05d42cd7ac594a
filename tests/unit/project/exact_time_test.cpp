#include "project/exact_time.h"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

using namespace segue;

TEST_CASE("a time is spelled in the first unit that is exact")
{
    CHECK(exactTime(seconds(2)) == "2s");
    CHECK(exactTime(Duration{}) == "0s");
    CHECK(exactTime(milliseconds(-250)) == "-0.25s");
    CHECK(exactTime(milliseconds(61'037)) == "61.037s");
    CHECK(exactTime(durationOf(CdFrameCount{37})) == "37f");
    CHECK(exactTime(durationOf(CdFrameCount{-1})) == "-1f");
    CHECK(exactTime(nearestDuration(SampleCount{12'345}, cdRate)) == "12345@44100");
    CHECK(exactTime(nearestDuration(SampleCount{1}, SampleRate{96'000})) == "1@96000");
    CHECK(exactTime(Duration{17}) == "17fl");
}

TEST_CASE("every spelling reads back to the same flick")
{
    for (const std::int64_t step : {1, 17, 2000, 3675, 7350, 14'700, 16'000, 705'600, 9'408'000})
        for (std::int64_t n = -1000; n <= 1000; ++n) {
            const Duration time{n * step};
            REQUIRE(parseExactTime(exactTime(time)) == time);
        }
    for (const Duration edge : {longestStoredTime, -longestStoredTime, longestStoredTime - Duration{1}})
        CHECK(parseExactTime(exactTime(edge)) == edge);
}

TEST_CASE("any unit is read, whichever the writer would have chosen")
{
    CHECK(parseExactTime("150f") == seconds(2));
    CHECK(parseExactTime("88200@44100") == seconds(2));
    CHECK(parseExactTime("1411200000fl") == seconds(2));
    CHECK(parseExactTime("2.000s") == seconds(2));
    CHECK(parseExactTime("-0.5s") == milliseconds(-500));
}

TEST_CASE("what is no exact time is not guessed at")
{
    for (const std::string_view text : {"",
                                        "2",
                                        "s",
                                        "-s",
                                        ".5s",
                                        "1.s",
                                        "1.2345s",
                                        "1.-5s",
                                        "1. 5s",
                                        "+2s",
                                        " 2s",
                                        "2 s",
                                        "2S",
                                        "1,5s",
                                        "--1s",
                                        "f",
                                        "1.5f",
                                        "fl",
                                        "1@",
                                        "@44100",
                                        "1@0",
                                        "1@-44100",
                                        "1@384000",
                                        "1@44100x",
                                        "1e3s",
                                        "0x10fl",
                                        "360000.001s",
                                        "360001s",
                                        "27000001f",
                                        "99999999999999999999fl",
                                        "9223372036854775807s",
                                        "9223372036854775807@1",
                                        "nan",
                                        "inf"}) {
        INFO(text);
        CHECK(!parseExactTime(text));
    }
}
