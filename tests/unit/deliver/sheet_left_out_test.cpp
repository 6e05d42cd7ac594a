// What a cue sheet or a TOC file cannot say is said beside it.

#include "deliver/wav_image.h"
#include "support/run_program.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

Findings deliverFindings(const SmallDelivery& small, ImageSheet sheet, const std::string& name)
{
    const auto outcome = exportImage(realFileOps(), small.album, firstEdition(small.album),
                                     small.folder / name, sheet, small.options);
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    CHECK(outcome->written);
    Findings found;
    std::ranges::copy_if(outcome->findings, std::back_inserter(found),
                         [](const Finding& f) { return f.rule.starts_with("DELIVER.SHEET"); });
    return found;
}

} // namespace

TEST_CASE("SCMS, which a TOC file has no word for, is named for each of its tracks; a cue sheet keeps it")
{
    SmallDelivery small;
    for (const int number : {1, 3})
        small.album = get(edit::setFlags(std::move(small.album), track(small.album, number), {.scms = true}));
    const Findings toc = deliverFindings(small, ImageSheet::toc, "image.toc");
    REQUIRE(toc.size() == 2);
    for (const Finding& f : toc) {
        CHECK(f.rule == "DELIVER.SHEET_FLAG_LEFT_OUT");
        CHECK(f.level == Finding::Level::warning);
    }
    CHECK(toc[0].where.track == 1);
    CHECK(toc[1].where.track == 3);
    CHECK(small.folder.read("image.toc").find("SCMS") == std::string::npos);
    CHECK(deliverFindings(small, ImageSheet::cue, "sheet.cue").empty());
    CHECK(small.folder.read("sheet.cue").find("FLAGS SCMS") != std::string::npos);
    CHECK(deliverFindings(small, ImageSheet::none, "alone.wav").empty());
}

TEST_CASE("kinds of CD-Text that a sheet cannot hold are named")
{
    SmallDelivery small;
    small.album.info.genreCode = 5;
    small.album.info.discId = "SEGUE 001";
    small.album.info.genreText = "Chanson";
    CHECK(deliverFindings(small, ImageSheet::toc, "image.toc").empty());
    CHECK(small.folder.read("image.toc")
              .find("    DISC_ID \"SEGUE 001\"\n"
                    "    GENRE { 0, 5, 67, 104, 97, 110, 115, 111, 110, 0 }\n") != std::string::npos);
    if (const auto ran = runProgram({"cdrdao", "show-toc", (small.folder / "image.toc").string()})) {
        CAPTURE(ran->err);
        CHECK(ran->exitCode == 0);
    }
    const Findings cue = deliverFindings(small, ImageSheet::cue, "sheet.cue");
    REQUIRE(cue.size() == 1);
    CHECK(cue[0].message ==
          "The cue sheet cannot hold all of the CD-Text; it lacks the genre and the disc identification");
}
