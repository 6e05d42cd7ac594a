/// \file
/// The machine's own devices, through PortAudio. Made for PortAudio 19.6 on ALSA, whose ways are dealt with
/// here: calls that never return, devices that stop asking without a word, noise on stderr, a default that is
/// missing although there are devices. Only programs with a window link it.
#pragma once

#include "play/audio_out.h"

#include <memory>

namespace segue {

class PortAudioOut final : public AudioOut {
public:
    /// Nothing is opened yet. Sets JACK_NO_START_SERVER: make it before other threads run.
    PortAudioOut();
    ~PortAudioOut() override;

    /// While a device is open: those that were there when it was opened.
    [[nodiscard]] std::vector<OutputDevice> devices() override;
    /// A device that does not answer within 3 s is an Error; so is every device until it does.
    [[nodiscard]] Result<OutputInfo> open(const OutputSettings& settings, OutputCallback callback) override;
    [[nodiscard]] Status start() override;
    void stop() override;
    void close() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] std::string lossReason() const override;
    [[nodiscard]] std::int64_t framesHeard() const override;
    [[nodiscard]] std::int64_t dropouts() const override;

private:
    struct Machine;
    std::shared_ptr<Machine> machine_; ///< calls that hang keep it
};

} // namespace segue
