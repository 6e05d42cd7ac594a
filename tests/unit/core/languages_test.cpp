#include "core/languages.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace segue;

TEST_CASE("every language code with a name is found by that name")
{
    int named = 0;
    std::set<std::string_view> names;
    for (int code = 0; code < 256; ++code) {
        const Language language{static_cast<std::uint8_t>(code)};
        const std::string_view name = nameOf(language);
        CHECK(name.empty() == ((code > 0x2B && code < 0x45) || code > 0x7F));
        if (name.empty()) continue;
        ++named;
        CHECK(names.insert(name).second);
        CHECK(parseLanguage(name) == language);
    }
    CHECK(named == 103);
    CHECK(nameOf(english) == "English");
    CHECK(nameOf(japanese) == "Japanese");
    CHECK(nameOf(Language{0x7F}) == "Amharic");
}

TEST_CASE("a language is read by name or two letters or code")
{
    CHECK(parseLanguage("GERMAN") == Language{0x08});
    CHECK(parseLanguage(" de ") == Language{0x08});
    CHECK(parseLanguage("JA") == japanese);
    CHECK(parseLanguage("0x69") == japanese);
    CHECK(parseLanguage("0X9") == english);
    CHECK(parseLanguage("0x30") == Language{0x30}); // without a name, still a code
    for (const char* text : {"", "d", "deu", "Klingon", "69", "0x", "0x100", "0xG1", "0x-1", "x69"}) {
        CAPTURE(text);
        CHECK_FALSE(parseLanguage(text).has_value());
    }
}

TEST_CASE("every genre code is found by its name")
{
    for (int code = 0; code < 28; ++code) {
        CAPTURE(code);
        REQUIRE_FALSE(genreName(code).empty());
        CHECK(parseGenre(genreName(code)) == code);
    }
    CHECK(genreName(28).empty());
    CHECK(genreName(-1).empty());
    CHECK(genreName(26) == "Spoken Word");
}

TEST_CASE("a genre is read in its usual spellings and otherwise stays text")
{
    CHECK(parseGenre("hip-hop") == 13);
    CHECK(parseGenre("Pop") == 20);
    CHECK(parseGenre("rock") == 23);
    CHECK(parseGenre("Rhythm and Blues") == 24);
    CHECK(parseGenre("Children's Music") == 4);
    for (const char* text : {"", "Soundtrack", "Doom Metal", "Music", "20", "Pöp", "Jazz 2"}) {
        CAPTURE(text);
        CHECK_FALSE(parseGenre(text).has_value());
    }
}
