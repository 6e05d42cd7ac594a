#include "deliver/cut_sheet_pages.h"

#include "picture/disc_scene.h"
#include "picture/level_scene.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

using namespace picture;

constexpr double discHeight = 330, levelHeight = 230, besideDisc = 26, factLine = 16;

Ink inkOf(Finding::Level level)
{
    switch (level) {
    case Finding::Level::error: return Ink::error;
    case Finding::Level::warning: return Ink::accent;
    case Finding::Level::note: break;
    }
    return Ink::note;
}

/// Labels above their values, from the top of the box downwards. \return where they end
double factsInto(DrawList& list, Rect box, const LabelledTexts& facts, const TextWidth& widthOf)
{
    const Text dim{.ink = Ink::dim, .size = 10.5, .weight = Weight::medium}, body{.size = 12};
    const auto put = [&](const Text& style, std::string words) {
        Text text = style;
        text.box = {box.x, box.y, box.width, factLine};
        text.words = std::move(words);
        list.emplace_back(std::move(text));
        box.y += factLine;
    };
    for (const auto& [label, value] : facts) {
        put(dim, label);
        for (std::string& line : brokenLines(body, value, box.width, widthOf)) put(body, std::move(line));
        box.y += 6;
    }
    return box.y;
}

void legendInto(DrawList& list, Rect box, const CutSheetSide& side)
{
    double y = box.bottom();
    const auto entry = [&](Finding::Level level, std::string_view one, std::string_view many) {
        const auto count = std::ranges::count(side.events, level, &CutSheetEvent::severity);
        if (count == 0) return;
        y -= 18;
        list.emplace_back(Disc{{box.x + 6, y + 8}, 5, inkOf(level)});
        list.emplace_back(Text{.box = {box.x + 18, y, box.width - 18, 16},
                               .words = fmt::format("{} {}", count, count == 1 ? one : many),
                               .size = 11.5});
    };
    entry(Finding::Level::note, "note", "notes");
    entry(Finding::Level::warning, "warning", "warnings");
    entry(Finding::Level::error, "error", "errors");
    if (side.events.empty())
        list.emplace_back(Text{.box = {box.x, y - 18, box.width, 16},
                               .words = "No event is predicted",
                               .ink = Ink::good,
                               .size = 11.5});
}

void sidePages(PageFlow& flow, const CutSheetSide& side, std::size_t index, const vinyl::Programme& programme,
               const vinyl::VinylPlan& plan, const TextWidth& widthOf)
{
    flow.nextPage();
    flow.title("Side " + side.name, side.file);
    flow.picture(discHeight, [&](DrawList& list, const Rect& box) {
        const DiscScene scene =
            discScene(programme, plan, index, {box.x, box.y, box.height, box.height}, true);
        list.insert(list.end(), scene.list.begin(), scene.list.end());
        const double x = box.x + box.height + besideDisc;
        const Rect beside{x, box.y + 4, box.right() - x, box.height - 8};
        factsInto(list, beside, side.facts, widthOf);
        legendInto(list, beside, side);
    });

    PageTable tracks{.columns = {{.head = "Mark", .share = 44, .bold = true},
                                 {.head = "Title", .share = 150},
                                 {.head = "Start", .share = 82, .align = Align::right, .digits = true},
                                 {.head = "End", .share = 82, .align = Align::right, .digits = true},
                                 {.head = "Length", .share = 82, .align = Align::right, .digits = true},
                                 {.head = "Sample", .share = 96, .align = Align::right, .digits = true},
                                 {.head = "Before it", .share = 72},
                                 {.head = "Spare", .share = 56, .align = Align::right, .digits = true}},
                     .rows = {}};
    for (const CutSheetTrack& t : side.tracks)
        tracks.rows.push_back({t.name, t.title, t.start, t.end, t.length, t.startSample,
                               t.mark == "start" ? std::string{"lead-in"} : t.mark, t.spare});
    flow.table(tracks);
    if (!side.further.empty()) {
        flow.heading("Further figures");
        flow.facts(side.further, 1);
    }

    if (!side.events.empty()) {
        flow.heading("What is predicted");
        PageTable events{
            .columns = {{.head = "", .share = 30, .align = Align::right, .bold = true},
                        {.head = "Side time", .share = 84, .align = Align::right, .digits = true},
                        {.head = "In the track", .share = 104, .digits = true},
                        {.head = "Radius", .share = 76, .align = Align::right, .digits = true},
                        {.head = "", .share = 370}},
            .rows = {}};
        for (std::size_t i = 0; i < side.events.size(); ++i) {
            const CutSheetEvent& e = side.events[i];
            events.rows.push_back(
                {PageCell{fmt::format("{}", i + 1), inkOf(e.severity)}, e.time, e.place, e.radius,
                 PageCell{e.message, e.severity == Finding::Level::error ? Ink::error : Ink::text}});
        }
        flow.table(events);
    }
    if (side.eventsLeftOut > 0)
        flow.paragraph(fmt::format("{} milder events of the same kinds are not listed.", side.eventsLeftOut),
                       Ink::dim);
    if (!side.advice.empty())
        flow.paragraph("What would keep the depth inside its limit: " + side.advice + ".");
}

std::string highestOf(const vinyl::SidePlan& side)
{
    return !side.limit.gain     ? std::string{"any"}
           : side.fitsNowhere() ? std::string{"does not fit"}
                                : fmt::format("{:+.2f} dB ({})", *side.limit.gain, name(side.limit.limit));
}

} // namespace

std::vector<DrawList> cutSheetPages(const CutSheet& sheet, const vinyl::Programme& programme,
                                    const vinyl::VinylPlan& plan, const TextWidth& widthOf)
{
    const std::string album = sheet.album.empty() ? std::string{"Record"} : sheet.album;
    PageFlow flow{widthOf, fmt::format("{}, cut sheet", album)};
    flow.title(album, "Cut sheet");
    flow.facts(sheet.head);
    flow.heading("The record");
    flow.facts(sheet.record, 1);
    if (!sheet.treatment.empty()) {
        flow.heading("The side files");
        flow.facts(sheet.treatment, 1);
    }
    flow.heading("The sides");
    PageTable sides{.columns = {{.head = "Side", .share = 50, .bold = true},
                                {.head = "Tracks", .share = 60},
                                {.head = "Predicted use", .share = 330},
                                {.head = "Highest level", .share = 150},
                                {.head = "Events", .share = 150}},
                    .rows = {}};
    for (std::size_t i = 0; i < sheet.sides.size(); ++i) {
        const CutSheetSide& s = sheet.sides[i];
        const auto fact = [&](std::string_view label) {
            const auto at = std::ranges::find(s.facts, label, &LabelledTexts::value_type::first);
            return at == s.facts.end() ? std::string{} : at->second;
        };
        const auto count = [&](Finding::Level level) {
            return std::ranges::count(s.events, level, &CutSheetEvent::severity);
        };
        const auto errors = count(Finding::Level::error), warnings = count(Finding::Level::warning);
        sides.rows.push_back(
            {s.name, fmt::format("{}", s.tracks.size()), fact("Predicted use"), highestOf(plan.sides[i]),
             PageCell{errors + warnings == 0
                          ? std::string{"none of weight"}
                          : fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings,
                                        warnings == 1 ? "" : "s"),
                      errors > 0     ? Ink::error
                      : warnings > 0 ? Ink::accent
                                     : Ink::good}});
    }
    flow.table(sides);
    flow.space(10);
    flow.picture(levelHeight, [&](DrawList& list, const Rect& box) {
        const LevelScene scene = levelScene(programme, plan, box, true);
        list.insert(list.end(), scene.list.begin(), scene.list.end());
    });
    flow.paragraph("Everything is predicted; what the model does not know stands at the end.", Ink::dim);
    if (!sheet.wishes.empty()) {
        flow.heading("Wishes and intended effects");
        flow.facts(sheet.wishes, 1);
    }
    for (std::size_t i = 0; i < sheet.sides.size(); ++i)
        sidePages(flow, sheet.sides[i], i, programme, plan, widthOf);
    flow.heading("What the model does not know");
    std::string unknown;
    for (const std::string& sentence : sheet.unknown) unknown += (unknown.empty() ? "" : " ") + sentence;
    flow.paragraph(unknown);
    flow.paragraph(
        "Times and samples count from the first sample of the side. The discs are to scale: each line is a "
        "turn of the groove, some turns apart, the dashed ring is the smallest recorded radius, and the "
        "record turns clockwise. Spare is what a track would allow above the planned level where it lies, "
        "space "
        "apart.",
        Ink::dim);
    return flow.finish();
}

Result<PrintedPages> cutSheetPdf(const CutSheet& sheet, const vinyl::Programme& programme,
                                 const vinyl::VinylPlan& plan)
{
    return paintPdf(cutSheetPages(sheet, programme, plan, printedWidth()), "Cut sheet: " + sheet.album);
}

} // namespace segue
