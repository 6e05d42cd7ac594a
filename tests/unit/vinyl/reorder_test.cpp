// Other orders: loud and bright outside, quiet inside, and what they gain by the plan's own model.

#include "vinyl/reorder.h"

#include "support/planned_record.h"
#include "vinyl/reorder_search.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr int rate = 8000;

/// Tracks of these minutes; the last one is bright and loud, the others quiet.
struct BrightLast {
    explicit BrightLast(const std::vector<double>& minutes, std::size_t bright, PlanWish wish = {})
        : programme{programmeOfLengths(minutes)}
    {
        const double begin = programme.tracks[bright].begin, end = programme.tracks[bright].end;
        const Formula loud = tone(3000, -12, rate), quiet = tone(500, -30, rate);
        curves = curvesOf(
            programme.tracks.back().end,
            [=](std::int64_t at) {
                const double t = static_cast<double>(at) / rate;
                return t >= begin && t < end ? loud(at) : quiet(at);
            },
            rate);
        wish.closer = false;
        wish.albumLevel = true;
        auto made = planVinyl(programme, curves, wish);
        if (!made) throw std::runtime_error{made.error().what};
        plan = std::move(*made);
    }
    Programme programme;
    CuttingCurves curves{};
    VinylPlan plan{};
};

OrderRecord randomRecord(std::uint64_t seed, std::size_t pieces)
{
    OrderRecord record;
    for (std::size_t i = 0; i < pieces; ++i) {
        const auto part = [&](std::uint64_t salt) {
            return static_cast<double>(bitsAt(seed, static_cast<std::int64_t>(i * 7 + salt)) % 1000) / 1000;
        };
        record.pieces.push_back({.radius = 6 + 8 * part(1),
                                 .silentRadius = 4 + 2 * part(2),
                                 .traces = 40 + 90 * part(3),
                                 .cuts = 30 + 60 * part(4),
                                 .loudness = -20 * part(5)});
    }
    return record;
}

} // namespace

TEST_CASE("a bright track at the end of a side is suggested to go to its beginning, with what that gains")
{
    const BrightLast r{{5, 5, 5}, 2};
    const auto found = suggestOrders(r.programme, r.curves, r.plan);
    REQUIRE(!found.empty());
    CHECK(found.size() <= 3);
    CHECK(found[0].order.front() == 2);
    CHECK(found[0].breaks.empty());
    CHECK(found[0].improves > 0.5);
    CHECK(found[0].words.starts_with("3 "));
    for (std::size_t i = 1; i < found.size(); ++i) CHECK(found[i].improves <= found[i - 1].improves);
}

TEST_CASE("the suggested order gains in a plan of its own what it was said to gain")
{
    const BrightLast r{{5, 5, 5}, 2};
    const auto found = suggestOrders(r.programme, r.curves, r.plan);
    REQUIRE(!found.empty());
    std::vector<double> minutes(3, 5.0);
    const auto place =
        static_cast<std::size_t>(std::ranges::find(found[0].order, std::size_t{2}) - found[0].order.begin());
    const BrightLast other{minutes, place};
    CHECK(std::min(*other.plan.highest, 4.0) - std::min(*r.plan.highest, 4.0) ==
          doctest::Approx(found[0].gains).epsilon(0.05));
}

TEST_CASE("an order that is as good as any gets no suggestion")
{
    const BrightLast r{{5, 5, 5}, 0};
    CHECK(suggestOrders(r.programme, r.curves, r.plan).empty());
}

TEST_CASE("tracks that belong together stay together, in their order")
{
    BrightLast r{{4, 4, 4, 4}, 3};
    r.programme.tracks[3].gaplessBefore = true;
    r.programme.tracks[3].pauseBefore = false;
    for (const OrderSuggestion& s : suggestOrders(r.programme, r.curves, r.plan)) {
        const auto at = std::ranges::find(s.order, std::size_t{2});
        REQUIRE(at != s.order.end());
        REQUIRE(std::next(at) != s.order.end());
        CHECK(*std::next(at) == 3);
    }
    PlanWish wish;
    wish.together = {true, true, true};
    const BrightLast all{{4, 4, 4, 4}, 3, wish};
    CHECK(suggestOrders(all.programme, all.curves, all.plan).empty());
}

TEST_CASE("curves in the old order are the curves")
{
    const BrightLast r{{1, 1.5, 1}, 1};
    std::vector<std::size_t> order(3);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const ReorderedRecord same = reordered(r.programme, r.curves, order);
    REQUIRE(same.curves.blocks.size() >= r.curves.blocks.size());
    for (std::size_t i = 0; i < r.curves.blocks.size(); ++i)
        if (same.curves.blocks[i].velocity != r.curves.blocks[i].velocity) FAIL("block " << i << " differs");
    CHECK(same.programme.tracks[2].start == r.programme.tracks[2].start);
    const OrderScore a = scoreOf(r.programme, r.curves, r.plan.wish, {}),
                     b = scoreOf(same.programme, same.curves, r.plan.wish, {});
    CHECK(a.cost() == doctest::Approx(b.cost()).epsilon(0.001));
}

TEST_CASE("steps never make the estimate worse, keep every piece, and end")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const std::size_t pieces = 3 + seed % 9;
        const OrderRecord record = randomRecord(seed, pieces);
        OrderOfSides order(2);
        for (std::size_t i = 0; i < pieces; ++i) order[i < pieces / 2 ? 0 : 1].push_back(i);
        const double before = estimate(record, order).cost();
        for (const OrderMoves moves : {OrderMoves::withinSides, OrderMoves::anywhere}) {
            const OrderOfSides end = climbed(record, order, moves);
            CHECK(estimate(record, end).cost() <= before);
            CHECK(bestStep(record, end, moves) == end);
            std::vector<std::size_t> all;
            for (const auto& side : end) {
                CHECK_FALSE(side.empty());
                all.insert(all.end(), side.begin(), side.end());
            }
            if (moves == OrderMoves::withinSides) CHECK(end[0].size() == order[0].size());
            std::ranges::sort(all);
            for (std::size_t i = 0; i < pieces; ++i) CHECK(all[i] == i);
        }
    }
}

TEST_CASE("with few pieces local search finds the best of all orders of one side, nearly always")
{
    int missed = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const OrderRecord record = randomRecord(seed, 5);
        OrderOfSides order{{0, 1, 2, 3, 4}};
        double best = estimate(record, order).cost();
        std::vector<std::size_t> side{0, 1, 2, 3, 4};
        while (std::ranges::next_permutation(side).found)
            best = std::min(best, estimate(record, {side}).cost());
        if (estimate(record, climbed(record, order, OrderMoves::withinSides)).cost() > best + 1e-6) ++missed;
    }
    CHECK(missed <= 3);
}
