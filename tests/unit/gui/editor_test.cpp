#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

Instant at(double s) { return Instant{} + time(s); }

/// Three tracks of 10 s: 2..12, 14..24, 26..36, the second focused.
struct Three : EditorBench {
    explicit Three(Album a = test::album({10, 10, 10})) : EditorBench{std::move(a)}
    {
        editor.view.select(track(album(), 2));
    }
    [[nodiscard]] Instant start(int number) const
    {
        const auto place = placeOf(editor.layout(), track(album(), number));
        return editor.layout().timeline.pieces[place->piece].entries[place->entry].start;
    }
};

Album noTracks() { return get(edit::addEdition({}, "CD", CdSettings{})).first; }

} // namespace

TEST_CASE(
    "no action crashes or leaves an invalid view on albums without editions, without tracks, and others")
{
    for (const Album& a : {Album{}, noTracks(), album({10}), album({10, 10, 10}), randomAlbum(3)})
        for (const ActionInfo& info : actions()) {
            EditorBench bench{a};
            CAPTURE(info.id);
            CAPTURE(a.tracks.size());
            bench.editor.run(info.action);
            CHECK(bench.viewIsValid());
        }
}

TEST_CASE("what is not enabled changes nothing when it is run all the same")
{
    for (const Album& a : {Album{}, noTracks(), album({10}), album({10, 10, 10}), randomAlbum(5)})
        for (const ActionInfo& info : actions()) {
            EditorBench bench{a};
            if (bench.editor.enabled(info.action, {})) continue;
            CAPTURE(info.id);
            bench.editor.run(info.action);
            CHECK(bench.album() == a);
            CHECK(bench.session->undoLabel().empty());
        }
}

TEST_CASE("the first track is selected when an album opens")
{
    const EditorBench bench{album({10, 10})};
    CHECK(bench.editor.view.focus == track(bench.album(), 1));
    CHECK(bench.editor.focused()->position == 0);
    CHECK_FALSE(bench.editor.empty());
    CHECK(EditorBench{Album{}}.editor.empty());
}

TEST_CASE("several chosen tracks are nudged together, whichever of them has the focus")
{
    Three t;
    t.editor.view.selected = {track(t.album(), 3), track(t.album(), 2)};
    t.editor.view.focus = track(t.album(), 3);
    t.editor.run(Action::nudgeLaterMillisecond);
    CHECK(t.start(2) == at(14) + milliseconds(1));
    CHECK(t.start(3) == at(26) + milliseconds(1));
    CHECK(t.session->undoLabel() == "Nudge 2 tracks");
}

TEST_CASE("nudging moves the focused track by a frame, a millisecond or a sample, and what follows along")
{
    Three t;
    t.editor.run(Action::nudgeLaterFrame);
    CHECK(t.start(2) == at(14) + durationOf(CdFrameCount{1}));
    CHECK(t.start(3) == at(26) + durationOf(CdFrameCount{1}));
    t.editor.run(Action::nudgeEarlierFrame);
    t.editor.run(Action::nudgeEarlierMillisecond);
    CHECK(t.start(2) == at(14) - milliseconds(1));
    t.editor.run(Action::nudgeLaterMillisecond);
    t.editor.run(Action::nudgeLaterSample);
    CHECK(t.start(2) == at(14) + nearestDuration(SampleCount{1}, cdRate));
    t.editor.run(Action::nudgeEarlierSample);
    CHECK(t.start(2) == at(14));
    CHECK(t.start(1) == at(2));
}

TEST_CASE("a track moves earlier and later in the order and stays selected")
{
    Three t;
    const TrackId two = track(t.album(), 2);
    t.editor.run(Action::moveEarlier);
    CHECK(track(t.album(), 1) == two);
    CHECK(t.editor.view.focus == two);
    CHECK_FALSE(t.editor.enabled(Action::moveEarlier, {}));
    t.editor.run(Action::moveLater);
    t.editor.run(Action::moveLater);
    CHECK(track(t.album(), 3) == two);
    CHECK_FALSE(t.editor.enabled(Action::moveLater, {}));
    CHECK(t.session->undoLabel() == "Move track 2 later");
}

TEST_CASE("splitting at the cursor selects the second half and moves no sample")
{
    Three t;
    const auto before = soundingClips(t.album(), edition(t.album()));
    t.editor.view.cursor = at(18);
    t.editor.run(Action::splitAtCursor);
    REQUIRE(firstEdition(t.album()).entries.size() == 4);
    CHECK(t.start(3) == at(18));
    CHECK(t.editor.view.focus == track(t.album(), 3));
    const auto now = soundingClips(t.album(), edition(t.album()));
    REQUIRE(now.size() == before.size() + 1);
    t.session->undo();
    CHECK(soundingClips(t.album(), edition(t.album())) == before);
    CHECK(t.viewIsValid());
    // Outside of the track there is nothing to split, and the reason is said.
    t.editor.view.select(track(t.album(), 2));
    t.editor.view.cursor = at(1);
    t.editor.run(Action::splitAtCursor);
    CHECK(t.editor.messageIsError());
    CHECK(firstEdition(t.album()).entries.size() == 3);
}

TEST_CASE("marks go to the cursor and the sound stays")
{
    for (const Action action : {Action::startMarkHere, Action::endMarkHere, Action::addIndex}) {
        Three t;
        const auto before = soundingClips(t.album(), edition(t.album()));
        t.editor.view.cursor = at(16);
        t.editor.run(action);
        CHECK(soundingClips(t.album(), edition(t.album())) == before);
        CHECK(t.session->undoLabel() != "");
        if (action == Action::startMarkHere) CHECK(t.start(2) == at(16));
        if (action == Action::endMarkHere) CHECK(t.editor.focused()->end == at(16));
        if (action == Action::addIndex) CHECK(trackAt(t.album(), 2).indexes == std::vector{seconds(2)});
        CHECK(t.start(3) == at(26));
    }
}

TEST_CASE("fades reach from the track's edge to the cursor")
{
    Three t;
    t.editor.view.cursor = at(17);
    t.editor.run(Action::fadeInHere);
    CHECK(clipAt(t.album(), 2).fadeIn.length == seconds(3));
    t.editor.view.cursor = at(20);
    t.editor.run(Action::fadeOutHere);
    CHECK(clipAt(t.album(), 2).fadeOut.length == seconds(4));
}

TEST_CASE("louder and softer go in tenths of a decibel for all that is selected, as one step")
{
    Three t;
    t.editor.run(Action::selectAll);
    for (int i = 0; i < 3; ++i) t.editor.run(Action::louder);
    for (int n = 1; n <= 3; ++n) CHECK(trackAt(t.album(), n).gain.hand == Decibels{0.3});
    t.session->undo();
    for (int n = 1; n <= 3; ++n) CHECK(trackAt(t.album(), n).gain.hand == Decibels{0.2});
    for (int i = 0; i < 2; ++i) t.editor.run(Action::softer);
    CHECK(trackAt(t.album(), 1).gain.hand == Decibels{});
}

TEST_CASE("a crossfade joins with the track before, and removing it lets them touch")
{
    Three t;
    t.editor.run(Action::crossfade);
    CHECK(t.start(2) == at(10));
    CHECK(firstEdition(t.album()).entries[1].joint.crossfade.has_value());
    t.editor.run(Action::removeOverlap);
    CHECK(t.start(2) == at(12));
    CHECK_FALSE(t.editor.enabled(Action::removeOverlap, {}));
    t.editor.run(Action::removeOverlap);
    CHECK(t.start(2) == at(12));
}

TEST_CASE("a pause is not an overlap: removing the overlap leaves it alone")
{
    Three t;
    CHECK_FALSE(t.editor.enabled(Action::removeOverlap, {}));
    t.editor.run(Action::removeOverlap);
    CHECK(t.start(2) == at(14));
}

TEST_CASE("a disc break makes two discs, and undone one again with a view that is there")
{
    Three t;
    t.editor.run(Action::discBreak);
    CHECK(t.editor.layout().timeline.pieces.size() == 2);
    CHECK(t.editor.view.piece == 1);
    CHECK(t.editor.ticked(Action::discBreak, {}));
    t.editor.run(Action::previousDisc);
    CHECK(t.editor.view.piece == 0);
    CHECK_FALSE(t.editor.enabled(Action::previousDisc, {}));
    t.editor.run(Action::nextDisc);
    CHECK(t.editor.view.piece == 1);
    t.editor.run(Action::undo);
    CHECK(t.editor.view.piece == 0);
    CHECK(t.viewIsValid());
}

TEST_CASE("removing takes tracks out of the edition, not the album, and selects the next one")
{
    Three t;
    t.editor.run(Action::openJoint);
    CHECK(t.editor.view.joint.has_value());
    t.editor.run(Action::remove);
    CHECK(firstEdition(t.album()).entries.size() == 2);
    CHECK(t.album().tracks.size() == 3);
    CHECK(t.viewIsValid());
    CHECK(t.editor.view.focus == firstEdition(t.album()).entries[1].track);
    CHECK_FALSE(t.editor.view.joint);
    t.editor.run(Action::selectAll);
    t.editor.run(Action::remove);
    CHECK(t.editor.empty());
    CHECK(t.viewIsValid());
    while (t.session->undo()) {
    }
    CHECK(t.album() == test::album({10, 10, 10}));
}

TEST_CASE("the joint editor can be closed from the first track, too")
{
    Three t;
    t.editor.run(Action::openJoint);
    t.editor.view.select(track(t.album(), 1));
    CHECK(t.editor.enabled(Action::openJoint, {}));
    t.editor.run(Action::openJoint);
    CHECK_FALSE(t.editor.view.joint);
    CHECK_FALSE(t.editor.enabled(Action::openJoint, {}));
}

TEST_CASE("the cursor goes from track to track, first back to the start of the one it is in")
{
    Three t;
    t.editor.view.cursor = at(17);
    t.editor.run(Action::previousMark);
    CHECK(t.editor.view.cursor == at(14));
    t.editor.run(Action::previousMark);
    CHECK(t.editor.view.cursor == at(2));
    t.editor.run(Action::nextMark);
    t.editor.run(Action::nextMark);
    CHECK(t.editor.view.cursor == at(26));
    CHECK(t.editor.view.focus == track(t.album(), 3));
    t.editor.run(Action::nextMark);
    CHECK(t.editor.view.cursor == at(26));
    t.editor.run(Action::goToStart);
    CHECK(t.editor.view.cursor == at(0));
    t.editor.run(Action::goToEnd);
    CHECK(t.editor.view.cursor == at(26));
}

TEST_CASE("the whole disc and the focused track fit into the window")
{
    Three t;
    t.editor.width = 800;
    t.editor.run(Action::zoomAlbum);
    CHECK(t.editor.view.axis.x(at(0)) >= 0);
    CHECK(t.editor.view.axis.x(at(36)) <= 800);
    CHECK(t.editor.view.axis.x(at(36)) > 700);
    t.editor.run(Action::zoomTrack);
    CHECK(t.editor.view.axis.x(at(14)) == doctest::Approx(40));
    CHECK(t.editor.view.axis.x(at(24)) == doctest::Approx(760));
    t.editor.zoom(1e-9, 0);
    CHECK(t.editor.view.axis.x(at(0)) <= 12.001);
}

TEST_CASE("findings of files stand beside the album's own")
{
    Three t;
    const std::size_t own = t.editor.findings().size();
    t.editor.setFileFindings({{.level = Finding::Level::error, .rule = "TEST", .message = "Gone"}});
    CHECK(t.editor.findings().size() == own + 1);
    t.editor.run(Action::louder);
    CHECK(t.editor.findings().size() == own + 1);
    t.editor.setFileFindings({});
    CHECK(t.editor.findings().size() == own);
}

TEST_CASE("removing the edition that is shown shows the first of the others, and the only one stays")
{
    Three bench;
    const EditionId cd = bench.editor.view.edition;
    const auto [both, lp] = get(edit::addEdition(bench.album(), "LP", VinylSettings{}));
    REQUIRE(bench.editor.take({"Add", both}));
    bench.editor.chooseEdition(lp);
    bench.editor.removeEdition();
    CHECK(bench.album().editions.size() == 1);
    CHECK(bench.editor.view.edition == cd);
    CHECK(bench.viewIsValid());
    // The menu that offered it may be older than the album.
    bench.editor.removeEdition();
    CHECK(bench.album().editions.size() == 1);
    CHECK(bench.editor.messageIsError());
    CHECK(bench.editor.message().find("only edition") != std::string::npos);
}
