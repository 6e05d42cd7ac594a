#include "measure/level_faults.h"

#include "measure/fault_rules.h"

#include <algorithm>

namespace segue {

namespace {

constexpr Duration step = milliseconds(20);

std::optional<double> loudest(std::span<const float> steps)
{
    const auto highest = highestShortTerm(steps);
    return highest ? std::optional{highest->value} : std::nullopt;
}

/// What the two faults of an entry need of its levels: all that a hop keeps, and nothing of its loudness.
struct EntryPeaks {
    double sample = 0, truePeak = 0; ///< as gains
    SamplePos at{};                  ///< on the piece, of the hop with the true peak, the first of equals
    bool beyondMeasure = false;
};
EntryPeaks peaksOf(const EntryScan& entry)
{
    const double gain = entry.gain.gain();
    const SampleCount hopLength{hopFrames(entry.sound.rate)};
    EntryPeaks peaks;
    SamplePos at = entry.begin;
    for (const Hop& hop : entry.sound.hops) {
        peaks.beyondMeasure = peaks.beyondMeasure || isBeyondMeasure(hop);
        peaks.sample = std::max(peaks.sample, static_cast<double>(hop.peak) * gain);
        if (const double here = static_cast<double>(hop.truePeak) * gain; here > peaks.truePeak) {
            peaks.truePeak = here;
            peaks.at = at;
        }
        at += hopLength;
    }
    return peaks;
}

std::optional<Fault> interSampleOver(double truePeak, double samplePeak, SampleRate rate, SamplePos at)
{
    // A sample at full scale may be 1 LSB of rounding beyond it; the rules of the render speak of those.
    constexpr double fullScale = 0.001;
    if (truePeak <= fullScale || samplePeak > fullScale) return {};
    return Fault{.rule = fault::interSample,
                 .begin = at,
                 .end = at + SampleCount{hopFrames(rate)},
                 .channel = -1,
                 .value = truePeak};
}

} // namespace

std::vector<JointLoudness> jointLoudness(const EditionScan& scan)
{
    constexpr auto most = static_cast<std::size_t>(jointNeighbourhood.value() / step.value());
    std::vector<JointLoudness> joints(scan.entries.size());
    LoudnessSteps before;
    for (std::size_t i = 0; i < scan.entries.size(); ++i) {
        const EntryScan& entry = scan.entries[i];
        LoudnessSteps steps;
        addSteps(steps, entry.sound, entry.gain.gain());
        if (i > 0 && scan.entries[i - 1].piece == entry.piece)
            joints[i] = {.before = loudest(std::span{before}.last(std::min(most, before.size()))),
                         .after = loudest(std::span{steps}.first(std::min(most, steps.size())))};
        before = std::move(steps);
    }
    return joints;
}

std::optional<Fault> interSampleOver(const EntryScan& entry)
{
    const EntryPeaks peaks = peaksOf(entry);
    if (!(peaks.sample > 0) || peaks.beyondMeasure) return {};
    return interSampleOver(Decibels::fromGain(peaks.truePeak).value(),
                           Decibels::fromGain(peaks.sample).value(), entry.sound.rate, peaks.at);
}

std::optional<Fault> interSampleOver(const SoundFigures& figures, SampleRate rate, SamplePos begin)
{
    if (!figures.truePeak || !figures.samplePeak) return {};
    return interSampleOver(figures.truePeak->value, figures.samplePeak->value, rate,
                           begin + nearestSamples(figures.truePeak->at, rate));
}

std::optional<Fault> noSound(const EntryScan& entry)
{
    if (entry.end <= entry.begin) return {};
    const EntryPeaks peaks = peaksOf(entry);
    if (peaks.sample > 0 || peaks.beyondMeasure) return {};
    return Fault{.rule = fault::noSound, .begin = entry.begin, .end = entry.end};
}

} // namespace segue
