/// \file
/// The player: what you hear is the render graph of the export, from any position, gapless. One thread of its
/// own renders ahead and looks after the device; no function here waits for a disk or a device. All functions
/// are for one thread (the window's); positions are samples of the edition's rate in the piece.
#pragma once

#include "play/audio_out.h"
#include "play/playout.h"
#include "play/programme.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace segue {

struct PlayerStatus {
    enum class State {
        stopped,
        playing,
        starved,  ///< playing, but the disk does not keep up: silence now
        noDevice, ///< there is none or it cannot be opened; everything else works
        lost,     ///< the device went away and no other could be opened
    };
    State state = State::stopped;
    std::string reason{};  ///< of noDevice and lost; while playing: why it plays on another device now
    std::string problem{}; ///< a source that failed, with its place; there was silence instead of it
    std::optional<OutputInfo> output{}; ///< while a device is open
    bool atEditionRate = true;          ///< false: heard at the device's rate, converted by us
    bool asDelivered = false;           ///< really: not at another rate than the edition's
    std::int64_t underruns = 0;
};

class Player {
public:
    enum class Work { onOwnThread, byHand };
    /// \param open called by the player's thread, while it lives
    /// \param work byHand: nothing happens but in work(), for tests
    Player(AudioOut& out, SourceOpener open, Work work = Work::onOwnThread);
    /// Closes the output. Waits for a read that is under way.
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    /// Another album, edition or piece; called after every edit. What plays goes on at the same position with
    /// the new sound, at most about 60 ms later, by a crossfade of 5 ms.
    void setProgramme(Programme programme);
    /// The device to play on; what plays goes on there.
    void setOutput(OutputSettings output);
    /// Heard in a moment, faded over by 5 ms.
    void setMonitoring(Monitoring monitoring);
    void listen(const Listening& listening);

    /// From there to the end of the piece, or round the loop. A beginning inside the piece is ramped by 5 ms.
    /// While something plays: a jump, the old sound fading out under the new.
    void play(SamplePos from);
    void play(PlayList list);
    /// Fades out over 5 ms. The piece stands where it was when that is over.
    void stop();
    /// play(at) while playing, else it only moves the position. A list is left.
    void seek(SamplePos at);
    /// Of play(from); what plays goes on by it. Without a seam: its last sample is followed by its first.
    void setLoop(std::optional<PlayRange> loop);

    [[nodiscard]] PlayerStatus status() const;
    [[nodiscard]] bool isPlaying() const;
    /// The sample that leaves the loudspeaker now: behind what was rendered, and behind what the device has
    /// taken by its latency, over every loop and jump. When nothing plays: where the piece stands.
    [[nodiscard]] SamplePos positionHeard() const;
    /// Frames heard since the last call, in order, before dim, mono and side, for the meters; without
    /// waiting. What was not fetched for seconds is passed over. \return how many of `into` were filled
    std::size_t takeHeard(std::span<HeardFrame> into);

    /// \pre by hand: does all that can be done now.
    void work();
    /// \pre on its own thread: waits until that has nothing more to do (tests).
    void awaitIdle();

private:
    struct Machine;
    std::unique_ptr<Machine> machine_;
};

} // namespace segue
