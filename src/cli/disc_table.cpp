#include "cli/disc_table.h"

#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue::cli {

namespace {

struct Column {
    std::string label;
    bool right = false;
    bool shrinks = false;
    std::vector<std::string> cells{};
    int width = 0;
};

std::string flagWords(ControlFlags flags)
{
    std::string words;
    if (flags.preEmphasis) words += "PRE ";
    if (flags.copyPermitted) words += "DCP ";
    if (flags.fourChannel) words += "4CH ";
    if (flags.scms) words += "SCMS ";
    if (!words.empty()) words.pop_back();
    return words;
}

std::vector<Column> columnsOf(const ddp::Disc& disc, const DiscTableText& text)
{
    std::vector<Column> columns{{"No", true},     {"Start", true},        {"Pause", true},
                                {"Length", true}, {"Title", false, true}, {"Performer", false, true},
                                {"ISRC", false},  {"Index", false},       {"Flags", false}};
    const auto cell = [&](std::size_t column, std::string_view value) {
        columns[column].cells.push_back(escapedForDisplay(value));
    };
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.tracks[i];
        const bool placed = !track.indexes.empty();
        cell(0, fmt::format("{}", i + 1));
        cell(1, placed ? cdTime(track.start()) : "-");
        cell(2, placed ? cdTime(ddp::pauseOf(disc, i)) : "-");
        cell(3, placed ? cdTime(ddp::lengthOf(disc, i)) : "-");
        cell(4, i < text.titles.size() ? text.titles[i] : "");
        cell(5, i < text.performers.size() ? text.performers[i] : "");
        cell(6, track.isrc ? track.isrc->dashed() : "");
        cell(7, track.indexes.size() > 1 ? fmt::format("01-{:02}", track.indexes.size()) : "");
        cell(8, flagWords(track.flags));
    }
    // A column with nothing in it says nothing.
    std::erase_if(columns, [](const Column& c) {
        return c.label != "Title" &&
               std::ranges::all_of(c.cells, [](const std::string& s) { return s.empty(); });
    });
    return columns;
}

std::string padded(const std::string& text, const Column& column)
{
    if (!column.right) return fitted(text, column.width);
    return std::string(static_cast<std::size_t>(std::max(0, column.width - displayWidth(text))), ' ') + text;
}

std::string lineOf(std::string line)
{
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line + '\n';
}

} // namespace

std::string discTable(const ddp::Disc& disc, const DiscTableText& text, int columnsWide)
{
    std::vector<Column> columns = columnsOf(disc, text);
    int total = 0;
    for (Column& c : columns) {
        c.width = displayWidth(c.label);
        for (const std::string& cell : c.cells) c.width = std::max(c.width, displayWidth(cell));
        total += c.width + 2;
    }
    for (; total > columnsWide; --total) {
        Column* widest = nullptr;
        for (Column& c : columns)
            if (c.shrinks && c.width > 10 && (widest == nullptr || c.width > widest->width)) widest = &c;
        if (widest == nullptr) break;
        --widest->width;
    }
    std::string out, header, rule;
    for (const Column& c : columns) {
        header += padded(c.label, c) + "  ";
        rule += std::string(static_cast<std::size_t>(c.width), '-') + "  ";
    }
    out += lineOf(header) + lineOf(rule);
    for (std::size_t row = 0; row < disc.tracks.size(); ++row) {
        std::string line;
        for (const Column& c : columns) line += padded(c.cells[row], c) + "  ";
        out += lineOf(line);
    }
    CdFrameCount music{};
    for (std::size_t i = 0; i < disc.tracks.size(); ++i)
        if (!disc.tracks[i].indexes.empty()) music += ddp::musicOf(disc, i);
    const CdFrameCount left = text.maxLength - disc.leadOut;
    out += fmt::format("\n{} tracks, music {}, total {}, {}\n", disc.tracks.size(), cdTime(music),
                       cdTime(disc.leadOut - CdFramePos{0}),
                       left.value() >= 0
                           ? fmt::format("{} left of {}", cdTime(left), cdTime(text.maxLength))
                           : fmt::format("{} too long for {}", cdTime(-left), cdTime(text.maxLength)));
    return out;
}

std::string countsOf(const Findings& findings)
{
    const auto count = [&](Finding::Level level) {
        return std::ranges::count_if(findings,
                                     [&](const Finding& f) { return f.level == level && f.stands(); });
    };
    std::string text;
    const auto add = [&](std::ptrdiff_t n, const char* one, const char* many) {
        if (n > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, n == 1 ? one : many);
    };
    add(count(Finding::Level::error), "error", "errors");
    add(count(Finding::Level::warning), "warning", "warnings");
    add(count(Finding::Level::note), "note", "notes");
    add(std::ranges::count_if(findings, [](const Finding& f) { return f.accepted.has_value(); }), "accepted",
        "accepted");
    return text.empty() ? "no findings" : text;
}

DiscTableText textsOf(const ddp::Disc& disc)
{
    DiscTableText text;
    if (!disc.cdText || disc.cdText->blocks.empty()) return text;
    for (const Texts& t : disc.cdText->blocks.front().tracks) {
        text.titles.push_back(t.title.value_or(""));
        text.performers.push_back(t.performer.value_or(""));
    }
    return text;
}

} // namespace segue::cli
