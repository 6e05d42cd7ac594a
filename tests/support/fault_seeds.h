/// \file
/// Faults put into music on purpose, always at the same places: clicks and dropouts of known strength. The
/// band in which a click is measured is cut by a filter that has nothing in common with the finder's.
#pragma once

#include "audio/frame.h"
#include "core/units.h"
#include "measure/faults.h"

#include <cstdint>
#include <string>
#include <vector>

namespace segue::test {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
class FaultDice {
public:
    explicit FaultDice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next();
    /// From 0 to n - 1.
    std::int64_t below(std::int64_t n)
    {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
    }
    /// From -1 to 1.
    double level() { return static_cast<double>(next() >> 11) * 0x1p-52 - 1; }

private:
    std::uint64_t state_;
};

/// Music-like sound in 24 bit: two chords of detuned harmonics, noise up to half the rate, struck strings
/// every half second, slow dynamics; left and right differ. Begins and ends in silence. Peaks stay below -3
/// dBFS.
[[nodiscard]] std::vector<Frame> musicLike(SampleRate rate, double seconds, std::uint64_t seed);

struct Seeded {
    SamplePos begin{}, end{};
    int channel = -1;
    std::string shape{};
};

/// The largest absolute value above 5 kHz of these frames: a windowed sinc of 201 taps.
[[nodiscard]] double peakAbove5k(const std::vector<Frame>& sound, SampleRate rate, SamplePos begin,
                                 SamplePos end, int channel);

/// Clicks of 1 to 40 samples in one or both channels, of five shapes: pulse, noise, ringing, hump, decay.
/// Each has a peak above 5 kHz that is `decibels` higher than the music's there within 20 ms on both sides;
/// where the music has less than `floor` (of full scale) above 5 kHz, none is put.
std::vector<Seeded> seedClicks(std::vector<Frame>& sound, SampleRate rate, std::uint64_t seed,
                               std::int64_t framesApart, double decibels, double floor);

/// Digital zero or a held value for 1 to 80 ms, in both channels or one, where the music has at least `floor`
/// in the 10 ms on both sides.
std::vector<Seeded> seedDropouts(std::vector<Frame>& sound, SampleRate rate, std::uint64_t seed,
                                 std::int64_t framesApart, double floor);

/// What a converter's filter leaves of it: everything up to 800 Hz below `edge` (in Hz), nothing
/// from there on. In 24 bit; the first and last 150 frames become silence.
[[nodiscard]] std::vector<Frame> asConverted(const std::vector<Frame>& sound, SampleRate rate, double edge);

/// How many of the seeded ones a fault of this rule stands at (within 2 ms), and how many faults of the rule
/// stand elsewhere.
struct Hits {
    std::int64_t found = 0, other = 0;
    std::vector<Seeded> missed{};
};
[[nodiscard]] Hits compareWith(const Faults& faults, std::string_view rule, const std::vector<Seeded>& seeded,
                               SampleRate rate);

} // namespace segue::test
