/// \file
/// The sums behind every loudness: over windows of whole hops that slide along steps of 20 ms. Only for what
/// makes figures of steps, at once (loudness.h) or as they come (programme_loudness.h).
#pragma once

#include "measure/loudness.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace segue {

inline constexpr std::size_t momentarySteps = 4 * stepsInHop, shortTermSteps = 30 * stepsInHop;
/// -70 LUFS as a mean square.
inline const double absoluteGate = std::pow(10.0, (-70 + 0.691) / 10);

/// What the K-weighted energies of a hop's steps are multiplied with to become mean squares.
[[nodiscard]] std::array<double, stepsInHop> meanSquareFactors(SampleRate rate, double gain);
/// How many steps are whole in the last hop, of which there are `frames`.
[[nodiscard]] std::size_t wholeSteps(SampleRate rate, std::int64_t frames);

/// Sums over the steps of each hop, the last one perhaps with fewer.
[[nodiscard]] std::vector<double> hopSums(std::span<const float> steps);
/// Sums over `width` neighbours from each of the first `count` on: of one, two, four and so on at once, of
/// which every width is made. The same bits wherever a window lies. \pre count + width <= values.size() + 1
[[nodiscard]] std::vector<double> slidingSums(std::vector<double> values, std::size_t width,
                                              std::size_t count);
/// How many windows of `length` steps, whole hops of them, begin with a hop.
[[nodiscard]] constexpr std::size_t windowCount(std::size_t steps, std::size_t length)
{
    return steps < length ? 0 : (steps - length) / stepsInHop + 1;
}

/// The mean of those that are at least `gate`; absent when there are none.
template <class Blocks>
[[nodiscard]] std::optional<double> gatedMean(const Blocks& blocks, double gate)
{
    double sum = 0;
    std::size_t count = 0;
    for (const double block : blocks)
        if (block >= gate) {
            sum += block;
            ++count;
        }
    if (count == 0) return {};
    return sum / static_cast<double>(count);
}

/// The loudest window of one length among those that it was shown; of equals the first.
class LoudestWindow {
public:
    /// \param length in steps, at least one
    explicit LoudestWindow(std::size_t length) : length_{length} {}
    /// Windows that begin in the first `count` hops of these steps.
    /// \param hops hopSums() of them, with two more at the end
    /// \param inside slidingSums() of the hops over the whole hops in a window
    /// \param begin the first step's place in all
    void look(std::span<const float> steps, std::span<const double> hops, std::span<const double> inside,
              std::size_t count, std::size_t begin);
    /// \pre look() was shown one
    [[nodiscard]] std::size_t place() const { return place_; }
    /// Its mean square. \pre as before
    [[nodiscard]] double meanSquare() const;

private:
    std::size_t length_;
    double most_ = -1; ///< good enough to find the place
    std::size_t place_ = 0;
    std::vector<float> steps_{}; ///< of the window
};

/// Absent below -70 LUFS. \pre it was shown one
[[nodiscard]] std::optional<Highest> highestOf(const LoudestWindow& loudest);

} // namespace segue
