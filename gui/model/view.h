/// \file
/// What a window shows of an album: which edition and disc, where and how large, what is selected. Never
/// saved in the project, never part of undo.
#pragma once

#include "album/timeline.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace segue::gui {

/// Between places on the disc and pixels.
struct TimeAxis {
    Instant left{};                    ///< at x = 0
    double flicksPerPixel = 7'056'000; ///< 100 pixels a second

    [[nodiscard]] double x(Instant at) const
    {
        return static_cast<double>((at - left).value()) / flicksPerPixel;
    }
    [[nodiscard]] Instant at(double x) const
    {
        return left + Duration{static_cast<std::int64_t>(std::llround(x * flicksPerPixel))};
    }
    [[nodiscard]] Duration length(double pixels) const
    {
        return Duration{static_cast<std::int64_t>(std::llround(pixels * flicksPerPixel))};
    }
    /// Zoomed by `factor` (2: twice as large) with what stands at `x` staying there. Between one sample at
    /// 352.8 kHz on 32 pixels and an hour on 36.
    [[nodiscard]] TimeAxis zoomed(double factor, double x) const;
};

struct TimeRange {
    Instant begin{}, end{};
    [[nodiscard]] friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

enum class TimesShown : std::uint8_t { absolute, inTrack };
/// How times are written: CD frames on a CD and milliseconds elsewhere, or milliseconds everywhere.
enum class TimeStyle : std::uint8_t { ofMedium, milliseconds };

/// What dragged edges and marks keep to.
struct Snapping {
    bool cdFrames = true, edges = true, zeroCrossings = true;
};

/// One of a track's further index marks.
struct IndexMark {
    TrackId track{};
    std::size_t index = 0; ///< which of Track::indexes
    [[nodiscard]] friend bool operator==(const IndexMark&, const IndexMark&) = default;
};

struct View {
    EditionId edition{};
    std::size_t piece = 0; ///< disc or side, from 0
    TimeAxis axis{};
    double amplitude = 1; ///< how much larger waves are drawn
    std::vector<TrackId> selected{};
    std::optional<TrackId> focus{};       ///< the one that keys act on; among the selected
    std::optional<IndexMark> mark{};      ///< that was clicked: Delete takes it out, not the track
    std::optional<TimeRange> range{};     ///< marked with the mouse: loop and zoom act on it
    Instant cursor{};                     ///< where playing begins
    std::optional<Instant> playing{};     ///< what is being heard
    std::optional<TrackId> joint{};       ///< the joint editor is open before this track
    std::optional<Duration> jointPoint{}; ///< of the open joint, from the start of the track before
    TimesShown times = TimesShown::absolute;
    TimeStyle timeStyle = TimeStyle::ofMedium;
    Snapping snapping{};
    bool follow = true;
    bool wholeDisc = true; ///< the zoom follows the window's size until somebody zooms or scrolls

    [[nodiscard]] bool isSelected(TrackId track) const
    {
        return std::ranges::find(selected, track) != selected.end();
    }
    void select(TrackId track)
    {
        selected = {track};
        focus = track;
        mark.reset();
    }
};

/// The album's edition as it lies on the time line, made anew after every edit. What scenes and tables read.
struct Layout {
    const Album* album = nullptr;
    const Edition* edition = nullptr;
    Timeline timeline{};
    TimeStyle timeStyle = TimeStyle::ofMedium;

    [[nodiscard]] bool isCd() const { return std::holds_alternative<CdSettings>(edition->medium); }
    /// Times in m:s:f, not m:s.mmm.
    [[nodiscard]] bool countsFrames() const { return isCd() && timeStyle == TimeStyle::ofMedium; }
    [[nodiscard]] const Piece* piece(std::size_t number) const
    {
        return number < timeline.pieces.size() ? &timeline.pieces[number] : nullptr;
    }
};
/// \pre the edition is in the album
[[nodiscard]] Layout layoutOf(const Album& album, EditionId edition, TimeStyle style = TimeStyle::ofMedium);
/// Which piece, and where in it; nothing when the edition does not have the track.
struct EntryPlace {
    std::size_t piece = 0, entry = 0;
};
[[nodiscard]] std::optional<EntryPlace> placeOf(const Layout& layout, TrackId track);
/// The number people know a track by: from 1 on each disc of a CD edition, through the sides elsewhere.
[[nodiscard]] int numberOf(const Layout& layout, EntryPlace place);
/// The track that sounds or is due at this place: the last that starts at or before it, else the first.
[[nodiscard]] std::optional<TrackId> trackAt(const Piece& piece, Instant at);

/// m:s:f on a CD, m:s.mmm elsewhere or where that is asked for; negative times with a true minus.
[[nodiscard]] std::string shownTime(const Layout& layout, Duration time);
[[nodiscard]] std::string shownTime(const Layout& layout, Instant at);
/// "2.000": a pause or overlap in seconds.
[[nodiscard]] std::string shownSeconds(Duration time, int decimals = 3);
/// "−0.6": a change of level with a true minus.
[[nodiscard]] std::string shownDecibels(Decibels gain);

} // namespace segue::gui
