#include "album/history.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

Album noted(int number)
{
    Album a = album({5});
    a.info.note = std::to_string(number);
    return a;
}

} // namespace

TEST_CASE("undo and redo walk through equal albums")
{
    History h{noted(0)};
    for (int i = 1; i <= 5; ++i) h.push("Step " + std::to_string(i), noted(i));
    for (int i = 4; i >= 0; --i) {
        CHECK(h.undoLabel() == "Step " + std::to_string(i + 1));
        REQUIRE(h.undo());
        CHECK(*h.now() == noted(i));
    }
    CHECK(!h.undo());
    CHECK(h.undoLabel().empty());
    for (int i = 1; i <= 5; ++i) {
        CHECK(h.redoLabel() == "Step " + std::to_string(i));
        REQUIRE(h.redo());
        CHECK(*h.now() == noted(i));
    }
    CHECK(!h.redo());
    CHECK(h.redoLabel().empty());
}

TEST_CASE("an equal album adds no step and keeps what could be redone")
{
    History h{noted(0)};
    h.push("One", noted(1));
    h.undo();
    h.push("Nothing", noted(0));
    CHECK(h.undoLabel().empty());
    CHECK(h.redoLabel() == "One");
}

TEST_CASE("a new step after undo drops what could be redone")
{
    History h{noted(0)};
    h.push("One", noted(1));
    h.push("Two", noted(2));
    h.undo();
    h.push("Three", noted(3));
    CHECK(!h.redo());
    h.undo();
    CHECK(*h.now() == noted(1));
}

TEST_CASE("a drag is one undo step")
{
    History h{noted(0)};
    for (const int i : {1, 2, 3}) h.push("Move", noted(i), "marker-2");
    h.endGesture();
    CHECK(*h.now() == noted(3));
    h.undo();
    CHECK(*h.now() == noted(0));
    CHECK(!h.undo());
}

TEST_CASE("a second drag of the same thing is a second step")
{
    History h{noted(0)};
    h.push("Move", noted(1), "marker-2");
    h.endGesture();
    h.push("Move", noted(2), "marker-2");
    h.undo();
    CHECK(*h.now() == noted(1));
}

TEST_CASE("a drag of another thing is a step of its own, without endGesture, too")
{
    History h{noted(0)};
    h.push("Move", noted(1), "marker-2");
    h.push("Move", noted(2), "marker-3");
    h.undo();
    CHECK(*h.now() == noted(1));
    h.push("Move", noted(4), "marker-2");
    h.undo();
    CHECK(*h.now() == noted(1));
}

TEST_CASE("a drag back to where it began leaves no step")
{
    History h{noted(0)};
    h.push("Move", noted(1), "marker-2");
    h.push("Move", noted(0), "marker-2");
    CHECK(h.undoLabel().empty());
    CHECK(!h.modified());
    h.push("Move", noted(2), "marker-2");
    h.undo();
    CHECK(*h.now() == noted(0));
}

TEST_CASE("steps without a gesture never merge")
{
    History h{noted(0)};
    h.push("Gain", noted(1));
    h.push("Gain", noted(2));
    h.undo();
    CHECK(*h.now() == noted(1));
}

TEST_CASE("the oldest steps go when the limit is reached")
{
    History h{noted(0), 3};
    for (int i = 1; i <= 10; ++i) h.push("Step", noted(i));
    int undone = 0;
    while (h.undo()) ++undone;
    CHECK(undone == 3);
    CHECK(*h.now() == noted(7));
}

TEST_CASE("modified follows the saved album through undo and redo")
{
    History h{noted(0)};
    CHECK(!h.modified());
    h.push("One", noted(1));
    CHECK(h.modified());
    h.markSaved();
    CHECK(!h.modified());
    h.undo();
    CHECK(h.modified());
    h.redo();
    CHECK(!h.modified());
}
