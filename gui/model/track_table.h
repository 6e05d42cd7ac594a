/// \file
/// The Tracks and Metadata tables: what each cell shows and what typing into it does. Rows are the edition's
/// entries in order. The window's table control only asks.
#pragma once

#include "core/finding.h"
#include "gui/model/proposal.h"
#include "gui/model/strip.h"
#include "gui/model/view.h"
#include "picture/draw_list.h"

#include <span>
#include <string>
#include <vector>

namespace segue::gui {

enum class Column : std::uint8_t {
    number,
    title,
    performer,
    pause,
    index00,
    start,
    indexes,
    end,
    length,
    isrc,
    flags,
    hand,
    balance,
    checks,
    songwriter,
    composer,
    arranger,
    message,
    note,
};

struct ColumnInfo {
    Column column;
    const char* heading;
    const char* help;
    int width; ///< in logical pixels
    bool rightAligned;
    bool editable;
};
[[nodiscard]] const ColumnInfo& infoOf(Column column);
[[nodiscard]] std::span<const Column> tracksColumns();
[[nodiscard]] std::span<const Column> metadataColumns();

struct Cell {
    std::string text{};
    picture::Ink ink = picture::Ink::text;
};

/// Everything a table reads: made once after each edit.
struct TableSource {
    Layout layout{};
    std::vector<DiscMarks> marks{}; ///< for each piece of a CD edition
    const Findings* findings = nullptr;
    TimesShown times = TimesShown::absolute;
};
[[nodiscard]] TableSource tableSource(const Album& album, EditionId edition, const Findings& findings,
                                      TimesShown times, TimeStyle style = TimeStyle::ofMedium);
[[nodiscard]] std::size_t rowCount(const TableSource& source);
[[nodiscard]] TrackId trackOfRow(const TableSource& source, std::size_t row);
[[nodiscard]] Cell cellOf(const TableSource& source, std::size_t number, Column column);
/// What the cell's text becomes when it is edited: "2.000" for a pause shown as "2.000", "-4" where the table
/// shows an overlap as "× 4.000".
[[nodiscard]] std::string editText(const TableSource& source, std::size_t number, Column column);
/// What typing `text` does. The error is the rule's own sentence.
[[nodiscard]] Proposal typed(const TableSource& source, std::size_t number, Column column,
                             const std::string& text);

/// What is to be said while this is being typed.
struct TypedWords {
    std::string words{};
    bool refused = false; ///< it could not be taken; else it could, and breaks a rule that was kept before
};
/// Empty words: nothing is wrong with it.
[[nodiscard]] TypedWords whileTyped(const TableSource& source, std::size_t number, Column column,
                                    const std::string& text);

/// Pastes lines of tab-separated cells from a spreadsheet: from this cell on, to the right over editable
/// columns and down. One step; the first wrong cell refuses all of it, naming row and column.
[[nodiscard]] Proposal pasted(const TableSource& source, std::size_t row, std::span<const Column> columns,
                              const std::string& text);
/// Gives the rows after the first its text in this column.
[[nodiscard]] Proposal filledDown(const TableSource& source, std::span<const std::size_t> rows,
                                  Column column);
/// ISRCs counted up by one from the first row's.
[[nodiscard]] Proposal isrcSeries(const TableSource& source, std::span<const std::size_t> rows);

/// The worst finding for each track of the edition.
[[nodiscard]] TrackMarksByFinding worstByTrack(const Layout& layout, const Findings& findings);
/// The track a finding points to, if any.
[[nodiscard]] std::optional<TrackId> trackOfFinding(const Layout& layout, const Finding& found);

} // namespace segue::gui
