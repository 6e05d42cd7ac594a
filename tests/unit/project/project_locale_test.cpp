#include "project/cue_sheet.h"
#include "project/exact_time.h"
#include "project/project_file.h"

#include "support/foreign_locale.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>

#include <string>

using namespace segue;

TEST_CASE("projects and cue sheets are the same bytes in every locale")
{
    const Path folder{"/music/album"};
    const auto cue = "title \"\xdc\"\nfile a.wav wave\ntrack 1 audio\nisrc usabc1234567\nindex 1 0:0:0\n";
    const auto plain = *formatProject(test::uglyAlbum(3), folder);
    const auto sheet = parseCueSheet(cue, "a.cue")->sheet;
    // A comma for decimals, grouped thousands, a dotless i, other digits.
    for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.UTF-8"}) {
        const test::ForeignLocale locale{name};
        if (!locale.there()) {
            MESSAGE("skipped: the locale " << std::string{name} << " is not installed");
            continue;
        }
        INFO(std::string{name});
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const Album album = test::uglyAlbum(seed);
            const auto xml = formatProject(album, folder);
            REQUIRE(xml.has_value());
            REQUIRE(parseProject(*xml, folder, "a.segue")->album == album);
        }
        CHECK(*formatProject(test::uglyAlbum(3), folder) == plain);
        CHECK(parseCueSheet(cue, "a.cue")->sheet == sheet);
        CHECK(exactTime(milliseconds(1'234'567)) == "1234.567s");
    }
}
