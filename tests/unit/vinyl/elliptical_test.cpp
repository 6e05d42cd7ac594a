// The elliptical equaliser and the advice to use one.

#include "vinyl/elliptical.h"

#include "support/vinyl_sounds.h"
#include "vinyl/low_end.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

Formula filtered(const Formula& sound, const Elliptical& setting, double seconds)
{
    EllipticalFilter filter{setting, cdRate};
    auto out = std::make_shared<std::vector<Frame>>();
    for (std::int64_t i = 0; i < std::llround(seconds * 44'100); ++i) out->push_back(filter.step(sound(i)));
    return [out](std::int64_t at) { return (*out)[static_cast<std::size_t>(at)]; };
}

VinylEvents depthEvents(const CuttingCurves& curves, double gain)
{
    const SideStretch side = wholeProgramme(curves);
    const LatheProfile lathe;
    const Groove groove = grooveOf(curves, gain, lathe);
    const RecordFormat format;
    return checkLowEnd({curves, side, groove, lathe, format, velocityAtFullScale({}, gain)}).events;
}

} // namespace

TEST_CASE("an elliptical equaliser takes 5.12 dB from 100 Hz of the difference and nothing from the sum")
{
    const Formula antiphase = tone(100, -14, 44'100, 1, -1);
    const auto later = [](const CuttingCurves& curves) { // behind the filter's own beginning
        double vertical = 0;
        for (std::size_t i = 8; i + 2 < curves.segments.size(); ++i)
            vertical = std::max(vertical, static_cast<double>(std::max(curves.segments[i].deeper,
                                                                       curves.segments[i].shallower)));
        return vertical * velocityAtFullScale({}, 0) * 1e6;
    };
    const double plain = later(curvesOf(6, antiphase));
    const double first = later(curvesOf(6, filtered(antiphase, {1, 150}, 6)));
    const double second = later(curvesOf(6, filtered(antiphase, {2, 150}, 6)));
    CHECK(within(first, 13.83, 1));
    CHECK(std::fabs(20 * std::log10(first / plain) - -5.12) < 0.05);
    CHECK(std::fabs(20 * std::log10(second / plain) - -7.8) < 0.05);
    const Formula mono = tone(100, -14);
    EllipticalFilter filter{{1, 150}, cdRate};
    for (std::int64_t i = 0; i < 1000; ++i) {
        const Frame in = mono(i), out = filter.step(in);
        CHECK(out.left == doctest::Approx(in.left));
        CHECK(out.right == doctest::Approx(in.right));
    }
}

TEST_CASE("the smallest corner that cures is found, and really cures")
{
    const Formula sound = tone(60, -14, 44'100, 1, -1);
    VinylEvents events = depthEvents(curvesOf(4, sound), 0);
    REQUIRE(!events.empty());
    FrameSound programme{44'100, 4, sound};
    const auto advice = adviseElliptical(events, programme, {}, velocityAtFullScale({}, 0));
    REQUIRE(advice);
    REQUIRE(advice->first);
    REQUIRE(advice->second);
    const auto isQuiet = [&](const Elliptical& setting) {
        const auto left = depthEvents(curvesOf(4, filtered(sound, setting, 4)), 0);
        return std::ranges::count(left, "depth", &VinylEvent::kind) == 0;
    };
    CHECK(isQuiet(*advice->second));
    CHECK(advice->second->corner <= advice->first->corner);
    // One corner lower does not.
    const auto at = std::ranges::find(ellipticalCorners, advice->first->corner);
    if (at != ellipticalCorners.begin()) CHECK(!isQuiet({1, *std::prev(at)}));
    // And the level does it as well.
    CHECK(advice->lessLevel > 0);
    const VinylEvents lower = depthEvents(curvesOf(4, sound), -advice->lessLevel - 0.05);
    CHECK(std::ranges::count(lower, "depth", &VinylEvent::kind) == 0);
}

TEST_CASE("every depth event has a cure of its own and the band it lies in; the advice cures them all")
{
    // Deep and hard to cure at 1 s, higher and milder at 3 s.
    const Formula sound = [deep = tone(50, -14, 44'100, 1, -1),
                           mild = tone(200, -13.5, 44'100, 1, -1)](std::int64_t at) {
        const double t = static_cast<double>(at) / 44'100;
        return t >= 1 && t < 2 ? deep(at) : t >= 3 && t < 4 ? mild(at) : Frame{};
    };
    VinylEvents events = depthEvents(curvesOf(5, sound), 0);
    std::erase_if(events, [](const VinylEvent& e) { return e.kind != "depth"; });
    REQUIRE(events.size() == 2);
    FrameSound programme{44'100, 5, sound};
    const auto advice = adviseElliptical(events, programme, {}, velocityAtFullScale({}, 0));
    REQUIRE(advice);
    REQUIRE(events[0].cure);
    REQUIRE(events[1].cure);
    CHECK(events[0].cure->lowest == 0);
    CHECK(events[0].cure->highest == 80);
    CHECK(events[1].cure->lowest == 150);
    CHECK(events[1].cure->highest == 300);
    CHECK(events[0].cure->lessLevel > events[1].cure->lessLevel);
    CHECK(advice->lessLevel == events[0].cure->lessLevel);
    const auto corner = [](const std::optional<Elliptical>& e) { return e ? e->corner : 0; };
    CHECK(corner(advice->second) == std::max(events[0].cure->secondOrder, events[1].cure->secondOrder));
    // Alone, each is quiet behind its own corner.
    for (const VinylEvent& e : events) {
        REQUIRE(e.cure->secondOrder > 0);
        const auto left = depthEvents(curvesOf(5, filtered(sound, {2, e.cure->secondOrder}, 5)), 0);
        CHECK(std::ranges::none_of(left, [&](const VinylEvent& l) {
            return l.kind == "depth" && std::fabs(l.begin - e.begin) < 0.5;
        }));
    }
}

TEST_CASE("without an event there is no advice")
{
    FrameSound programme{44'100, 1, constant(0, 0)};
    VinylEvents none;
    const auto advice = adviseElliptical(none, programme, {}, 1);
    REQUIRE(advice);
    CHECK(advice->events == 0);
    CHECK(!advice->first);
}
