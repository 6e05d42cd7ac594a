#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

constexpr Pointer plain{}, control{.control = true};

Instant at(double s) { return Instant{} + time(s); }

/// Three tracks of 10 s with 2 s between them: 2..12, 14..24, 26..36. 20 pixels are a second.
struct Three : TimelineBench {
    Three() : TimelineBench{test::album({10, 10, 10})} {}
    TrackId one = track(album(), 1), two = track(album(), 2), three = track(album(), 3);
};

} // namespace

TEST_CASE("a click on ruler, lane or clip sets the cursor and seeks; one on a header only selects")
{
    Three t;
    t.editor.view.range = TimeRange{at(1), at(2)};
    t.pressAt({t.x(15), 25});
    CHECK(t.letGo().seek);
    CHECK(t.editor.view.cursor == at(15));
    CHECK_FALSE(t.editor.view.range);
    t.take<HeaderPart>(t.three);
    CHECK_FALSE(t.letGo().seek);
    CHECK(t.editor.view.cursor == at(15));
    CHECK(t.editor.view.selected == std::vector{t.three});
    t.take<ClipPart>(t.two);
    CHECK(t.letGo().seek);
    CHECK(t.editor.view.selected == std::vector{t.two});
}

TEST_CASE("a drag over the ruler or a clip marks a range, in either direction, not before the beginning")
{
    Three t;
    const Album before = t.album();
    t.pressAt({t.x(15), 25});
    t.dragBy(-60);
    CHECK(t.editor.view.range == TimeRange{at(12), at(15)});
    t.dragBy(-900);
    CHECK(t.editor.view.range == TimeRange{at(0), at(15)});
    CHECK_FALSE(t.letGo().seek);
    CHECK(t.editor.view.range.has_value());
    t.take<ClipPart>(t.two);
    t.dragBy(20);
    CHECK(t.editor.view.range == TimeRange{at(19), at(20)});
    CHECK(t.album() == before);
}

TEST_CASE("Ctrl-click adds to the selection, and a drag of one of several keeps them selected")
{
    Three t;
    t.take<HeaderPart>(t.one);
    t.letGo();
    t.take<HeaderPart>(t.three, control);
    t.letGo();
    CHECK(t.editor.view.selected == std::vector{t.one, t.three});
    CHECK(t.editor.view.focus == t.three);
    t.take<HeaderPart>(t.one);
    t.dragBy(20);
    t.letGo();
    CHECK(t.editor.view.selected == std::vector{t.one, t.three});
}

TEST_CASE("scrolling while the button is down does not change what the drag means")
{
    Three t;
    t.take<HeaderPart>(t.two);
    t.editor.view.axis.left += seconds(5);
    CHECK(t.dragBy(20));
    CHECK(t.start(2) == at(15));
}

TEST_CASE("what moves or marks nothing without a press does nothing")
{
    Three t;
    const Album before = t.album();
    CHECK_FALSE(t.dragBy(50));
    CHECK_FALSE(t.letGo().seek);
    CHECK_FALSE(t.tool.cancel());
    CHECK(t.album() == before);
}

TEST_CASE("dragged things keep to edges within six pixels, else to CD frames; what is dragged does not count")
{
    Three t;
    View view = t.editor.view; // 20 pixels a second: 6 pixels are 0.3 s
    const Layout& layout = t.editor.layout();
    const auto snap = [&](double s, std::optional<TrackId> ignored = {}) {
        return snapped(layout, view, at(s), {.track = ignored});
    };
    CHECK(snap(12.1004) == at(12.1004));
    view.snapping = {.cdFrames = true, .edges = false};
    CHECK(snap(12.1) == at(12) + durationOf(CdFrameCount{8}));
    view.snapping = {.cdFrames = false, .edges = true};
    CHECK(snap(12.2) == at(12));
    CHECK(snap(12.31) == at(12.31));
    CHECK(snap(13.9) == at(14));
    CHECK(snap(12.1, t.one) == at(12.1));
    view.cursor = at(20);
    CHECK(snap(20.2) == at(20));
    view.snapping = {.cdFrames = true, .edges = true};
    CHECK(snap(12.2) == at(12));
    CHECK(snap(12.4) == at(12) + durationOf(CdFrameCount{30}));
    // An edge between two frames, met exactly, is an edge all the same.
    view.cursor = at(20.004);
    CHECK(snap(20.004) == at(20.004));
}

TEST_CASE("every thing on the timeline says what it does, and has a grip")
{
    TimelineBench t{get(edit::setCrossfade(album({10, 10, 10}), edition(album({10, 10, 10})),
                                           track(album({10, 10, 10}), 2), seconds(4), Crossfade{}))};
    const TimelineScene scene = t.scene();
    for (const SceneItem& item : scene.items) {
        CHECK_FALSE(hintFor(&item, t.editor.layout()).empty());
        (void)gripFor(&item, plain);
    }
    CHECK(hintFor(nullptr, t.editor.layout()).empty());
    CHECK(gripFor(nullptr, plain) == Grip::arrow);
    const SceneItem header{.part = HeaderPart{track(t.album(), 1)}};
    CHECK(gripFor(&header, plain) == Grip::hand);
    CHECK(gripFor(&header, control) == Grip::upDown);
}
