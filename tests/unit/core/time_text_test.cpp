#include "core/time_text.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>
#include <utility>

using namespace segue;

TEST_CASE("CD times have two digits and more minutes when needed")
{
    CHECK(cdTime(CdFrameCount{0}) == "00:00:00");
    CHECK(cdTime(CdFramePos{18933}) == "04:12:33");
    CHECK(cdTime(CdFrameCount{-1}) == "-00:00:01");
    CHECK(cdTime(CdFrameCount{450'000}) == "100:00:00");
    CHECK(cdTime(CdFrameCount{std::numeric_limits<std::int64_t>::min()}).starts_with("-"));
}

TEST_CASE("clock times are rounded to the nearest millisecond")
{
    CHECK(clockTime(Duration{}) == "0:00.000");
    CHECK(clockTime(milliseconds(252'440)) == "4:12.440");
    CHECK(clockTime(milliseconds(-500)) == "-0:00.500");
    CHECK(clockTime(milliseconds(1) - Duration{352'800}) == "0:00.001");
    CHECK(clockTime(milliseconds(1) - Duration{352'801}) == "0:00.000");
    CHECK(clockTime(Duration{-1}) == "0:00.000");
    CHECK(clockTime(seconds(60) - Duration{1}) == "1:00.000");
    CHECK(clockTime(seconds(3'600)) == "60:00.000");
}

TEST_CASE("times are read in every form people type")
{
    const std::array<std::pair<const char*, Duration>, 17> table{{
        {"2", seconds(2)},
        {" 2 ", seconds(2)},
        {"2.5", milliseconds(2500)},
        {"75", seconds(75)},
        {"0.25s", milliseconds(250)},
        {"0.25 s", milliseconds(250)},
        {"500ms", milliseconds(500)},
        {"0.5ms", Duration{352'800}},
        {"12f", durationOf(CdFrameCount{12})},
        {"-0.5", milliseconds(-500)},
        {"-12f", durationOf(CdFrameCount{-12})},
        {"1:02", seconds(62)},
        {"1:02.5", milliseconds(62'500)},
        {"1:02:37", seconds(62) + durationOf(CdFrameCount{37})},
        {"-1:02:37", -(seconds(62) + durationOf(CdFrameCount{37}))},
        {"100:00:00", seconds(6'000)},
        {"0.000000001", Duration{1}}, // 0.7 flicks
    }};
    for (const auto& [text, length] : table) {
        CAPTURE(text);
        const auto read = parseTime(text);
        REQUIRE(read.has_value());
        CHECK(*read == length);
    }
}

TEST_CASE("what is not a time is refused with the reason")
{
    for (const char* text : {"",
                             " ",
                             "-",
                             ".",
                             ".5",
                             "2.",
                             "2,5",
                             "+2",
                             "x",
                             "1:",
                             ":1",
                             "1:2:",
                             "1:2:3:4",
                             "1:02:37.5",
                             "1:-2",
                             "--2",
                             "1.5f",
                             "2h",
                             "1e3",
                             "ms",
                             "1:02s",
                             "12345678901",
                             "0.1234567890123456789",
                             "1:002",
                             "1:02:007",
                             "1 2",
                             "\xFF"}) {
        CAPTURE(text);
        CHECK_FALSE(parseTime(text).has_value());
    }
    CHECK(parseTime("1:60").error().what.find("below 60") != std::string::npos);
    CHECK(parseTime("1:60:00").error().what.find("below 60") != std::string::npos);
    CHECK(parseTime("1:00:75").error().what.find("below 75") != std::string::npos);
    CHECK(parseTime("1:00:75").error().where == "1:00:75");
    CHECK(parseTime("1:59.9999999999999999") == seconds(120)); // rounds up to the minute, written below it
}

TEST_CASE("a written time reads back as itself")
{
    for (std::int64_t n = -10'000; n < 460'000; n += 37) {
        const CdFrameCount length{n};
        REQUIRE(parseTime(cdTime(length)).value() == durationOf(length));
        REQUIRE(parseTime(clockTime(milliseconds(n))).value() == milliseconds(n));
    }
}

TEST_CASE("cue sheet times are exactly three numbers in their ranges")
{
    CHECK(parseMsf("00:02:00").value() == Msf{0, 2, 0});
    CHECK(parseMsf("99:59:74").value() == Msf{99, 59, 74});
    CHECK(parseMsf("4:5:6").value() == Msf{4, 5, 6});
    CHECK(parseMsf("004:005:006").value() == Msf{4, 5, 6});
    for (const char* text :
         {"", "1:2", "1:2:3:4", "100:00:00", "00:60:00", "00:00:75", "0000:00:00", " 1:2:3", "1:2:3 ",
          "-1:2:3", "1::3", ":1:2", "1:2:", "1.2:3:4", "aa:bb:cc", "+1:2:3"}) {
        CAPTURE(text);
        CHECK_FALSE(parseMsf(text).has_value());
    }
}
