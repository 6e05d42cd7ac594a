#include "core/codes.h"

#include "core/text.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <type_traits>
#include <utility>

using namespace segue;

static_assert(!std::is_default_constructible_v<Isrc>);
static_assert(!std::is_constructible_v<Isrc, std::string>);
static_assert(!std::is_default_constructible_v<UpcEan>);
static_assert(!std::is_constructible_v<UpcEan, std::string>);

TEST_CASE("an ISRC is taken as people write it")
{
    for (const char* text : {"USABC2612345", "US-ABC-26-12345", " us-abc-26-12345\n", "ISRC US-ABC-26-12345",
                             "ISRC:USABC2612345", "isrc: us abc 26 12345", "US\u2013ABC\u201026\u201412345",
                             "US\u00A0ABC\u00A026\u00A012345"}) {
        CAPTURE(text);
        const auto code = Isrc::parse(text);
        REQUIRE(code.has_value());
        CHECK(code->compact() == "USABC2612345");
        CHECK(code->dashed() == "US-ABC-26-12345");
    }
}

TEST_CASE("an ISRC of Iceland that begins with ISRC is not cut")
{
    CHECK(Isrc::parse("ISRC12345678").value().dashed() == "IS-RC1-23-45678");
    CHECK(Isrc::parse("IS-RC1-23-45678").value().dashed() == "IS-RC1-23-45678");
    CHECK(Isrc::parse("ISRC ISRC12345678").value().dashed() == "IS-RC1-23-45678");
}

TEST_CASE("a wrong ISRC is refused and the wrong character named")
{
    const std::array<std::pair<const char*, const char*>, 12> table{{
        {"", "empty"},
        {"ISRC:", "empty"},
        {"USABC261234", "11 characters"},
        {"USABC26123456", "13 characters"},
        {"U", "1 character,"},
        {"1SABC2612345", "Character 1 of the ISRC is \"1\", a letter belongs there"},
        {"U5ABC2612345", "Character 2"},
        {"US*BC2612345", "Character 3 of the ISRC is \"*\", a letter or a digit belongs there"},
        {"USABCX612345", "Character 6 of the ISRC is \"X\", a digit belongs there"},
        {"USABC261234O", "Character 12 of the ISRC is \"O\", a digit belongs there"},
        {"ÜSABC2612345", "Character 1 of the ISRC is \"Ü\""},
        {"\xFFSABC2612345", "cannot be read"},
    }};
    for (const auto& [text, reason] : table) {
        CAPTURE(text);
        const auto code = Isrc::parse(text);
        REQUIRE_FALSE(code.has_value());
        CAPTURE(code.error().what);
        CHECK(code.error().what.find(reason) != std::string::npos);
        CHECK(code.error().kind == ErrorKind::input);
    }
}

TEST_CASE("the next ISRC counts within five digits")
{
    const Isrc code = Isrc::parse("US-ABC-26-00009").value();
    CHECK(code.next().value().dashed() == "US-ABC-26-00010");
    CHECK(code.next(99'990).value().dashed() == "US-ABC-26-99999");
    CHECK_FALSE(code.next(99'991).has_value());
    CHECK(code.next(-9).value().dashed() == "US-ABC-26-00000");
    CHECK_FALSE(code.next(-10).has_value());
    CHECK(code < code.next().value());
}

TEST_CASE("a bar code is 12 or 13 digits with the right check digit")
{
    CHECK(UpcEan::parse("4006381333931").value().digits() == "4006381333931");
    CHECK(UpcEan::parse("036000291452").value().digits() == "0036000291452"); // UPC-A
    CHECK(UpcEan::parse(" 0-36000-29145-2 ").value().digits() == "0036000291452");
    CHECK(UpcEan::parse("5099902987620").value().hasRightCheckDigit());

    for (const auto& [text, reason] : std::array<std::pair<const char*, const char*>, 6>{{
             {"", "0 digits"},
             {"12345678901", "11 digits"},
             {"12345678901234", "14 digits"},
             {"400638133393x", "Character 13"},
             {"4006381333932", "is 2, by the other digits it should be 1"},
             {"036000291453", "should be 2"},
         }}) {
        CAPTURE(text);
        const auto code = UpcEan::parse(text);
        REQUIRE_FALSE(code.has_value());
        CAPTURE(code.error().what);
        CHECK(code.error().what.find(reason) != std::string::npos);
    }
}

TEST_CASE("any single wrong digit of a bar code is found")
{
    const std::string right = "4006381333931";
    for (std::size_t i = 0; i < right.size(); ++i)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = right;
            wrong[i] = digit;
            CHECK(UpcEan::parse(wrong).has_value() == (wrong == right));
        }
}

TEST_CASE("a foreign bar code with a wrong check digit can be read and tells")
{
    const auto code = UpcEan::parseDigits("4006381333935").value();
    CHECK(code.digits() == "4006381333935");
    CHECK_FALSE(code.hasRightCheckDigit());
    CHECK(code.rightCheckDigit() == '1');
    CHECK_FALSE(UpcEan::parseDigits("40063813339x5").has_value());
}

TEST_CASE("every blank and dash that stands between the parts of a code is passed over, and nothing else")
{
    const auto codeWith = [](char32_t c) { return "US" + toUtf8(std::u32string(1, c)) + "ABC2612345"; };
    for (const char32_t c : {U'\t', U'\n', U'\v', U'\f', U'\r', U' ', U'\u00A0', U'-', U'\u2010', U'\u2011',
                             U'\u2014', U'\u2015', U'\u2212'}) {
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK(Isrc::parse(codeWith(c)).has_value());
    }
    for (const char32_t c : {U'\b', U'\x0E', U'\x1F', U'!', U',', U'.', U'\u009F', U'\u00A1', U'\u200F',
                             U'\u2016', U'\u2211', U'\u2213'}) {
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK_FALSE(Isrc::parse(codeWith(c)).has_value());
    }
}

TEST_CASE("letters run from A to Z and digits from 0 to 9: their neighbours in the table are refused")
{
    for (const char* text : {"AZABC2612345", "ZAABC2612345", "azABC2612345", "zaABC2612345", "USAZ02612345",
                             "US0999999999", "US9Z00000000"}) {
        CAPTURE(text);
        CHECK(Isrc::parse(text).has_value());
    }
    for (const char* text :
         {"@SABC2612345", "[SABC2612345", "`SABC2612345", "{SABC2612345", "US@BC2612345", "US[BC2612345",
          "US/BC2612345", "US:BC2612345", "USABC/612345", "USABC:612345", "USABC261234/", "USABC261234:"}) {
        CAPTURE(text);
        CHECK_FALSE(Isrc::parse(text).has_value());
    }
    CHECK_FALSE(UpcEan::parseDigits("400638133393/").has_value());
    CHECK_FALSE(UpcEan::parseDigits("400638133393:").has_value());
}

TEST_CASE("the word ISRC before a code is not part of it, and what is left is counted")
{
    const auto what = [](const char* text) { return Isrc::parse(text).error().what; };
    CHECK(what("ISRC").starts_with("The ISRC has 4 characters, 12 are needed"));
    CHECK(what("ISRC:1234567").starts_with("The ISRC has 7 characters"));
    CHECK(what("ISRC1234567").starts_with("The ISRC has 11 characters"));
    CHECK(what("ISRC123456789").starts_with("The ISRC has 9 characters"));
    CHECK(UpcEan::parseDigits("4").error().what.starts_with("The bar code has 1 digit, "));
    CHECK(UpcEan::parseDigits("4x").error().what.starts_with("Character 2 of the bar code is \"X\""));
}

TEST_CASE("the check digit of a sum of whole tens is 0")
{
    CHECK(UpcEan::parseDigits("0000000000000").value().rightCheckDigit() == '0');
    CHECK(UpcEan::parseDigits("1000000000000").value().rightCheckDigit() == '9');
    CHECK(UpcEan::parseDigits("0100000000000").value().rightCheckDigit() == '7');
    CHECK(UpcEan::parseDigits("0000000000010").value().rightCheckDigit() == '7');
    CHECK(UpcEan::parseDigits("0000000000100").value().rightCheckDigit() == '9');
}
