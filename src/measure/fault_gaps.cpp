#include "measure/fault_gaps.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"

#include <cmath>

namespace segue {

namespace {

std::int64_t framesOf(double milliseconds, SampleRate rate)
{
    return std::max<std::int64_t>(1, std::llround(milliseconds * rate.hertz() / 1000));
}
// An edge is abrupt when the step is so many times the sound's mean one.
constexpr double abruptStep = 2.5;
// A pulse wave stands still twice in each period: so many held values within a second are a sound.
constexpr std::size_t mostHeldPerSecond = 6;

} // namespace

GapFaults::GapFaults(const FaultThresholds& t, const SoundShape& shape)
    // A run must fill a quarter of a tile to be seen.
    : rate_{shape.rate},
      shortest_{std::max<std::int64_t>(framesOf(t.dropoutShortest, shape.rate), 2 * faultQuarterFrames - 1)},
      shortestSilence_{framesOf(t.silenceShortest, shape.rate)},
      context_{std::min(framesOf(t.gapContext, shape.rate), faultHistoryFrames * faultScale(shape.rate) / 4)},
      sound_{Decibels{t.gapSound}.gain()}, black_{Decibels{t.blackFloor}.gain()},
      channelCount_{shape.channels == 1 ? 1 : 2}
{
}

double GapFaults::milliseconds(std::int64_t frames) const
{
    return static_cast<double>(frames) * 1000 / rate_.hertz();
}

void GapFaults::take(const FaultChunk& chunk)
{
    for (int c = 0; c < channelCount_; ++c) {
        takeChannel(chunk, c);
        lookAfter(chunk, c);
    }
}

void GapFaults::takeChannel(const FaultChunk& chunk, int number)
{
    Channel& channel = channels_[static_cast<std::size_t>(number)];
    SamplePos at = chunk.begin;
    const auto constantIn = [number](const FaultTile& tile, std::size_t q) {
        return sideOf(tile.low[q], number) == sideOf(tile.high[q], number);
    };
    for (const FaultTile& tile : chunk.tiles) {
        for (std::size_t q = 0; q < tile.low.size(); ++q) {
            channel.lowest = std::min(channel.lowest, sideOf(tile.low[q], number));
            channel.highest = std::max(channel.highest, sideOf(tile.high[q], number));
        }
        // Most of any sound.
        if (!channel.open && !constantIn(tile, 0) && !constantIn(tile, 1) && !constantIn(tile, 2) &&
            !constantIn(tile, 3)) {
            at += SampleCount{faultTileFrames};
            continue;
        }
        for (std::size_t q = 0; q < tile.low.size(); ++q, at += SampleCount{faultQuarterFrames}) {
            if (at >= chunk.end()) break;
            const double low = sideOf(tile.low[q], number);
            const bool constant = constantIn(tile, q);
            const SamplePos end = std::min(at + SampleCount{faultQuarterFrames}, chunk.end());
            if (channel.open && !(constant && low == channel.open->value)) {
                EqualRun& run = *channel.open;
                SamplePos last = at;
                while (last < end && sideOf(chunk.at(last), number) == run.value) last += SampleCount{1};
                run.end = last;
                if (run.length() >= shortest_) channel.waiting.push_back(run);
                channel.open.reset();
            }
            if (!constant || channel.open) continue;
            SamplePos begin = at;
            const SamplePos earliest =
                std::max(SamplePos{}, chunk.begin - SampleCount{std::ssize(chunk.history) - context_ - 1});
            while (begin > earliest && sideOf(chunk.at(begin - SampleCount{1}), number) == low)
                begin -= SampleCount{1};
            EqualRun run{.begin = begin, .end = begin, .value = low};
            if (begin > SamplePos{})
                run.before = besideRun(chunk, std::max(SamplePos{}, begin - SampleCount{context_}), begin,
                                       number, low, true);
            channel.open = run;
        }
    }
}

void GapFaults::lookAfter(const FaultChunk& chunk, int number)
{
    Channel& channel = channels_[static_cast<std::size_t>(number)];
    std::size_t judged = 0;
    for (; judged < channel.waiting.size(); ++judged) {
        EqualRun& run = channel.waiting[judged];
        const SamplePos until = run.end + SampleCount{context_};
        if (until > chunk.end()) break;
        run.after = besideRun(chunk, run.end, until, number, run.value, false);
        // What can be no fault is not kept: no silence, and nothing that sounds on one side at least.
        if (run.before.peak > 0 && run.after.peak > 0 && channel.done.size() < 20 * mostFaultsNamed)
            channel.done.push_back(run);
    }
    channel.waiting.erase(channel.waiting.begin(),
                          channel.waiting.begin() + static_cast<std::ptrdiff_t>(judged));
}

std::optional<Fault> GapFaults::dropoutOf(const EqualRun& run, int channel) const
{
    if (run.before.peak < sound_ || run.after.peak < sound_) return {};
    const int abrupt =
        (run.before.edgeInSteps() >= abruptStep ? 1 : 0) + (run.after.edgeInSteps() >= abruptStep ? 1 : 0);
    // A side that pauses is music.
    if (run.length() >= shortestSilence_ && abrupt < 2) return {};
    if (standsByItself(run)) return {};
    return Fault{.rule = fault::dropout,
                 .begin = run.begin,
                 .end = run.end,
                 .channel = channel,
                 .value = milliseconds(run.length()),
                 .confidence = (run.value == 0 ? 0.6 : 0.4) + 0.2 * abrupt};
}

void GapFaults::addBoth(const EqualRun& left, const EqualRun& right, Found& found) const
{
    const SamplePos begin = std::max(left.begin, right.begin), end = std::min(left.end, right.end);
    const std::int64_t length = (end - begin).value();
    if (length >= shortestSilence_ && left.value == 0 && right.value == 0) {
        const double beside =
            std::max({left.before.peak, right.before.peak, left.after.peak, right.after.peak});
        const bool falls = beside > black_;
        (falls ? found.blacks : found.silences)
            .add({.rule = falls ? fault::black : fault::silence,
                  .begin = begin,
                  .end = end,
                  .value = milliseconds(length)});
        return;
    }
    const auto a = dropoutOf(left, -1), b = dropoutOf(right, -1);
    if (!a && !b) return;
    Fault f = a ? *a : *b;
    f.begin = std::min(left.begin, right.begin);
    f.end = std::max(left.end, right.end);
    f.value = milliseconds((f.end - f.begin).value());
    if (a && b) f.confidence = std::max(a->confidence, b->confidence);
    found.dropouts.add(f);
}

void GapFaults::dropPulseWaves(std::vector<EqualRun>& runs) const
{
    std::vector<SamplePos> held;
    for (const EqualRun& run : runs)
        if (run.value != 0) held.push_back(run.begin);
    const SampleCount half{rate_.hertz() / 2};
    std::erase_if(runs, [&](const EqualRun& run) {
        const auto near = std::ranges::upper_bound(held, run.begin + half) -
                          std::ranges::lower_bound(held, run.begin - half);
        return run.value != 0 && static_cast<std::size_t>(near) > mostHeldPerSecond;
    });
}

void GapFaults::finish(Faults& all)
{
    for (Channel& channel : channels_) {
        for (EqualRun& run : channel.done)
            run.atCeiling = run.value == channel.lowest || run.value == channel.highest;
        dropPulseWaves(channel.done);
    }
    Found found;
    const auto& left = channels_[0].done;
    const auto& right = channelCount_ == 1 ? left : channels_[1].done;
    const auto near = [this](SamplePos a, SamplePos b) { return std::abs((a - b).value()) <= context_; };
    // A run that was part of a pair is not reported again alone.
    bool leftPaired = false, rightPaired = false;
    const auto alone = [&](const EqualRun& run, int channel, bool& paired) {
        if (const auto f = dropoutOf(run, channel); f && !paired) found.dropouts.add(*f);
        paired = false;
    };
    std::size_t i = 0, j = 0;
    while (i < left.size() || j < right.size()) {
        if (i < left.size() && j < right.size() && left[i].end > right[j].begin &&
            right[j].end > left[i].begin) {
            const bool same = near(left[i].begin, right[j].begin) && near(left[i].end, right[j].end);
            const auto both = std::min(left[i].end, right[j].end) - std::max(left[i].begin, right[j].begin);
            if (same || both.value() >= shortestSilence_) {
                addBoth(left[i], right[j], found);
                leftPaired = rightPaired = true;
            }
        }
        if (j == right.size() || (i < left.size() && left[i].end <= right[j].end))
            alone(left[i++], 0, leftPaired);
        else
            alone(right[j++], 1, rightPaired);
    }
    found.dropouts.moveTo(all);
    found.silences.moveTo(all);
    found.blacks.moveTo(all);
}

} // namespace segue
