#include "gui/model/timeline_drawing.h"

#include "gui/model/overview_waves.h"
#include "support/gui_bench.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using namespace segue::picture;

namespace {

constexpr Rect bounds{10, 20, 1200, 320};

/// The same column everywhere, as if every source were a steady tone.
class SteadyWaves : public Waves {
public:
    void columns(SourceId, int, double, double, std::span<Wave::Column> out) override
    {
        std::ranges::fill(out, Wave::Column{-0.5F, 0.5F, 0.25F});
    }
};

DrawList drawn(const Album& a, TimeAxis axis)
{
    const Layout layout = layoutOf(a, edition(a));
    View view{.edition = edition(a), .axis = axis};
    view.select(track(a, 1));
    SteadyWaves waves;
    return drawTimeline(layout, view, buildTimelineScene(layout, view, bounds), waves);
}

template <class T>
std::vector<T> all(const DrawList& list)
{
    std::vector<T> found;
    for (const Item& item : list)
        if (const T* t = std::get_if<T>(&item)) found.push_back(*t);
    return found;
}

/// Two long tracks that overlap for minutes, with long fades.
Album longFades()
{
    Album a = album({600, 600});
    a = get(edit::setFadeIn(a, clip(a, 1), {seconds(200), Curve::linear}));
    return get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(200), Crossfade{}));
}

} // namespace

TEST_CASE("no coordinate lies further out than a painter can count, however close the zoom")
{
    const Album a = longFades();
    for (const double at : {0.5, 100.0, 300.0, 500.0, 900.0}) {
        const DrawList list = drawn(a, {Instant{} + time(at), 62.5});
        const auto isNear = [](double x) { return std::abs(x) < 5000; };
        CAPTURE(at);
        for (const Area& i : all<Area>(list)) CHECK((isNear(i.box.x) && isNear(i.box.right())));
        for (const picture::Frame& i : all<picture::Frame>(list))
            CHECK((isNear(i.box.x) && isNear(i.box.right())));
        for (const Line& i : all<Line>(list)) CHECK((isNear(i.from.x) && isNear(i.to.x)));
        for (const Wave& i : all<Wave>(list)) CHECK((isNear(i.box.x) && isNear(i.box.right())));
        for (const picture::Disc& i : all<picture::Disc>(list)) CHECK(isNear(i.centre.x));
        for (const Shape& i : all<Shape>(list))
            for (const Point& p : i.points) CHECK(isNear(p.x));
    }
}

TEST_CASE("a fade's curve is seen where its handle is not")
{
    const Album a = longFades();
    // 20 s of a fade of 200 s, its end far out at the right.
    const DrawList list = drawn(a, {Instant{} + seconds(40), 705'600'000.0 / 60});
    const auto shapes = all<Shape>(list);
    const auto curve = std::ranges::find_if(shapes, [](const Shape& s) { return s.points.size() > 10; });
    REQUIRE(curve != shapes.end());
    CHECK(curve->points.front().x <= bounds.x);
    CHECK(curve->points.back().x >= bounds.right());
    CHECK(curve->points.front().y > curve->points.back().y);
}

TEST_CASE("a wave stands for each channel, from the clip's edge to its other one")
{
    const Album a = album({10}); // 2..12
    const auto waves = all<Wave>(drawn(a, {Instant{}, 705'600'000.0 / 50}));
    REQUIRE(waves.size() == 2);
    for (const Wave& wave : waves) {
        CHECK(wave.box.x == doctest::Approx(10 + 100).epsilon(0.02));
        CHECK(wave.box.width == doctest::Approx(500).epsilon(0.01));
        CHECK(wave.columns.size() == static_cast<std::size_t>(wave.box.width));
        CHECK(wave.columns[250].high == doctest::Approx(0.5));
    }
    CHECK(waves[0].box.bottom() <= waves[1].box.y);
}

TEST_CASE("a wave has the height it will sound with: gain, fades, polarity")
{
    Album a = album({10});
    a = get(edit::setHandGain(a, track(a, 1), Decibels{-6.0206}));
    a = get(edit::setFadeOut(a, clip(a, 1), {seconds(4), Curve::linear}));
    const auto columns = all<Wave>(drawn(a, {Instant{} + seconds(2), 705'600'000.0 / 50})).at(0).columns;
    CHECK(columns[100].high == doctest::Approx(0.25).epsilon(0.01));
    CHECK(columns[400].high == doctest::Approx(0.125).epsilon(0.02)); // in the middle of the fade
    CHECK(columns[495].high < 0.01F);
    const Album muted = get(edit::setMuted(a, clip(a, 1), true));
    CHECK(all<Wave>(drawn(muted, {Instant{} + seconds(2), 705'600'000.0 / 50})).at(0).opacity < 1);
}

TEST_CASE("waves come from the overview, and from samples where the zoom is closer")
{
    const OverviewShape shape{.channels = 1, .length = SampleCount{1024}, .covered = SampleCount{1024}};
    std::vector<OverviewBin> bins(static_cast<std::size_t>(Overview::binsIn(shape)), {-16'384, 8'192, 4'096});
    const auto overview = std::make_shared<const Overview>(shape, bins);
    const auto block = std::make_shared<const std::vector<segue::Frame>>(1024, segue::Frame{0.5, -0.5});
    OverviewWaves waves{
        [&](SourceId id) { return id == SourceId{1} ? overview : nullptr; },
        [&](SourceId, SamplePos begin, SampleCount) { return SampleView{{{begin, *block, block}}, true}; }};
    std::vector<Wave::Column> columns(6);
    waves.columns(SourceId{1}, 1, -256, 256, columns); // the right side of a mono source is its only one
    CHECK(columns[0].low > columns[0].high);           // before the source
    for (std::size_t i = 1; i < 5; ++i) {
        CHECK(columns[i].low == -0.5F);
        CHECK(columns[i].high == 0.25F);
        CHECK(columns[i].rms == 0.125F);
    }
    CHECK(columns[5].low > columns[5].high);
    waves.columns(SourceId{2}, 0, 0, 256, columns);
    CHECK(columns[2].low > columns[2].high); // nothing known
    waves.columns(SourceId{1}, 1, 10, 0.5, columns);
    CHECK(columns[2].low == -0.5F);
    CHECK(columns[2].high == -0.5F);
}
