#include "gui/model/album_fields.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

std::string after(const Album& album, AlbumField field, const std::string& text)
{
    return textOf(get(typed(album, field, text).album), field);
}

} // namespace

TEST_CASE("every field of the album is listed once, with a label and a help of its own")
{
    for (int i = 0; i <= static_cast<int>(AlbumField::masterVersion); ++i)
        CHECK(std::ranges::count(albumFields(), static_cast<AlbumField>(i), &AlbumFieldInfo::field) == 1);
    for (const AlbumFieldInfo& info : albumFields()) {
        CHECK(std::string{info.label} != "");
        CHECK(std::string{info.help} != "");
    }
}

TEST_CASE("typing what a field shows changes nothing, on any random album")
{
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const Album a = randomAlbum(seed);
        for (const AlbumFieldInfo& info : albumFields()) {
            CAPTURE(info.label);
            REQUIRE(get(typed(a, info.field, textOf(a, info.field)).album) == a);
        }
    }
}

TEST_CASE("plain fields take what is typed, trimmed, and can be emptied")
{
    const Album a = album({10});
    for (const AlbumFieldInfo& info : albumFields()) {
        if (info.field == AlbumField::upc || info.field == AlbumField::genre ||
            info.field == AlbumField::language)
            continue;
        CAPTURE(info.label);
        const Album b = get(typed(a, info.field, "  Gr\u00fc\u00dfe ").album);
        CHECK(textOf(b, info.field) == "Gr\u00fc\u00dfe");
        CHECK(after(b, info.field, "").empty());
        // And no other field changes.
        for (const AlbumFieldInfo& other : albumFields())
            if (other.field != info.field) CHECK(textOf(b, other.field) == textOf(a, other.field));
    }
}

TEST_CASE("a UPC is checked by its check digit, and the refusal is the rule's own sentence")
{
    const Album a = album({10});
    CHECK(after(a, AlbumField::upc, "4006381333931") == "4006381333931");
    CHECK(refusal(typed(a, AlbumField::upc, "4006381333932").album) ==
          refusal(UpcEan::parse("4006381333932")));
    const Album b = get(typed(a, AlbumField::upc, "4006381333931").album);
    CHECK(after(b, AlbumField::upc, "").empty());
}

TEST_CASE("language and genre are CD-Text's, by name")
{
    const Album a = album({10});
    CHECK(textOf(a, AlbumField::language) == "English");
    CHECK(after(a, AlbumField::language, "German") == "German");
    CHECK(after(a, AlbumField::genre, "Jazz") == "Jazz");
    CHECK(after(get(typed(a, AlbumField::genre, "Jazz").album), AlbumField::genre, "").empty());
    CHECK(refusal(typed(a, AlbumField::language, "Klingon").album).starts_with("\"Klingon\" is no"));
    CHECK(refusal(typed(a, AlbumField::genre, "Yodelcore").album).starts_with("\"Yodelcore\" is no"));
}

TEST_CASE("undo says which field was set")
{
    CHECK(typed(album({10}), AlbumField::catalog, "X 1").label == "Set the album's catalogue");
}
