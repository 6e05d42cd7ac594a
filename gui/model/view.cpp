#include "gui/model/view.h"

#include "core/time_text.h"

#include <fmt/format.h>

namespace segue::gui {

namespace {

constexpr const char* minus = "\u2212";

std::string withMinus(std::string text)
{
    if (text.starts_with('-')) text.replace(0, 1, minus);
    return text;
}

} // namespace

TimeAxis TimeAxis::zoomed(double factor, double x) const
{
    TimeAxis axis = *this;
    constexpr double closest = 2000.0 / 32, widest = 100.0 * flicksPerSecond;
    axis.flicksPerPixel = std::clamp(flicksPerPixel / factor, closest, widest);
    axis.left = at(x) - axis.length(x);
    return axis;
}

Layout layoutOf(const Album& album, EditionId edition, TimeStyle style)
{
    const Edition* found = find(album, edition);
    assert(found != nullptr);
    return {&album, found, buildTimeline(album, *found), style};
}

std::optional<EntryPlace> placeOf(const Layout& layout, TrackId track)
{
    for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p) {
        const Piece& piece = layout.timeline.pieces[p];
        for (std::size_t e = 0; e < piece.entries.size(); ++e)
            if (piece.entries[e].track == track) return EntryPlace{p, e};
    }
    return {};
}

int numberOf(const Layout& layout, EntryPlace place)
{
    std::size_t before = 0;
    if (!layout.isCd())
        for (std::size_t p = 0; p < place.piece; ++p) before += layout.timeline.pieces[p].entries.size();
    return static_cast<int>(before + place.entry + 1);
}

std::optional<TrackId> trackAt(const Piece& piece, Instant at)
{
    std::optional<TrackId> found;
    for (const PlacedEntry& entry : piece.entries)
        if (!found || entry.start <= at) found = entry.track;
    return found;
}

std::string shownTime(const Layout& layout, Duration time)
{
    if (!layout.countsFrames()) return withMinus(clockTime(time));
    const bool negative = time < Duration{};
    return (negative ? minus : "") + cdTime(wholeFramesIn(negative ? -time : time));
}

std::string shownTime(const Layout& layout, Instant at) { return shownTime(layout, at - Instant{}); }

std::string shownSeconds(Duration time, int decimals)
{
    return withMinus(fmt::format("{:.{}f}", static_cast<double>(time.value()) / flicksPerSecond, decimals));
}

std::string shownDecibels(Decibels gain)
{
    const std::string text = fmt::format("{:.1f}", gain.value());
    return withMinus(text == "-0.0" ? "0.0" : text);
}

} // namespace segue::gui
