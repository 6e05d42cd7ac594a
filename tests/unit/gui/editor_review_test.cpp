#include "album/edit.h"
#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Four tracks of 10 s on two discs or sides, two on each; the first is focused.
Album onTwo(Break what, const Medium& medium)
{
    const Album a = album({10, 10, 10, 10}, seconds(2), medium);
    return get(edit::setBreak(a, a.editions.front().id, track(a, 3), what));
}

} // namespace

TEST_CASE("the next disc's first track is the one that keys act on")
{
    EditorBench t{onTwo(Break::disc, CdSettings{})};
    t.editor.view.select(track(t.album(), 2));
    t.editor.run(Action::nextDisc);
    CHECK(t.editor.view.piece == 1);
    CHECK(t.editor.view.focus == track(t.album(), 3));
    t.editor.run(Action::previousDisc);
    CHECK(t.editor.view.piece == 0);
    CHECK(t.editor.view.focus == track(t.album(), 1));
}

TEST_CASE("after every edit the focused track is on the disc that is shown")
{
    EditorBench t{album({10, 10, 10})};
    t.editor.view.select(track(t.album(), 3));
    t.editor.run(Action::discBreak);
    CHECK(t.editor.view.piece == 1);
    t.editor.run(Action::undo);
    CHECK(t.editor.view.piece == 0);
    t.editor.run(Action::redo);
    CHECK(t.editor.view.focus == track(t.album(), 3));
    CHECK(t.editor.view.piece == 1);
}

TEST_CASE("a disc's first track has no joint to open, and says so")
{
    EditorBench t{onTwo(Break::disc, CdSettings{})};
    t.editor.view.select(track(t.album(), 3));
    t.editor.run(Action::openJoint);
    CHECK_FALSE(t.editor.view.joint);
    CHECK(t.editor.messageIsError());
}

TEST_CASE("an open joint closes when a break comes between its tracks")
{
    EditorBench t{album({10, 10, 10})};
    t.editor.view.select(track(t.album(), 3));
    t.editor.run(Action::openJoint);
    REQUIRE(t.editor.view.joint);
    t.editor.run(Action::discBreak);
    CHECK_FALSE(t.editor.view.joint);
}

TEST_CASE("a break on vinyl begins a side, not a disc")
{
    EditorBench t{onTwo(Break::none, VinylSettings{})};
    t.editor.view.select(track(t.album(), 3));
    t.editor.run(Action::discBreak);
    CHECK(find(*t.editor.edition(), track(t.album(), 3))->breakBefore == Break::side);
    CHECK(t.session->undoLabel() == "New side from track 3");
    t.editor.run(Action::discBreak);
    CHECK(find(*t.editor.edition(), track(t.album(), 3))->breakBefore == Break::none);
}

TEST_CASE("a track of a record is kept together with the one before it, and released again")
{
    EditorBench t{onTwo(Break::none, VinylSettings{})};
    t.editor.view.select(track(t.album(), 3));
    CHECK(t.editor.enabled(Action::keepTogether, {}));
    t.editor.run(Action::keepTogether);
    CHECK(find(*t.editor.edition(), track(t.album(), 3))->keepWithPrevious);
    CHECK(t.editor.ticked(Action::keepTogether, {}));
    CHECK(t.session->undoLabel() == "Keep track 2 and track 3 together");
    t.editor.run(Action::discBreak);
    CHECK(t.editor.messageIsError());
    t.editor.run(Action::keepTogether);
    CHECK_FALSE(t.editor.ticked(Action::keepTogether, {}));
    CHECK(t.session->undoLabel() == "Release track 2 and track 3");
    t.editor.view.select(track(t.album(), 1));
    CHECK_FALSE(t.editor.enabled(Action::keepTogether, {}));
}

TEST_CASE("of several selected tracks all neighbours are kept together in one step")
{
    EditorBench t{album({10, 10, 10, 10}, seconds(2), VinylSettings{})};
    t.editor.run(Action::selectAll);
    t.editor.run(Action::keepTogether);
    for (const int n : {2, 3, 4}) CHECK(find(*t.editor.edition(), track(t.album(), n))->keepWithPrevious);
    CHECK(t.session->undoLabel() == "Keep 4 tracks together");
    t.editor.run(Action::undo);
    CHECK_FALSE(t.editor.ticked(Action::keepTogether, {}));
}

TEST_CASE("on a CD there are no sides to keep tracks together on")
{
    EditorBench t{album({10, 10, 10})};
    t.editor.view.select(track(t.album(), 3));
    CHECK_FALSE(t.editor.enabled(Action::keepTogether, {}));
}

TEST_CASE("another edition leaves range, cursor and joint behind; the same one chosen again does not")
{
    EditorBench t{album({10, 10, 10})};
    auto made = get(edit::copyEdition(t.album(), t.editor.view.edition, "Other"));
    REQUIRE(t.editor.take({"Copy", std::move(made.first)}));
    t.editor.view.select(track(t.album(), 2));
    t.editor.run(Action::openJoint);
    t.editor.view.range = TimeRange{Instant{}, Instant{} + time(1)};
    t.editor.view.cursor = Instant{} + time(3);
    t.editor.chooseEdition(t.editor.view.edition);
    CHECK(t.editor.view.joint);
    CHECK(t.editor.view.cursor == Instant{} + time(3));
    t.editor.chooseEdition(made.second);
    CHECK_FALSE(t.editor.view.joint);
    CHECK_FALSE(t.editor.view.range);
    CHECK(t.editor.view.cursor == Instant{});
}

TEST_CASE("what is told is shown at once, and the revision grows with what tables show")
{
    EditorBench t{album({10, 10})};
    const auto revision = t.editor.revision();
    const int changes = t.changes;
    t.editor.tell("A roll is 0 to 60 seconds", true);
    CHECK(t.changes == changes + 1);
    CHECK(t.editor.messageIsError());
    CHECK(t.editor.revision() == revision);
    t.editor.run(Action::timesInTrack);
    CHECK(t.editor.revision() > revision);
    const auto later = t.editor.revision();
    t.editor.run(Action::nudgeLaterFrame);
    CHECK(t.editor.revision() > later);
}
