// The plan of a record, from an album to events on its sides.

#include "vinyl/vinyl_plan.h"

#include "album/edit.h"
#include "support/planned_record.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr int rate = 8000;

CuttingCurves curvesFor(const Programme& p, const Formula& sound)
{
    return curvesOf(p.tracks.back().end, sound, rate);
}

} // namespace

TEST_CASE("an album is split so that its level is highest, and all sides share one level")
{
    const Programme p = programmeOfLengths({4.2, 3.6, 5.1, 2.9, 6.3, 4.8, 3.3, 4.0, 5.5, 3.9, 4.4, 2.7});
    const CuttingCurves curves = curvesFor(p, tone(1000, -8, rate));
    const auto plan = planVinyl(p, curves, {.albumLevel = true, .sides = 2});
    REQUIRE(plan);
    REQUIRE(plan->sides.size() == 2);
    CHECK(plan->sides[0].end == 6);
    REQUIRE(plan->highest);
    CHECK(*plan->highest == *plan->sides[plan->decisive].limit.gain);
    CHECK(plan->gain <= *plan->highest);
    CHECK(plan->gain <= 4);
    for (const SidePlan& s : plan->sides) {
        CHECK(*s.limit.gain >= *plan->highest);
        CHECK(s.stretch.bands.size() == s.end - s.first - 1);
        CHECK(s.groove.used <= 86);
    }
    CHECK(!plan->hasErrors());
    const auto four = planVinyl(p, curves, {.albumLevel = true, .sides = 4});
    REQUIRE(four);
    CHECK(*four->highest > *plan->highest);
}

TEST_CASE("a side that cannot fit says by how much and names three ways out")
{
    const Programme p = programmeOfLengths({20, 20});
    const CuttingCurves curves = curvesFor(p, tone(1000, -8, rate));
    const auto plan = planVinyl(p, curves, {});
    REQUIRE(plan);
    CHECK(plan->hasErrors());
    const auto space = std::ranges::find(plan->sides[0].events, "space", &VinylEvent::kind);
    REQUIRE(space != plan->sides[0].events.end());
    CHECK(space->value == doctest::Approx(plan->sides[0].groove.used - 86));
    // Ten dB less and it fits; so do fewer minutes or more sides.
    const auto ways = [](const VinylEvent& e) {
        std::size_t count = 1;
        for (std::size_t at = e.message.find(", or "); at != std::string::npos;
             at = e.message.find(", or ", at + 1))
            ++count;
        return count;
    };
    CHECK(ways(*space) == 3);
    CHECK(space->message.find("more sides") != std::string::npos);

    // 45 minutes fit at no level: three ways all the same.
    const Programme endless = programmeOfLengths({45});
    const CuttingCurves quiet = curvesFor(endless, tone(1000, -40, rate));
    const auto hopeless = planVinyl(endless, quiet, {});
    REQUIRE(hopeless);
    const auto never = std::ranges::find(hopeless->sides[0].events, "space", &VinylEvent::kind);
    REQUIRE(never != hopeless->sides[0].events.end());
    CHECK(never->message.find("no level makes it fit; take") != std::string::npos);
    // What comes after the surface is full has no groove to speak of.
    const SidePlan& full = hopeless->sides[0];
    const double fits = full.secondsUntilFull(Radii{});
    CHECK(never->message.find(fmt::format("full after {}:{:02}", static_cast<int>(fits) / 60,
                                          static_cast<int>(fits) % 60)) != std::string::npos);
    CHECK(full.groove.radiusAt(fits, Radii{}) == doctest::Approx(60.3).epsilon(1e-4));
    for (const VinylEvent& e : full.events) CHECK(e.radius >= 60.3);
    CHECK(ways(*never) == 3);
    for (const RecordFormat single :
         {RecordFormat{DiscSize::inch7, Speed::rpm33}, RecordFormat{DiscSize::inch10, Speed::rpm33}}) {
        const auto small = planVinyl(endless, quiet, {.format = single});
        REQUIRE(small);
        const auto e = std::ranges::find(small->sides[0].events, "space", &VinylEvent::kind);
        REQUIRE(e != small->sides[0].events.end());
        CHECK(ways(*e) == 3);
        CHECK(e->message.find("12\"") != std::string::npos);
    }
}

TEST_CASE("more sides than tracks, and pairs that must stay together, are sentences")
{
    Programme p = programmeOfLengths({3, 3});
    const CuttingCurves curves = curvesFor(p, constant(0, 0));
    const auto many = planVinyl(p, curves, {.sides = 4});
    REQUIRE(!many);
    CHECK(many.error().what.find("4 sides need at least 4 tracks; there are 2") != std::string::npos);
    p.tracks[1].gaplessBefore = true;
    p.tracks[1].pauseBefore = false;
    CHECK(!planVinyl(p, curves, {.sides = 2}));
    p.tracks[1].breakBefore = true;
    const auto broken = planVinyl(p, curves, {});
    REQUIRE(broken);
    REQUIRE(broken->sides.size() == 2);
    CHECK(broken->hasErrors());
    p.tracks[1].fadesIn = p.tracks[0].fadesOut = true;
    CHECK(planVinyl(p, curves, {.sides = 2}));
    CHECK(!planVinyl(p, curves, {})->hasErrors());
}

TEST_CASE("no split parts tracks that the edition keeps together")
{
    Programme p = programmeOfLengths({5, 5, 5, 5});
    const CuttingCurves curves = curvesFor(p, constant(0, 0));
    const auto firstOfB = [&] { return planVinyl(p, curves, {.sides = 2})->sides[1].first; };
    CHECK(firstOfB() == 2);
    p.tracks[2].keptWithPrevious = true;
    CHECK(firstOfB() != 2);
    p.tracks[1].keptWithPrevious = p.tracks[3].keptWithPrevious = true;
    const auto none = planVinyl(p, curves, {.sides = 2});
    REQUIRE(!none);
    CHECK(none.error().what.find("tracks kept together have to be released") != std::string::npos);
}

TEST_CASE("the silence of the side files counts in what a side uses, and not in the minutes it has room for")
{
    const Programme p = programmeOfLengths({10, 10});
    const CuttingCurves curves = curvesFor(p, constant(0, 0));
    const auto plain = planVinyl(p, curves, {.sides = 2}),
               around = planVinyl(p, curves, {.sides = 2, .silence = usualSilence});
    REQUIRE(plain);
    REQUIRE(around);
    const double perMinute = 65.8e-3 / 1.8 * 60; // mm of a silent groove
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(around->sides[i].groove.used - plain->sides[i].groove.used ==
              doctest::Approx(3.0 / 60 * perMinute).epsilon(1e-6));
        CHECK(plain->sides[i].capacityMinutes == doctest::Approx(86 / perMinute).epsilon(1e-6));
        CHECK(around->sides[i].capacityMinutes == doctest::Approx(86 / perMinute - 3.0 / 60).epsilon(1e-6));
    }
}

TEST_CASE("events know their side, their track and their time in both")
{
    // Track 2 begins at 4:10.000 of its side; the burst is at 3:07.250 in it.
    Programme p = programmeOfLengths({248.0 / 60, 5});
    CHECK(p.tracks[1].start == doctest::Approx(250));
    const Formula sound = [burst = tone(60, -12, rate, 1, -1)](std::int64_t k) {
        const std::int64_t from = std::llround(437.25 * rate);
        return k >= from && k < from + rate / 2 ? burst(k - from) : Frame{};
    };
    p.open = [&]() -> Result<std::unique_ptr<SoundSource>> {
        return std::make_unique<FrameSound>(rate, 550, sound);
    };
    const auto plan = planVinyl(p, curvesFor(p, sound), {});
    REQUIRE(plan);
    const SidePlan& side = plan->sides.front();
    const auto e = std::ranges::find(side.events, "depth", &VinylEvent::kind);
    REQUIRE(e != side.events.end());
    CHECK(side.trackAt(p, e->begin) == 1);
    CHECK(std::fabs(e->begin - p.tracks[1].start - 187.25) <= 0.02);
    CHECK(e->message.find("predicted") != std::string::npos);
    CHECK(side.elliptical.events == 1);
    CHECK(side.elliptical.second);
}

TEST_CASE("an event about treble says by how much, and outside which radius it would trace")
{
    // At the end of twenty minutes, near 102 mm.
    const Programme p = programmeOfLengths({20});
    const Formula sound = [late = tone(3500, -1, rate)](std::int64_t k) {
        return k >= 1195 * rate && k < 1196 * rate ? late(k) : Frame{};
    };
    const auto plan = planVinyl(p, curvesFor(p, sound), {.closer = false});
    REQUIRE(plan);
    const VinylEvents& events = plan->sides.front().events;
    const auto curvature = std::ranges::find(events, "curvature", &VinylEvent::kind);
    REQUIRE(curvature != events.end());
    CHECK(curvature->message ==
          fmt::format("Predicted {:.1f} dB too sharp for a spherical tip; would trace outside {:.1f} mm",
                      curvature->value, curvature->radiusNeeded));
    CHECK(curvature->radiusNeeded > curvature->radius);
    CHECK(curvature->radiusNeeded < radiiOf(DiscSize::inch12).outer);
    const auto slope = std::ranges::find(events, "slope", &VinylEvent::kind);
    REQUIRE(slope != events.end());
    CHECK(slope->message.starts_with("Predicted "));
    CHECK(slope->message.ends_with("would trace nowhere on this record"));
}

TEST_CASE("silence, one track, a short side: plans without an event")
{
    const Programme p = programmeOfLengths({8.0 / 60});
    const auto plan = planVinyl(p, curvesFor(p, constant(0, 0)), {.albumLevel = true});
    REQUIRE(plan);
    CHECK(!plan->highest);
    CHECK(plan->gain == 4);
    CHECK(plan->sides.front().events.empty());
}

TEST_CASE("an album's programme ignores its breaks but remembers them, and knows bands from marks")
{
    Album album;
    auto edition = edit::addEdition(album, "LP", VinylSettings{});
    REQUIRE(edition);
    album = edition->first;
    for (int i = 0; i < 3; ++i) {
        auto source = edit::addSource(album, {.path = "/music/" + std::to_string(i) + ".wav",
                                              .rate = SampleRate{rate},
                                              .length = SampleCount{rate * 10}});
        REQUIRE(source);
        auto track = edit::addTrack(source->first, source->second, {});
        REQUIRE(track);
        const Joint joint{.gap = i == 1 ? seconds(2) : Duration{}, .crossfade = {}};
        auto placed = edit::insertEntry(track->first, edition->second, track->second,
                                        static_cast<std::size_t>(i), joint);
        REQUIRE(placed);
        album = *placed;
    }
    album.editions.front().entries[1].breakBefore = Break::side;
    const auto p =
        programmeOf(album, album.editions.front(),
                    [](const Source&) -> Result<std::unique_ptr<AudioFile>> { return failure("not read"); });
    REQUIRE(p);
    CHECK(p->rate == SampleRate{rate});
    REQUIRE(p->tracks.size() == 3);
    CHECK(p->tracks[1].start == doctest::Approx(12));
    CHECK(p->tracks[1].pauseBefore);
    CHECK(!p->tracks[2].pauseBefore);
    CHECK(p->tracks[2].gaplessBefore);
    CHECK(breaksOf(*p) == std::vector<std::size_t>{1});
    CHECK(!canTurnBefore(*p, 2));
    CHECK(sideOf(*p, 0, 3).bands.size() == 1);
    CHECK(sideOf(*p, 1, 3).begin == doctest::Approx(12));
}
