#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("album texts go to their language")
{
    Album a;
    a = get(edit::setAlbumText(a, TextField::title, english, "Nowhere"));
    a = get(edit::setAlbumText(a, TextField::title, Language{0x08}, "Nirgends"));
    CHECK(a.info.texts.title == "Nowhere");
    REQUIRE(a.info.translations.size() == 1);
    CHECK(a.info.translations[0].texts.title == "Nirgends");
    a = get(edit::setAlbumText(a, TextField::title, Language{0x08}, std::nullopt));
    CHECK(a.info.translations.empty());
    CHECK(!edit::setAlbumText(a, TextField::title, english, "a\rb"));
}

TEST_CASE("the album's language is not one that a translation has")
{
    Album a = album({5});
    CHECK(get(edit::setLanguage(a, japanese)).info.language == japanese);
    a = get(edit::setTrackText(a, track(a, 1), TextField::title, japanese, "J"));
    CHECK(refusal(edit::setLanguage(a, japanese)) ==
          "There is a translation into Japanese already; remove it first");
    CHECK(edit::setLanguage(a, english) == a);
}

TEST_CASE("the bar code comes and goes")
{
    const UpcEan upc = get(UpcEan::parse("4006381333931"));
    const Album a = get(edit::setUpc({}, upc));
    CHECK(a.info.upc == upc);
    CHECK(edit::setUpc(a, std::nullopt) == Album{});
}

TEST_CASE("information is cleaned, and what has an edit of its own is left alone")
{
    Album a = album({5});
    const Album b = get(edit::setInfo(a, [](AlbumInfo& info) {
        info.label = "Cafe\u0301";
        info.genreCode = 12;
        info.note = "two\nlines";
        info.texts.title = "not this way";
        info.language = japanese;
    }));
    CHECK(b.info.label == "Caf\u00E9");
    CHECK(b.info.genreCode == 12);
    CHECK(b.info.note == "two\nlines");
    CHECK(!b.info.texts.title);
    CHECK(b.info.language == english);
    CHECK(!edit::setInfo(a, [](AlbumInfo& info) { info.studio = "a\nb"; }));
    CHECK(!edit::setInfo(a, [](AlbumInfo& info) { info.contact = "\xFF"; }));
    CHECK(refusal(edit::setInfo(a, [](AlbumInfo& info) { info.genreCode = 400; })) ==
          "CD-Text has no genre 400; there are 0 to 27, and free text");
    CHECK(edit::setInfo(a, [](AlbumInfo&) {}) == a);
}
