#include "measure/loudness.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace segue {

namespace {

constexpr std::size_t momentarySteps = 4 * stepsInHop, shortTermSteps = 30 * stepsInHop;
/// -70 LUFS as a mean square.
const double absoluteGate = std::pow(10.0, (-70 + 0.691) / 10);

Duration placeOf(std::size_t step)
{
    return Duration{static_cast<std::int64_t>(step) * (flicksPerSecond / 50)};
}

/// Sums over the steps of each hop, the last one perhaps with fewer.
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

/// Sums over `width` neighbours from each of the first `count` on: of one, two, four and so on at once, of
/// which every width is made. \pre count + width <= values.size() + 1
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

/// Mean squares of windows of `length` steps, whole hops, one from each hop on.
std::vector<double> windows(std::span<const float> steps, std::size_t length)
{
    if (steps.size() < length) return {};
    std::vector<double> means =
        slidingSums(hopSums(steps), length / stepsInHop, (steps.size() - length) / stepsInHop + 1);
    for (double& mean : means) mean /= static_cast<double>(length);
    return means;
}

std::vector<double> curve(std::span<const float> steps, std::size_t length)
{
    std::vector<double> values = windows(steps, length);
    std::ranges::transform(values, values.begin(), lufs);
    return values;
}

/// Where the loudest window of `length` steps begins. \pre 0 < length <= steps.size()
std::size_t loudestPlace(std::span<const float> steps, std::size_t length)
{
    std::vector<double> hops = hopSums(steps);
    hops.resize(hops.size() + 2); // so that every window has a hop behind it
    const std::size_t whole = length / stepsInHop;
    const std::size_t count = (steps.size() - length) / stepsInHop + 1; // hops in which a window begins
    const std::vector<double> inside = slidingSums(hops, whole, count);
    const auto sum = [&](std::size_t from, std::size_t to) {
        double all = 0;
        for (std::size_t i = from; i < to; ++i) all += static_cast<double>(steps[i]);
        return all;
    };
    // Good enough to find the place. The first of equals: rounding alone moves it nowhere.
    constexpr double clearly = 1 + 1e-12;
    double most = -1;
    std::size_t place = 0;
    for (std::size_t h = 0; h < count; ++h) {
        const std::size_t first = h * stepsInHop, behind = first + whole * stepsInHop;
        if (inside[h] + hops[h + whole] + hops[h + whole + 1] <= most) continue;
        for (std::size_t i = 0; i < stepsInHop && first + i + length <= steps.size(); ++i) {
            // A window shorter than a hop may begin behind what is inside.
            const std::size_t begin = first + i, end = begin + length;
            const double here =
                begin <= behind ? inside[h] - sum(first, begin) + sum(behind, end) : sum(begin, end);
            if (here <= most * clearly) continue;
            most = here;
            place = begin;
        }
    }
    return place;
}

std::optional<Highest> highest(std::span<const float> steps, std::size_t length)
{
    if (steps.size() < length) return {};
    const std::size_t place = loudestPlace(steps, length);
    double exact = 0;
    for (const float step : steps.subspan(place, length)) exact += static_cast<double>(step);
    exact /= static_cast<double>(length);
    if (exact < absoluteGate) return {};
    return Highest{.value = lufs(exact), .at = placeOf(place)};
}

/// The mean of those that are at least `gate`; absent when there are none.
std::optional<double> gatedMean(std::span<const double> blocks, double gate)
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

} // namespace

double lufs(double meanSquare)
{
    if (meanSquare <= 0) return -std::numeric_limits<double>::infinity();
    return -0.691 + 10 * std::log10(meanSquare);
}

void addSteps(LoudnessSteps& steps, const ScannedSound& sound, double gain)
{
    const std::int64_t hop = hopFrames(sound.rate);
    std::array<double, stepsInHop> perFrame{};
    for (std::size_t i = 0; i < stepsInHop; ++i)
        perFrame[i] = gain * gain / static_cast<double>(stepBegin(hop, i + 1) - stepBegin(hop, i));
    const auto whole = std::min(sound.hops.size(), static_cast<std::size_t>(sound.length.value() / hop));
    const std::size_t begin = steps.size();
    steps.resize(begin + whole * stepsInHop);
    float* to = steps.data() + begin;
    constexpr int ringing = 10; // hops
    int muted = 0;
    for (const Hop& h : std::span{sound.hops}.first(whole)) {
        if (isBeyondMeasure(h)) muted = 1 + ringing;
        for (std::size_t i = 0; i < stepsInHop; ++i)
            *to++ = muted > 0 ? 0 : static_cast<float>(static_cast<double>(h.weighted[i]) * perFrame[i]);
        if (muted > 0) --muted;
    }
    if (whole == sound.hops.size()) return;
    const std::int64_t rest = sound.length.value() - static_cast<std::int64_t>(whole) * hop;
    for (std::size_t i = 0; i < stepsInHop && stepBegin(hop, i + 1) <= rest; ++i)
        steps.push_back(static_cast<float>(static_cast<double>(sound.hops[whole].weighted[i]) * perFrame[i]));
}

void addSilence(LoudnessSteps& steps, Duration length)
{
    constexpr std::int64_t step = flicksPerSecond / 50;
    const std::int64_t count = std::max<std::int64_t>(0, (length.value() + step / 2) / step);
    steps.resize(steps.size() + static_cast<std::size_t>(count));
}

LoudnessSteps weightedSum(std::span<const LoudnessSteps> channels, std::span<const double> weights)
{
    assert(channels.size() == weights.size());
    if (channels.empty()) return {};
    LoudnessSteps sum(channels.front().size());
    for (std::size_t c = 0; c < channels.size(); ++c)
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += static_cast<float>(weights[c]) * channels[c][i];
    return sum;
}

std::optional<double> integratedLoudness(std::span<const float> steps)
{
    const std::vector<double> blocks = windows(steps, momentarySteps);
    const auto loud = gatedMean(blocks, absoluteGate);
    if (!loud) return {};
    const auto mean = gatedMean(blocks, std::max(absoluteGate, *loud / 10));
    if (!mean) return {};
    return lufs(*mean);
}

std::optional<Highest> highestMomentary(std::span<const float> steps)
{
    return highest(steps, momentarySteps);
}
std::optional<Highest> highestShortTerm(std::span<const float> steps)
{
    return highest(steps, shortTermSteps);
}
std::optional<Highest> loudestSection(std::span<const float> steps, Duration length)
{
    constexpr std::int64_t step = flicksPerSecond / 50;
    const std::int64_t count = std::max<std::int64_t>(1, (length.value() + step / 2) / step);
    return highest(steps, static_cast<std::size_t>(count));
}
std::vector<double> shortTermCurve(std::span<const float> steps) { return curve(steps, shortTermSteps); }
std::vector<double> momentaryCurve(std::span<const float> steps) { return curve(steps, momentarySteps); }

std::vector<double> shortTermMeans(std::span<const float> steps) { return windows(steps, shortTermSteps); }

std::optional<double> loudnessRange(std::span<const float> steps, int every)
{
    return loudnessRangeOf(shortTermMeans(steps), every);
}

std::optional<double> loudnessRangeOf(std::vector<double> blocks, int every)
{
    if (every > 1) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < blocks.size(); i += static_cast<std::size_t>(every))
            blocks[kept++] = blocks[i];
        blocks.resize(kept);
    }
    const auto loud = gatedMean(blocks, absoluteGate);
    if (!loud) return {};
    const double gate = std::max(absoluteGate, *loud / 100);
    std::erase_if(blocks, [&](double b) { return b < gate; });
    std::ranges::sort(blocks);
    // The percentile's nearest rank, as in Tech 3342's own programme.
    const auto percentile = [&](double part) {
        return blocks[static_cast<std::size_t>(part * static_cast<double>(blocks.size() - 1) + 0.5)];
    };
    return lufs(percentile(0.95)) - lufs(percentile(0.10));
}

} // namespace segue
