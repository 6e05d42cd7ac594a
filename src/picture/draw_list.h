/// \file
/// A picture as a plain list: areas, lines, curves, waves and text, back to front, in logical pixels with the
/// origin at the top left. Reports and the editor make the same lists; deliver/paint.h paints them.
/// Colours are meanings (`Ink`), so that one list serves light and dark.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace segue::picture {

struct Point {
    double x = 0, y = 0;
    [[nodiscard]] friend bool operator==(Point, Point) = default;
};

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
    /// The right and bottom edges do not belong to it.
    [[nodiscard]] bool contains(Point p) const
    {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    [[nodiscard]] bool overlaps(const Rect& other) const
    {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    [[nodiscard]] Rect inset(double by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
    [[nodiscard]] friend bool operator==(const Rect&, const Rect&) = default;
};

/// What a colour means. The values for light and dark are palette.h's.
enum class Ink : std::uint8_t {
    background,
    panel,
    raised,
    line,
    text,
    dim,
    faint,
    laneAClip,
    laneAHead,
    laneAWave,
    laneABody,
    laneBClip,
    laneBHead,
    laneBWave,
    laneBBody,
    accent,
    onAccent,
    error,
    note,
    good,
    selection,
    // A record, the same in both looks.
    vinyl,
    vinylEdge,
    vinylRing,
    vinylOtherRing,
    vinylGroove,
    vinylBand,
    onVinyl,
};

/// A filled area. Radius 0: sharp corners, on whole pixels.
struct Area {
    Rect box{};
    Ink ink = Ink::panel;
    double radius = 0;
    double opacity = 1;
};
/// The line around a box, inside its edges.
struct Frame {
    Rect box{};
    Ink ink = Ink::line;
    double radius = 0;
    double width = 1;
};
struct Line {
    Point from{}, to{};
    Ink ink = Ink::line;
    double width = 1;
    bool dashed = false;
    double opacity = 1;
};
/// A line through points, or the area they enclose.
struct Shape {
    std::vector<Point> points{};
    Ink ink = Ink::accent;
    double width = 1; ///< of the line; 0: filled
    double opacity = 1;
};
struct Disc {
    Point centre{};
    double radius = 3;
    Ink ink = Ink::accent;
};
/// One channel of a waveform, a column for each pixel of the box: -1..1 fill its height.
struct Wave {
    struct Column {
        float low = 0, high = 0, rms = 0;
    };
    Rect box{};
    std::vector<Column> columns{};
    Ink peak = Ink::laneAWave, body = Ink::laneABody;
    double opacity = 1;
};
enum class Align : std::uint8_t { left, centre, right };
enum class Weight : std::uint8_t { normal, medium, bold };
/// One line of text, centred in the height of its box, with an ellipsis where it does not fit.
struct Text {
    Rect box{};
    std::string words{};
    Ink ink = Ink::text;
    double size = 12.5;
    Align align = Align::left;
    Weight weight = Weight::normal;
    bool digits = false; ///< a number or time: monospaced
};
/// What follows is cut to the box, until EndClip.
struct BeginClip {
    Rect box{};
};
struct EndClip {};

using Item = std::variant<Area, Frame, Line, Shape, Disc, Wave, Text, BeginClip, EndClip>;
using DrawList = std::vector<Item>;

} // namespace segue::picture
