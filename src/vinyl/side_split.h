/// \file
/// Where to turn the record over: the split of an order of tracks into sides that can be cut loudest. Pure
/// arithmetic over what each contiguous run of tracks allows, and exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace segue::vinyl {

/// What a run of tracks allows when it is one side.
struct RunCost {
    double level = 0;  ///< highest cutting level, dB; larger is better
    double radius = 0; ///< mm used at the common level; less is better
};
struct SplitWish {
    std::size_t tracks = 0, sides = 2;
    /// True: track i and track i + 1 stay on one side. Empty or tracks - 1 long.
    std::vector<bool> together{};
    /// The artist's own breaks: a side begins with each of these tracks. Only decides between equals.
    std::vector<std::size_t> preferred{};
};
/// The first track of every side after the first. Maximises the lowest level of all sides; among equals (to a
/// thousandth of a dB) the least sum of squared radii, then the most of the preferred breaks, then the
/// earliest breaks. Nothing when there are fewer pieces than sides.
[[nodiscard]] std::optional<std::vector<std::size_t>>
bestSplit(const SplitWish& wish, const std::function<RunCost(std::size_t first, std::size_t end)>& cost);

} // namespace segue::vinyl
