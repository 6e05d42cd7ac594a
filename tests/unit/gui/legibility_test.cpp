// Every word that the canvases draw, against what is drawn under it: contrast 4.5 to 1 in both looks.

#include "gui/model/rail.h"
#include "gui/model/strip.h"
#include "gui/model/timeline_drawing.h"
#include "picture/level_scene.h"
#include "picture/palette.h"
#include "support/gui_bench.h"
#include "support/planned_record.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using namespace segue::picture;

namespace {

Colour mixed(Colour under, Colour over, double opacity)
{
    const auto part = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * opacity));
    };
    return {part(under.red, over.red), part(under.green, over.green), part(under.blue, over.blue)};
}

Rect around(const std::vector<Point>& points)
{
    const auto [left, right] = std::ranges::minmax(points, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(points, {}, &Point::y);
    return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

/// The colour under the first letter (of words in the middle or at the right: where they stand).
Colour groundOf(const DrawList& list, std::size_t text, Look look)
{
    const Text& words = std::get<Text>(list[text]);
    const double x = words.align == Align::left    ? words.box.x + 1
                     : words.align == Align::right ? words.box.right() - 2
                                                   : words.box.centre().x;
    const Point at{x, words.box.centre().y};
    Colour ground = colourOf(Ink::background, look);
    for (std::size_t i = 0; i < text; ++i) {
        if (const auto* area = std::get_if<Area>(&list[i]); area != nullptr && area->box.contains(at))
            ground = mixed(ground, colourOf(area->ink, look), area->opacity);
        const auto* shape = std::get_if<Shape>(&list[i]);
        if (shape != nullptr && shape->width == 0 && around(shape->points).contains(at))
            ground = mixed(ground, colourOf(shape->ink, look), shape->opacity);
    }
    return ground;
}

/// \return how many words were looked at
int areLegible(const DrawList& list)
{
    int count = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Text* text = std::get_if<Text>(&list[i]);
        if (text == nullptr || text->words.empty() || text->box.width <= 2) continue;
        ++count;
        for (const Look look : {Look::dark, Look::light}) {
            CAPTURE(text->words);
            CAPTURE(look == Look::dark);
            CHECK(contrast(colourOf(text->ink, look), groundOf(list, i, look)) >= 4.5);
        }
    }
    return count;
}

class NoWaves : public Waves {
public:
    void columns(SourceId, int, double, double, std::span<Wave::Column> out) override
    {
        std::ranges::fill(out, Wave::Column{});
    }
};

/// Seven tracks with an overlap, index marks, gains and a second disc.
Album manyThings()
{
    Album a = album({100, 100, 100, 100, 100, 100, 100});
    a = get(edit::setCrossfade(a, edition(a), track(a, 3), seconds(20), Crossfade{}));
    a = get(edit::setIndexes(a, track(a, 2), {seconds(30), seconds(60)}));
    a = get(edit::setBreak(a, edition(a), track(a, 6), Break::disc));
    return get(edit::setHandGain(a, track(a, 2), Decibels{-3}));
}

} // namespace

TEST_CASE("every word on the timeline is legible, whatever is chosen, hovered or heard")
{
    EditorBench bench{manyThings()};
    NoWaves waves;
    int words = 0;
    const Rect bounds{0, 0, 1200, 320};
    for (const double perSecond : {2.0, 20.0})
        for (int number = 1; number <= 5; ++number) {
            View view = bench.editor.view;
            view.axis = {Instant{}, 705'600'000.0 / perSecond};
            view.select(track(bench.album(), number));
            view.mark = IndexMark{track(bench.album(), 2), 1};
            view.range = TimeRange{Instant{} + seconds(10), Instant{} + seconds(300)};
            view.playing = Instant{} + seconds(20);
            if (number > 1) view.joint = track(bench.album(), number);
            const TimelineScene scene = buildTimelineScene(bench.editor.layout(), view, bounds);
            for (std::size_t i = 0; i < scene.items.size(); i += 3)
                words += areLegible(drawTimeline(bench.editor.layout(), view, scene, waves, &scene.items[i]));
        }
    CHECK(words > 500);
}

TEST_CASE("every word on the strip is legible, with and without findings")
{
    const EditorBench bench{manyThings()};
    const StripScene scene = buildStrip(bench.editor.layout(), {0, 0, 1100, 78});
    TrackMarksByFinding worst;
    for (int number = 1; number <= 3; ++number)
        worst[track(bench.album(), number)] = static_cast<Finding::Level>(number - 1);
    int words = 0;
    for (int number = 1; number <= 7; ++number) {
        View view = bench.editor.view;
        view.select(track(bench.album(), number));
        words += areLegible(drawStrip(bench.editor.layout(), view, scene, worst, std::nullopt));
    }
    CHECK(words > 50);
}

TEST_CASE("every word of the level over the sides is legible, with room to spare and with too much level")
{
    const Formula bass = tone(60, -6, 8000, 1, -1), treble = tone(3500, -6, 8000);
    const auto sound = [=](std::int64_t at) {
        const std::int64_t second = at / 8000;
        return second == 30 ? bass(at) : second == 90 || second == 150 ? treble(at) : segue::Frame{};
    };
    int words = 0;
    for (const double gain : {-12.0, 0.0, 9.0}) {
        const test::PlannedRecord record = plannedRecord({1, 1, 1}, sound, {.gain = gain, .sides = 2});
        for (const double height : {110.0, 230.0})
            words +=
                areLegible(levelScene(record.programme, record.plan, {0, 0, 700, height}, height > 150).list);
    }
    CHECK(words > 60);
}

TEST_CASE("times and meters are legible, quiet and over full scale, and when something is wrong")
{
    const EditorBench bench{manyThings()};
    MeterReading loud;
    loud.truePeak = {1, -0.5};
    loud.held = {1.5, -0.5};
    loud.momentary = -9;
    const Rect bounds{0, 0, 252, 180};
    CHECK(areLegible(drawMeters(loud, bounds)) > 8);
    CHECK(areLegible(drawMeters({}, bounds)) > 8);
    for (const bool bad : {false, true})
        CHECK(areLegible(drawTimes(bench.editor.layout(), bench.editor.view, bounds, "The device", bad)) > 2);
}
