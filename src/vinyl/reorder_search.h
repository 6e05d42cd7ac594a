/// \file
/// The search behind reorder suggestions: pieces with a few figures each, shared out over sides by local
/// search over swaps and moves. Pure arithmetic and deterministic; what it finds is judged by the whole model
/// afterwards (reorder.h).
#pragma once

#include "vinyl/record_format.h"

#include <cstddef>
#include <vector>

namespace segue::vinyl {

/// Tracks that stay together, as one piece. Figures at the plan's gain.
struct OrderPiece {
    double radius = 0;       ///< mm used, inner bands included
    double silentRadius = 0; ///< mm a silent groove of that length uses, and the inner bands
    double traces = 0;       ///< mm, from where outwards a spherical tip traces nearly all of it
    double cuts = 0;         ///< mm, from where outwards an elliptical tip traces all of it
    double loudness = 0;     ///< dB
};
/// Pieces of each side, from the rim inwards.
using OrderOfSides = std::vector<std::vector<std::size_t>>;

struct OrderRecord {
    std::vector<OrderPiece> pieces{};
    Radii radii{};
    double band = 1; ///< mm between two pieces
    double gain = 0, mostGain = 4;
};
struct OrderEstimate {
    double level = 0, treble = 0, inner = 0, loudEnd = 0;
    [[nodiscard]] double cost() const { return treble + inner + loudEnd - 2 * level; }
};
/// 40 log of the radii for treble, since curvature goes with the square of the radius; 1 for each centimetre
/// inside the quality radius; a quarter of the dB that the last piece is louder than the side.
[[nodiscard]] OrderEstimate estimate(const OrderRecord& record, const OrderOfSides& order);

enum class OrderMoves : std::uint8_t { withinSides, anywhere };
/// The best single swap or move; the same order when none is better.
[[nodiscard]] OrderOfSides bestStep(const OrderRecord& record, const OrderOfSides& order, OrderMoves moves);
/// Steps until none is better.
[[nodiscard]] OrderOfSides climbed(const OrderRecord& record, OrderOfSides order, OrderMoves moves);
/// A start of its own: the longest pieces first, each to the emptiest side, then the brightest outside.
[[nodiscard]] OrderOfSides longestFirst(const OrderRecord& record, std::size_t sides);

} // namespace segue::vinyl
