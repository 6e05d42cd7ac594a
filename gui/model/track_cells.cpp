#include "album/edit.h"
#include "core/text.h"
#include "core/time_text.h"
#include "gui/model/track_edits.h"
#include "gui/model/track_table.h"

#include <fmt/format.h>

namespace segue::gui {

using picture::Ink;

namespace {

/// One row, looked up once.
struct Row {
    const TableSource& source;
    const Entry& entry;
    const Track& track;
    const PlacedEntry* placed = nullptr;
    const TrackMarks* marks = nullptr;
    std::optional<EntryPlace> place{};

    Row(const TableSource& s, std::size_t row)
        : source{s}, entry{s.layout.edition->entries[row]}, track{*find(*s.layout.album, entry.track)},
          place{placeOf(s.layout, entry.track)}
    {
        if (!place) return;
        placed = &s.layout.timeline.pieces[place->piece].entries[place->entry];
        if (place->piece < s.marks.size()) marks = &s.marks[place->piece].tracks[place->entry];
    }
    /// Behind a break: its own joint is at rest.
    [[nodiscard]] bool opensPiece() const { return place && place->piece > 0 && place->entry == 0; }
    [[nodiscard]] std::string time(Instant at) const
    {
        if (source.times == TimesShown::inTrack) return shownTime(source.layout, at - placed->start);
        return shownTime(source.layout, at);
    }
};

std::optional<TextField> textField(Column column)
{
    switch (column) {
    case Column::title: return TextField::title;
    case Column::performer: return TextField::performer;
    case Column::songwriter: return TextField::songwriter;
    case Column::composer: return TextField::composer;
    case Column::arranger: return TextField::arranger;
    case Column::message: return TextField::message;
    default: return {};
    }
}

std::string indexesText(const Row& row)
{
    std::string text;
    for (const Duration index : row.track.indexes)
        text += (text.empty() ? "" : ", ") + shownTime(row.source.layout, index);
    return text;
}

Cell textCell(const Row& row, TextField field)
{
    if (const auto& own = row.track.texts[field]) return {*own, Ink::text};
    // CD-Text inherits the album's performer and the like; shown, but not as the track's own.
    if (field == TextField::title) return {"untitled", Ink::dim};
    return {row.source.layout.album->info.texts[field].value_or(""), Ink::dim};
}

Cell checksCell(const Row& row)
{
    const Finding* worst = nullptr;
    int count = 0;
    for (const Finding& f : *row.source.findings) {
        if (!f.stands() || trackOfFinding(row.source.layout, f) != row.track.id) continue;
        ++count;
        if (worst == nullptr || f.level < worst->level) worst = &f;
    }
    if (worst == nullptr) return {"\u2713", Ink::good};
    const Ink ink = worst->level == Finding::Level::error     ? Ink::error
                    : worst->level == Finding::Level::warning ? Ink::accent
                                                              : Ink::note;
    std::string text = "\u25cf " + worst->message;
    if (count > 1) text += fmt::format(" (+{})", count - 1);
    return {std::move(text), ink};
}

/// A gain as people type it: "-0.6", "\u22120.6", "+1", "1,5", with or without "dB".
Result<Decibels> parseGain(std::string_view typedText)
{
    std::string text{trimmed(typedText)};
    if (text.starts_with("\u2212")) text.replace(0, 3, "-");
    if (const auto comma = text.find(','); comma != std::string::npos) text[comma] = '.';
    if (text.size() > 2 && equalsIgnoringAsciiCase(std::string_view{text}.substr(text.size() - 2), "db"))
        text = trimmed(std::string_view{text}.substr(0, text.size() - 2));
    if (text.starts_with('+')) text.erase(0, 1);
    const auto number = parseNumber(text);
    if (!number)
        return failure(fmt::format("\"{}\" is no gain; a number of dB such as -0.6 belongs here", typedText));
    return Decibels{*number};
}

Result<Duration> timeTyped(std::string text)
{
    if (text.starts_with("\u2212")) text.replace(0, 3, "-");
    return parseTime(trimmed(text));
}

Result<Album> typedPause(const Album& album, const Row& row, EditionId edition, const std::string& text)
{
    std::string plain = text;
    bool overlap = false;
    if (plain.starts_with("\u00d7")) {
        overlap = true;
        plain = trimmed(std::string_view{plain}.substr(2));
    }
    auto gap = timeTyped(plain);
    if (!gap) return failure(gap.error());
    if (overlap) gap = -*gap;
    if (row.opensPiece()) {
        const auto* cd = std::get_if<CdSettings>(&row.source.layout.edition->medium);
        if (cd == nullptr) return failure("A side begins with its first track; no pause stands before it");
        if (*gap < Duration{})
            return failure("A disc begins with this track: there is nothing before it to overlap with");
        CdSettings settings = *cd;
        settings.firstPause = *gap;
        return edit::setMedium(album, edition, settings);
    }
    return moveSound(album, edition, row.track.id, *gap - row.entry.joint.gap, false);
}

Result<std::vector<Duration>> typedIndexes(const std::string& text)
{
    std::vector<Duration> indexes;
    std::string_view rest = text;
    while (!trimmed(rest).empty()) {
        const std::size_t comma = std::min(rest.find_first_of(",;"), rest.size());
        const auto time = timeTyped(std::string{trimmed(rest.substr(0, comma))});
        if (!time) return failure(time.error());
        indexes.push_back(*time);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return indexes;
}

std::string labelFor(const Row& row, Column column)
{
    const std::string who = row.place ? fmt::format("track {}", numberOf(row.source.layout, *row.place))
                                      : displayTitle(row.track);
    switch (column) {
    case Column::pause: return fmt::format("Set the pause before {}", who);
    case Column::start: return fmt::format("Move {}", who);
    case Column::end: return fmt::format("Set the end of {}", who);
    case Column::hand: return fmt::format("Set the gain of {}", who);
    default: return fmt::format("Set {} of {}", infoOf(column).heading, who);
    }
}

} // namespace

Cell cellOf(const TableSource& source, std::size_t number, Column column)
{
    const Row row{source, number};
    if (const auto field = textField(column)) return textCell(row, *field);
    switch (column) {
    case Column::isrc: return {row.track.isrc ? row.track.isrc->dashed() : "", Ink::text};
    case Column::flags: return {flagsText(row.track.flags), Ink::dim};
    case Column::hand: return {shownDecibels(row.track.gain.hand), Ink::text};
    case Column::balance:
        return {shownDecibels(row.track.gain.balance),
                row.track.gain.balance.isUnity() ? Ink::dim : Ink::note};
    case Column::note: return {row.track.note, Ink::text};
    case Column::checks: return checksCell(row);
    default: break;
    }
    if (row.placed == nullptr) return {};
    switch (column) {
    case Column::number: return {fmt::format("{}", numberOf(source.layout, *row.place)), Ink::dim};
    case Column::pause: {
        const Duration gap = row.placed->joint.gap;
        if (gap < Duration{}) return {"\u00d7 " + shownSeconds(-gap), Ink::accent};
        if (gap == Duration{}) return {"\u2013", Ink::dim};
        return {shownSeconds(gap), Ink::text};
    }
    case Column::index00:
        if (row.marks == nullptr || !row.marks->pauseStart) return {};
        return {row.time(instantOf(*row.marks->pauseStart)), Ink::dim};
    case Column::start:
        if (row.marks != nullptr && source.times == TimesShown::absolute)
            return {shownTime(source.layout, instantOf(row.marks->indexes.front())), Ink::text};
        return {shownTime(source.layout, row.placed->start), Ink::text};
    case Column::indexes: return {indexesText(row), Ink::dim};
    case Column::end: return {row.time(row.placed->end), Ink::dim};
    case Column::length: return {shownTime(source.layout, row.placed->end - row.placed->start), Ink::text};
    default: return {};
    }
}

std::string editText(const TableSource& source, std::size_t number, Column column)
{
    const Row row{source, number};
    if (const auto field = textField(column)) return row.track.texts[*field].value_or("");
    if (column == Column::pause)
        return shownSeconds(row.opensPiece() ? row.placed->joint.gap : row.entry.joint.gap);
    return cellOf(source, number, column).text;
}

Proposal typed(const TableSource& source, std::size_t number, Column column, const std::string& text)
{
    const Row row{source, number};
    const Album& album = *source.layout.album;
    const TrackId id = row.track.id;
    const std::string label = labelFor(row, column);
    const auto say = [&](Result<Album> result) { return Proposal{label, std::move(result)}; };
    if (text == editText(source, number, column)) return say(album);
    if (const auto field = textField(column)) {
        const std::string_view words = trimmed(text);
        return say(edit::setTrackText(album, id, *field, album.info.language,
                                      words.empty() ? std::nullopt : std::optional{std::string{words}}));
    }
    const auto with = [&]<class T>(const Result<T>& value, auto&& act) -> Proposal {
        if (!value) return say(failure(value.error()));
        return say(act(*value));
    };
    switch (column) {
    case Column::isrc:
        if (trimmed(text).empty()) return say(edit::setIsrc(album, id, std::nullopt));
        return with(Isrc::parse(text), [&](const Isrc& code) { return edit::setIsrc(album, id, code); });
    case Column::flags:
        return with(parseFlags(text), [&](ControlFlags flags) { return edit::setFlags(album, id, flags); });
    case Column::hand:
        return with(parseGain(text), [&](Decibels gain) { return edit::setHandGain(album, id, gain); });
    case Column::balance:
        return with(parseGain(text), [&](Decibels gain) { return edit::setBalanceGain(album, id, gain); });
    case Column::note: return say(edit::setNote(album, id, text));
    case Column::pause: return say(typedPause(album, row, source.layout.edition->id, text));
    case Column::indexes:
        return with(typedIndexes(text), [&](const std::vector<Duration>& indexes) {
            return edit::setIndexes(album, id, indexes);
        });
    case Column::start:
        return with(timeTyped(text), [&](Duration at) {
            // What the cell shows is INDEX 01, which may stand before the music.
            const auto* cd = std::get_if<CdSettings>(&source.layout.edition->medium);
            if (cd != nullptr && source.times == TimesShown::absolute) at += cd->startOffset;
            return moveSound(album, source.layout.edition->id, id, Instant{} + at - row.placed->start, false);
        });
    case Column::end:
        if (trimmed(text).empty()) return say(edit::setEndMark(album, id, std::nullopt));
        return with(timeTyped(text), [&](Duration at) {
            const Duration end =
                source.times == TimesShown::inTrack ? at : Instant{} + at - row.placed->start;
            return edit::setEndMark(album, id, end);
        });
    case Column::index00:
        return say(failure("INDEX 00 stands where the pause begins and cannot be typed; type the pause"));
    default:
        return say(failure(fmt::format("The column \"{}\" follows from the others and cannot be typed",
                                       infoOf(column).heading)));
    }
}

} // namespace segue::gui
