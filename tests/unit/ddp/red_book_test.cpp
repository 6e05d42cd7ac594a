#include "ddp/red_book.h"

#include "support/discs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

/// The ids of the findings, in their order, with blanks between.
std::string rulesIn(const Findings& findings)
{
    std::string ids;
    for (const Finding& f : findings) ids += (ids.empty() ? "" : " ") + f.rule;
    return ids;
}

/// One way to break a clean disc, and exactly the findings that follow.
struct Breach {
    const char* rules;
    std::function<void(Disc&)> make;
    Place where{};
};

Disc withPreEmphasisAcross(std::int64_t pause)
{
    Disc disc = cleanDisc();
    disc.tracks[1].pauseStart = CdFramePos{750 - pause};
    disc.tracks[1].flags.preEmphasis = true;
    disc.tracks[2].flags.preEmphasis = true;
    return disc;
}

const std::vector<Breach>& breaches()
{
    static const std::vector<Breach> all{
        {"DISC.TRACK_COUNT", [](Disc& d) { d.tracks.clear(); }},
        {"DISC.TRACK_COUNT",
         [](Disc& d) {
             d.tracks.resize(100);
             for (std::size_t i = 0; i < 100; ++i) {
                 const auto n = static_cast<std::int64_t>(i);
                 d.tracks[i].indexes = {CdFramePos{150 + 300 * n}};
                 d.tracks[i].isrc = Isrc::parse("USABC2600000").value().next(static_cast<int>(i)).value();
                 d.tracks[i].pauseStart.reset();
             }
             d.leadOut = CdFramePos{150 + 300 * 100};
         }},
        {"DISC.INDEX_MISSING", [](Disc& d) { d.tracks[1].indexes.clear(); }, {.track = 2, .index = 1}},
        {"DISC.INDEX_COUNT",
         [](Disc& d) {
             for (int i = 0; i < 98; ++i) d.tracks[1].indexes.push_back(CdFramePos{951 + i});
         },
         {.track = 2}},
        {"DISC.INDEX_ORDER",
         [](Disc& d) { d.tracks[1].indexes[1] = CdFramePos{750}; },
         {.track = 2, .index = 2, .frame = CdFramePos{750}}},
        {"DISC.INDEX_ORDER",
         [](Disc& d) { d.tracks[1].indexes[1] = CdFramePos{1450}; },
         {.track = 3, .index = 1, .frame = CdFramePos{1450}}},
        {"DISC.PAUSE_ORDER",
         [](Disc& d) { d.tracks[1].pauseStart = CdFramePos{750}; },
         {.track = 2, .index = 0, .frame = CdFramePos{750}}},
        {"DISC.PAUSE_ORDER",
         [](Disc& d) { d.tracks[1].pauseStart = CdFramePos{150}; },
         {.track = 2, .index = 0, .frame = CdFramePos{150}}},
        {"DISC.PAUSE_ORDER",
         [](Disc& d) { d.tracks[0].pauseStart = CdFramePos{1}; },
         {.track = 1, .index = 0, .frame = CdFramePos{1}}},
        {"DISC.FIRST_PAUSE",
         [](Disc& d) { d.tracks[0].indexes[0] = CdFramePos{149}; },
         {.track = 1, .index = 1, .frame = CdFramePos{149}}},
        {"DISC.FIRST_PAUSE_UNUSUAL",
         [](Disc& d) { d.tracks[0].indexes[0] = CdFramePos{151}; },
         {.track = 1, .index = 1, .frame = CdFramePos{151}}},
        {"DISC.TRACK_LENGTH",
         [](Disc& d) { d.leadOut = CdFramePos{1450 + 299}; },
         {.track = 3, .index = 1, .frame = CdFramePos{1450}}},
        {"DISC.MUSIC_LENGTH",
         [](Disc& d) { d.tracks[1].pauseStart = CdFramePos{150 + 299}; },
         {.track = 1, .index = 1, .frame = CdFramePos{150}}},
        {"DISC.INDEX_BEYOND_END",
         [](Disc& d) { d.tracks[2].indexes.push_back(d.leadOut); },
         {.track = 3, .index = 2, .frame = CdFramePos{1900}}},
        {"DISC.LENGTH_NOMINAL",
         [](Disc& d) { d.leadOut = CdFramePos{335'251}; },
         {.frame = CdFramePos{335'251}}},
        {"DISC.LENGTH_LONG",
         [](Disc& d) { d.leadOut = CdFramePos{351'001}; },
         {.frame = CdFramePos{351'001}}},
        {"DISC.LENGTH_TALK",
         [](Disc& d) { d.leadOut = CdFramePos{356'251}; },
         {.frame = CdFramePos{356'251}}},
        {"DISC.PLANT_LENGTH",
         [](Disc& d) { d.leadOut = CdFramePos{359'776}; },
         {.frame = CdFramePos{359'776}}},
        {"DISC.PLANT_LENGTH_SELECT DISC.PLANT_LENGTH",
         [](Disc& d) { d.leadOut = CdFramePos{360'751}; },
         {.frame = CdFramePos{360'751}}},
        {"DISC.ADDRESS_RANGE", [](Disc& d) { d.leadOut = CdFramePos{450'000}; }},
        {"DISC.EMPHASIS",
         [](Disc& d) {
             d = withPreEmphasisAcross(150);
             d.tracks[2].flags = {};
             d.tracks[2].pauseStart = CdFramePos{1300};
         },
         {.track = 2}},
        {"DISC.EMPHASIS DISC.EMPHASIS_CHANGE DISC.EMPHASIS",
         [](Disc& d) { d = withPreEmphasisAcross(149); },
         {.track = 2}},
        {"DISC.EMPHASIS_SCMS DISC.EMPHASIS DISC.EMPHASIS",
         [](Disc& d) {
             d = withPreEmphasisAcross(150);
             d.tracks[1].flags.scms = true;
         },
         {.track = 2}},
        {"DISC.FOUR_CHANNEL", [](Disc& d) { d.tracks[0].flags.fourChannel = true; }, {.track = 1}},
        {"DISC.FOUR_CHANNEL_COPY",
         [](Disc& d) { d.tracks[0].flags = {.copyPermitted = true, .fourChannel = true}; },
         {.track = 1}},
        {"DISC.COPY_CONFLICT",
         [](Disc& d) { d.tracks[2].flags = {.copyPermitted = true, .scms = true}; },
         {.track = 3}},
        {"CODE.ISRC_DUPLICATE", [](Disc& d) { d.tracks[2].isrc = d.tracks[0].isrc; }, {.track = 3}},
        {"CODE.ISRC_MISSING", [](Disc& d) { d.tracks[1].isrc.reset(); }, {.track = 2}},
        {"CODE.ISRC_NONE",
         [](Disc& d) {
             for (DiscTrack& track : d.tracks) track.isrc.reset();
         }},
        {"CODE.UPC_MISSING", [](Disc& d) { d.upc.reset(); }},
        {"CODE.UPC_CHECK_DIGIT", [](Disc& d) { d.upc = UpcEan::parseDigits("4006381333932").value(); }},
        {"CDTEXT.DISC_TITLE",
         [](Disc& d) {
             d.cdText = titles(3);
             d.cdText->blocks[0].disc.title = "";
         }},
        {"CDTEXT.TITLES_MISSING",
         [](Disc& d) {
             d.cdText = titles(3);
             d.cdText->blocks[0].tracks[1].title.reset();
         },
         {.track = 2}},
    };
    return all;
}

Findings findingsOf(const Breach& breach)
{
    Disc disc = cleanDisc();
    breach.make(disc);
    return checkDisc(disc);
}

} // namespace

TEST_CASE("a clean disc has no finding, with titles and without")
{
    Disc disc = cleanDisc();
    CHECK(rulesIn(checkDisc(disc)) == "");
    disc.cdText = titles(3);
    CHECK(rulesIn(checkDisc(disc)) == "");
    disc.tracks[0].pauseStart = CdFramePos{0};
    CHECK(rulesIn(checkDisc(disc)) == "");
}

TEST_CASE("each breach of a rule gives that rule's finding, at its place, with the level of the catalogue")
{
    for (const Breach& breach : breaches()) {
        CAPTURE(breach.rules);
        const Findings found = findingsOf(breach);
        CHECK(rulesIn(found) == breach.rules);
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].where == breach.where);
        for (const Finding& f : found) {
            CHECK(f.level == rule(f.rule).level);
            CHECK_FALSE(f.message.empty());
            CHECK_FALSE(f.message.ends_with('.'));
        }
    }
}

TEST_CASE("every rule that a disc can break is broken above")
{
    std::set<std::string> broken, expected{"CDTEXT.DISC_TITLE", "CDTEXT.TITLES_MISSING"};
    for (const Breach& breach : breaches())
        for (const Finding& f : findingsOf(breach)) broken.insert(f.rule);
    for (const Rule& r : rules())
        if (r.id.starts_with("DISC.") || r.id.starts_with("CODE.")) expected.insert(std::string{r.id});
    // Codes in a Disc are well-formed by their types; only the reader meets others.
    expected.erase("CODE.ISRC");
    expected.erase("CODE.UPC");
    CHECK(broken == expected);
}

TEST_CASE("limits themselves are allowed")
{
    const auto at = [](std::int64_t leadOut, RedBookOptions options = {}) {
        Disc disc = cleanDisc();
        disc.leadOut = CdFramePos{leadOut};
        return rulesIn(checkDisc(disc, options));
    };
    CHECK(at(1450 + 300) == "");
    CHECK(at(335'250) == "");
    CHECK(at(351'000) == "DISC.LENGTH_NOMINAL");
    CHECK(at(356'250) == "DISC.LENGTH_LONG");
    CHECK(at(359'775) == "DISC.LENGTH_TALK");
    CHECK(at(360'750) == "DISC.PLANT_LENGTH");
    CHECK(at(449'999) == "DISC.PLANT_LENGTH_SELECT DISC.PLANT_LENGTH");
    CHECK(at(360'750, {.maxLength = CdFramePos{360'750}}) == "DISC.LENGTH_TALK");
    CHECK(at(333'001, {.maxLength = CdFramePos{333'000}}) == "DISC.PLANT_LENGTH");

    Disc disc = cleanDisc();
    disc.tracks[1].pauseStart = CdFramePos{150 + 300};
    CHECK(rulesIn(checkDisc(disc)) == "");
    disc.tracks[1].indexes.resize(99);
    for (std::size_t i = 2; i < 99; ++i)
        disc.tracks[1].indexes[i] = CdFramePos{950 + static_cast<std::int64_t>(i)};
    CHECK(rulesIn(checkDisc(disc)) == "");
    CHECK(rulesIn(checkDisc(withPreEmphasisAcross(150))) == "DISC.EMPHASIS DISC.EMPHASIS");
}

TEST_CASE("four seconds are counted to the next INDEX 01, with the pause between")
{
    Disc disc = cleanDisc();
    disc.tracks[1].pauseStart = CdFramePos{150 + 275};
    disc.tracks[1].indexes = {CdFramePos{150 + 300}};
    CHECK(rulesIn(checkDisc(disc)) == "DISC.MUSIC_LENGTH");
    disc.tracks[1].indexes = {CdFramePos{150 + 299}};
    CHECK(rulesIn(checkDisc(disc)) == "DISC.TRACK_LENGTH");
}

TEST_CASE("messages say what is the case, where and what would be right")
{
    Disc disc = cleanDisc();
    disc.leadOut = CdFramePos{1600};
    Findings found = checkDisc(disc);
    REQUIRE(found.size() == 1);
    CHECK(found[0].message ==
          "The track runs 150 frames (2.00 s) from INDEX 01 to lead-out; 300 frames (4 s) are the least");
    CHECK(found[0].fix == "make it longer, join it to a neighbour, or lengthen the pause after it");
    CHECK(describe(found[0].where) == "track 3, INDEX 01, 00:19:25");

    disc = cleanDisc();
    disc.tracks[1].indexes[1] = CdFramePos{700};
    found = checkDisc(disc);
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == "INDEX 02 at 00:09:25 does not lie after INDEX 01 at 00:10:00");

    disc.tracks[1].indexes.push_back(CdFramePos{725});
    found = checkDisc(disc);
    REQUIRE(found.size() == 2);
    CHECK(found[1].message == "INDEX 03 at 00:09:50 does not lie after INDEX 01 at 00:10:00");

    disc = cleanDisc();
    disc.upc = UpcEan::parseDigits("4006381333932").value();
    CHECK(checkDisc(disc)[0].message == "The UPC/EAN 4006381333932 should end in 1");

    disc = cleanDisc();
    disc.tracks[2].indexes.push_back(disc.leadOut);
    CHECK(checkDisc(disc)[0].message ==
          "INDEX 02 at 00:25:25 lies at or after the end of the disc at 00:25:25");

    disc = cleanDisc();
    disc.tracks[2].isrc = disc.tracks[0].isrc;
    CHECK(checkDisc(disc)[0].message == "Track 1 has the same ISRC US-ABC-26-12345");

    disc = cleanDisc();
    disc.tracks[1].indexes[1] = CdFramePos{-1};
    found = checkDisc(disc);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].message.starts_with("INDEX 02 at "));
    CHECK(found[0].where == Place{.track = 2, .index = 2});
}

TEST_CASE("what concerns the whole disc comes first, then track by track")
{
    Disc disc = cleanDisc();
    disc.tracks[2].isrc.reset();
    disc.tracks[2].flags.fourChannel = true;
    disc.tracks[1].flags.fourChannel = true;
    disc.tracks[0].indexes[0] = CdFramePos{200};
    disc.upc.reset();
    disc.leadOut = CdFramePos{340'000};
    CHECK(rulesIn(checkDisc(disc)) ==
          "CODE.UPC_MISSING DISC.LENGTH_NOMINAL DISC.FIRST_PAUSE_UNUSUAL DISC.FOUR_CHANNEL "
          "DISC.FOUR_CHANNEL CODE.ISRC_MISSING");
}

TEST_CASE("absurd positions are reported and never measured")
{
    const auto has = [](const Disc& disc, std::string_view id) {
        const Findings found = checkDisc(disc);
        for (const Finding& f : found) (void)describe(f.where);
        return std::ranges::find(found, id, &Finding::rule) != found.end();
    };
    for (const std::int64_t absurd :
         {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{1'000'000'001}, INT64_MAX}) {
        CAPTURE(absurd);
        const CdFramePos here{absurd};
        const bool negative = absurd < 0;
        for (std::size_t track = 0; track < 3; ++track) {
            Disc disc = cleanDisc();
            disc.tracks[track].indexes[0] = here;
            CHECK(has(disc, negative ? "DISC.ADDRESS_RANGE" : "DISC.INDEX_BEYOND_END"));
            disc = cleanDisc();
            disc.tracks[track].pauseStart = here;
            CHECK(has(disc, negative ? "DISC.ADDRESS_RANGE" : "DISC.PAUSE_ORDER"));
            disc.leadOut = here;
            disc.tracks[2 - track].indexes[0] = CdFramePos{negative ? INT64_MAX : INT64_MIN};
            CHECK(has(disc, "DISC.ADDRESS_RANGE"));
        }
        Disc disc = cleanDisc();
        disc.leadOut = here;
        CHECK(has(disc, "DISC.ADDRESS_RANGE"));
    }
}

TEST_CASE("a track of no length is a matter of order alone")
{
    Disc disc = cleanDisc();
    disc.tracks[2].indexes = {CdFramePos{750}};
    CHECK(rulesIn(checkDisc(disc)) == "DISC.INDEX_ORDER");
    disc = cleanDisc();
    disc.leadOut = CdFramePos{1450};
    CHECK(rulesIn(checkDisc(disc)) == "DISC.INDEX_BEYOND_END");
}
