#include "vinyl/reorder_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace segue::vinyl {

namespace {

constexpr double notWorthIt = 1e-6;

struct Best {
    OrderOfSides order{};
    double cost = 0;

    void offer(const OrderRecord& record, const OrderOfSides& other)
    {
        const double there = estimate(record, other).cost();
        if (there >= cost - notWorthIt) return;
        cost = there;
        order = other;
    }
};

void offerSwaps(const OrderRecord& record, const OrderOfSides& order, OrderMoves moves, Best& best)
{
    OrderOfSides other = order;
    for (std::size_t a = 0; a < order.size(); ++a)
        for (std::size_t i = 0; i < order[a].size(); ++i)
            for (std::size_t b = a; b < (moves == OrderMoves::anywhere ? order.size() : a + 1); ++b)
                for (std::size_t k = b == a ? i + 1 : 0; k < order[b].size(); ++k) {
                    std::swap(other[a][i], other[b][k]);
                    best.offer(record, other);
                    std::swap(other[a][i], other[b][k]);
                }
}

void offerMoves(const OrderRecord& record, const OrderOfSides& order, OrderMoves moves, Best& best)
{
    for (std::size_t a = 0; a < order.size(); ++a) {
        // A side keeps at least one piece.
        for (std::size_t i = 0; i < order[a].size(); ++i) {
            OrderOfSides without = order;
            const std::size_t piece = order[a][i];
            without[a].erase(without[a].begin() + static_cast<std::ptrdiff_t>(i));
            for (std::size_t b = 0; b < order.size(); ++b) {
                if (b != a && (moves == OrderMoves::withinSides || order[a].size() == 1)) continue;
                for (std::size_t k = 0; k <= without[b].size(); ++k) {
                    OrderOfSides other = without;
                    other[b].insert(other[b].begin() + static_cast<std::ptrdiff_t>(k), piece);
                    best.offer(record, other);
                }
            }
        }
    }
}

} // namespace

OrderEstimate estimate(const OrderRecord& record, const OrderOfSides& order)
{
    OrderEstimate e{.level = record.mostGain};
    for (const std::vector<std::size_t>& side : order) {
        if (side.empty()) continue;
        double radius = record.radii.outer, moving = 0, silent = 0, loudness = 0;
        for (std::size_t i = 0; i < side.size(); ++i) {
            const OrderPiece& p = record.pieces[side[i]];
            const double band = i > 0 ? record.band : 0;
            radius -= p.radius + band;
            silent += p.silentRadius + band;
            moving += p.radius - p.silentRadius;
            loudness += p.loudness / static_cast<double>(side.size());
            const double here = std::max(radius, 1.0);
            if (p.traces > 0) e.treble += std::max(0.0, 40 * std::log10(p.traces / here));
            if (p.cuts > 0) e.level = std::min(e.level, record.gain + 40 * std::log10(here / p.cuts));
        }
        const double room = record.radii.width() - silent;
        if (moving > 1e-9)
            e.level = std::min(e.level, room <= 0 ? -60 : record.gain + 20 * std::log10(room / moving));
        e.inner += std::max(0.0, (record.radii.quality - radius) / 10);
        e.loudEnd += std::max(0.0, record.pieces[side.back()].loudness - loudness) / 4;
    }
    return e;
}

OrderOfSides bestStep(const OrderRecord& record, const OrderOfSides& order, OrderMoves moves)
{
    Best best{.order = order, .cost = estimate(record, order).cost()};
    offerSwaps(record, order, moves, best);
    offerMoves(record, order, moves, best);
    return best.order;
}

OrderOfSides climbed(const OrderRecord& record, OrderOfSides order, OrderMoves moves)
{
    // Every step is better than the one before, so that this ends.
    while (true) {
        OrderOfSides next = bestStep(record, order, moves);
        if (next == order) return order;
        order = std::move(next);
    }
}

OrderOfSides longestFirst(const OrderRecord& record, std::size_t sides)
{
    std::vector<std::size_t> all(record.pieces.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::ranges::stable_sort(
        all, [&](std::size_t a, std::size_t b) { return record.pieces[a].radius > record.pieces[b].radius; });
    OrderOfSides order(sides);
    std::vector<double> used(sides, 0.0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        // Each side has one before any has two.
        const auto side =
            i < sides ? i : static_cast<std::size_t>(std::ranges::min_element(used) - used.begin());
        order[side].push_back(all[i]);
        used[side] += record.pieces[all[i]].radius;
    }
    for (std::vector<std::size_t>& side : order)
        std::ranges::stable_sort(side, [&](std::size_t a, std::size_t b) {
            return record.pieces[a].cuts > record.pieces[b].cuts;
        });
    return order;
}

} // namespace segue::vinyl
