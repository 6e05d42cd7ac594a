/// \file
/// What stands where on the timeline: ruler, flags, clips with their handles, overlaps and pauses, back to
/// front. Drawing and hit test walk the same list, so what is seen is what is hit.
#pragma once

#include "gui/model/view.h"
#include "picture/draw_list.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace segue::gui {

enum class Edge : std::uint8_t { begin, end };
enum class FlagKind : std::uint8_t { start, index, end, pauseStart, leadOut };
/// Follows from other marks and is not taken hold of.
[[nodiscard]] constexpr bool isDerived(FlagKind kind)
{
    return kind == FlagKind::pauseStart || kind == FlagKind::leadOut;
}

/// \name Things to see and to take hold of
/// @{
struct RulerPart {};
struct LanePart {
    int lane = 0;
};
/// The pause before a track, from the end of the one before.
struct PausePart {
    TrackId track{};
};
struct ClipPart {
    TrackId track{};
    ClipId clip{};
};
/// The bar over a track's clips: moves the sound.
struct HeaderPart {
    TrackId track{};
};
struct ClipEdgePart {
    TrackId track{};
    ClipId clip{};
    Edge edge = Edge::begin;
};
struct FadePart {
    TrackId track{};
    ClipId clip{};
    Edge edge = Edge::begin;
};
/// The overlap of a track with the one before.
struct OverlapPart {
    TrackId track{};
};
/// The edge of an overlap: its beginning is the incoming track, its end the outgoing one.
struct OverlapEdgePart {
    TrackId track{};
    Edge edge = Edge::begin;
};
struct FlagPart {
    TrackId track{};
    FlagKind kind = FlagKind::start;
    std::size_t index = 0; ///< which of Track::indexes
};
/// @}
using Part = std::variant<RulerPart, LanePart, PausePart, ClipPart, HeaderPart, ClipEdgePart, FadePart,
                          OverlapPart, OverlapEdgePart, FlagPart>;

struct SceneItem {
    Part part{};
    picture::Rect bounds{};
    std::string label{};
    Instant at{}; ///< where it stands: a flag's mark, a clip's begin
};

/// Sizes in logical pixels (the rhythm of 4 px).
struct TimelineSizes {
    double ruler = 22, flags = 20, header = 18, handle = 7, flagHeight = 16;
};

struct TimelineScene {
    picture::Rect bounds{};
    std::vector<SceneItem> items{};
    std::size_t piece = 0;
    [[nodiscard]] picture::Rect lane(int number) const;
};

[[nodiscard]] TimelineScene buildTimelineScene(const Layout& layout, const View& view, picture::Rect bounds);
/// The topmost thing at the point; nothing outside the scene.
[[nodiscard]] const SceneItem* hitTest(const TimelineScene& scene, picture::Point at);

/// The ruler's marks: a step that leaves at least `least` pixels between labels.
struct RulerMark {
    Instant at{};
    bool labelled = false;
};
[[nodiscard]] std::vector<RulerMark> rulerMarks(const TimeAxis& axis, double width, bool cdFrames,
                                                double least = 130);

} // namespace segue::gui
