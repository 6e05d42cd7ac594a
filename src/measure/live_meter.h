/// \file
/// What is heard, measured as it is heard: momentary, short-term and integrated loudness, range, true peaks
/// and correlation, for the editor's meters. libebur128 does the loudness (EBU R 128, ITU-R BS.1770-4).
#pragma once

#include "core/units.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace segue {

struct LiveReading {
    std::array<double, 2> truePeak{-144, -144}; ///< dBTP of the last frames given
    std::array<double, 2> highest{-144, -144};  ///< dBTP since reset()
    /// LUFS and LU; absent while there was too little sound, or silence.
    std::optional<double> momentary{}, shortTerm{}, integrated{}, range{};
    std::optional<double> correlation{}; ///< -1..1 over about 300 ms; absent in silence
};

class LiveMeter {
public:
    explicit LiveMeter(SampleRate rate);
    ~LiveMeter();
    LiveMeter(const LiveMeter&) = delete;
    LiveMeter& operator=(const LiveMeter&) = delete;
    /// The next frames, left and right in turn.
    void take(std::span<const float> interleaved);
    [[nodiscard]] LiveReading reading() const;
    /// As if nothing had been heard.
    void reset();

private:
    struct State;
    SampleRate rate_;
    std::unique_ptr<State> state_;
    std::array<double, 2> truePeak_{-144, -144}, highest_{-144, -144};
    double leftPower_ = 0, rightPower_ = 0, product_ = 0;
};

} // namespace segue
