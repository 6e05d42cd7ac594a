// What stands on a cut sheet, as text and on pages.

#include "deliver/cut_sheet_pages.h"

#include "support/album_builder.h"
#include "support/planned_record.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

/// Three tracks on two sides, antiphase bass in the second track from its second 10 on.
struct SheetOfRecord {
    explicit SheetOfRecord(bool withFiles = true)
    {
        const Formula bass = tone(60, -10, 8000, 1, -1);
        record = plannedRecord(
            {1, 1, 1},
            [bass](std::int64_t at) { return at >= 72 * 8000 && at < 74 * 8000 ? bass(at) : segue::Frame{}; },
            {.sides = 2});
        all = album({60, 60, 60}, seconds(2), VinylSettings{}, {.hertz = 8000});
        all.info.texts.title = "Night";
        all.info.texts.performer = "Someone";
        all.info.note = "No limiter, please.\nNo high-pass.";
        all.tracks[1].note = "The antiphase at 0:10 is intended.";
        std::vector<std::size_t> breaks{record.plan.sides[1].first};
        const Edition made = asRecord(firstEdition(all), breaks, SampleRate{8000}, {});
        sides = get(planSides(all, made, {.rate = SampleRate{8000}}));
        for (std::size_t i = 0; i < record.programme.tracks.size(); ++i)
            record.programme.tracks[i].id = track(all, static_cast<int>(i) + 1);
        CutSheetInput in{.album = all,
                         .albumName = name,
                         .programme = record.programme,
                         .plan = record.plan,
                         .sides = sides};
        if (withFiles) {
            in.md5s = {"0123", "4567"};
            in.treatment = {{"Gain", "none"}};
        }
        sheet = makeCutSheet(in);
    }
    std::string name = "Night.segue";
    PlannedRecord record{};
    Album all{};
    std::vector<PlannedSide> sides{};
    CutSheet sheet{};
};

std::string wordsOf(const std::vector<picture::DrawList>& pages)
{
    std::string words;
    for (const picture::DrawList& page : pages)
        for (const picture::Item& item : page)
            if (const auto* text = std::get_if<picture::Text>(&item)) words += text->words + "\n";
    return words;
}
double halfWide(const picture::Text& text) { return static_cast<double>(text.words.size()) * text.size / 2; }

} // namespace

TEST_CASE("a cut sheet names the record, every mark with its sample, and the bands")
{
    const SheetOfRecord s;
    REQUIRE(s.sheet.sides.size() == 2);
    std::size_t tracks = 0;
    for (const CutSheetSide& side : s.sheet.sides) {
        for (const CutSheetTrack& t : side.tracks) {
            CHECK(t.mark == (&t == &side.tracks.front() ? "start" : "band"));
            ++tracks;
        }
        CHECK(side.tracks.front().start == "00:01.000");
        CHECK(side.tracks.front().startSample == "8000");
        CHECK(side.tracks.front().length == "01:00.000");
    }
    CHECK(tracks == 3);
    const std::string text = cutSheetText(s.sheet);
    for (const char* words :
         {"CUT SHEET", "Night", "Someone", "12\" at 33 1/3 rpm, 2 sides", "-14 dBFS", "standard", "SIDE A",
          "SIDE B", "0123", "WHAT THE MODEL DOES NOT KNOW", "the cutting engineer decides"})
        CHECK_MESSAGE(text.find(words) != std::string::npos, words);
}

TEST_CASE("an event stands at its time in the side file and in its track")
{
    const SheetOfRecord s;
    const bool first = s.record.plan.sides[0].end == 2; // the second track is on side A
    const CutSheetSide& side = s.sheet.sides[first ? 0 : 1];
    const auto deep = std::ranges::find_if(
        side.events, [](const CutSheetEvent& e) { return e.message.find("depth") != std::string::npos; });
    REQUIRE(deep != side.events.end());
    CHECK(deep->place == (first ? "A2 00:10.000" : "B1 00:10.000"));
    CHECK(deep->time == (first ? "01:13.000" : "00:11.000"));
}

TEST_CASE("the notes of album and tracks are the wishes")
{
    const SheetOfRecord s;
    REQUIRE(s.sheet.wishes.size() == 2);
    CHECK(s.sheet.wishes[0].second == "No limiter, please.\nNo high-pass.");
    CHECK(s.sheet.wishes[1].first.find("Track 2") != std::string::npos);
    const std::string text = cutSheetText(s.sheet);
    CHECK(text.find("    No limiter, please.\n    No high-pass.\n") != std::string::npos);
}

TEST_CASE("no line of the text is longer than a page is wide, and none ends in a blank")
{
    const std::string text = cutSheetText(SheetOfRecord{}.sheet);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        CHECK(end - at <= 125);
        CHECK((end == at || text[end - 1] != ' '));
        at = end + 1;
    }
}

TEST_CASE("the pages say what the text says, each side on a page of its own with its disc")
{
    const SheetOfRecord s;
    const auto pages = cutSheetPages(s.sheet, s.record.programme, s.record.plan, halfWide);
    CHECK(pages.size() == 3);
    const std::string words = wordsOf(pages);
    for (const CutSheetSide& side : s.sheet.sides)
        for (const CutSheetTrack& t : side.tracks) {
            CHECK(words.find(t.title) != std::string::npos);
            CHECK(words.find(t.startSample) != std::string::npos);
        }
    CHECK(words.find("The antiphase at 0:10") != std::string::npos);
    const auto discs = [](const picture::DrawList& page) {
        return std::ranges::count_if(page, [](const picture::Item& item) {
            const auto* disc = std::get_if<picture::Disc>(&item);
            return disc != nullptr && disc->ink == picture::Ink::vinylEdge;
        });
    };
    CHECK(discs(pages[0]) == 0);
    CHECK(discs(pages[1]) == 1);
    CHECK(discs(pages[2]) == 1);
}

TEST_CASE("the verdicts at 0 dB and the correlation of four bands are on text and pages")
{
    const SheetOfRecord s;
    const std::vector<vinyl::TrackBands> bands(
        3, {{{2, 2, 1.9, 1}, {2, 2, 1.8, 1}, {2, 2, 1.5, 1}, {2, 2, 1, 1}}});
    const CutSheet sheet = makeCutSheet({.album = s.all,
                                         .albumName = s.name,
                                         .programme = s.record.programme,
                                         .plan = s.record.plan,
                                         .sides = s.sides,
                                         .bands = bands});
    const std::string text = cutSheetText(sheet),
                      pages = wordsOf(cutSheetPages(sheet, s.record.programme, s.record.plan, halfWide));
    for (const std::string& words : {text, pages}) {
        CHECK(words.find("At 0 dB") != std::string::npos);
        CHECK(words.find("below 80 Hz 0.95 (S -16 dB)") != std::string::npos);
    }
}

TEST_CASE("what stands beside the disc has room, with events of every kind")
{
    SheetOfRecord s;
    CutSheetSide& side = s.sheet.sides[0];
    side.facts.emplace_back("Above 15 kHz", "-29 dBFS");
    for (const auto level : {Finding::Level::error, Finding::Level::warning, Finding::Level::note})
        side.events.push_back({.severity = level});
    const auto pages = cutSheetPages(s.sheet, s.record.programme, s.record.plan, halfWide);
    double factsEnd = 0, legendBegins = 1e9;
    bool last = false;
    for (const picture::Item& item : pages[1]) {
        const auto* text = std::get_if<picture::Text>(&item);
        if (text == nullptr) continue;
        if (last) factsEnd = text->box.bottom();
        last = text->words == "Above 15 kHz";
        if (text->words.ends_with("errors") || text->words.ends_with("error"))
            legendBegins = std::min(legendBegins, text->box.y);
    }
    CHECK(factsEnd > 0);
    CHECK(legendBegins < 1e9);
    CHECK(factsEnd <= legendBegins);
}

TEST_CASE("the same sheet is the same PDF")
{
    const SheetOfRecord s;
    const auto one = cutSheetPdf(s.sheet, s.record.programme, s.record.plan);
    const auto other = cutSheetPdf(s.sheet, s.record.programme, s.record.plan);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->pdf == other->pdf);
    CHECK(one->missingGlyphs == 0);
}
