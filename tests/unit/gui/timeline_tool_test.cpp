#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

constexpr Pointer plain{}, shift{.shift = true}, control{.control = true}, alt{.alt = true};

Instant at(double s) { return Instant{} + time(s); }

/// Three tracks of 10 s with 2 s between them: 2..12, 14..24, 26..36. 20 pixels are a second.
struct Three : TimelineBench {
    Three() : TimelineBench{test::album({10, 10, 10})} {}
    explicit Three(Album a) : TimelineBench{std::move(a)} {}
    TrackId one = track(album(), 1), two = track(album(), 2), three = track(album(), 3);
    [[nodiscard]] std::vector<Instant> starts() const { return {start(1), start(2), start(3)}; }
};

Album withCrossfade()
{
    const Album a = album({10, 10, 10});
    return get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(4), Crossfade{}));
}

} // namespace

TEST_CASE("dragging a header moves the sound, and what follows keeps its distance")
{
    Three t;
    t.take<HeaderPart>(t.two);
    CHECK(t.dragBy(60));
    CHECK(t.starts() == std::vector{at(2), at(17), at(29)});
    t.letGo();
    CHECK(t.session->undoLabel() == "Move track 2");
    t.session->undo();
    CHECK(t.starts() == std::vector{at(2), at(14), at(26)});
}

TEST_CASE("with Alt the header takes another place in the order, and back it is as it was")
{
    Three t;
    t.take<HeaderPart>(t.one, alt);
    CHECK(t.dragBy(250));
    CHECK(firstEdition(t.album()).entries[0].track == t.two);
    CHECK(firstEdition(t.album()).entries[1].track == t.one);
    CHECK(t.words == "track 1 becomes track 2");
    CHECK(t.dragBy(300));
    CHECK(firstEdition(t.album()).entries[2].track == t.one);
    t.dragBy(-550);
    t.letGo();
    CHECK(t.starts() == std::vector{at(2), at(14), at(26)});
}

TEST_CASE("with Shift the header moves alone: what follows keeps its place")
{
    Three t;
    t.take<HeaderPart>(t.two, shift);
    CHECK(t.dragBy(20));
    CHECK(t.starts() == std::vector{at(2), at(15), at(26)});
}

TEST_CASE("dragging a header into the track before makes a crossfade, dragging it out again a pause")
{
    Three t;
    t.take<HeaderPart>(t.two);
    CHECK(t.dragBy(-100));
    CHECK(t.starts() == std::vector{at(2), at(9), at(21)});
    const Entry& overlapping = firstEdition(t.album()).entries[1];
    CHECK(overlapping.joint.gap == -seconds(3));
    CHECK(overlapping.joint.crossfade.has_value());
    CHECK(t.dragBy(120));
    CHECK(t.starts() == std::vector{at(2), at(15), at(27)});
    CHECK_FALSE(firstEdition(t.album()).entries[1].joint.crossfade);
}

TEST_CASE("several steps of a drag are one undo step")
{
    Three t;
    const Album before = t.album();
    t.take<HeaderPart>(t.two);
    for (int i = 0; i < 10; ++i) t.dragBy(7);
    t.letGo();
    CHECK(t.start(2) == at(17.5));
    CHECK(t.session->undo());
    CHECK(t.album() == before);
    CHECK_FALSE(t.session->undo());
}

TEST_CASE("two drags of the same thing are two undo steps")
{
    Three t;
    for (int i = 0; i < 2; ++i) {
        t.take<HeaderPart>(t.two);
        t.dragBy(20);
        t.letGo();
    }
    CHECK(t.start(2) == at(16));
    t.session->undo();
    CHECK(t.start(2) == at(15));
}

TEST_CASE("Esc takes a drag back and nothing but it")
{
    Three t;
    t.take<HeaderPart>(t.three);
    t.dragBy(20);
    t.letGo();
    const Album before = t.album();
    t.take<HeaderPart>(t.two);
    t.dragBy(20);
    t.dragBy(20);
    t.escape();
    CHECK(t.album() == before);
    CHECK_FALSE(t.tool.active());
    CHECK(t.session->undoLabel() == "Move track 3");
    CHECK(t.session->redoLabel().empty());
}

TEST_CASE("Esc after a drag that came back to where it began, or was refused, takes back nothing")
{
    Three t;
    t.take<HeaderPart>(t.three);
    t.dragBy(20);
    t.letGo();
    const Album before = t.album();
    t.take<HeaderPart>(t.two);
    t.dragBy(20);
    t.dragBy(-20);
    t.escape();
    CHECK(t.album() == before);
    // The first track cannot begin before its disc.
    t.take<HeaderPart>(t.one);
    CHECK_FALSE(t.dragBy(-400));
    CHECK(t.editor.messageIsError());
    t.escape();
    CHECK(t.album() == before);
    CHECK(t.session->undoLabel() == "Move track 3");
}

TEST_CASE("a hand that trembles by two pixels does not drag")
{
    Three t;
    const Album before = t.album();
    t.take<HeaderPart>(t.two);
    CHECK_FALSE(t.dragBy(2));
    t.letGo();
    CHECK(t.album() == before);
    CHECK(t.editor.view.focus == t.two);
}

TEST_CASE("dragging a pause makes it longer, with all that follows")
{
    Three t;
    t.take<PausePart>(t.two);
    CHECK(t.dragBy(30));
    CHECK(t.words == "pause 3.500 s");
    CHECK(t.starts() == std::vector{at(2), at(15.5), at(27.5)});
    t.letGo();
    CHECK(t.session->undoLabel() == "Set the pause before track 2");
}

TEST_CASE("dragging a flag moves the mark and not one sample")
{
    Three t{get(edit::setIndexes(album({10, 10, 10}), track(album({10, 10, 10}), 2), {seconds(5)}))};
    const auto before = soundingClips(t.album(), edition(t.album()));
    SUBCASE("the start")
    {
        t.take<FlagPart>([&](const FlagPart& p) { return p.track == t.two && p.kind == FlagKind::start; });
        CHECK(t.dragBy(-20));
        CHECK(t.start(2) == at(13));
        CHECK(t.end(2) == at(24));
        CHECK(trackAt(t.album(), 2).indexes == std::vector{seconds(6)});
    }
    SUBCASE("the start of the first track")
    {
        t.take<FlagPart>([&](const FlagPart& p) { return p.track == t.one && p.kind == FlagKind::start; });
        CHECK(t.dragBy(20));
        CHECK(t.starts() == std::vector{at(3), at(14), at(26)});
    }
    SUBCASE("the end")
    {
        t.take<FlagPart>([&](const FlagPart& p) { return p.track == t.two && p.kind == FlagKind::end; });
        CHECK(t.dragBy(-30));
        CHECK(t.end(2) == at(22.5));
        CHECK(t.start(3) == at(26));
    }
    SUBCASE("an index")
    {
        t.take<FlagPart>([&](const FlagPart& p) { return p.track == t.two && p.kind == FlagKind::index; });
        CHECK(t.dragBy(20));
        CHECK(trackAt(t.album(), 2).indexes == std::vector{seconds(6)});
    }
    t.letGo();
    CHECK(soundingClips(t.album(), edition(t.album())) == before);
}

TEST_CASE("on random albums no flag moves a sample")
{
    int moved = 0;
    for (std::uint64_t seed = 0; seed < 80; ++seed) {
        TimelineBench t{randomAlbum(seed, {.breaks = false})};
        t.editor.view.edition = edition(t.album());
        t.editor.view.axis = {Instant{}, 705'600'000.0 / 15};
        Dice dice{seed};
        const auto before = soundingClips(t.album(), edition(t.album()));
        for (int i = 0; i < 6; ++i) {
            const TrackId track = dice.pick(firstEdition(t.album()).entries).track;
            const auto kind = dice.pick(std::vector{FlagKind::start, FlagKind::end, FlagKind::index});
            const auto is = [&](const FlagPart& p) { return p.track == track && p.kind == kind; };
            const TimelineScene scene = t.scene();
            if (std::ranges::none_of(scene.items, [&](const SceneItem& item) {
                    const auto* flag = std::get_if<FlagPart>(&item.part);
                    return flag != nullptr && is(*flag);
                }))
                continue;
            t.take<FlagPart>(is);
            if (t.dragBy(static_cast<double>(dice.between(-40, 40)))) ++moved;
            t.letGo();
        }
        CAPTURE(seed);
        REQUIRE(soundingClips(t.album(), edition(t.album())) == before);
    }
    CHECK(moved > 100);
}

TEST_CASE("trimming a clip's end shortens the track; what follows comes along, with Shift it stays")
{
    for (const bool alone : {false, true}) {
        Three t;
        const Clip before = clipAt(t.album(), 2);
        t.take<ClipEdgePart>([&](const ClipEdgePart& p) { return p.track == t.two && p.edge == Edge::end; },
                             alone ? shift : plain);
        CHECK(t.dragBy(-40));
        const Clip& now = clipAt(t.album(), 2);
        CHECK(now.in == before.in);
        CHECK(now.at == before.at);
        CHECK(now.length == SampleCount{8 * 44'100});
        CHECK(t.starts() == std::vector{at(2), at(14), at(alone ? 26 : 24)});
    }
}

TEST_CASE("trimming the beginning takes the start mark along; what stays keeps its place")
{
    Three t;
    t.take<ClipEdgePart>([&](const ClipEdgePart& p) { return p.track == t.two && p.edge == Edge::begin; });
    CHECK(t.dragBy(40));
    const Clip& now = clipAt(t.album(), 2);
    CHECK(now.in == SampleCount{2 * 44'100});
    CHECK(now.at == Duration{});
    CHECK(t.starts() == std::vector{at(2), at(16), at(26)});
    CHECK(t.end(2) == at(24));
    // And back out, no further than the file.
    t.letGo();
    t.take<ClipEdgePart>([&](const ClipEdgePart& p) { return p.track == t.two && p.edge == Edge::begin; });
    CHECK(t.dragBy(-35));
    CHECK(t.start(2) == at(14.25));
}

TEST_CASE("a clip's end stops where its file ends")
{
    Three t;
    t.take<ClipEdgePart>([&](const ClipEdgePart& p) { return p.track == t.two && p.edge == Edge::end; });
    t.dragBy(-40);
    t.dragBy(400);
    CHECK(clipAt(t.album(), 2).length == SampleCount{441'000});
}

TEST_CASE("fade handles set the fades, and stop at the other fade")
{
    Three t;
    t.take<FadePart>([&](const FadePart& p) { return p.track == t.two && p.edge == Edge::begin; });
    CHECK(t.dragBy(60));
    CHECK(clipAt(t.album(), 2).fadeIn.length == seconds(3));
    t.letGo();
    CHECK(t.session->undoLabel() == "Set the fade in");
    t.take<FadePart>([&](const FadePart& p) { return p.track == t.two && p.edge == Edge::end; });
    CHECK(t.dragBy(-400));
    CHECK(clipAt(t.album(), 2).fadeOut.length == seconds(7));
    CHECK(t.dragBy(350));
    CHECK(clipAt(t.album(), 2).fadeOut.length == seconds(2) + milliseconds(500));
    CHECK(clipAt(t.album(), 2).fadeIn.length == seconds(3));
    // No longer than none.
    CHECK(t.dragBy(400));
    CHECK(clipAt(t.album(), 2).fadeOut.length == Duration{});
}

TEST_CASE("the begin of an overlap is where the incoming track enters; nothing else moves")
{
    Three t{withCrossfade()}; // 2..12, 8..18, 20..30
    t.take<OverlapEdgePart>([](const OverlapEdgePart& p) { return p.edge == Edge::begin; });
    CHECK(t.dragBy(20));
    CHECK(t.starts() == std::vector{at(2), at(9), at(20)});
    CHECK(firstEdition(t.album()).entries[1].joint.gap == -seconds(3));
    CHECK(firstEdition(t.album()).entries[1].joint.crossfade.has_value());
}

TEST_CASE("the end of an overlap is where the outgoing track ends; the incoming one stands still")
{
    Three t{withCrossfade()};
    t.take<OverlapEdgePart>([](const OverlapEdgePart& p) { return p.edge == Edge::end; });
    CHECK(t.dragBy(-20));
    CHECK(t.starts() == std::vector{at(2), at(8), at(20)});
    CHECK(t.end(1) == at(11));
    CHECK(firstEdition(t.album()).entries[1].joint.gap == -seconds(3));
    CHECK(firstEdition(t.album()).entries[1].joint.crossfade.has_value());
}

TEST_CASE("dragging an overlap moves the incoming track with all that follows")
{
    Three t{withCrossfade()};
    t.take<OverlapPart>(t.two);
    CHECK(t.dragBy(20));
    CHECK(t.starts() == std::vector{at(2), at(9), at(21)});
}

TEST_CASE("Alt slips the audio under the clip's edges, as far as the file goes")
{
    Album a = album({10, 10, 10});
    a = get(edit::trimClip(a, clip(a, 2), SampleCount{44'100}, SampleCount{8 * 44'100}));
    Three t{a};
    const Clip before = clipAt(t.album(), 2);
    t.take<ClipPart>(t.two, alt);
    CHECK(t.dragBy(10)); // later by half a second: earlier audio comes into sight
    CHECK(clipAt(t.album(), 2).in == SampleCount{44'100 - 22'050});
    CHECK(clipAt(t.album(), 2).at == before.at);
    CHECK(clipAt(t.album(), 2).length == before.length);
    CHECK(t.dragBy(400));
    CHECK(clipAt(t.album(), 2).in == SampleCount{});
    CHECK(t.dragBy(-800));
    CHECK(clipAt(t.album(), 2).in == SampleCount{2 * 44'100});
}

TEST_CASE("Ctrl turns up and down: the track's gain on its header, the clip's on the clip")
{
    Three t;
    t.take<HeaderPart>(t.two, control);
    CHECK(t.dragBy(0, 12));
    CHECK(trackAt(t.album(), 2).gain.hand == Decibels{-0.6});
    CHECK(t.words == "gain of track 2: \u22120.6 dB");
    t.letGo();
    t.take<ClipPart>(t.three, control);
    CHECK(t.dragBy(0, -20));
    CHECK(clipAt(t.album(), 3).gain == Decibels{1});
    CHECK(trackAt(t.album(), 3).gain.hand == Decibels{});
    CHECK(t.starts() == std::vector{at(2), at(14), at(26)});
}
