#include "core/text.h"
#include "ddp/charset.h"
#include "ddp/ms_jis.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace segue;
using namespace segue::ddp;

namespace {

std::string bytes(std::initializer_list<int> values)
{
    std::string made;
    for (const int value : values) made += static_cast<char>(value);
    return made;
}

} // namespace

TEST_CASE("Latin-1 letters become one byte each and come back")
{
    const auto encoded = encodeText("Für Élise ÿ¿", Charset::latin1);
    REQUIRE(encoded);
    CHECK(*encoded == "F\xFCr \xC9lise \xFF\xBF");
    CHECK(decodeText(*encoded, Charset::latin1).utf8 == "Für Élise ÿ¿");
    CHECK(decodeText(*encoded, Charset::latin1).unreadable == 0);
}

TEST_CASE("decomposed letters are composed before they are encoded")
{
    CHECK(encodeText("Cafe\u0301", Charset::latin1).value() == "Caf\xE9");
    CHECK(unencodable("Cafe\u0301", Charset::latin1).empty());
    CHECK(storedForm("Cafe\u0301", Charset::latin1) == "Café");
}

TEST_CASE("every byte of Latin-1 that means something survives, every other is unreadable")
{
    for (int byte = 0; byte < 256; ++byte) {
        const std::string one = bytes({byte});
        const DecodedText decoded = decodeText(one, Charset::latin1);
        const bool control = byte < 0x20 || (byte >= 0x7F && byte < 0xA0);
        CHECK_MESSAGE(decoded.unreadable == (control ? 1 : 0), byte);
        if (control)
            CHECK(decoded.utf8 == "\uFFFD");
        else
            CHECK(encodeText(decoded.utf8, Charset::latin1).value() == one);
    }
}

TEST_CASE("what a character set lacks is named with character and position")
{
    const auto missing = unencodable("10 € “quoted”", Charset::latin1);
    REQUIRE(missing.size() == 3);
    CHECK(missing[0] == Unencodable{U'€', 3});
    CHECK(missing[1] == Unencodable{U'“', 5});
    CHECK(missing[2] == Unencodable{U'”', 12});

    const auto refused = encodeText("10 €", Charset::latin1);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == "character 4 is € (U+20AC), which ISO 8859-1 lacks");
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(unencodable("é", Charset::ascii) == std::vector{Unencodable{U'é', 0}});
}

TEST_CASE("control characters, the TAB included, are refused in every character set")
{
    for (const Charset charset : {Charset::latin1, Charset::ascii, Charset::msJis})
        for (const char32_t c : {U'\0', U'\t', U'\n', U'\x1B', U'\x7F', U'\u0085', U'\u009F'}) {
            const std::string text = "a" + toUtf8(std::u32string(1, c));
            CHECK(unencodable(text, charset) == std::vector{Unencodable{c, 1}});
            const auto refused = encodeText(text, charset);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().what.find("control character") != std::string::npos);
        }
}

TEST_CASE("invalid UTF-8 is refused where it begins")
{
    CHECK(unencodable("é\xFFx", Charset::latin1) == std::vector{Unencodable{0xFFFD, 1}});
    CHECK_FALSE(encodeText("é\xFFx", Charset::latin1));
    CHECK(inVendorRows("\xFF").empty());
    CHECK(storedForm("\xFF", Charset::latin1) == "\xFF");
}

TEST_CASE("kana and kanji take two bytes each")
{
    CHECK(encodeText("アルバム", Charset::msJis).value() ==
          bytes({0x83, 0x41, 0x83, 0x8B, 0x83, 0x6F, 0x83, 0x80}));
    CHECK(encodeText("曲一", Charset::msJis).value() == bytes({0x8B, 0xC8, 0x88, 0xEA}));
    CHECK(decodeText(bytes({0x8B, 0xC8, 0x93, 0xF1}), Charset::msJis).utf8 == "曲二");
}

TEST_CASE("ASCII and half-width kana are made full width in MS-JIS")
{
    CHECK(storedForm("CD 1", Charset::msJis) == "ＣＤ　１");
    CHECK(storedForm("ｱﾙﾊﾞﾑ ﾊﾟ", Charset::msJis) == "アルバム　パ");
    CHECK(storedForm("ﾜﾞﾞ", Charset::msJis) == "ワ゛゛"); // no such kana in MS-JIS
    CHECK(storedForm("Don't \"go\"", Charset::msJis) == "Ｄｏｎ’ｔ　”ｇｏ”");
    const auto encoded = encodeText("CD ｱﾞ", Charset::msJis);
    REQUIRE(encoded);
    CHECK(encoded->size() == 10);
    CHECK(decodeText(*encoded, Charset::msJis).utf8 == storedForm("CD ｱﾞ", Charset::msJis));
    for (char c = 0x20; c < 0x7F; ++c)
        CHECK_MESSAGE(unencodable(std::string(1, c), Charset::msJis).empty(), c);
}

TEST_CASE("wave dash, minus and their like are written as Microsoft's code page has them")
{
    CHECK(encodeText("〜", Charset::msJis).value() == bytes({0x81, 0x60}));
    CHECK(encodeText("～", Charset::msJis).value() == bytes({0x81, 0x60}));
    CHECK(encodeText("−", Charset::msJis).value() == bytes({0x81, 0x7C}));
    CHECK(encodeText("—", Charset::msJis).value() == bytes({0x81, 0x5C}));
    CHECK(encodeText("‖", Charset::msJis).value() == bytes({0x81, 0x61}));
    CHECK(encodeText("¥", Charset::msJis).value() == bytes({0x81, 0x8F}));
    CHECK(encodeText("Å", Charset::msJis).value() == bytes({0x81, 0xF0}));
}

TEST_CASE("every MS-JIS code that can be read can be written and reads the same again")
{
    int readable = 0, changed = 0;
    for (int lead = 0x80; lead <= 0xFF; ++lead)
        for (int trail = 0; trail <= 0xFF; ++trail) {
            const std::string code = bytes({lead, trail});
            const DecodedText decoded = decodeText(code, Charset::msJis);
            if (decoded.unreadable > 0 || decoded.singleByte > 0) continue;
            ++readable;
            const auto again = encodeText(decoded.utf8, Charset::msJis);
            REQUIRE_MESSAGE(again, decoded.utf8);
            CHECK(decodeText(*again, Charset::msJis).utf8 == decoded.utf8);
            CHECK(storedForm(decoded.utf8, Charset::msJis) == decoded.utf8);
            if (*again != code) ++changed;
        }
    // 6,879 characters of JIS X 0208 and 845 of the vendors, 412 of which are there twice or have a twin in
    // JIS.
    CHECK(readable == 7724);
    CHECK(changed < 450);
}

TEST_CASE("the user-defined area of MS-JIS means nothing")
{
    CHECK(decodeText(bytes({0xF0, 0x40}), Charset::msJis).unreadable == 1);
    CHECK_FALSE(unencodable("\uE000", Charset::msJis).empty());
}

TEST_CASE("characters of one byte in MS-JIS are read and counted")
{
    const DecodedText decoded = decodeText(bytes({'C', 'D', 0xB1, 0x8B, 0xC8}), Charset::msJis);
    CHECK(decoded.utf8 == "CDｱ曲");
    CHECK(decoded.singleByte == 3);
    CHECK(decoded.unreadable == 0);
    CHECK(decodeText(bytes({0x8B}), Charset::msJis).unreadable == 1);
    CHECK(decodeText(bytes({0x8B, 0x20}), Charset::msJis).unreadable == 1);
}

TEST_CASE("vendor rows are recognised")
{
    CHECK(usesVendorRows("第①番"));
    CHECK(inVendorRows("第①番") == std::vector{Unencodable{U'①', 1}});
    CHECK(usesVendorRows("髙橋"));
    CHECK(usesVendorRows("Ⅳ"));
    CHECK_FALSE(usesVendorRows("曲 No. 1 'x' ∪ ∵"));
    CHECK_FALSE(usesVendorRows("€"));
}

TEST_CASE("substitutions follow the table, list every change and leave the rest")
{
    const Substituted made = substitute("„Łódź“ – 10 € … ёлка", Charset::latin1);
    CHECK(made.text == "\"Lódz\" - 10 EUR ... ёлка");
    REQUIRE(made.made.size() == 7);
    CHECK(made.made[0] == Substitution{U'„', "\"", 0});
    CHECK(made.made[1] == Substitution{U'Ł', "L", 1});
    CHECK(made.made[2] == Substitution{U'ź', "z", 4});
    CHECK(made.made[5] == Substitution{U'€', "EUR", 12});
    CHECK(unencodable(made.text, Charset::latin1).size() == 4);
}

TEST_CASE("nothing is substituted that the character set has")
{
    const Substituted latin = substitute("Für Élise, naïve ½ «x»", Charset::latin1);
    CHECK(latin.text == "Für Élise, naïve ½ «x»");
    CHECK(latin.made.empty());
    const Substituted inMsJis = substitute("“曲” … —", Charset::msJis);
    CHECK(inMsJis.made.empty());
}

TEST_CASE("a replacement is itself replaced where the set is smaller")
{
    CHECK(substitute("Erdős", Charset::latin1).text == "Erdös");
    CHECK(substitute("Erdős", Charset::ascii).text == "Erdos");
    CHECK(substitute("20 ℃ • ß", Charset::ascii).text == "20 degC . ss");
    CHECK(substitute("Çiğdem Şöhret", Charset::latin1).text == "Çigdem Söhret");
    CHECK(substitute("Café", Charset::msJis).text == "Cafe");
    CHECK(substitute("Dvořák, Janáček", Charset::latin1).text == "Dvorák, Janácek");
    CHECK(substitute("Țărănesc", Charset::latin1).text == "Taranesc");
}

TEST_CASE("every entry of the table ends in characters that ASCII has")
{
    for (const SubstitutionEntry& entry : substitutionTable()) {
        const std::string from = toUtf8(std::u32string(1, entry.from));
        CHECK_MESSAGE(toNfc(from) == from, from);
        const Substituted made = substitute(from, Charset::ascii);
        CHECK_MESSAGE(made.made.size() == 1, from);
        CHECK_MESSAGE(unencodable(made.text, Charset::ascii).empty(), from);
    }
}

TEST_CASE("the documentation prints the substitution table")
{
    std::ifstream file{segue::test::testData("../../docs/formats/cd-text.md")};
    std::stringstream document;
    document << file.rdbuf();
    const std::string text = document.str();
    REQUIRE_FALSE(text.empty());
    std::size_t rows = 0;
    for (std::size_t at = text.find("\n| U+"); at != std::string::npos; at = text.find("\n| U+", at + 1))
        ++rows;
    CHECK(rows == substitutionTable().size());
    for (const SubstitutionEntry& entry : substitutionTable()) {
        const std::string row = fmt::format("\n| U+{:04X} | ", static_cast<std::uint32_t>(entry.from));
        const std::size_t at = text.find(row);
        REQUIRE_MESSAGE(at != std::string::npos, row);
        const std::string line = text.substr(at, text.find('\n', at + 1) - at);
        std::string to;
        for (const char c : entry.to)
            to += c == '|' ? std::string{"\\|"} : std::string(1, c); // Markdown's cell border
        to = to.empty() ? "nothing" : to == " " ? "a blank" : "`" + to + "`";
        CHECK_MESSAGE(line.ends_with(fmt::format(" | {} |", to)), line);
    }
}
