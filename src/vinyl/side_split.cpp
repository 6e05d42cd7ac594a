#include "vinyl/side_split.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace segue::vinyl {

namespace {

// Levels and radii are compared in whole thousandths, so that "equal" is an equivalence and ties are ties.
using Whole = std::int64_t;
Whole thousandths(double value)
{
    constexpr double most = 1e12;
    return std::llround(std::clamp(value, -most, most) * 1000);
}

/// A way to share out the tracks before some place; better ones compare less.
struct Way {
    double squares = 0;
    Whole preferred = 0; ///< preferred breaks met, negative: more is less
    std::vector<std::size_t> breaks;

    [[nodiscard]] bool isBetterThan(const Way& other) const
    {
        const Whole mine = thousandths(squares), theirs = thousandths(other.squares);
        if (mine != theirs) return mine < theirs;
        if (preferred != other.preferred) return preferred < other.preferred;
        return breaks < other.breaks;
    }
};

} // namespace

std::optional<std::vector<std::size_t>>
bestSplit(const SplitWish& wish, const std::function<RunCost(std::size_t, std::size_t)>& cost)
{
    const std::size_t n = wish.tracks, sides = wish.sides;
    if (n == 0 || sides == 0 || sides > n) return {};
    const auto mayBreak = [&](std::size_t at) { return wish.together.empty() || !wish.together[at - 1]; };
    struct Run {
        Whole level = 0;
        double radius = 0;
    };
    std::vector<Run> runs((n + 1) * (n + 1));
    for (std::size_t a = 0; a < n; ++a) {
        if (a > 0 && !mayBreak(a)) continue;
        for (std::size_t b = a + 1; b <= n; ++b) {
            if (b < n && !mayBreak(b)) continue;
            const RunCost c = cost(a, b);
            runs[a * (n + 1) + b] = {thousandths(c.level), c.radius};
        }
    }
    const auto run = [&](std::size_t a, std::size_t b) -> const Run& { return runs[a * (n + 1) + b]; };

    // For each number of sides and tracks the best lowest level that can be had at all.
    constexpr Whole never = std::numeric_limits<Whole>::min();
    std::vector<Whole> lowest((sides + 1) * (n + 1), never);
    lowest[0] = std::numeric_limits<Whole>::max();
    for (std::size_t s = 1; s <= sides; ++s)
        for (std::size_t b = s; b <= n; ++b) {
            if (b < n && !mayBreak(b)) continue;
            for (std::size_t a = s - 1; a < b; ++a) {
                const Whole before = lowest[(s - 1) * (n + 1) + a];
                if (before == never) continue;
                Whole& best = lowest[s * (n + 1) + b];
                best = std::max(best, std::min(before, run(a, b).level));
            }
        }
    const Whole level = lowest[sides * (n + 1) + n];
    if (level == never) return {};

    // Among the splits whose sides all reach it, the best by the other rules, which add up side by side.
    std::vector<std::optional<Way>> best((sides + 1) * (n + 1));
    best[0] = Way{};
    for (std::size_t s = 1; s <= sides; ++s)
        for (std::size_t b = s; b <= n; ++b) {
            if (b < n && !mayBreak(b)) continue;
            for (std::size_t a = s - 1; a < b; ++a) {
                const auto& before = best[(s - 1) * (n + 1) + a];
                if (!before || run(a, b).level < level) continue;
                Way way = *before;
                way.squares += run(a, b).radius * run(a, b).radius;
                if (a > 0) {
                    way.breaks.push_back(a);
                    if (std::ranges::find(wish.preferred, a) != wish.preferred.end()) --way.preferred;
                }
                auto& place = best[s * (n + 1) + b];
                if (!place || way.isBetterThan(*place)) place = std::move(way);
            }
        }
    return best[sides * (n + 1) + n]->breaks;
}

} // namespace segue::vinyl
