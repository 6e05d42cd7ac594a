#include "gui/model/overview_waves.h"

#include <algorithm>
#include <cmath>

namespace segue::gui {

using picture::Wave;

OverviewWaves::OverviewWaves(Snapshot snapshot, Samples samples)
    : snapshot_{std::move(snapshot)}, samples_{std::move(samples)}
{
}

void OverviewWaves::columns(SourceId source, int channel, double first, double samplesPerColumn,
                            std::span<Wave::Column> out)
{
    std::ranges::fill(out, Wave::Column{1, -1, 0});
    if (samplesPerColumn < static_cast<double>(Overview::framesInFinestBin)) {
        fromSamples(source, channel, first, samplesPerColumn, out);
        return;
    }
    const auto overview = snapshot_(source);
    if (overview == nullptr || overview->channels() == 0) return;
    const int c = std::min(channel, overview->channels() - 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double from = first + static_cast<double>(i) * samplesPerColumn;
        const auto begin = static_cast<std::int64_t>(std::floor(from));
        const auto end = static_cast<std::int64_t>(std::ceil(from + samplesPerColumn));
        if (end <= 0 || begin >= overview->covered().value()) continue;
        const OverviewBin bin =
            overview->over(c, SamplePos{std::max<std::int64_t>(0, begin)}, SamplePos{end});
        out[i] = {static_cast<float>(bin.low) / 32768.0F, static_cast<float>(bin.high) / 32768.0F,
                  static_cast<float>(bin.rms) / 32768.0F};
    }
}

std::optional<SamplePos> OverviewWaves::zeroCrossing(SourceId source, SamplePos near, SampleCount reach)
{
    const SamplePos first{std::max<std::int64_t>(0, (near - reach).value() - 1)};
    const SampleView view = samples_(source, first, near + reach + SampleCount{1} - first);
    std::optional<SamplePos> best;
    const auto distance = [near](SamplePos at) { return std::abs((at - near).value()); };
    double before = 0;
    SamplePos next{-1};
    for (const SamplePiece& piece : view.pieces)
        for (std::size_t k = 0; k < piece.frames.size(); ++k) {
            const SamplePos at = piece.begin + SampleCount{static_cast<std::int64_t>(k)};
            const double now = piece.frames[k].left + piece.frames[k].right;
            const bool known = at == next; // the sample before was there, too
            const bool crosses = now == 0 || (known && (before < 0) != (now < 0) && before != 0);
            if (crosses && distance(at) <= reach.value() && (!best || distance(at) < distance(*best)))
                best = at;
            before = now;
            next = at + SampleCount{1};
        }
    return best;
}

void OverviewWaves::fromSamples(SourceId source, int channel, double first, double samplesPerColumn,
                                std::span<Wave::Column> out)
{
    const double last = first + static_cast<double>(out.size()) * samplesPerColumn;
    const auto begin = static_cast<std::int64_t>(std::floor(std::max(0.0, first)));
    const auto end = static_cast<std::int64_t>(std::ceil(last)) + 1;
    if (end <= begin) return;
    const SampleView view = samples_(source, SamplePos{begin}, SampleCount{end - begin});
    for (const SamplePiece& piece : view.pieces)
        for (std::size_t k = 0; k < piece.frames.size(); ++k) {
            const auto at = static_cast<double>(piece.begin.value() + static_cast<std::int64_t>(k));
            const auto value =
                static_cast<float>(channel == 0 ? piece.frames[k].left : piece.frames[k].right);
            // Closer than a sample to a pixel each sample is a step of its own.
            const auto from = static_cast<std::int64_t>(std::floor((at - first) / samplesPerColumn));
            const auto to = std::max(
                from + 1, static_cast<std::int64_t>(std::floor((at + 1 - first) / samplesPerColumn)));
            for (std::int64_t x = std::max<std::int64_t>(0, from);
                 x < to && x < static_cast<std::int64_t>(out.size()); ++x) {
                Wave::Column& column = out[static_cast<std::size_t>(x)];
                if (column.low > column.high)
                    column = {value, value, 0};
                else
                    column = {std::min(column.low, value), std::max(column.high, value), 0};
            }
        }
    // Joined up: neighbouring columns touch.
    for (std::size_t i = 1; i < out.size(); ++i) {
        if (out[i].low > out[i].high || out[i - 1].low > out[i - 1].high) continue;
        out[i].low = std::min(out[i].low, out[i - 1].high);
        out[i].high = std::max(out[i].high, out[i - 1].low);
    }
}

} // namespace segue::gui
