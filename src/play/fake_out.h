/// \file
/// An output without a device, driven by hand: pull() is the device asking for its next buffer. Tests hear
/// with it what the loudspeaker would have got, sample for sample.
#pragma once

#include "audio/frame.h"
#include "play/audio_out.h"

#include <atomic>
#include <mutex>
#include <optional>

namespace segue {

/// A frame as devices take it.
struct FloatFrame {
    float left = 0, right = 0;
    [[nodiscard]] friend bool operator==(FloatFrame, FloatFrame) = default;
};

class FakeOut final : public AudioOut {
public:
    struct Behaviour {
        SampleCount latency{};                ///< between the callback and the ear
        std::optional<Error> refusal{};       ///< open() fails with it
        std::optional<SampleRate> onlyRate{}; ///< opened whatever is asked for
        std::vector<OutputDevice> devices{{"fake", "Fake", "None", cdRate, true}};
        RateTruth truth = RateTruth::proven;
    };
    FakeOut() = default;
    explicit FakeOut(Behaviour behaviour) : behaviour_{std::move(behaviour)} {}

    /// What happens at the next open(). Not while another thread opens.
    void behave(Behaviour behaviour) { behaviour_ = std::move(behaviour); }
    /// Runs the callback on the caller's thread and gives what it filled. Nothing is asked for (and nothing
    /// comes) unless the output runs. \param buffer frames asked for at once
    std::vector<FloatFrame> pull(std::size_t frames, std::size_t buffer = 256);
    /// Everything pulled since the last open().
    [[nodiscard]] std::vector<FloatFrame> recording() const;
    /// The device goes away.
    void lose(std::string reason);
    /// How often it was opened.
    [[nodiscard]] int opened() const { return opened_; }
    /// What was asked for last.
    [[nodiscard]] OutputSettings lastSettings() const;

    [[nodiscard]] std::vector<OutputDevice> devices() override { return behaviour_.devices; }
    [[nodiscard]] Result<OutputInfo> open(const OutputSettings& settings, OutputCallback callback) override;
    [[nodiscard]] Status start() override;
    void stop() override;
    void close() override;
    [[nodiscard]] State state() const override { return state_; }
    [[nodiscard]] std::string lossReason() const override;
    [[nodiscard]] std::int64_t framesHeard() const override { return filled_ - latency_; }

private:
    Behaviour behaviour_{};
    mutable std::mutex mutex_; ///< a pull and a stop exclude each other
    OutputCallback callback_{};
    OutputSettings settings_{};
    std::vector<FloatFrame> recording_{};
    std::string reason_{};
    std::atomic<State> state_ = State::closed;
    std::atomic<std::int64_t> filled_ = 0, latency_ = 0;
    std::atomic<int> opened_ = 0;
};

} // namespace segue
