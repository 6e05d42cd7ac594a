/// \file
/// The described test signals of EBU Tech 3341 (version 4, November 2023), table 1, and EBU Tech 3342 (2023),
/// table 1, made from their descriptions. Cases 7 and 8 of the one and 5 and 6 of the other are recorded
/// programmes.
#pragma once

#include "measure/sound_figures.h"
#include "measure/sound_scan.h"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace segue::test {

inline constexpr SampleRate ebuRate{48'000};

/// A sine of 1 kHz in phase in both channels.
struct Tone {
    double seconds = 0;
    double level = 0; ///< dBFS, of the peak; silentLevel: none
};
inline constexpr double silentLevel = -1000;

/// The tones one after another, the sine going on from one to the next.
[[nodiscard]] inline std::vector<Frame> tones(const std::vector<Tone>& parts, SampleRate rate = ebuRate)
{
    std::vector<Frame> frames;
    for (const Tone& tone : parts) {
        const auto count = static_cast<std::int64_t>(std::llround(tone.seconds * rate.hertz()));
        const double peak = tone.level == silentLevel ? 0 : std::pow(10.0, tone.level / 20);
        for (std::int64_t i = 0; i < count; ++i) {
            const auto at = static_cast<double>(frames.size());
            const double v = peak * std::sin(2 * std::numbers::pi * 1000 * at / rate.hertz());
            frames.push_back({v, v});
        }
    }
    return frames;
}

[[nodiscard]] inline ScannedSound scanOf(const std::vector<Frame>& frames, SampleRate rate = ebuRate)
{
    SoundScan scan{rate, 2, SampleCount{static_cast<std::int64_t>(frames.size())}, false};
    scan.take(frames);
    return scan.finish();
}
[[nodiscard]] inline LoudnessSteps stepsOf(const std::vector<Frame>& frames, SampleRate rate = ebuRate)
{
    LoudnessSteps steps;
    addSteps(steps, scanOf(frames, rate));
    return steps;
}

/// 10 ms up and 10 ms down.
inline void taper(std::vector<Frame>& frames, SampleRate rate)
{
    const auto fade = static_cast<std::size_t>(rate.hertz() / 100);
    for (std::size_t i = 0; i < fade; ++i) {
        const double gain = static_cast<double>(i) / static_cast<double>(fade);
        for (Frame* f : {&frames[i], &frames[frames.size() - 1 - i]}) *f = {f->left * gain, f->right * gain};
    }
}

/// Cases 15 to 19.
[[nodiscard]] inline std::vector<Frame> peakTone(double part, double degrees, double amplitude,
                                                 SampleRate rate)
{
    std::vector<Frame> frames(static_cast<std::size_t>(rate.hertz() / 5));
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const double turn = 2 * std::numbers::pi * (static_cast<double>(i) / part + degrees / 360);
        const double v = amplitude * std::sin(turn);
        frames[i] = {v, v};
    }
    taper(frames, rate);
    return frames;
}

/// Cases 20 to 23: fs/6 at 0.5 with a single period of fs/4 at 1.0 in it, continuous in phase, synthesised at
/// four times the rate, low-passed (Blackman-windowed sine cardinal, 511 taps, 0.47 fs) and decimated from
/// `offset` on.
[[nodiscard]] inline std::vector<Frame> peakBurst(std::int64_t offset, SampleRate rate)
{
    const std::int64_t length = rate.hertz() / 5 * 4, inserted = 24 * (length / 48), period = 16;
    std::vector<double> wide(static_cast<std::size_t>(length));
    for (std::int64_t i = 0; i < length; ++i) {
        const bool burst = i >= inserted && i < inserted + period;
        const std::int64_t base = i < inserted ? i : i - inserted - period;
        const double turn =
            burst ? static_cast<double>(i - inserted) / period : static_cast<double>(base) / 24;
        wide[static_cast<std::size_t>(i)] = (burst ? 1.0 : 0.5) * std::sin(2 * std::numbers::pi * turn);
    }
    constexpr std::int64_t half = 255;
    std::vector<double> filter;
    double sum = 0;
    for (std::int64_t k = -half; k <= half; ++k) {
        const double x = 2 * 0.47 / 4 * static_cast<double>(k),
                     turn = std::numbers::pi * static_cast<double>(k) / (half + 1);
        const double sinc = k == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
        filter.push_back(sinc * (0.42 + 0.5 * std::cos(turn) + 0.08 * std::cos(2 * turn)));
        sum += filter.back();
    }
    std::vector<Frame> frames;
    for (std::int64_t at = offset; at < length; at += 4) {
        double v = 0;
        for (std::int64_t k = -half; k <= half; ++k)
            if (at - k >= 0 && at - k < length)
                v += filter[static_cast<std::size_t>(k + half)] * wide[static_cast<std::size_t>(at - k)];
        frames.push_back({v / sum, v / sum});
    }
    taper(frames, rate);
    return frames;
}

} // namespace segue::test
