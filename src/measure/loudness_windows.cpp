#include "measure/loudness_windows.h"

namespace segue {

std::array<double, stepsInHop> meanSquareFactors(SampleRate rate, double gain)
{
    const std::int64_t hop = hopFrames(rate);
    std::array<double, stepsInHop> factors{};
    for (std::size_t i = 0; i < stepsInHop; ++i)
        factors[i] = gain * gain / static_cast<double>(stepBegin(hop, i + 1) - stepBegin(hop, i));
    return factors;
}

std::size_t wholeSteps(SampleRate rate, std::int64_t frames)
{
    std::size_t steps = 0;
    while (steps < stepsInHop && stepBegin(hopFrames(rate), steps + 1) <= frames) ++steps;
    return steps;
}

std::vector<double> hopSums(std::span<const float> steps)
{
    std::vector<double> sums((steps.size() + stepsInHop - 1) / stepsInHop);
    const std::size_t whole = steps.size() / stepsInHop;
    for (std::size_t h = 0; h < whole; ++h)
        for (std::size_t i = 0; i < stepsInHop; ++i)
            sums[h] += static_cast<double>(steps[h * stepsInHop + i]);
    for (std::size_t i = whole * stepsInHop; i < steps.size(); ++i)
        sums.back() += static_cast<double>(steps[i]);
    return sums;
}

std::vector<double> slidingSums(std::vector<double> values, std::size_t width, std::size_t count)
{
    std::vector<double> sums(count);
    std::size_t taken = 0;
    for (std::size_t together = 1; together <= width; together *= 2) {
        if ((width & together) != 0) {
            for (std::size_t i = 0; i < count; ++i) sums[i] += values[i + taken];
            taken += together;
        }
        for (std::size_t i = 0; i + together < values.size(); ++i) values[i] += values[i + together];
    }
    return sums;
}

void LoudestWindow::look(std::span<const float> steps, std::span<const double> hops,
                         std::span<const double> inside, std::size_t count, std::size_t begin)
{
    const std::size_t whole = length_ / stepsInHop;
    const auto sum = [&](std::size_t from, std::size_t to) {
        double all = 0;
        for (std::size_t i = from; i < to; ++i) all += static_cast<double>(steps[i]);
        return all;
    };
    // The first of equals: rounding alone moves it nowhere.
    constexpr double clearly = 1 + 1e-12;
    std::optional<std::size_t> found;
    for (std::size_t h = 0; h < count; ++h) {
        const std::size_t first = h * stepsInHop, behind = first + whole * stepsInHop;
        if (inside[h] + hops[h + whole] + hops[h + whole + 1] <= most_) continue;
        for (std::size_t i = 0; i < stepsInHop && first + i + length_ <= steps.size(); ++i) {
            // A window shorter than a hop may begin behind what is inside.
            const std::size_t from = first + i, to = from + length_;
            const double here =
                from <= behind ? inside[h] - sum(first, from) + sum(behind, to) : sum(from, to);
            if (here <= most_ * clearly) continue;
            most_ = here;
            found = from;
        }
    }
    if (!found) return;
    place_ = begin + *found;
    const auto window = steps.subspan(*found, length_);
    steps_.assign(window.begin(), window.end());
}

double LoudestWindow::meanSquare() const
{
    double exact = 0;
    for (const float step : steps_) exact += static_cast<double>(step);
    return exact / static_cast<double>(length_);
}

std::optional<Highest> highestOf(const LoudestWindow& loudest)
{
    const double exact = loudest.meanSquare();
    if (exact < absoluteGate) return {};
    constexpr std::int64_t step = flicksPerSecond / 50;
    return Highest{.value = lufs(exact), .at = Duration{static_cast<std::int64_t>(loudest.place()) * step}};
}

} // namespace segue
