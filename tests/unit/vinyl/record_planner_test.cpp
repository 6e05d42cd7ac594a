// The plan of a record follows what is edited, and nobody waits for it.

#include "vinyl/record_planner.h"

#include "album/edit.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <numbers>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

/// Whole cycles of 400 Hz, -20 dBFS on both channels: no event that would be looked at closer.
std::string toneWav(std::size_t frames)
{
    std::string samples;
    for (std::size_t i = 0; i < frames; ++i) {
        const double x = 3276.8 * std::sin(2 * std::numbers::pi * 400 * static_cast<double>(i) / 44'100);
        const auto value = static_cast<std::uint64_t>(std::lround(x) & 0xFFFF);
        samples += le(value, 2) + le(value, 2);
    }
    return wav(samples, {.bits = 16});
}

struct Bench {
    TempFolder folder{};
    Album album{};
    EditionId lp{};
    std::atomic<int> opened = 0;
    std::mutex mutex{};
    std::condition_variable woken{};
    RecordPlanner planner{realFileOps(),
                          [this](const Source& source) {
                              ++opened;
                              return openerFor(realFileOps())(source);
                          },
                          [this] {
                              const std::scoped_lock lock{mutex};
                              woken.notify_all();
                          },
                          1};

    Bench()
    {
        std::tie(album, lp) = get(edit::addEdition({}, "LP", VinylSettings{}));
        for (std::size_t i = 0; i < 4; ++i) {
            const Path path = folder.write(fmt::format("{}.wav", i + 1), toneWav(44'100 * (i + 2)));
            AddedSource added = get(addSourceFile(realFileOps(), std::move(album), path, {}, {}));
            auto [with, track] = get(edit::addTrack(std::move(added.album), added.source, {}));
            album = get(edit::insertEntry(std::move(with), lp, track, i,
                                          {.gap = i == 0 ? Duration{} : seconds(1), .crossfade = {}}));
        }
    }
    std::shared_ptr<const PlannedRecord> planned(std::optional<std::size_t> split = {},
                                                 bool otherOrders = false)
    {
        planner.put(std::make_shared<const Album>(album), lp, split, otherOrders);
        std::unique_lock lock{mutex};
        woken.wait(lock, [this] { return planner.upToDate(); });
        return planner.newest();
    }
    [[nodiscard]] TrackId track(std::size_t i) const { return album.tracks[i].id; }
};

} // namespace

TEST_CASE("a record is planned as the command line plans it")
{
    Bench b;
    const auto record = b.planned();
    REQUIRE(record);
    const auto programme = programmeOf(b.album, b.album.editions.front(), openerFor(realFileOps()));
    REQUIRE(programme);
    const auto curves = measureCuttingCurves(programme->open, Speed::rpm33);
    REQUIRE(curves);
    PlanWish wish = get(wishOf(realFileOps(), VinylSettings{}));
    wish.albumLevel = true;
    const auto direct = planVinyl(*programme, *curves, wish);
    REQUIRE(direct);
    CHECK(record->plan.gain == direct->gain);
    REQUIRE(record->plan.sides.size() == 1);
    CHECK(record->plan.sides[0].groove.used == direct->sides[0].groove.used);
}

TEST_CASE("breaks, names and profiles cost no reading, another gap does")
{
    Bench b;
    REQUIRE(b.planned());
    const int opened = b.opened;
    CHECK(opened > 0);
    b.album = get(edit::setBreak(std::move(b.album), b.lp, b.track(2), Break::side));
    CHECK(b.planned()->plan.sides.size() == 2);
    b.album = get(edit::setTrackText(std::move(b.album), b.track(0), TextField::title, english, "Name"));
    CHECK(b.planned()->programme.tracks[0].title == "Name");
    b.album = get(edit::setMedium(std::move(b.album), b.lp, VinylSettings{.inches = 7, .lathe = "tight"}));
    CHECK(b.planned()->plan.wish.lathe.name == "tight");
    CHECK(b.opened == opened);
    b.album = get(edit::setGap(std::move(b.album), b.lp, b.track(1), seconds(3)));
    CHECK(b.planned()->programme.tracks[1].start == doctest::Approx(5));
    CHECK(b.opened > opened);
}

TEST_CASE("the best split is worked out without touching the edition, and without reading again")
{
    Bench b;
    CHECK(b.planned()->plan.sides.size() == 1);
    const int opened = b.opened;
    const auto split = b.planned(2);
    CHECK(split->split == 2);
    REQUIRE(split->plan.sides.size() == 2);
    CHECK(split->album->editions.front() == b.album.editions.front());
    CHECK(b.opened == opened);
    const auto programme = get(programmeOf(b.album, b.album.editions.front(), openerFor(realFileOps())));
    const auto curves = get(measureCuttingCurves(programme.open, Speed::rpm33));
    const auto best = get(splitProgramme(programme, curves, split->plan.wish, 2));
    CHECK(split->plan.sides[1].first == best.front());
    CHECK(b.planned(5) == split); // more sides than tracks
    CHECK(b.planner.error());
}

TEST_CASE("other orders come with the plan when they are asked for, without reading again")
{
    Bench b;
    CHECK_FALSE(b.planned()->orders);
    const int opened = b.opened;
    const auto record = b.planned({}, true);
    REQUIRE(record->orders);
    CHECK(b.opened == opened);
    const auto curves = get(measureCuttingCurves(record->programme.open, Speed::rpm33));
    const auto direct = suggestOrders(record->programme, curves, record->plan);
    REQUIRE(record->orders->size() == direct.size());
    for (std::size_t i = 0; i < direct.size(); ++i) CHECK((*record->orders)[i].words == direct[i].words);
    CHECK_FALSE(b.planned()->orders);
}

TEST_CASE("an edition that is not for vinyl and a profile that is not there are errors with a sentence")
{
    Bench b;
    b.album = get(edit::setMedium(std::move(b.album), b.lp, VinylSettings{.lathe = "no such lathe"}));
    CHECK(b.planned() == nullptr);
    REQUIRE(b.planner.error());
    CHECK(sentence(*b.planner.error()).find("no such lathe") != std::string::npos);
    b.album = get(edit::setMedium(std::move(b.album), b.lp, DigitalSettings{}));
    CHECK(b.planned() == nullptr);
    CHECK(b.planner.error()->what == "The edition \"LP\" is not for vinyl; the menu Edition makes one");
}

TEST_CASE("whoever closes a record in the middle of it does not wait for the rest")
{
    Bench b;
    b.planner.put(std::make_shared<const Album>(b.album), b.lp);
}
