#include "measure/live_meter.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

double decibels(double gain) { return gain > 0 ? std::max(-144.0, 20 * std::log10(gain)) : -144; }

/// Minus infinity, which stands for silence or too little, is no reading.
std::optional<double> finite(int status, double value)
{
    if (status != EBUR128_SUCCESS || !std::isfinite(value)) return {};
    return value;
}

} // namespace

struct LiveMeter::State {
    explicit State(SampleRate rate)
        : loudness{ebur128_init(2, static_cast<unsigned long>(rate.hertz()),
                                EBUR128_MODE_M | EBUR128_MODE_S | EBUR128_MODE_I | EBUR128_MODE_LRA |
                                    EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_HISTOGRAM)}
    {
    }
    ~State() { ebur128_destroy(&loudness); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ebur128_state* loudness;
};

LiveMeter::LiveMeter(SampleRate rate) : rate_{rate}, state_{std::make_unique<State>(rate)} {}
LiveMeter::~LiveMeter() = default;

void LiveMeter::take(std::span<const float> interleaved)
{
    const std::size_t frames = interleaved.size() / 2;
    if (frames == 0 || state_->loudness == nullptr) return;
    ebur128_add_frames_float(state_->loudness, interleaved.data(), frames);
    for (unsigned c = 0; c < 2; ++c) {
        double peak = 0;
        ebur128_prev_true_peak(state_->loudness, c, &peak);
        truePeak_[c] = decibels(peak);
        highest_[c] = std::max(highest_[c], truePeak_[c]);
    }
    // An exponential window: what was 300 ms ago counts e times less.
    const double keep = std::exp(-1 / (0.3 * rate_.hertz()));
    for (std::size_t i = 0; i < frames; ++i) {
        const double left = static_cast<double>(interleaved[2 * i]),
                     right = static_cast<double>(interleaved[2 * i + 1]);
        leftPower_ = leftPower_ * keep + left * left;
        rightPower_ = rightPower_ * keep + right * right;
        product_ = product_ * keep + left * right;
    }
}

LiveReading LiveMeter::reading() const
{
    LiveReading r{.truePeak = truePeak_, .highest = highest_};
    if (state_->loudness == nullptr) return r;
    double value = 0;
    int status = ebur128_loudness_momentary(state_->loudness, &value);
    r.momentary = finite(status, value);
    status = ebur128_loudness_shortterm(state_->loudness, &value);
    r.shortTerm = finite(status, value);
    status = ebur128_loudness_global(state_->loudness, &value);
    r.integrated = finite(status, value);
    status = ebur128_loudness_range(state_->loudness, &value);
    r.range = r.integrated ? finite(status, value) : std::nullopt;
    const double power = std::sqrt(leftPower_ * rightPower_);
    if (power > 1e-9) r.correlation = std::clamp(product_ / power, -1.0, 1.0);
    return r;
}

void LiveMeter::reset()
{
    state_ = std::make_unique<State>(rate_);
    truePeak_ = highest_ = {-144, -144};
    leftPower_ = rightPower_ = product_ = 0;
}

} // namespace segue
