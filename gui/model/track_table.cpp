#include "gui/model/track_table.h"

#include "album/edit.h"
#include "core/text.h"
#include "core/time_text.h"
#include "gui/model/editor.h"

#include <fmt/format.h>

#include <array>

namespace segue::gui {

namespace {

constexpr std::array infos{
    ColumnInfo{Column::number, "#", "Number on the disc", 36, true, false},
    ColumnInfo{Column::title, "Title", "Title, also for CD-Text", 190, false, true},
    ColumnInfo{Column::performer, "Performer", "Performer of the track; empty: the album's", 140, false,
               true},
    ColumnInfo{Column::pause, "Pause", "Seconds before the track; negative: an overlap", 76, true, true},
    ColumnInfo{Column::index00, "Index 00",
               "INDEX 00, where the pause begins: it follows the pause and the end before it", 80, true,
               false},
    ColumnInfo{Column::start, "Start", "INDEX 01: where the track starts", 80, true, true},
    ColumnInfo{Column::indexes, "Indexes", "INDEX 02 and on, from the track's start", 110, false, true},
    ColumnInfo{Column::end, "End", "Where the track ends", 80, true, true},
    ColumnInfo{Column::length, "Length", "From start to end", 80, true, false},
    ColumnInfo{Column::isrc, "ISRC", "International Standard Recording Code", 130, false, true},
    ColumnInfo{Column::flags, "Flags", "dcp: digital copying is permitted; pre: pre-emphasis; scms; 4ch", 70,
               false, true},
    ColumnInfo{Column::hand, "Hand", "The engineer's gain in dB", 60, true, true},
    ColumnInfo{Column::balance, "Balance", "The accepted proposal's gain in dB", 78, true, true},
    ColumnInfo{Column::checks, "Checks", "The worst finding of the track", 150, false, false},
    ColumnInfo{Column::songwriter, "Songwriter", "Songwriter (CD-Text)", 130, false, true},
    ColumnInfo{Column::composer, "Composer", "Composer (CD-Text)", 130, false, true},
    ColumnInfo{Column::arranger, "Arranger", "Arranger (CD-Text)", 130, false, true},
    ColumnInfo{Column::message, "Message", "Message (CD-Text)", 130, false, true},
    ColumnInfo{Column::note, "Note", "For yourself; not on the disc", 160, false, true},
};

constexpr std::array tracks{Column::number, Column::title,   Column::pause, Column::index00,  Column::start,
                            Column::length, Column::isrc,    Column::flags, Column::hand,     Column::balance,
                            Column::checks, Column::indexes, Column::end,   Column::performer};
constexpr std::array metadata{Column::number,   Column::title,      Column::performer,
                              Column::isrc,     Column::songwriter, Column::composer,
                              Column::arranger, Column::message,    Column::note};

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

/// What an edit in one cell after another would make: the first error ends it.
Proposal inTurn(const TableSource& source, std::string label,
                const std::vector<std::tuple<std::size_t, Column, std::string>>& cells)
{
    Album album = *source.layout.album;
    static const Findings none;
    for (const auto& [row, column, text] : cells) {
        const TableSource now = tableSource(album, source.layout.edition->id, none, source.times);
        Proposal step = typed(now, row, column, text);
        if (!step.album)
            return {std::move(label), failure(step.album.error().what,
                                              fmt::format("{}, row {}", infoOf(column).heading, row + 1))};
        album = std::move(*step.album);
    }
    return {std::move(label), std::move(album)};
}

} // namespace

const ColumnInfo& infoOf(Column column) { return *std::ranges::find(infos, column, &ColumnInfo::column); }
std::span<const Column> tracksColumns() { return tracks; }
std::span<const Column> metadataColumns() { return metadata; }

TableSource tableSource(const Album& album, EditionId edition, const Findings& findings, TimesShown times,
                        TimeStyle style)
{
    TableSource source{layoutOf(album, edition, style), {}, &findings, times};
    if (const auto* cd = std::get_if<CdSettings>(&source.layout.edition->medium))
        for (const Piece& piece : source.layout.timeline.pieces)
            source.marks.push_back(cdMarks(album, *cd, piece));
    return source;
}

std::size_t rowCount(const TableSource& source) { return source.layout.edition->entries.size(); }

TrackId trackOfRow(const TableSource& source, std::size_t row)
{
    return source.layout.edition->entries[row].track;
}

TypedWords whileTyped(const TableSource& source, std::size_t number, Column column, const std::string& text)
{
    const Proposal proposal = typed(source, number, column, text);
    if (!proposal.album) return {sentence(proposal.album.error()), true};
    if (*proposal.album == *source.layout.album) return {};
    const auto known = [&](const Finding& f) {
        return std::ranges::any_of(*source.findings, [&](const Finding& before) {
            return before.rule == f.rule && before.where.track == f.where.track &&
                   before.where.disc == f.where.disc;
        });
    };
    const Edition& edition = *find(*proposal.album, source.layout.edition->id);
    const Finding* worst = nullptr;
    const Findings findings = findingsOf(*proposal.album, edition);
    for (const Finding& f : findings)
        if (f.level != Finding::Level::note && !known(f) && (worst == nullptr || f.level < worst->level))
            worst = &f;
    if (worst == nullptr) return {};
    return {describe(worst->where) + ": " + worst->message +
            (worst->fix.empty() ? "" : " \u00b7 " + worst->fix)};
}

Proposal pasted(const TableSource& source, std::size_t row, std::span<const Column> columns,
                const std::string& text)
{
    std::vector<std::tuple<std::size_t, Column, std::string>> cells;
    std::size_t at = row;
    std::string_view rest = text;
    while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
    for (const std::string_view line : linesOf(rest)) {
        if (at >= rowCount(source))
            return {"Paste",
                    failure(fmt::format("The clipboard has more lines than there are tracks from row {} on",
                                        row + 1))};
        std::size_t column = 0;
        std::string_view left = line;
        for (;;) {
            const std::size_t tab = left.find('\t');
            while (column < columns.size() && !infoOf(columns[column]).editable) ++column;
            if (column == columns.size())
                return {"Paste", failure("The clipboard has more columns than the table from here on")};
            cells.emplace_back(at, columns[column++], std::string{left.substr(0, tab)});
            if (tab == std::string_view::npos) break;
            left.remove_prefix(tab + 1);
        }
        ++at;
    }
    return inTurn(source, fmt::format("Paste {} {}", cells.size(), cells.size() == 1 ? "cell" : "cells"),
                  cells);
}

Proposal filledDown(const TableSource& source, std::span<const std::size_t> rows, Column column)
{
    std::vector<std::tuple<std::size_t, Column, std::string>> cells;
    for (const std::size_t row : rows.subspan(rows.empty() ? 0 : 1))
        cells.emplace_back(row, column, editText(source, rows.front(), column));
    return inTurn(source, fmt::format("Fill down {}", infoOf(column).heading), cells);
}

Proposal isrcSeries(const TableSource& source, std::span<const std::size_t> rows)
{
    const std::string label = "Count up the ISRCs";
    if (rows.empty()) return {label, *source.layout.album};
    const Track& first = *find(*source.layout.album, trackOfRow(source, rows.front()));
    if (!first.isrc)
        return {label, failure("The first selected track has no ISRC to count from", displayTitle(first))};
    Result<Album> album = *source.layout.album;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto next = first.isrc->next(static_cast<int>(i));
        if (!next) return {label, failure(next.error())};
        album = edit::setIsrc(std::move(*album), trackOfRow(source, rows[i]), *next);
        if (!album) break;
    }
    return {label, std::move(album)};
}

std::optional<TrackId> trackOfFinding(const Layout& layout, const Finding& found)
{
    if (found.where.track < 1) return {};
    const auto& pieces = layout.timeline.pieces;
    auto number = static_cast<std::size_t>(found.where.track);
    if (layout.isCd()) {
        const auto piece = static_cast<std::size_t>(found.where.disc > 0 ? found.where.disc - 1 : 0);
        if (piece >= pieces.size() || number > pieces[piece].entries.size()) return {};
        return pieces[piece].entries[number - 1].track;
    }
    for (const Piece& piece : pieces) {
        if (number <= piece.entries.size()) return piece.entries[number - 1].track;
        number -= piece.entries.size();
    }
    return {};
}

TrackMarksByFinding worstByTrack(const Layout& layout, const Findings& findings)
{
    TrackMarksByFinding worst;
    for (const Finding& f : findings) {
        const auto track = trackOfFinding(layout, f);
        if (!track || !f.stands()) continue;
        const auto [at, added] = worst.emplace(*track, f.level);
        if (!added) at->second = std::min(at->second, f.level);
    }
    return worst;
}

} // namespace segue::gui
