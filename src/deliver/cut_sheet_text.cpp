#include "core/text.h"
#include "deliver/cut_sheet.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

constexpr std::size_t lineColumns = 110;

/// "label   text", broken at blanks; lines of the text itself are kept.
void paragraph(std::string& out, const std::string& label, const std::string& text, int labelColumns)
{
    const auto indent = static_cast<std::size_t>(labelColumns);
    std::string line = label.empty() ? std::string(indent, ' ') : fitted(label, labelColumns);
    const auto flush = [&] {
        while (!line.empty() && line.back() == ' ') line.pop_back();
        out += line + '\n';
        line = std::string(indent, ' ');
    };
    std::size_t at = 0;
    bool empty = true;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        const std::string word = escapedForDisplay(text.substr(at, end - at));
        if (!empty &&
            static_cast<std::size_t>(displayWidth(line)) + 1 + static_cast<std::size_t>(displayWidth(word)) >
                lineColumns) {
            flush();
            empty = true;
        }
        if (!word.empty()) {
            if (!empty) line += ' ';
            line += word;
            empty = false;
        }
        if (end < text.size() && text[end] == '\n') {
            flush();
            empty = true;
        }
        at = end + 1;
    }
    if (!empty) flush();
}

void heading(std::string& out, const std::string& words)
{
    out += fmt::format("\n{}\n{}\n", words, std::string(static_cast<std::size_t>(displayWidth(words)), '-'));
}

void sideText(std::string& out, const CutSheetSide& side)
{
    heading(out, "SIDE " + side.name);
    if (!side.file.empty()) {
        paragraph(out, "File", side.file, 16);
        paragraph(out, "MD5", side.md5, 16);
    }
    for (const LabelledTexts* facts : {&side.facts, &side.further})
        for (const auto& [label, value] : *facts) paragraph(out, label, value, 16);

    int title = 5;
    for (const CutSheetTrack& t : side.tracks) title = std::max(title, displayWidth(t.title));
    title = std::min(title, 30);
    out += fmt::format("\n      {}  {:<9}  {:<9}  {:<9}  {:>11}  {:>11}  {:<9}  {:>8}  ISRC\n",
                       fitted("Title", title), "Start", "End", "Length", "Start smp", "End smp", "Mark",
                       "Spare");
    for (const CutSheetTrack& t : side.tracks) {
        std::string line = fmt::format("{:<4}  {}  {:<9}  {:<9}  {:<9}  {:>11}  {:>11}  {:<9}  {:>8}  {}",
                                       t.name, fitted(escapedForDisplay(t.title), title), t.start, t.end,
                                       t.length, t.startSample, t.endSample, t.mark, t.spare, t.isrc);
        while (line.back() == ' ') line.pop_back();
        out += line + '\n';
    }
    out += '\n';
    if (side.events.empty()) out += "No event is predicted.\n";
    for (const CutSheetEvent& e : side.events)
        paragraph(out, fmt::format("{:<8}{}  {:<14}{:>9}", name(e.severity), e.time, e.place, e.radius),
                  e.message, 44);
    if (side.eventsLeftOut > 0)
        out += fmt::format("{} milder events of the same kinds are not listed.\n", side.eventsLeftOut);
    if (!side.advice.empty())
        paragraph(out, "", "What would keep the depth inside its limit: " + side.advice, 0);
}

} // namespace

std::string cutSheetText(const CutSheet& sheet)
{
    std::string out = "CUT SHEET\n\n";
    paragraph(out, "Album", sheet.album, 16);
    for (const LabelledTexts* part : {&sheet.head, &sheet.record, &sheet.treatment})
        for (const auto& [label, value] : *part) paragraph(out, label, value, 16);
    for (const CutSheetSide& side : sheet.sides) sideText(out, side);
    if (!sheet.wishes.empty()) {
        heading(out, "WISHES AND INTENDED EFFECTS");
        for (const auto& [label, value] : sheet.wishes) {
            paragraph(out, "", label + ":", 0);
            paragraph(out, "", value, 4);
        }
    }
    heading(out, "WHAT THE MODEL DOES NOT KNOW");
    for (const std::string& words : sheet.unknown) paragraph(out, "", words, 0);
    out +=
        "\nTimes and samples count from the first sample of the side. Spare is what a track would allow "
        "above "
        "the planned\nlevel, where it lies, by lift, slope and curvature; the space of the side is apart.\n";
    return out;
}

} // namespace segue
