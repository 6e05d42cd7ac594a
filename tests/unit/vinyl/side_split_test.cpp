// Exact splits, held against trying everything.

#include "vinyl/side_split.h"

#include "support/album_builder.h"
#include "support/scale.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <tuple>

using namespace segue::test;
using namespace segue::vinyl;

namespace {

using Breaks = std::vector<std::size_t>;

struct Lengths {
    std::vector<double> minutes;
    RunCost operator()(std::size_t first, std::size_t end) const
    {
        const double sum = std::accumulate(minutes.begin() + static_cast<std::ptrdiff_t>(first),
                                           minutes.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
        return {.level = -sum, .radius = sum};
    }
};

/// Every split there is, by the rule as the header says it.
template <class Cost>
std::optional<Breaks> byTryingAll(const SplitWish& wish, const Cost& cost)
{
    std::optional<std::tuple<long long, long long, long long, Breaks>> best;
    const std::size_t places = wish.tracks - 1;
    for (std::size_t mask = 0; mask < std::size_t{1} << places; ++mask) {
        Breaks breaks;
        bool allowed = true;
        for (std::size_t i = 0; i < places; ++i) {
            if ((mask >> i & 1) == 0) continue;
            if (!wish.together.empty() && wish.together[i]) allowed = false;
            breaks.push_back(i + 1);
        }
        if (!allowed || breaks.size() + 1 != wish.sides) continue;
        double squares = 0;
        long long lowest = 1'000'000'000, met = 0;
        std::size_t first = 0;
        for (std::size_t s = 0; s < wish.sides; ++s) {
            const std::size_t end = s + 1 < wish.sides ? breaks[s] : wish.tracks;
            const RunCost c = cost(first, end);
            lowest = std::min(lowest, std::llround(c.level * 1000));
            squares += c.radius * c.radius;
            first = end;
        }
        for (const std::size_t b : breaks)
            if (std::ranges::find(wish.preferred, b) != wish.preferred.end()) ++met;
        const std::tuple rank{-lowest, std::llround(squares * 1000), -met, breaks};
        if (!best || rank < *best) best = rank;
    }
    if (!best) return {};
    return std::get<Breaks>(*best);
}

} // namespace

TEST_CASE("an album of twelve is split where trying everything splits it")
{
    const Lengths album{{4.2, 3.6, 5.1, 2.9, 6.3, 4.8, 3.3, 4.0, 5.5, 3.9, 4.4, 2.7}};
    const auto longest = [&](const Breaks& breaks) {
        double most = 0;
        std::size_t first = 0;
        for (std::size_t i = 0; i <= breaks.size(); ++i) {
            const std::size_t end = i < breaks.size() ? breaks[i] : 12;
            most = std::max(most, album(first, end).radius);
            first = end;
        }
        return most;
    };
    const auto two = bestSplit({.tracks = 12, .sides = 2}, album);
    REQUIRE(two);
    CHECK(*two == Breaks{6});
    CHECK(longest(*two) == doctest::Approx(26.9));
    const auto three = bestSplit({.tracks = 12, .sides = 3}, album);
    REQUIRE(three);
    CHECK(*three == Breaks{4, 8});
    CHECK(longest(*three) == doctest::Approx(18.4));
    const auto four = bestSplit({.tracks = 12, .sides = 4}, album);
    REQUIRE(four);
    CHECK(*four == Breaks{3, 6, 9});
    CHECK(longest(*four) == doctest::Approx(14.0));
}

TEST_CASE("random albums are split as trying everything splits them")
{
    Dice dice{24};
    for (int i = 0; i < scaled(1000); ++i) {
        SplitWish wish{.tracks = static_cast<std::size_t>(dice.between(1, 10))};
        constexpr std::size_t sides[]{2, 4, 6, 1, 3};
        wish.sides = sides[dice.between(0, 4)];
        // Whole minutes make ties; a level of its own makes runs that are short and bad.
        Lengths lengths;
        const auto draw = [&](int low, int high) { return static_cast<double>(dice.between(low, high)); };
        for (std::size_t t = 0; t < wish.tracks; ++t)
            lengths.minutes.push_back(dice.between(0, 1) == 0 ? draw(1, 4) : draw(10, 90) / 10);
        std::vector<double> harm(wish.tracks);
        for (double& h : harm) h = dice.between(0, 3) == 0 ? draw(0, 30) : 0;
        for (std::size_t t = 1; t < wish.tracks; ++t) wish.together.push_back(dice.between(0, 5) == 0);
        for (std::size_t t = 1; t < wish.tracks; ++t)
            if (dice.between(0, 3) == 0) wish.preferred.push_back(t);
        const auto cost = [&](std::size_t first, std::size_t end) {
            RunCost c = lengths(first, end);
            for (std::size_t t = first; t < end; ++t) c.level = std::min(c.level, -harm[t]);
            return c;
        };
        CAPTURE(i);
        CHECK(bestSplit(wish, cost) == byTryingAll(wish, cost));
    }
}

TEST_CASE("pairs stay together, and too many of them forbid a split")
{
    const Lengths album{{5, 5, 5, 5}};
    CHECK(*bestSplit({.tracks = 4, .sides = 2, .together = {false, true, false}}, album) == Breaks{1});
    CHECK(!bestSplit({.tracks = 4, .sides = 2, .together = {true, true, true}}, album));
    CHECK(!bestSplit({.tracks = 4, .sides = 5}, album));
    CHECK(*bestSplit({.tracks = 3, .sides = 2, .preferred = {2}}, Lengths{{5, 0, 5}}) == Breaks{2});
}
