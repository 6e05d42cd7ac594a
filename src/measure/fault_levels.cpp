#include "measure/fault_levels.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"

#include <cmath>

namespace segue {

namespace {

// 16-bit full scale with half a step of room: what was clipped in 16 bit, or in 24 bit and dithered.
constexpr double clipLevel = 32'766.5 / 32'768;
constexpr double fullScale = 1.0;
// Tops are flat at a level worth the name only.
constexpr double lowestFlat = 0.25;
// A thousandth of a dB.
constexpr double sameLevel = 0.9999;

} // namespace

LevelFaults::LevelFaults(const FaultThresholds& t, const SoundShape& shape)
    : shortestClip_{static_cast<std::int64_t>(t.clipRun)}, fewestFlat_{static_cast<std::int64_t>(t.flatRuns)},
      quiet_{shape.rate.hertz() / 100}, watchesOvers_{shape.bits == 0},
      channelCount_{shape.channels == 1 ? 1 : 2}
{
}

double LevelFaults::Channel::interesting() const
{
    return std::max(std::min(clipLevel, peak * sameLevel), lowestFlat);
}

bool LevelFaults::passesBy(const FaultTile& tile) const
{
    for (int c = 0; c < channelCount_; ++c) {
        const Channel& channel = channels_[static_cast<std::size_t>(c)];
        if (channel.clipped.length > 0 || channel.flat.length > 0 || channel.over.length > 0) return false;
        if (sideOf(tile.peak, c) >= channel.interesting()) return false;
    }
    return true;
}

void LevelFaults::take(const FaultChunk& chunk)
{
    SamplePos at = chunk.begin;
    for (const FaultTile& tile : chunk.tiles) {
        // Most of any sound.
        if (passesBy(tile)) {
            at += SampleCount{faultTileFrames};
            continue;
        }
        for (std::size_t q = 0; q < tile.low.size(); ++q, at += SampleCount{faultQuarterFrames}) {
            for (int c = 0; c < channelCount_; ++c) {
                Channel& channel = channels_[static_cast<std::size_t>(c)];
                const double size = std::max(-sideOf(tile.low[q], c), sideOf(tile.high[q], c));
                if (size < channel.interesting()) {
                    if (channel.clipped.length > 0) endClipped(c, at);
                    if (channel.flat.length > 0) endFlat(channel, at);
                    if (channel.over.length > 0 &&
                        (at - channel.over.begin).value() > channel.over.length + quiet_)
                        endOver(c, at);
                    continue;
                }
                const auto first = static_cast<std::size_t>((at - chunk.begin).value());
                if (first >= chunk.frames.size()) continue;
                const auto part =
                    chunk.frames.subspan(first, std::min(faultQuarterFrames, chunk.frames.size() - first));
                for (std::size_t i = 0; i < part.size(); ++i)
                    look(c, at + SampleCount{static_cast<std::int64_t>(i)}, sideOf(part[i], c));
            }
        }
    }
    end_ = chunk.end();
}

void LevelFaults::look(int number, SamplePos at, double sample)
{
    Channel& c = channels_[static_cast<std::size_t>(number)];
    const double size = std::fabs(sample);
    // At full scale, all on the same side. What stands beyond it was not cut.
    const bool clips = size >= clipLevel && size <= fullScale;
    if (c.clipped.length > 0 && (!clips || (sample > 0) != (c.clipped.value > 0))) endClipped(number, at);
    if (clips && c.clipped.length++ == 0) c.clipped = {at, 1, sample};

    if (c.flat.length > 0 && sample != c.flat.value) endFlat(c, at);
    if (size >= lowestFlat && size < clipLevel) {
        if (size > c.peak) c.peak = size;
        if (size >= c.peak * sameLevel && c.flat.length++ == 0) c.flat = {at, 1, sample};
    } else if (size >= clipLevel)
        c.peak = std::max(c.peak, std::min(size, fullScale));

    if (!watchesOvers_) return;
    if (c.over.length > 0 && (at - c.over.begin).value() > c.over.length + quiet_) endOver(number, at);
    if (size > fullScale) {
        if (c.over.length == 0) c.over = {at, 1, size};
        c.over.length = (at - c.over.begin).value() + 1;
        c.over.value = std::max(c.over.value, size);
    }
}

void LevelFaults::endClipped(int channel, SamplePos)
{
    Run& run = channels_[static_cast<std::size_t>(channel)].clipped;
    if (run.length >= shortestClip_)
        clipped_.add({.rule = fault::clipped,
                      .begin = run.begin,
                      .end = run.begin + SampleCount{run.length},
                      .channel = channelCount_ == 1 ? -1 : channel,
                      .value = static_cast<double>(run.length)});
    run.length = 0;
}

void LevelFaults::endFlat(Channel& c, SamplePos at)
{
    const std::int64_t length = c.flat.length;
    c.flat.length = 0;
    if (length < shortestFlat_) return;
    const double level = std::fabs(c.flat.value);
    if (level * sameLevel > c.flatLevel) {
        c.flatRuns = 0;
        c.flatFirst = c.flat.begin;
    }
    c.flatLevel = std::max(c.flatLevel, level);
    ++c.flatRuns;
    c.flatLast = at;
}

void LevelFaults::endOver(int channel, SamplePos)
{
    Run& run = channels_[static_cast<std::size_t>(channel)].over;
    over_.add({.rule = fault::overFullScale,
               .begin = run.begin,
               .end = run.begin + SampleCount{run.length},
               .channel = channelCount_ == 1 ? -1 : channel,
               .value = Decibels::fromGain(run.value).value()});
    run.length = 0;
}

void LevelFaults::finish(Faults& all)
{
    for (int c = 0; c < channelCount_; ++c) {
        Channel& channel = channels_[static_cast<std::size_t>(c)];
        if (channel.clipped.length > 0) endClipped(c, end_);
        if (channel.flat.length > 0) endFlat(channel, end_);
        if (channel.over.length > 0) endOver(c, end_);
        // Tops below the highest sample were not cut by what came last.
        if (channel.flatRuns >= fewestFlat_ && channel.flatLevel >= channel.peak * sameLevel)
            all.push_back({.rule = fault::flatTops,
                           .begin = channel.flatFirst,
                           .end = channel.flatLast,
                           .channel = channelCount_ == 1 ? -1 : c,
                           .value = Decibels::fromGain(channel.flatLevel).value(),
                           .confidence = 0.9,
                           .count = channel.flatRuns});
    }
    clipped_.moveTo(all);
    over_.moveTo(all);
}

} // namespace segue
