#include "gui/model/edition_settings.h"

#include "album/edit.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

std::string after(const Medium& medium, EditionField field, const std::string& text)
{
    return textOf(get(withTyped(medium, field, text)), field);
}
std::string refusal(const Medium& medium, EditionField field, const std::string& text)
{
    const auto made = withTyped(medium, field, text);
    REQUIRE_FALSE(made.has_value());
    return made.error().what;
}

} // namespace

TEST_CASE("typing what a field shows changes nothing, on the editions of any random album")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed)
        for (const Edition& edition : randomAlbum(seed).editions)
            for (const EditionFieldInfo& info : editionFields(edition.medium)) {
                CAPTURE(info.label);
                REQUIRE(get(withTyped(edition.medium, info.field, textOf(edition.medium, info.field))) ==
                        edition.medium);
            }
}

TEST_CASE("each field of a CD edition takes what it says it takes")
{
    const Medium cd = CdSettings{};
    CHECK(after(cd, EditionField::startOffset, "15") == "15");
    CHECK(std::get<CdSettings>(get(withTyped(cd, EditionField::startOffset, " 15 "))).startOffset ==
          durationOf(CdFrameCount{15}));
    CHECK(after(cd, EditionField::endOffset, "7") == "7");
    CHECK(after(cd, EditionField::endSilence, "1.5") == "1.500");
    CHECK(after(cd, EditionField::firstPause, "0:03:00") == "3.000");
    CHECK(textOf(cd, EditionField::longest) == "79:57:00");
    CHECK(after(cd, EditionField::longest, "74:00:00") == "74:00:00");
    CHECK(after(cd, EditionField::isrcOnIndex1, "1") == "1");
    CHECK(after(cd, EditionField::cdTextCodes, "1") == "1");
    CHECK(after(cd, EditionField::masterId, "SEG 001") == "SEG 001");
}

TEST_CASE("what belongs to no field is refused with what would be right")
{
    const Medium cd = CdSettings{};
    CHECK(refusal(cd, EditionField::startOffset, "76") ==
          "\u201c76\u201d is no number of CD frames; 0 to 75 belong here");
    CHECK(refusal(cd, EditionField::endOffset, "1.5") ==
          "\u201c1.5\u201d is no number of CD frames; 0 to 75 belong here");
    CHECK(refusal(cd, EditionField::endSilence, "-1") ==
          "\u201c-1\u201d is no pause; 0 to 600 s belong here, such as 2.5");
    CHECK(refusal(cd, EditionField::longest, "80 minutes") ==
          "\u201c80 minutes\u201d is no length of a disc; it is written as 79:57:00");
    CHECK(refusal(VinylSettings{}, EditionField::rate, "44.1k") ==
          "\u201c44.1k\u201d is no sample rate; 44100, 48000, 96000 and the like are");
}

TEST_CASE("a record's size, speed, profiles and reference are set as they are offered")
{
    const Medium record = VinylSettings{};
    CHECK(after(record, EditionField::inches, "7") == "7");
    CHECK(after(record, EditionField::speed, "45") == "45");
    CHECK(after(record, EditionField::lathe, "/home/cutter/my.lathe") == "/home/cutter/my.lathe");
    CHECK(after(record, EditionField::plant, "zenith") == "zenith");
    CHECK(after(record, EditionField::reference, "-16.5") == "-16.5");
    CHECK(refusal(record, EditionField::inches, "11") == "\u201c11\u201d is not one of 12, 10, 7");
    CHECK(refusal(record, EditionField::speed, "78") == "\u201c78\u201d is not one of 33, 45");
    CHECK(refusal(record, EditionField::lathe, " ") ==
          "A profile is a name, such as standard, or the path of a file");
    CHECK(refusal(record, EditionField::reference, "-61") ==
          "\u201c-61\u201d is no reference; -60 to 20 dBFS belong here");
}

TEST_CASE("a rate of its own is for editions that are no CD, and goes away again")
{
    for (const Medium& medium : {Medium{VinylSettings{}}, Medium{DigitalSettings{}}}) {
        CHECK(textOf(medium, EditionField::rate).empty());
        const Medium set = get(withTyped(medium, EditionField::rate, "96000"));
        CHECK(textOf(set, EditionField::rate) == "96000");
        CHECK(get(withTyped(set, EditionField::rate, "")) == medium);
    }
}
