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
    return interSampleOver(figuresOf(entry.sound, entry.gain), entry.sound.rate, entry.begin);
}

std::optional<Fault> interSampleOver(const SoundFigures& figures, SampleRate rate, SamplePos begin)
{
    if (!figures.truePeak || !figures.samplePeak) return {};
    // A sample at full scale may be 1 LSB of rounding beyond it; the rules of the render speak of those.
    constexpr double fullScale = 0.001;
    if (figures.truePeak->value <= fullScale || figures.samplePeak->value > fullScale) return {};
    const SamplePos at = begin + nearestSamples(figures.truePeak->at, rate);
    return Fault{.rule = fault::interSample,
                 .begin = at,
                 .end = at + SampleCount{hopFrames(rate)},
                 .channel = -1,
                 .value = figures.truePeak->value};
}

std::optional<Fault> noSound(const EntryScan& entry)
{
    if (entry.end <= entry.begin) return {};
    const SoundFigures figures = figuresOf(entry.sound, entry.gain);
    if (figures.samplePeak || figures.isBeyondMeasure) return {};
    return Fault{.rule = fault::noSound, .begin = entry.begin, .end = entry.end};
}

} // namespace segue
