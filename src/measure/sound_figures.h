/// \file
/// The figures of a sound, or of several one after another with a gain each, as engineers read them. All come
/// out of what a scan kept (hops.h), so another gain costs no scan. What means nothing in silence is absent
/// there, and so is every level of a sound that is beyond measure.
#pragma once

#include "core/decibels.h"
#include "measure/loudness.h"

#include <array>
#include <memory>
#include <optional>
#include <span>

namespace segue {

/// One sound of a sequence.
struct Passage {
    const ScannedSound* sound = nullptr; ///< null: only silence
    Decibels gain{};
    Duration silence{}; ///< behind it
};

struct SoundFigures {
    Duration length{};
    std::optional<double> integrated{};              ///< LUFS
    std::optional<double> range{};                   ///< LU, Tech 3342
    std::optional<Highest> momentary{}, shortTerm{}; ///< LUFS, at the window's begin
    std::optional<Highest> truePeak{};               ///< dBTP, at the begin of its 100 ms
    std::optional<Highest> samplePeak{};             ///< dBFS, the same
    std::array<std::optional<double>, 2> sideTruePeak{};
    std::optional<double> plr{}; ///< true peak over integrated loudness, dB
    std::optional<double>
        psr{}; ///< the smallest difference of true peak and short-term loudness of any 3 s, dB
    std::optional<double> rms{};   ///< dBFS, power of both channels averaged; a full-scale square wave has 0
    std::optional<double> crest{}; ///< sample peak over RMS, dB
    std::array<std::optional<double>, 2> dc{}; ///< mean of the samples, left and right; 1 is full scale
    std::optional<double> correlation{};       ///< -1..1, absent when a side is silent
    std::array<std::optional<double>, 4> bandCorrelation{}; ///< below 120 Hz, to 1 kHz, to 5 kHz, above
    std::optional<double> balance{};                        ///< dB that the left side has over the right
    std::array<std::optional<double>, 4> bandBalance{};
    Duration headSilence{}, tailSilence{}; ///< digital silence; both the whole length in silence
    /// RMS of the quietest 500 ms of which no 100 ms is digital silence, dBFS.
    std::optional<double> noiseFloor{};
    std::int64_t clippedRuns = 0;
    std::int64_t notFinite = 0;
    /// A sample is infinite or larger than `beyondMeasure`: what the sound is beside it nobody could say.
    bool isBeyondMeasure = false;
};

[[nodiscard]] SoundFigures figuresOf(const ScannedSound& sound, Decibels gain = {});
/// All of them as one programme: integrated, range and highest values across the joints.
[[nodiscard]] SoundFigures figuresOf(std::span<const Passage> passages);

/// The same of passages that come one after another, each of which may be gone when the next one comes.
class FiguresCollector {
public:
    FiguresCollector();
    ~FiguresCollector();
    FiguresCollector(const FiguresCollector&) = delete;
    FiguresCollector& operator=(const FiguresCollector&) = delete;
    void add(const Passage& passage);
    /// When all were added; call once.
    [[nodiscard]] SoundFigures finish();

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
