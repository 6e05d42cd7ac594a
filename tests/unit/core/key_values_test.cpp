#include "core/key_values.h"

#include <doctest/doctest.h>

#include <string>

using namespace segue;

namespace {
Error errorOf(std::string_view text) { return parseKeyValues(text, "a.conf").error(); }
} // namespace

TEST_CASE("keys and values are read with their sections and lines")
{
    const auto values = parseKeyValues("# limits\n"
                                       "side.minutes = 20.5\n"
                                       "\n"
                                       "  name=  A plant = two words # no comment  \r\n"
                                       "[ Profile one ]\n"
                                       "side.minutes = 18\n"
                                       "empty =",
                                       "a.conf");
    REQUIRE(values.has_value());
    REQUIRE(values->sections.size() == 2);
    const KeyValueSection& first = values->sections[0];
    CHECK(first.name.empty());
    REQUIRE(first.values.size() == 2);
    CHECK(first.values[0] == KeyValue{"side.minutes", "20.5", 2});
    CHECK(first.values[1] == KeyValue{"name", "A plant = two words # no comment", 4});
    const KeyValueSection* second = findSection(*values, "Profile one");
    REQUIRE(second != nullptr);
    CHECK(second->line == 5);
    REQUIRE(find(*second, "empty") != nullptr);
    CHECK(find(*second, "empty")->value.empty());
    CHECK(find(*second, "side.minutes")->value == "18");
    CHECK(find(*second, "name") == nullptr);
    CHECK(findSection(*values, "profile one") == nullptr);
}

TEST_CASE("an empty file and a byte order mark are no error")
{
    CHECK(parseKeyValues("", "a.conf")->sections.size() == 1);
    const auto values = parseKeyValues("\xEF\xBB\xBFname = \xC3\x84", "a.conf");
    REQUIRE(values.has_value());
    CHECK(values->sections[0].values[0] == KeyValue{"name", "\xC3\x84", 1});
}

TEST_CASE("what is not key = value is refused with file and line")
{
    CHECK(errorOf("a = 1\nnothing") ==
          Error{"\"nothing\" is neither a comment (#), a [section] nor a line \"key = value\"",
                "a.conf, line 2"});
    CHECK(errorOf("two words = 1").what ==
          "\"two words\" is not a key: letters, digits and _ . - are allowed");
    CHECK(errorOf("= 1").where == "a.conf, line 1");
    CHECK(errorOf("a = 1\n\na = 2") == Error{"a was already given in line 1", "a.conf, line 3"});
    CHECK(errorOf("[a]\n[a]").what == "There is already a section [a]");
    CHECK(errorOf("[a").what == "A section's name ends with ]");
    CHECK(errorOf("[ ]").what == "A section needs a name between [ and ]");
    CHECK(errorOf("a = \xFF").what == "The line is not UTF-8 text");
    CHECK(errorOf(std::string_view{"a = \0b", 6}).what == "The line holds control characters");
    CHECK(errorOf(std::string(maxKeyValueBytes + 1, '#')).where == "a.conf");
    CHECK(parseKeyValues(std::string(maxKeyValueBytes, '#'), "a.conf").has_value());
}

TEST_CASE("the same key may stand in two sections")
{
    CHECK(parseKeyValues("a = 1\n[s]\na = 2\n[t]\na = 3", "a.conf").has_value());
}

TEST_CASE("numbers are held against their range, in the words of the line")
{
    const auto values = parseKeyValues("level = -3.5\nword = loud\ncomma = 1,5\non = yes", "a.conf");
    REQUIRE(values.has_value());
    const auto& v = values->sections[0].values;
    CHECK(numberOf(*values, v[0], -3.5, 0).value() == -3.5);
    CHECK(numberOf(*values, v[0], -10, -3.5).value() == -3.5);
    CHECK(numberOf(*values, v[0], 0, 10).error() ==
          Error{"level is a number from 0 to 10, not \"-3.5\"", "a.conf, line 1"});
    CHECK_FALSE(numberOf(*values, v[0], -10, -4).has_value());
    CHECK_FALSE(numberOf(*values, v[1], -10, 10).has_value());
    CHECK_FALSE(numberOf(*values, v[2], -10, 10).has_value());
    CHECK(yesOrNo(*values, v[3]).value());
    CHECK(yesOrNo(*values, v[1]).error() == Error{"word is yes or no, not \"loud\"", "a.conf, line 2"});
}
