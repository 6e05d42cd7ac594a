// What keys do to clips and index marks, and which mark Delete takes out.

#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

Instant at(double s) { return Instant{} + time(s); }

/// Three tracks of 10 s: 2..12, 14..24, 26..36; the second has index marks at 3 and 5 s and is focused.
struct Three : TimelineBench {
    Three()
        : TimelineBench{[] {
              const Album a = test::album({10, 10, 10});
              return get(edit::setIndexes(a, track(a, 2), {seconds(3), seconds(5)}));
          }()}
    {
        editor.view.select(two);
        editor.view.cursor = at(16);
    }
    TrackId two = track(album(), 2);
    [[nodiscard]] std::vector<Duration> indexes() const { return trackAt(album(), 2).indexes; }
    [[nodiscard]] const Clip& clip() const { return clipAt(album(), 2); }
    void clickMark(std::size_t index)
    {
        take<FlagPart>([&](const FlagPart& p) { return p.kind == FlagKind::index && p.index == index; });
        letGo();
    }
};

} // namespace

TEST_CASE("Delete takes out the index mark that was clicked, not its track")
{
    Three t;
    t.clickMark(0);
    CHECK(t.editor.view.mark == IndexMark{t.two, 0});
    t.editor.run(Action::remove);
    CHECK(t.indexes() == std::vector{seconds(5)});
    CHECK(t.session->undoLabel() == "Remove index 2 of track 2");
    CHECK(firstEdition(t.album()).entries.size() == 3);
    SUBCASE("and then nothing is chosen but the track")
    {
        t.editor.run(Action::remove);
        CHECK(firstEdition(t.album()).entries.size() == 2);
    }
}

TEST_CASE("a mark is no longer chosen once something else is, or once it is gone")
{
    Three t;
    t.clickMark(1);
    SUBCASE("another track") { t.editor.view.select(track(t.album(), 3)); }
    SUBCASE("its own track again")
    {
        t.take<HeaderPart>(t.two);
        t.letGo();
    }
    SUBCASE("every track") { t.editor.run(Action::selectAll); }
    SUBCASE("fewer marks")
    {
        REQUIRE(t.session->apply("One", edit::setIndexes(t.album(), t.two, {seconds(3)})).has_value());
    }
    CHECK_FALSE(t.editor.view.mark);
}

TEST_CASE("without a chosen mark the key takes out the last one up to the cursor")
{
    Three t;
    t.editor.run(Action::removeIndex); // 2 s into the track: none yet
    CHECK(t.indexes().size() == 2);
    CHECK(t.editor.messageIsError());
    t.editor.view.cursor = at(18);
    t.editor.run(Action::removeIndex);
    CHECK(t.indexes() == std::vector{seconds(5)});
    CHECK_FALSE(t.editor.enabled(Action::removeIndex, {}) == t.indexes().empty());
}

TEST_CASE("a menu acts on what it was asked for, and keeps several that are chosen")
{
    Three t;
    const TimelineScene scene = t.scene();
    const auto header = [&](TrackId track) {
        return TimelineBench::item<HeaderPart>(scene, [&](const HeaderPart& p) { return p.track == track; });
    };
    const TrackId three = track(t.album(), 3);
    chooseForMenu(t.editor.view, header(three));
    CHECK(t.editor.view.focus == three);
    CHECK(t.editor.selection() == std::vector{three});
    t.editor.run(Action::selectAll);
    chooseForMenu(t.editor.view, header(t.two));
    CHECK(t.editor.view.focus == t.two);
    CHECK(t.editor.selection().size() == 3);
    chooseForMenu(t.editor.view, TimelineBench::item<FlagPart>(scene, [](const FlagPart& p) {
                      return p.kind == FlagKind::index && p.index == 1;
                  }));
    CHECK(t.editor.view.mark == IndexMark{t.two, 1});
}

TEST_CASE("the edges of the sound are trimmed to the cursor by key")
{
    Three t;
    t.editor.run(Action::trimBeginHere);
    CHECK(t.session->undoLabel() == "Trim the beginning of track 2");
    CHECK(t.clip().in == nearestSamples(seconds(2), SampleRate{44'100}));
    CHECK(t.end(2) - t.start(2) == seconds(8));
    t.editor.view.cursor = t.start(2) + seconds(6);
    t.editor.run(Action::trimEndHere);
    CHECK(t.session->undoLabel() == "Trim the end of track 2");
    CHECK(t.end(2) - t.start(2) == seconds(6));
    CHECK(t.start(3) - t.end(2) == seconds(2));
}

TEST_CASE("the clip under the cursor is made louder and slipped by key, and no other")
{
    Three t;
    t.editor.run(Action::clipLouder);
    t.editor.run(Action::clipLouder);
    t.editor.run(Action::clipSofter);
    CHECK(t.clip().gain == Decibels{0.1});
    CHECK(t.editor.message() == "Clip gain 0.1 dB");
    CHECK(clipAt(t.album(), 1).gain.isUnity());
    t.editor.view.cursor = at(13);
    t.editor.run(Action::clipLouder);
    CHECK(t.clip().gain == Decibels{0.1});
    CHECK(t.editor.message() == "Put the cursor on a clip of track 2 first");
}

TEST_CASE("the audio slips under its edges by key")
{
    Three t;
    t.editor.run(Action::trimBeginHere); // there is sound in front now
    t.editor.view.cursor = t.start(2) + seconds(1);
    const SampleCount in = t.clip().in;
    t.editor.run(Action::slipLater);
    CHECK(in - t.clip().in == nearestSamples(milliseconds(1), SampleRate{44'100}));
    t.editor.run(Action::slipEarlier);
    CHECK(t.clip().in == in);
}

TEST_CASE("a fade's curve goes round by key, and is told")
{
    Three t;
    t.editor.run(Action::fadeInCurve);
    CHECK(t.editor.message() == "There is no fade in in track 2 whose curve could change");
    t.editor.run(Action::fadeInHere);
    REQUIRE(t.clip().fadeIn.length == seconds(2));
    const Curve first = t.clip().fadeIn.curve;
    t.editor.run(Action::fadeInCurve);
    CHECK(t.clip().fadeIn.curve != first);
    CHECK(t.editor.message().ends_with(name(t.clip().fadeIn.curve)));
    for (std::size_t i = 1; i < allCurves.size(); ++i) t.editor.run(Action::fadeInCurve);
    CHECK(t.clip().fadeIn.curve == first);
    CHECK(t.clip().fadeIn.length == seconds(2));
}
