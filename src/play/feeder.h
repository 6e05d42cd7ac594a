/// \file
/// The player's other half: opens the output, renders ahead into the takes of the Playout, and does on its
/// thread whatever may take time. It is told what is wanted by a PlayWish and never asks back. Private to
/// this room.
#pragma once

#include "play/audio_out.h"
#include "play/playout.h"
#include "play/programme.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace segue {

/// Everything the caller asked for. The counters say which parts are new.
struct PlayWish {
    Programme programme{};
    OutputSettings output{}; ///< the rate is the programme's
    bool playing = false;
    std::uint64_t play = 0; ///< which play() or seek() it is
    SamplePos from{};
    std::optional<PlayList> list{}; ///< absent: from `from` on, with the loop
    std::optional<PlayRange> loop{};
    Monitoring monitoring = Monitoring::beforeDither;
    std::uint64_t programmeVersion = 0, outputVersion = 0, orderVersion = 0;
    int reopens = 0; ///< since the user's last play()
};

/// Why there is nothing to be heard, and what there is.
struct PlayReport {
    bool noDevice = false, lost = false;
    std::string reason{};
    std::string problem{}; ///< the last source that failed
    std::optional<OutputInfo> output{};
    bool delivers = false;
};

/// What both sides look at, under its mutex. Held only to copy.
struct PlayDesk {
    mutable std::mutex mutex;
    std::condition_variable news; ///< to the feeder: something is wanted
    PlayWish wish{};
    PlayReport report{};
    SamplePos cue{};            ///< where the piece stands, set by a call
    std::uint64_t cueAfter = 0; ///< plays that this cue comes after
};

class Feeder {
public:
    Feeder(PlayDesk& desk, Playout& playout, AudioOut& out, SourceOpener open);

    /// The next piece of work, short unless a disk or a device is slow. What it throws ends the playing, with
    /// a problem in the report. \return whether there is more
    bool step();
    /// Closes the output.
    void close();

private:
    struct Playing {
        std::uint64_t play = 0;
        PlayList list{};        ///< in samples of the stream
        std::int64_t begun = 0; ///< the number of the list's first frame
        std::int64_t next = 0;  ///< number of the frame to render next
        bool handedOver = false;
        std::uint64_t programmeVersion = 0, orderVersion = 0;
        Monitoring monitoring{};
    };

    [[nodiscard]] bool work(const PlayWish& wish);
    [[nodiscard]] bool keepOutput(const PlayWish& wish);
    void openOutput(const PlayWish& wish, const std::string& device);
    void closeOutput();
    void lose(const PlayWish& wish, const std::string& why);
    void resumeAt(const PlayWish& wish, SamplePos at, bool reopening);
    [[nodiscard]] bool begin(const PlayWish& wish, bool continues);
    [[nodiscard]] bool feed(Take& take);
    void render(Take& take, std::size_t frames);
    void keepSound(const PlayWish& wish);
    [[nodiscard]] PlayList streamList(PlayList list) const;
    [[nodiscard]] SamplePos toStream(SamplePos at) const;
    [[nodiscard]] SamplePos toEdition(SamplePos at) const;
    [[nodiscard]] SampleCount inStream(Duration length) const { return nearestSamples(length, rate_); }

    PlayDesk& desk_;
    Playout& playout_;
    AudioOut& out_;
    SourceOpener open_;
    std::unique_ptr<ProgrammeSound> sound_{};
    std::uint64_t soundVersion_ = 0, outputVersion_ = 0;
    SampleRate soundRate_{}, rate_{}, editionRate_{}, askedRate_{};
    bool isOpen_ = false;
    std::optional<Playing> playing_{};
    std::vector<Frame> frames_{};
    std::vector<PlayedFrame> played_{};
};

} // namespace segue
