#include "gui/model/rail.h"

#include <fmt/format.h>

namespace segue::gui {

using namespace picture;

namespace {

std::string withMinus(std::string text)
{
    if (text.starts_with('-')) text.replace(0, 1, "\u2212");
    return text;
}

} // namespace

DrawList drawTimes(const Layout& layout, const View& view, Rect b, const std::string& stateWords,
                   bool stateIsBad)
{
    DrawList list;
    list.emplace_back(Area{b, Ink::panel});
    const Piece* piece = layout.piece(view.piece);
    const Instant at = view.playing.value_or(view.cursor);
    std::string title = "No tracks", inTrack, left;
    if (piece != nullptr && !piece->entries.empty()) {
        std::size_t i = 0;
        for (std::size_t k = 0; k < piece->entries.size(); ++k)
            if (piece->entries[k].start <= at) i = k;
        const PlacedEntry* entry = &piece->entries[i];
        // In the pause the next track is due.
        const bool inPause = at >= entry->end && i + 1 < piece->entries.size();
        const bool beforeFirst = at < entry->start;
        const PlacedEntry& shown = inPause ? piece->entries[i + 1] : *entry;
        const std::size_t number = inPause ? i + 1 : i;
        title = fmt::format("Track {} \u00b7 {}", numberOf(layout, {view.piece, number}),
                            displayTitle(*find(*layout.album, shown.track)));
        if (inPause || beforeFirst) {
            inTrack = shownTime(layout, at - shown.start) + " in the pause";
        } else {
            inTrack = shownTime(layout, at - shown.start) + " in track";
            left = shownTime(layout, at - shown.end);
        }
    }
    list.emplace_back(
        Text{.box = {b.x, b.y + 2, b.width, 18}, .words = title, .size = 12.5, .weight = Weight::bold});
    list.emplace_back(Text{.box = {b.x, b.y + 20, b.width, 52},
                           .words = shownTime(layout, std::max(Instant{}, at)),
                           .size = 40,
                           .digits = true});
    list.emplace_back(Text{
        .box = {b.x, b.y + 74, b.width, 16}, .words = inTrack, .ink = Ink::dim, .size = 12, .digits = true});
    list.emplace_back(Text{.box = {b.x, b.y + 74, b.width, 16},
                           .words = left,
                           .ink = Ink::dim,
                           .size = 12,
                           .align = Align::right,
                           .digits = true});
    if (!stateWords.empty())
        list.emplace_back(Text{.box = {b.x, b.y + 92, b.width, 16},
                               .words = stateWords,
                               .ink = stateIsBad ? Ink::error : Ink::dim,
                               .size = 11});
    return list;
}

DrawList drawMeters(const MeterReading& reading, Rect b)
{
    DrawList list;
    list.emplace_back(Area{b, Ink::panel});
    const double scaleWidth = b.width - 52;
    // From -60 to +3 dB, the upper third of the scale for the last 12 dB.
    const auto x = [&](double db) {
        const double t =
            db <= -12 ? (std::max(db, -60.0) + 60) / 48 * 0.6 : 0.6 + (std::min(db, 3.0) + 12) / 15 * 0.4;
        return b.x + t * scaleWidth;
    };
    double y = b.y;
    list.emplace_back(Text{.box = {b.x, y, b.width, 16}, .words = "True peak", .ink = Ink::dim, .size = 11});
    y += 18;
    for (std::size_t c = 0; c < 2; ++c) {
        const double peak = reading.truePeak[c], held = reading.held[c];
        list.emplace_back(Area{{b.x, y, scaleWidth, 8}, Ink::raised, 2});
        if (peak > -60)
            list.emplace_back(Area{{b.x, y, std::round(x(peak) - b.x), 8},
                                   peak > 0    ? Ink::error
                                   : peak > -1 ? Ink::accent
                                               : Ink::good,
                                   2});
        if (held > -60) list.emplace_back(Area{{std::round(x(held)), y, 2, 8}, Ink::text});
        const std::string words = held > -100 ? withMinus(fmt::format("{:.1f}", held)) : "\u2013";
        list.emplace_back(Text{.box = {b.x + scaleWidth, y - 4, b.width - scaleWidth, 16},
                               .words = words,
                               .ink = held > -1 ? Ink::accent : Ink::text,
                               .size = 11.5,
                               .align = Align::right,
                               .digits = true});
        y += 14;
    }
    for (const int mark : {-60, -36, -24, -12, -6, -3, 0}) {
        list.emplace_back(Area{{std::round(x(mark)), y, 1, 3}, Ink::faint});
        if (mark != -3)
            list.emplace_back(Text{.box = {std::max(b.x, x(mark) - 14), y + 3, 28, 12},
                                   .words = withMinus(fmt::format("{}", mark)),
                                   .ink = Ink::dim,
                                   .size = 9.5,
                                   .align = mark == -60 ? Align::left : Align::centre,
                                   .digits = true});
    }
    y += 24;
    // What a low window has no room for is left out whole, from the end.
    const auto fits = [&] { return y + 20 <= b.y + b.height; };
    const auto row = [&](const char* label, std::optional<double> value, const char* unit) {
        if (!fits()) return;
        list.emplace_back(Text{.box = {b.x, y, b.width, 20}, .words = label, .ink = Ink::dim, .size = 11.5});
        const std::string words = value ? withMinus(fmt::format("{:.1f}", *value)) + unit : "\u2013";
        list.emplace_back(Text{
            .box = {b.x, y, b.width, 20}, .words = words, .size = 13, .align = Align::right, .digits = true});
        y += 21;
    };
    row("Momentary LUFS", reading.momentary, "");
    row("Short-term LUFS", reading.shortTerm, "");
    row("Integrated LUFS", reading.integrated, "");
    row("Range LU", reading.range, "");
    if (!fits()) return list;
    list.emplace_back(Text{.box = {b.x, y, 80, 20}, .words = "Correlation", .ink = Ink::dim, .size = 11.5});
    const double left = b.x + 92, width = b.width - 92, middle = left + width / 2;
    list.emplace_back(Area{{left, y + 6, width, 8}, Ink::raised, 2});
    if (reading.correlation) {
        const double to = middle + *reading.correlation * width / 2;
        list.emplace_back(Area{{std::min(middle, to), y + 6, std::abs(to - middle), 8},
                               *reading.correlation < 0 ? Ink::error : Ink::good});
    }
    list.emplace_back(Area{{std::round(middle), y + 4, 1, 12}, Ink::dim});
    return list;
}

} // namespace segue::gui
