#include "gui/model/joint_reach.h"

#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Two tracks of 20 s, each the middle of a file with 5 s more on either side, crossfaded over 4 s.
struct Crossed : EditorBench {
    Crossed() : EditorBench{made()}
    {
        editor.view.select(track(album(), 2));
        editor.run(Action::openJoint);
    }
    static Album made()
    {
        Album a = test::album({30, 30});
        for (const int n : {1, 2}) {
            a = get(edit::trimClip(a, clip(a, n), SampleCount{5 * 44'100}, SampleCount{20 * 44'100}));
            a = get(edit::moveClip(a, clip(a, n), {}));
        }
        return get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(4),
                                      Crossfade{.out = Curve::linear, .in = Curve::cosine}));
    }
    [[nodiscard]] TrackId incoming() const { return track(album(), 2); }
    [[nodiscard]] JointReach reach() const
    {
        return jointReach(editor.layout(), incoming(), *editor.view.jointPoint);
    }
    [[nodiscard]] bool set(double before, double after)
    {
        return editor.take(
            {"Change the crossfade", setJointReach(album(), edition(album()), incoming(),
                                                   *editor.view.jointPoint, {time(before), time(after)})});
    }
};

} // namespace

TEST_CASE("an open joint lies around the middle of its overlap")
{
    const Crossed t;
    REQUIRE(t.editor.view.jointPoint);
    CHECK(*t.editor.view.jointPoint == seconds(18));
    CHECK(t.reach() == JointReach{seconds(2), seconds(2)});
}

TEST_CASE("each side of a crossfade has its own length, and no sound moves")
{
    Crossed t;
    const auto anchor = [&](int n) {
        for (const SoundingClip& c : soundingClips(t.album(), edition(t.album())))
            if (c.clip == clip(t.album(), n)) return c.anchor;
        return SamplePos{-1};
    };
    const SamplePos first = anchor(1), second = anchor(2);
    for (const auto& [before, after] :
         {std::pair{0.5, 2.0}, {0.5, 3.0}, {4.0, 3.0}, {4.0, 0.0}, {0.0, 1.0}}) {
        CAPTURE(before);
        CAPTURE(after);
        REQUIRE(t.set(before, after));
        CHECK(t.reach() == JointReach{time(before), time(after)});
        CHECK(anchor(1) == first);
        CHECK(anchor(2) == second);
        const Joint& joint = firstEdition(t.album()).entries[1].joint;
        CHECK(joint.gap == -time(before + after));
        CHECK(joint.crossfade == Crossfade{.out = Curve::linear, .in = Curve::cosine});
    }
    for (int i = 0; i < 5; ++i) t.editor.run(Action::undo);
    CHECK(t.album() == Crossed::made());
}

TEST_CASE("no side reaches further than its file, and the sentence says by how much")
{
    Crossed t;
    CHECK(refusal(setJointReach(t.album(), edition(t.album()), t.incoming(), seconds(18),
                                {seconds(2), time(7.5)})) == "Its file ends 0.500 s too early for that");
    CHECK(refusal(setJointReach(t.album(), edition(t.album()), t.incoming(), seconds(18),
                                {time(7.25), seconds(2)})) == "Its file begins 0.250 s too late for that");
    CHECK(refusal(setJointReach(t.album(), edition(t.album()), t.incoming(), seconds(18), {})) ==
          "Of an overlap something must be left, on one side of the joint at least");
    CHECK_FALSE(t.set(2, 7.5));
    CHECK(t.editor.messageIsError());
}

TEST_CASE("a plain sum stays one, and tracks that do not overlap have no sides")
{
    Crossed t;
    Album a = get(edit::setCrossfade(t.album(), edition(t.album()), t.incoming(), seconds(4), std::nullopt));
    a = get(setJointReach(a, edition(a), t.incoming(), seconds(18), {seconds(1), seconds(2)}));
    CHECK(firstEdition(a).entries[1].joint == Joint{.gap = -seconds(3)});
    a = get(edit::setGap(a, edition(a), t.incoming(), seconds(1)));
    CHECK_FALSE(jointPoint(layoutOf(a, edition(a)), t.incoming(), seconds(18)));
    CHECK(refusal(setJointReach(a, edition(a), t.incoming(), seconds(18), {seconds(1), seconds(2)})) ==
          "The tracks do not overlap; overlap them first, with X or a negative pause");
}

TEST_CASE("the point stays while one side is set, and is found anew where the overlap left it")
{
    Crossed t;
    REQUIRE(t.set(0.5, 2));
    CHECK(*t.editor.view.jointPoint == seconds(18));
    t.editor.take(
        {"away", edit::setCrossfade(t.album(), edition(t.album()), t.incoming(), seconds(1), Crossfade{})});
    CHECK(*t.editor.view.jointPoint == time(19.5));
    t.editor.take({"apart", edit::setGap(t.album(), edition(t.album()), t.incoming(), seconds(1))});
    CHECK_FALSE(t.editor.view.jointPoint);
    t.editor.run(Action::openJoint);
    CHECK_FALSE(t.editor.view.joint);
    CHECK_FALSE(t.editor.view.jointPoint);
}
