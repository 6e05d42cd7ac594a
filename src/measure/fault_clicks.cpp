#include "measure/fault_clicks.h"

#include "core/decibels.h"
#include "measure/click_look.h"
#include "measure/fault_rules.h"

#include <cmath>
#include <numbers>

namespace segue {

namespace {

constexpr double bandEdge = 5'000;
// The quick filter turns phases and makes a click up to so many dB smaller.
constexpr double quickLoss = 5;
// 40 samples at 44.1 kHz, and 24 for which the filter rings.
constexpr double longestSeconds = 64 / 44'100.0;
// One side of the careful filter.
constexpr double tapSeconds = 31 / 44'100.0;
// From this many dB above the ratio asked for a click is certain.
constexpr double certainAfter = 12;
// What a predictor leaves over of a click stands out by this and by what stirs beside it; and it is no
// smaller than the click above 5 kHz, for a click is white.
constexpr double standsOut = 7, stirOfMusic = 1, whiteEnough = 0;
// A click from before a steep low-pass (a converter's, an encoder's) is not white: above the edge nothing is
// left of it, nor of the music. A predictor that takes the music to be noisier (in dB) cannot live on that
// empty band. For it such a click stands out by this; it is a little stronger than others, and no stroke:
// those are stronger after their first moment than before it, for 3 ms or for 10. What stands out more may
// be so, too.
constexpr double sharpNoise = -90, dullNoise = -60, dullStandsOut = 9, dullMore = 1.7;
constexpr double strokeAfterwards = 5;
constexpr double soonFromSeconds = 50 / 44'100.0, soonToSeconds = 150 / 44'100.0;

double decibelsOf(double gain) { return Decibels::fromGain(gain).value(); }

std::vector<double> windowedSinc(SampleRate rate, double edge)
{
    const auto side = static_cast<int>(std::lround(tapSeconds * rate.hertz()));
    std::vector<double> low;
    double sum = 0;
    for (int k = 0; k <= side; ++k) {
        const double x = std::numbers::pi * k, turns = 2 * edge / rate.hertz();
        const double hann = 0.5 + 0.5 * std::cos(x / (side + 1));
        low.push_back(hann * (k == 0 ? turns : std::sin(turns * x) / x));
        sum += k == 0 ? low.back() : 2 * low.back();
    }
    for (double& v : low) v = -v / sum;
    low[0] += 1;
    return low;
}

} // namespace

ClickFaults::ClickFaults(const FaultThresholds& t, const SoundShape& shape)
    : filter_{designHighPass(shape.rate, std::min(bandEdge, 0.3 * shape.rate.hertz()))},
      taps_{windowedSinc(shape.rate, std::min(bandEdge, 0.3 * shape.rate.hertz()))},
      quickRatio_{static_cast<float>(Decibels{t.clickRatio - quickLoss}.gain())},
      floor_{static_cast<float>(Decibels{t.clickFloor}.gain())}, ratio_{t.clickRatio},
      confidence_{t.clickConfidence}, rate_{shape.rate}, channelCount_{shape.channels == 1 ? 1 : 2},
      tileFrames_{static_cast<std::int64_t>(faultTileFrames) * faultScale(shape.rate)},
      longest_{static_cast<std::int64_t>(longestSeconds * shape.rate.hertz())},
      soonFrom_{static_cast<std::size_t>(soonFromSeconds * shape.rate.hertz())},
      soonTo_{static_cast<std::size_t>(soonToSeconds * shape.rate.hertz())}
{
}

void ClickFaults::take(const FaultChunk& chunk)
{
    const auto scale = static_cast<std::size_t>(tileFrames_) / faultTileFrames;
    for (std::size_t i = 0; i < chunk.tiles.size(); i += scale) {
        std::array<float, 2> peak{};
        for (const FaultTile& tile : chunk.tiles.subspan(i, std::min(scale, chunk.tiles.size() - i)))
            for (std::size_t c = 0; c < 2; ++c) peak[c] = std::max(peak[c], tile.highFrequency[c]);
        peaks_.push_back(peak);
        ++tilesSeen_;
    }
    std::size_t first = 0;
    for (; first + window <= peaks_.size(); ++first)
        for (int c = 0; c < channelCount_; ++c) {
            const auto side = static_cast<std::size_t>(c);
            const std::array<float, 2>* const tile = peaks_.data() + first + reach;
            // What most tiles fail.
            const float peak = (*tile)[side];
            if (peak < floor_ || tile[-1][side] > peak || tile[1][side] > peak) continue;
            if (mayBeClick(first + reach, side)) judge(chunk, first + reach, c);
        }
    peaks_.erase(peaks_.begin(), peaks_.begin() + static_cast<std::ptrdiff_t>(first));
}

bool ClickFaults::mayBeClick(std::size_t centre, std::size_t side) const
{
    const float limit = peaks_[centre][side] / quickRatio_;
    if (peaks_[centre - 2][side] > limit || peaks_[centre + 2][side] > limit) return false;
    for (std::size_t d = 3; d <= reach; ++d)
        if (peaks_[centre - d][side] > limit || peaks_[centre + d][side] > limit) return false;
    return true;
}

void ClickFaults::highPassed(const FaultChunk& chunk, SamplePos begin, int channel,
                             std::span<double> out) const
{
    const auto side = static_cast<std::int64_t>(taps_.size()) - 1;
    std::vector<double> sound(out.size() + 2 * static_cast<std::size_t>(side));
    SamplePos at = begin - SampleCount{side};
    for (double& v : sound) {
        v = at < chunk.end() ? sideOf(chunk.at(at), channel) : 0;
        at += SampleCount{1};
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double* middle = sound.data() + i + side;
        double y = taps_[0] * *middle;
        for (std::int64_t k = 1; k <= side; ++k)
            y += taps_[static_cast<std::size_t>(k)] * (middle[-k] + middle[k]);
        out[i] = y;
    }
}

void ClickFaults::judge(const FaultChunk& chunk, std::size_t centre, int channel)
{
    // A sound that begins or ends here has nothing before or after.
    const std::int64_t tile = tilesSeen_ - std::ssize(peaks_) + static_cast<std::int64_t>(centre);
    if (tile <= static_cast<std::int64_t>(reach)) return;
    const SamplePos begin{(tile - static_cast<std::int64_t>(reach)) * tileFrames_};
    std::vector<double> high(window * static_cast<std::size_t>(tileFrames_));

    // The middle alone first: most candidates end here.
    const auto tileSize = static_cast<std::size_t>(tileFrames_);
    const std::span middle = std::span{high}.subspan((reach - 1) * tileSize, 3 * tileSize);
    highPassed(chunk, begin + SampleCount{static_cast<std::int64_t>((reach - 1) * tileSize)}, channel,
               middle);
    double peak = 0;
    float around = 0;
    for (const double v : middle) peak = std::max(peak, std::fabs(v));
    const auto side = static_cast<std::size_t>(channel);
    for (std::size_t d = 2; d <= reach; ++d)
        around = std::max({around, peaks_[centre - d][side], peaks_[centre + d][side]});
    // The two filters may differ a little on what is around.
    if (decibelsOf(peak / std::max(static_cast<double>(around), 1e-9)) < ratio_ - 2) return;

    highPassed(chunk, begin, channel, high);
    const auto look = lookClosely(high);
    if (!look || look->ratio < ratio_) return;
    const double confidence = std::clamp(0.4 + 0.6 * (look->ratio - ratio_) / certainAfter, 0.0, 1.0);
    if (confidence < confidence_ || !standsApart(chunk, begin, channel, *look)) return;
    add({.rule = fault::click,
         .begin = begin + SampleCount{look->begin},
         .end = begin + SampleCount{look->end},
         .channel = channelCount_ == 1 ? -1 : channel,
         .value = std::min(look->ratio, 99.0),
         .confidence = confidence});
}

std::optional<ClickLook> ClickFaults::lookClosely(std::span<const double> high) const
{
    const auto tileSize = static_cast<std::size_t>(tileFrames_), longest = static_cast<std::size_t>(longest_);
    const auto size = [&high](std::size_t i) { return std::fabs(high[i]); };
    std::size_t top = (reach - 1) * tileSize;
    for (std::size_t i = top; i < (reach + 2) * tileSize; ++i)
        if (size(i) > size(top)) top = i;
    if (size(top) < static_cast<double>(floor_)) return {};

    // The stretch around the loudest sample, as long as a click may be, that leaves the least outside.
    std::vector<double> upTo(high.size() + 1, 0.0), from(high.size() + 1, 0.0);
    for (std::size_t i = 0; i < high.size(); ++i) upTo[i + 1] = std::max(upTo[i], size(i));
    for (std::size_t i = high.size(); i > 0; --i) from[i - 1] = std::max(from[i], size(i - 1));
    double around = size(top);
    for (std::size_t first = top + 1 - longest; first <= top; ++first)
        around = std::min(around, std::max(upTo[first], from[first + longest]));

    const auto growth = [&high, top](std::size_t nearest, std::size_t farthest) {
        double before = 1e-20, after = 1e-20;
        for (std::size_t d = nearest; d < farthest; ++d) {
            before += high[top - d] * high[top - d];
            after += high[top + d] * high[top + d];
        }
        return decibelsOf(std::sqrt(after / before));
    };
    ClickLook look{.ratio = decibelsOf(size(top) / std::max(around, 1e-9)),
                   .afterwards = growth(longest, (reach - 1) * tileSize),
                   .soonAfterwards = growth(soonFrom_, soonTo_),
                   .top = top,
                   .peak = size(top),
                   .begin = static_cast<std::int64_t>(top),
                   .end = static_cast<std::int64_t>(top) + 1};
    for (std::size_t i = top - longest; i < top + longest; ++i)
        if (size(i) >= size(top) / 2) {
            look.begin = std::min(look.begin, static_cast<std::int64_t>(i));
            look.end = std::max(look.end, static_cast<std::int64_t>(i) + 1);
        }
    return look;
}

bool ClickFaults::standsApart(const FaultChunk& chunk, SamplePos begin, int channel,
                              const ClickLook& look) const
{
    std::vector<double> sound(window * static_cast<std::size_t>(tileFrames_));
    SamplePos at = begin;
    for (double& v : sound) {
        v = at < chunk.end() ? sideOf(chunk.at(at), channel) : 0;
        at += SampleCount{1};
    }
    const auto standsBy = [](const ClickRest& rest) {
        return rest.above - std::max(0.0, rest.stir - stirOfMusic);
    };
    const ClickRest sharp = clickRest(sound, look.top, rate_, look.peak, sharpNoise);
    if (standsBy(sharp) >= standsOut && sharp.white >= whiteEnough) return true;

    const double more = (look.ratio - ratio_) / 2;
    if (look.ratio < ratio_ + dullMore || look.afterwards > strokeAfterwards + more ||
        look.soonAfterwards > strokeAfterwards + more)
        return false;
    return standsBy(clickRest(sound, look.top, rate_, look.peak, dullNoise)) >= dullStandsOut;
}

void ClickFaults::add(const Fault& fault)
{
    // The same click on both sides is one.
    if (Fault* last = found_.last(); last != nullptr && last->channel != fault.channel &&
                                     fault.begin < last->end + SampleCount{tileFrames_} &&
                                     last->begin < fault.end + SampleCount{tileFrames_}) {
        last->begin = std::min(last->begin, fault.begin);
        last->end = std::max(last->end, fault.end);
        last->channel = -1;
        last->value = std::max(last->value, fault.value);
        last->confidence = std::max(last->confidence, fault.confidence);
        return;
    }
    found_.add(fault);
}

} // namespace segue
