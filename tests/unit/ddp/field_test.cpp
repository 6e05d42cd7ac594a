#include "ddp/field.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::ddp;

namespace {

constexpr Field first{"FST", 0, 4}, second{"SND", 4, 60};
constexpr std::string_view emptyRecord = "                                                                ";

std::string withFirst(std::string_view bytes) { return std::string{bytes} + std::string(60, ' '); }

} // namespace

TEST_CASE("a layout with a gap, an overlap, an empty field or a missing end does not tile its record")
{
    static_assert(tiles<64>(std::array{first, second}));
    static_assert(!tiles<64>(std::array{first, Field{"SND", 5, 59}}));
    static_assert(!tiles<64>(std::array{first, Field{"SND", 3, 61}}));
    static_assert(!tiles<64>(std::array{first, Field{"NIL", 4, 0}, second}));
    static_assert(!tiles<64>(std::array{first, Field{"SND", 4, 59}}));
    static_assert(!tiles<64>(std::array{second, first}));
    CHECK(Record<64>{}.view() == emptyRecord);
}

TEST_CASE("text stands left in its field and numbers right, padded as told")
{
    Record<64> record;
    REQUIRE(record.putText(first, "AB"));
    CHECK(raw(record.view(), first) == "AB  ");
    CHECK(text(record.view(), first) == "AB");
    REQUIRE(record.putNumber(first, 42, Padding::spaces));
    CHECK(raw(record.view(), first) == "  42");
    REQUIRE(record.putNumber(first, 42, Padding::zeros));
    CHECK(raw(record.view(), first) == "0042");
    REQUIRE(record.putNumber(first, 9999, Padding::zeros));
    CHECK(raw(record.view(), first) == "9999");
    CHECK(raw(record.view(), second) == std::string(60, ' '));
}

TEST_CASE("what does not fit a field is an error that names the field, and leaves the record alone")
{
    Record<64> record;
    CHECK(record.putText(first, "ABCDE").error().what == "The field FST holds 4 characters, \"ABCDE\" has 5");
    CHECK(record.putText(first, "\n").error().what.find("FST holds printable ASCII only") !=
          std::string::npos);
    CHECK_FALSE(record.putText(first, "\xE9"));
    CHECK_FALSE(record.putText(first, std::string_view{"\0", 1}));
    CHECK(record.putNumber(first, 10'000, Padding::spaces).error().what ==
          "The field FST holds 4 digits, 10000 does not fit");
    CHECK_FALSE(record.putNumber(first, -1, Padding::zeros));
    CHECK_FALSE(record.putNumber(first, INT64_MIN, Padding::zeros));
    CHECK(record.view() == emptyRecord);
}

TEST_CASE("numbers are read with either padding, blanks alone are no number")
{
    CHECK(number(withFirst("  42"), first).value() == 42);
    CHECK(number(withFirst("0042"), first).value() == 42);
    CHECK(number(withFirst("   0"), first).value() == 0);
    CHECK(number(withFirst("0000"), first).value() == 0);
    CHECK_FALSE(number(withFirst("    "), first).value().has_value());
    for (const char* bad : {"42  ", " 4 2", "-042", "+042", "4.20", "0x2A", " 4\t2"})
        CHECK_FALSE(number(withFirst(bad), first));
}

TEST_CASE("the padding of a number is told, and the mixture of both is noticed")
{
    CHECK(paddingOf(withFirst("  42"), first) == Padding::spaces);
    CHECK(paddingOf(withFirst("0042"), first) == Padding::zeros);
    CHECK(paddingOf(withFirst("   0"), first) == Padding::spaces);
    CHECK_FALSE(paddingOf(withFirst("    "), first));
    CHECK_FALSE(paddingOf(withFirst("1042"), first));
    CHECK_FALSE(paddingOf("7", Field{"ONE", 0, 1}));
    CHECK(isPaddedTwice(withFirst(" 042"), first));
    CHECK(isPaddedTwice(withFirst("  00"), first));
    for (const char* good : {"  42", "0042", "   0", "0000", "    ", "1042"})
        CHECK_FALSE(isPaddedTwice(withFirst(good), first));
}
