#include "core/text.h"

#include <doctest/doctest.h>

#include <limits>

using namespace segue;

TEST_CASE("ASCII tests know nothing of other letters")
{
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        CHECK(isDigit(c) == (i >= 48 && i <= 57));
        CHECK(isUpper(c) == (i >= 65 && i <= 90));
        CHECK(isLower(c) == (i >= 97 && i <= 122));
        CHECK(isSpace(c) == (i == 32 || (i >= 9 && i <= 13)));
    }
    CHECK(asciiUpper("straße É i") == "STRAßE É I");
    CHECK(asciiLower("ISRC É I") == "isrc É i");
    CHECK(equalsIgnoringAsciiCase("File", "fILE"));
    CHECK_FALSE(equalsIgnoringAsciiCase("File", "Files"));
    CHECK_FALSE(equalsIgnoringAsciiCase("é", "É"));
    CHECK(trimmed(" \t\r\n a b \v\f ") == "a b");
    CHECK(trimmed(" \n").empty());
}

TEST_CASE("UTF-8 is judged by the table of well-formed sequences")
{
    CHECK(isValidUtf8(""));
    CHECK(isValidUtf8("aé€\U0001D11E"));
    CHECK(isValidUtf8(std::string_view{"\0", 1}));
    CHECK(isValidUtf8("\xED\x9F\xBF"));           // U+D7FF
    CHECK(isValidUtf8("\xF4\x8F\xBF\xBF"));       // U+10FFFF
    CHECK_FALSE(isValidUtf8("\x80"));             // continuation alone
    CHECK_FALSE(isValidUtf8("\xC3"));             // cut
    CHECK_FALSE(isValidUtf8("\xE2\x82"));         // cut
    CHECK_FALSE(isValidUtf8("\xC0\xAF"));         // overlong "/"
    CHECK_FALSE(isValidUtf8("\xE0\x80\xAF"));     // overlong
    CHECK_FALSE(isValidUtf8("\xF0\x80\x80\xAF")); // overlong
    CHECK_FALSE(isValidUtf8("\xED\xA0\x80"));     // surrogate
    CHECK_FALSE(isValidUtf8("\xF4\x90\x80\x80")); // above U+10FFFF
    CHECK_FALSE(isValidUtf8("\xFF"));
    CHECK_FALSE(isValidUtf8("\xC3("));
}

TEST_CASE("every code point survives the way to UTF-8 and back")
{
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string text = toUtf8(std::u32string(1, c));
        if (!isValidUtf8(text) || toCodePoints(text) != std::u32string(1, c))
            FAIL("U+" << static_cast<unsigned>(c) << " is lost");
    }
    CHECK(toUtf8(U"\xD800") == "\uFFFD");
    CHECK(latin1ToUtf8("caf\xE9 \x80") == "café \u0080");
}

TEST_CASE("composed and decomposed text become the same")
{
    CHECK(toNfc("Cafe\u0301") == "Café");
    CHECK(toNfc("Café") == "Café");
    CHECK(toNfc("\u30AB\u3099") == "\u30AC"); // ka + voiced mark
    CHECK(toNfc("\u212B") == "\u00C5");       // Angstrom sign
    CHECK(toNfc("\uFF76") == "\uFF76");       // half-width kana stays: NFC, not NFKC
    CHECK(toNfc("").empty());
    CHECK(toNfc(std::string_view{"a\0b", 3}) == std::string{"a\0b", 3});
}

TEST_CASE("the width of a text counts columns")
{
    CHECK(displayWidth("abc") == 3);
    CHECK(displayWidth("日本") == 4);
    CHECK(displayWidth("e\u0301") == 1);
    CHECK(displayWidth("\xFF") == 1);
    CHECK(fitted("abc", 5) == "abc  ");
    CHECK(fitted("abcdef", 6) == "abcdef");
    CHECK(fitted("abcdefg", 6) == "abcde…");
    CHECK(fitted("日本語", 4) == "日… "); // a wide character does not fit into one column
    CHECK(fitted("abc", 1) == "…");
    CHECK(fitted("abc", 0).empty());
    for (int columns = 0; columns < 12; ++columns)
        CHECK(displayWidth(fitted("a日e\u0301本xyz", columns)) == columns);
}

TEST_CASE("hostile text is shown and not obeyed")
{
    CHECK(escapedForDisplay("plain é 日") == "plain é 日");
    CHECK(escapedForDisplay("\x1b[31m") == "\\x1b[31m");
    CHECK(escapedForDisplay("a\nb\x7f") == "a\\x0ab\\x7f");
    CHECK(escapedForDisplay("x\u202Etxt.exe") == "x\\u202etxt.exe");
    CHECK(escapedForDisplay("\u2066\u2069\u200F\u061C\u2028") == "\\u2066\\u2069\\u200f\\u061c\\u2028");
    CHECK(escapedForDisplay("\u0085") == "\\u0085");
    CHECK(escapedForDisplay("\xFF\xC3") == "\\xff\\xc3");
    CHECK(escapedForDisplay(std::string_view{"\0", 1}) == "\\x00");
}

TEST_CASE("a number is the whole text or nothing")
{
    CHECK(parseInteger("0") == 0);
    CHECK(parseInteger("-12") == -12);
    CHECK(parseInteger("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    for (const char* text : {"", "-", "+1", " 1", "1 ", "1x", "0x10", "9223372036854775808", "1.0"}) {
        CAPTURE(text);
        CHECK_FALSE(parseInteger(text));
    }
    CHECK(parseNumber("-0.5") == -0.5);
    CHECK(parseNumber("1e3") == 1000.0);
    for (const char* text : {"", "1,5", "+1", " 1", "1 ", "inf", "-inf", "nan", "1e999", "0x1p3", "1.5.2"}) {
        CAPTURE(text);
        CHECK_FALSE(parseNumber(text));
    }
}

TEST_CASE("the shortest text of a number reads back to the same number")
{
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(-6) == "-6");
    for (const double value : {0.0, 1.0 / 3, -14.25, 1e-300, 1.7976931348623157e308, 4.9e-324, 44100.0})
        CHECK(parseNumber(shortest(value)) == value);
}
