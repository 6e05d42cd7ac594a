#include "measure/sound_figures.h"

#include "measure/programme_loudness.h"

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

std::optional<double> decibels(double gain)
{
    if (!(gain > 0)) return {};
    return 20 * std::log10(gain);
}
std::optional<double> powerDecibels(double power)
{
    if (!(power > 0)) return {};
    return 10 * std::log10(power);
}
std::optional<double> difference(std::optional<double> a, std::optional<double> b)
{
    if (!a || !b) return {};
    return *a - *b;
}

std::optional<double> correlationOf(const StereoSums& sums)
{
    // Of the same sound on both sides exactly its energy.
    const double both = std::sqrt(sums.energy[0] * sums.energy[1]);
    if (!(both > 0)) return {};
    return std::clamp(sums.product / both, -1.0, 1.0);
}
std::optional<double> balanceOf(const StereoSums& sums)
{
    return difference(powerDecibels(sums.energy[0]), powerDecibels(sums.energy[1]));
}

struct Peak {
    double gain = 0;
    Duration at{};
    void raise(double to, Duration where)
    {
        if (to <= gain) return;
        gain = to;
        at = where;
    }
    [[nodiscard]] std::optional<Highest> inDecibels() const
    {
        if (gain <= 0) return {};
        return Highest{*decibels(gain), at};
    }
};

/// The steps of a sound's hops as mean squares.
class HopSteps {
public:
    HopSteps(const ScannedSound& sound, double gain)
        : factors_{meanSquareFactors(sound.rate, gain)},
          whole_{static_cast<std::size_t>(sound.length.value() / hopFrames(sound.rate))},
          inLast_{wholeSteps(sound.rate, sound.length.value() % hopFrames(sound.rate))}
    {
    }
    [[nodiscard]] std::span<const float> of(const Hop& hop, std::size_t number)
    {
        for (std::size_t i = 0; i < stepsInHop; ++i)
            steps_[i] = static_cast<float>(static_cast<double>(hop.weighted[i]) * factors_[i]);
        return std::span{steps_}.first(number < whole_ ? stepsInHop : inLast_);
    }

private:
    std::array<double, stepsInHop> factors_;
    std::size_t whole_, inLast_;
    std::array<float, stepsInHop> steps_{};
};

/// The least energy of 500 ms of which no 100 ms is digital silence.
class QuietestMoment {
public:
    static constexpr std::size_t window = 5;
    void take(const Hop& hop)
    {
        energies_[count_++ % window] = static_cast<double>(hop.energy);
        run_ = hop.peak > 0 && !isBeyondMeasure(hop) ? run_ + 1 : 0;
        if (run_ < window) return;
        double sum = 0;
        for (const double energy : energies_) sum += energy;
        if (sum > 0 && (least_ == 0 || sum < least_)) least_ = sum;
    }
    [[nodiscard]] double energy() const { return least_; }

private:
    std::array<double, window> energies_{};
    std::size_t count_ = 0, run_ = 0;
    double least_ = 0;
};

} // namespace

class FiguresCollector::State {
public:
    void add(const Passage& passage)
    {
        if (passage.sound != nullptr) addSound(*passage.sound, passage.gain.gain());
        loudness_.takeSilence(stepsOfSilence(passage.silence));
        loudness_.endSound();
        figures_.length += passage.silence;
        tail_ += passage.silence;
        seconds_ += static_cast<double>(passage.silence.value()) / static_cast<double>(flicksPerSecond);
    }
    [[nodiscard]] SoundFigures finish();

private:
    void addSound(const ScannedSound& sound, double gain);
    void addHops(const ScannedSound& sound, double gain);
    void addSums(const ScannedSound& sound, double gain);

    ProgrammeLoudness loudness_{};
    SoundFigures figures_{};
    SoundSums sums_{};
    std::array<double, 2> sidePeaks_{};
    double seconds_ = 0, quietest_ = 0;
    Peak truePeak_{}, samplePeak_{};
    bool sounded_ = false;
    Duration tail_{};
};

void FiguresCollector::State::addSound(const ScannedSound& sound, double gain)
{
    addSums(sound, gain);
    addHops(sound, gain);
    const Duration begin = figures_.length, length = nearestDuration(sound.length, sound.rate);
    const bool silent = sound.firstSound == sound.soundEnd;
    if (!sounded_)
        figures_.headSilence =
            begin + (silent ? length : nearestDuration(sound.firstSound - SamplePos{}, sound.rate));
    sounded_ = sounded_ || !silent;
    tail_ =
        silent ? tail_ + length : nearestDuration(SamplePos{} + sound.length - sound.soundEnd, sound.rate);
    seconds_ += static_cast<double>(sound.length.value()) / sound.rate.hertz();
    figures_.length += length;
    figures_.clippedRuns += sound.clippedRuns;
    figures_.notFinite += sound.notFinite;
}

void FiguresCollector::State::addSums(const ScannedSound& sound, double gain)
{
    // Energies are summed over seconds, since rates may differ.
    const double frame = 1.0 / sound.rate.hertz(), power = gain * gain * frame;
    sums_.stereo.add(sound.sums.stereo, power);
    for (std::size_t c = 0; c < 2; ++c) {
        sums_.sum[c] += sound.sums.sum[c] * gain * frame;
        sidePeaks_[c] = std::max(sidePeaks_[c], static_cast<double>(sound.sums.truePeak[c]) * gain);
    }
    // Where an edge is at half the rate there is nothing above it.
    for (std::size_t i = 0; i < sums_.bands.size(); ++i)
        if (i == 0 || bandEdges[i - 1] < 0.45 * sound.rate.hertz())
            sums_.bands[i].add(sound.sums.bands[i], power);
}

void FiguresCollector::State::addHops(const ScannedSound& sound, double gain)
{
    const Duration begin = figures_.length;
    const std::int64_t hop = hopFrames(sound.rate);
    const auto whole = static_cast<std::size_t>(sound.length.value() / hop);
    HopSteps steps{sound, gain};
    QuietestMoment quietest;
    for (std::size_t i = 0; i < sound.hops.size(); ++i) {
        const Hop& h = sound.hops[i];
        figures_.isBeyondMeasure = figures_.isBeyondMeasure || isBeyondMeasure(h);
        const double highest = static_cast<double>(h.truePeak) * gain,
                     sample = static_cast<double>(h.peak) * gain;
        if (highest > truePeak_.gain || sample > samplePeak_.gain) {
            const Duration at =
                begin + nearestDuration(SampleCount{static_cast<std::int64_t>(i) * hop}, sound.rate);
            truePeak_.raise(highest, at);
            samplePeak_.raise(sample, at);
        }
        loudness_.take(steps.of(h, i), static_cast<float>(highest));
        if (i < whole) quietest.take(h);
    }
    const double power = quietest.energy() * gain * gain /
                         (2.0 * QuietestMoment::window * static_cast<double>(hopFrames(sound.rate)));
    if (power > 0 && (quietest_ == 0 || power < quietest_)) quietest_ = power;
}

SoundFigures FiguresCollector::State::finish()
{
    SoundFigures f = figures_;
    f.tailSilence = tail_;
    if (!sounded_) f.headSilence = f.tailSilence = f.length;
    f.noiseFloor = powerDecibels(quietest_);
    if (f.isBeyondMeasure) return f;
    const ProgrammeFigures loudness = loudness_.finish();
    f.integrated = loudness.integrated;
    f.range = loudness.range;
    f.momentary = loudness.momentary;
    f.shortTerm = loudness.shortTerm;
    f.psr = loudness.psr;
    f.truePeak = truePeak_.inDecibels();
    f.samplePeak = samplePeak_.inDecibels();
    for (std::size_t c = 0; c < 2; ++c) {
        f.sideTruePeak[c] = decibels(sidePeaks_[c]);
        if (seconds_ > 0) f.dc[c] = sums_.sum[c] / seconds_;
    }
    if (f.truePeak) f.plr = difference(f.truePeak->value, f.integrated);
    const auto& energy = sums_.stereo.energy;
    if (seconds_ > 0) f.rms = powerDecibels((energy[0] + energy[1]) / 2 / seconds_);
    if (f.samplePeak) f.crest = difference(f.samplePeak->value, f.rms);
    f.correlation = correlationOf(sums_.stereo);
    f.balance = balanceOf(sums_.stereo);
    for (std::size_t i = 0; i < sums_.bands.size(); ++i) {
        f.bandCorrelation[i] = correlationOf(sums_.bands[i]);
        f.bandBalance[i] = balanceOf(sums_.bands[i]);
    }
    return f;
}

FiguresCollector::FiguresCollector() : state_{std::make_unique<State>()} {}
FiguresCollector::~FiguresCollector() = default;
void FiguresCollector::add(const Passage& passage) { state_->add(passage); }
SoundFigures FiguresCollector::finish() { return state_->finish(); }

SoundFigures figuresOf(const ScannedSound& sound, Decibels gain)
{
    const Passage one{.sound = &sound, .gain = gain};
    return figuresOf({&one, 1});
}

SoundFigures figuresOf(std::span<const Passage> passages)
{
    FiguresCollector collector;
    for (const Passage& p : passages) collector.add(p);
    return collector.finish();
}

} // namespace segue
