#include "measure/sound_figures.h"

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

/// Sums over both sides that correlation and balance come from.
struct Sides {
    std::array<double, 2> energy{};
    double product = 0;
    template <class Part>
    void add(const Part& part, double power)
    {
        for (std::size_t c = 0; c < 2; ++c) energy[c] += static_cast<double>(part.energy[c]) * power;
        product += static_cast<double>(part.product) * power;
    }
    [[nodiscard]] std::optional<double> correlation() const
    {
        const double both = std::sqrt(energy[0]) * std::sqrt(energy[1]);
        if (!(both > 0)) return {};
        return std::clamp(product / both, -1.0, 1.0);
    }
    [[nodiscard]] std::optional<double> balance() const
    {
        return difference(powerDecibels(energy[0]), powerDecibels(energy[1]));
    }
};

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

/// The smallest distance from the peak of 3 s to their loudness, where that is not silence.
/// \param peaks of each hop
std::optional<double> peakToShortTerm(std::span<const double> means, std::vector<float> peaks)
{
    constexpr std::size_t window = 30;
    const double silence = std::pow(10.0, (-70 + 0.691) / 10);
    const std::size_t count = peaks.size() < window ? 0 : std::min(means.size(), peaks.size() - window + 1);
    // The highest of two neighbours, of four, of eight, of sixteen: two of those make the window.
    constexpr std::size_t most = 16;
    for (std::size_t together = 1; together < most; together *= 2)
        for (std::size_t i = 0; i + together < peaks.size(); ++i)
            peaks[i] = std::max(peaks[i], peaks[i + together]);
    double least = 0;
    std::optional<double> psr;
    for (std::size_t w = 0; w < count; ++w) {
        const double peak = static_cast<double>(std::max(peaks[w], peaks[w + window - most]));
        if (!(peak > 0) || means[w] < silence || (psr && peak * peak >= least * means[w])) continue;
        least = peak * peak / means[w];
        psr = difference(decibels(peak), lufs(means[w]));
    }
    return psr;
}

/// The true peak of each 100 ms on the scale of the loudness steps.
class Collector {
public:
    void add(const Passage& passage)
    {
        if (passage.sound != nullptr) addSound(*passage.sound, passage.gain.gain());
        addSilence(steps_, passage.silence);
        peaks_.resize(steps_.size() / stepsInHop);
        figures_.length += passage.silence;
        tail_ += passage.silence;
        seconds_ += static_cast<double>(passage.silence.value()) / static_cast<double>(flicksPerSecond);
    }
    [[nodiscard]] SoundFigures finish();

private:
    void addSound(const ScannedSound& sound, double gain);
    void findNoise(const ScannedSound& sound, double gain);

    LoudnessSteps steps_{};
    std::vector<float> peaks_{};
    SoundFigures figures_{};
    Sides sides_{};
    std::array<Sides, 4> bands_{};
    std::array<double, 2> sums_{}, sidePeaks_{};
    double seconds_ = 0, quietest_ = 0;
    Peak truePeak_{}, samplePeak_{};
    bool sounded_ = false;
    Duration tail_{};
};

void Collector::addSound(const ScannedSound& sound, double gain)
{
    // Energies are summed over seconds, since rates may differ.
    const double frame = 1.0 / sound.rate.hertz(), power = gain * gain * frame;
    const Duration begin = figures_.length;
    const std::int64_t hop = hopFrames(sound.rate);
    // Joints need not lie on the grid: a peak counts where its hop begins.
    const std::size_t firstPlace = steps_.size() / stepsInHop;
    peaks_.resize(std::max(peaks_.size(), firstPlace + sound.hops.size()));
    for (std::size_t i = 0; i < sound.hops.size(); ++i) {
        const Hop& h = sound.hops[i];
        figures_.isBeyondMeasure = figures_.isBeyondMeasure || segue::isBeyondMeasure(h);
        sides_.add(h, power);
        for (std::size_t c = 0; c < 2; ++c) {
            sums_[c] += static_cast<double>(h.sum[c]) * gain * frame;
            sidePeaks_[c] = std::max(sidePeaks_[c], static_cast<double>(h.truePeak[c]) * gain);
        }
        const double highest = static_cast<double>(std::max(h.truePeak[0], h.truePeak[1])) * gain;
        const double sample = static_cast<double>(std::max(h.peak[0], h.peak[1])) * gain;
        if (highest > truePeak_.gain || sample > samplePeak_.gain) {
            const Duration at =
                begin + nearestDuration(SampleCount{static_cast<std::int64_t>(i) * hop}, sound.rate);
            truePeak_.raise(highest, at);
            samplePeak_.raise(sample, at);
        }
        float& peak = peaks_[firstPlace + i];
        peak = std::max(peak, static_cast<float>(highest));
    }
    // Where an edge is at half the rate there is nothing above it.
    for (const BandHop& b : sound.bands)
        for (std::size_t i = 0; i < bands_.size(); ++i)
            if (i == 0 || bandEdges[i - 1] < 0.45 * sound.rate.hertz()) bands_[i].add(b.bands[i], power);
    findNoise(sound, gain);
    addSteps(steps_, sound, gain);

    const Duration length = nearestDuration(sound.length, sound.rate);
    const bool silent = sound.firstSound == sound.soundEnd;
    if (!sounded_)
        figures_.headSilence =
            begin + (silent ? length : nearestDuration(sound.firstSound - SamplePos{}, sound.rate));
    sounded_ = sounded_ || !silent;
    tail_ =
        silent ? tail_ + length : nearestDuration(SamplePos{} + sound.length - sound.soundEnd, sound.rate);
    seconds_ += static_cast<double>(sound.length.value()) * frame;
    figures_.length += length;
    figures_.clippedRuns += sound.clippedRuns;
    figures_.notFinite += sound.notFinite;
}

void Collector::findNoise(const ScannedSound& sound, double gain)
{
    constexpr std::size_t window = 5;
    const auto whole =
        std::min(sound.hops.size(), static_cast<std::size_t>(sound.length.value() / hopFrames(sound.rate)));
    std::array<double, window> energies{}; // of the last hops
    std::size_t run = 0;
    double least = 0;
    for (std::size_t i = 0; i < whole; ++i) {
        const Hop& h = sound.hops[i];
        energies[i % window] = static_cast<double>(h.energy[0]) + static_cast<double>(h.energy[1]);
        const bool sounds = (h.peak[0] > 0 || h.peak[1] > 0) && !segue::isBeyondMeasure(h);
        run = sounds ? run + 1 : 0;
        if (run < window) continue;
        double sum = 0;
        for (const double energy : energies) sum += energy;
        if (sum > 0 && (least == 0 || sum < least)) least = sum;
    }
    const double power = least * gain * gain / (2.0 * window * static_cast<double>(hopFrames(sound.rate)));
    if (power > 0 && (quietest_ == 0 || power < quietest_)) quietest_ = power;
}

SoundFigures Collector::finish()
{
    SoundFigures f = figures_;
    f.tailSilence = tail_;
    if (!sounded_) f.headSilence = f.tailSilence = f.length;
    f.noiseFloor = powerDecibels(quietest_);
    if (f.isBeyondMeasure) return f;
    const std::vector<double> means = shortTermMeans(steps_);
    f.integrated = integratedLoudness(steps_);
    f.range = loudnessRangeOf(means);
    f.momentary = highestMomentary(steps_);
    f.shortTerm = highestShortTerm(steps_);
    f.truePeak = truePeak_.inDecibels();
    f.samplePeak = samplePeak_.inDecibels();
    for (std::size_t c = 0; c < 2; ++c) {
        f.sideTruePeak[c] = decibels(sidePeaks_[c]);
        if (seconds_ > 0) f.dc[c] = sums_[c] / seconds_;
    }
    if (f.truePeak) f.plr = difference(f.truePeak->value, f.integrated);
    if (seconds_ > 0) f.rms = powerDecibels((sides_.energy[0] + sides_.energy[1]) / 2 / seconds_);
    if (f.samplePeak) f.crest = difference(f.samplePeak->value, f.rms);
    f.correlation = sides_.correlation();
    f.balance = sides_.balance();
    for (std::size_t i = 0; i < bands_.size(); ++i) {
        f.bandCorrelation[i] = bands_[i].correlation();
        f.bandBalance[i] = bands_[i].balance();
    }
    f.psr = peakToShortTerm(means, peaks_);
    return f;
}

} // namespace

SoundFigures figuresOf(const ScannedSound& sound, Decibels gain)
{
    const Passage one{.sound = &sound, .gain = gain};
    return figuresOf({&one, 1});
}

SoundFigures figuresOf(std::span<const Passage> passages)
{
    Collector collector;
    for (const Passage& p : passages) collector.add(p);
    return collector.finish();
}

} // namespace segue
