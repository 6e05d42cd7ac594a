#include "measure/overview.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace segue {

namespace {

/// Bins put together again, each with the energy that its RMS stands for.
class Merged {
public:
    void add(const OverviewBin& bin, std::int64_t frames)
    {
        low_ = std::min(low_, bin.low);
        high_ = std::max(high_, bin.high);
        energy_ += static_cast<double>(bin.rms) * static_cast<double>(bin.rms) * static_cast<double>(frames);
        frames_ += frames;
    }
    [[nodiscard]] OverviewBin bin() const
    {
        if (frames_ == 0) return {};
        const double rms = std::sqrt(energy_ / static_cast<double>(frames_));
        return {low_, high_, static_cast<std::uint16_t>(rms + 0.5)};
    }

private:
    std::int16_t low_ = INT16_MAX, high_ = INT16_MIN;
    double energy_ = 0;
    std::int64_t frames_ = 0;
};

// Without the sum that could overflow.
std::int64_t dividedUp(std::int64_t a, std::int64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

} // namespace

std::vector<Overview::Place> Overview::placesOf(const OverviewShape& shape)
{
    std::vector<Place> places;
    std::size_t first = 0;
    std::int64_t count = dividedUp(shape.covered.value(), framesInFinestBin);
    for (; count > 0; count = dividedUp(count, binsInCoarserBin)) {
        places.push_back({first, static_cast<std::size_t>(count)});
        first += static_cast<std::size_t>(count * shape.channels);
        if (count == 1) break;
    }
    return places;
}

std::int64_t Overview::binsIn(const OverviewShape& shape)
{
    const auto places = placesOf(shape);
    return places.empty() ? 0 : static_cast<std::int64_t>(places.back().first) + shape.channels;
}

Overview::Overview(const OverviewShape& shape, std::vector<OverviewBin> bins)
    : shape_{shape}, places_{placesOf(shape)}, bins_{std::move(bins)}
{
    assert(std::ssize(bins_) == binsIn(shape));
}

std::span<const OverviewBin> Overview::level(int level, int channel) const
{
    assert(0 <= level && level < levels() && 0 <= channel && channel < channels());
    const Place& place = places_[static_cast<std::size_t>(level)];
    return std::span{bins_}.subspan(place.first + static_cast<std::size_t>(channel) * place.count,
                                    place.count);
}

OverviewBin Overview::over(int channel, SamplePos begin, SamplePos end) const
{
    const std::int64_t covered = shape_.covered.value();
    const std::int64_t from = std::max<std::int64_t>(begin.value(), 0), to = std::min(end.value(), covered);
    if (from >= to) return {};
    std::int64_t first = from / framesInFinestBin, last = dividedUp(to, framesInFinestBin);
    Merged merged;
    for (int level = 0; first < last; ++level) {
        const auto bins = this->level(level, channel);
        const std::int64_t whole = binLength(level).value();
        const auto add = [&](std::int64_t index) {
            merged.add(bins[static_cast<std::size_t>(index)], std::min(whole, covered - index * whole));
        };
        // From both ends as far as the next coarser bins begin; on the last level all that is left.
        const bool top = level + 1 == levels();
        while (first < last && (top || first % binsInCoarserBin != 0)) add(first++);
        while (first < last && last % binsInCoarserBin != 0) add(--last);
        first /= binsInCoarserBin;
        last /= binsInCoarserBin;
    }
    return merged.bin();
}

} // namespace segue
