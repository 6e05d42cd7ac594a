#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Three tracks, the second of which opens the second disc; it is focused.
struct TwoDiscs : EditorBench {
    TwoDiscs() : EditorBench{made()} { editor.selectRow(1); }
    static Album made()
    {
        const Album a = test::album({10, 10, 10});
        return get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    }
};

} // namespace

TEST_CASE("a crossfade at a disc break is refused with a sentence")
{
    TwoDiscs t;
    t.editor.run(Action::crossfade);
    CHECK(t.album() == TwoDiscs::made());
    CHECK(t.editor.messageIsError());
    CHECK(t.editor.message() == "A disc begins with track 1: there is nothing before it to crossfade with");
    CHECK_FALSE(t.editor.take(typed(t.editor.table(), 1, Column::pause, "-2")));
    CHECK(t.editor.message() == "A disc begins with this track: there is nothing before it to overlap with");
    CHECK(t.album() == TwoDiscs::made());
}

TEST_CASE("the pause typed before a disc's first track is the one that is shown there")
{
    TwoDiscs t;
    CHECK(editText(t.editor.table(), 1, Column::pause) == "2.000");
    CHECK(t.editor.take(typed(t.editor.table(), 1, Column::pause, "3.5")));
    CHECK(cellOf(t.editor.table(), 1, Column::pause).text == "3.500");
    CHECK(std::get<CdSettings>(firstEdition(t.album()).medium).firstPause == milliseconds(3'500));
    CHECK(firstEdition(t.album()).entries[1].joint == firstEdition(TwoDiscs::made()).entries[1].joint);
}

TEST_CASE("INDEX 00 is not typed, and the sentence says what to type instead")
{
    TwoDiscs t;
    CHECK_FALSE(t.editor.take(typed(t.editor.table(), 2, Column::index00, "00:11:00")));
    CHECK(t.editor.message() == "INDEX 00 stands where the pause begins and cannot be typed; type the pause");
}

TEST_CASE("times on a CD are shown in milliseconds where that is wanted, and typed in either way")
{
    EditorBench bench{album({10, 10})};
    CHECK(cellOf(bench.editor.table(), 1, Column::start).text == "00:14:00");
    bench.editor.setTimeStyle(TimeStyle::milliseconds);
    CHECK(cellOf(bench.editor.table(), 1, Column::start).text == "0:14.000");
    CHECK(cellOf(bench.editor.table(), 1, Column::length).text == "0:10.000");
    CHECK(bench.editor.take(typed(bench.editor.table(), 1, Column::start, "0:15.500")));
    CHECK(cellOf(bench.editor.table(), 1, Column::start).text == "0:15.493"); // the frame it lies in
    CHECK(bench.editor.layout().timeline.pieces[0].entries[1].start == Instant{} + milliseconds(15'500));
}
