/// \file
/// What the device's callback does: copies frames that were rendered ahead, changes over from one take to the
/// next without a click, dims, and writes down what it played. No lock, no allocation, no file: fill() may
/// run in a thread that must never wait.
///
/// A take is a queue of frames in the order of play. There are two; while one is played, the feeder fills the
/// other with what a seek or an edit made of it, and then hands it over.
#pragma once

#include "core/decibels.h"
#include "core/units.h"
#include "play/ring.h"
#include "play/small_speaker.h"

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <span>

namespace segue {

struct PlayedFrame {
    float left = 0, right = 0;
    SamplePos position{}; ///< in the piece
};

struct Take {
    static constexpr std::size_t frames = 1 << 18;
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    Ring<PlayedFrame> ring{frames};
    // Set before it is handed over, and not changed until it is free again.
    std::uint64_t play = 0;   ///< which play() it belongs to
    SamplePos from{};         ///< where its first frame stands
    std::int64_t first = 0;   ///< number of its first frame, counted from the beginning of that play
    std::int64_t end = never; ///< number after its last
    bool continues = false;   ///< takes over from a take of the same play at frame `first`, not at once

    [[nodiscard]] std::int64_t next() const { return first + ring.read(); }
    [[nodiscard]] std::int64_t filledTo() const { return first + ring.written(); }
};

struct Listening {
    enum class Mode { normal, mono, side };
    Mode mode = Mode::normal;
    Decibels dim{}; ///< 0 or below
    bool smallSpeaker = false;
};

/// A frame as it was played, before dim, mono, side and small speaker: what meters look at.
struct HeardFrame {
    float left = 0, right = 0;
    SamplePos position{};
    bool playing = false; ///< false: the silence of a player that is stopped
};

class Playout {
public:
    Playout();

    // The device's thread.
    void fill(std::span<float> interleaved);

    // Any thread, without waiting.
    /// Fades out whatever belongs to this play() or one before it, and plays none of it any more.
    void stopUpTo(std::uint64_t play) { stopped_ = play; }
    void listen(const Listening& listening);
    /// The last play() that came to its end, or was stopped and has faded out; and the position after it.
    [[nodiscard]] std::uint64_t finished() const { return finished_; }
    [[nodiscard]] SamplePos reached() const { return SamplePos{reached_.load()}; }
    [[nodiscard]] bool starved() const { return starvedNow_; }
    [[nodiscard]] std::int64_t underruns() const { return underruns_; }
    /// Frames filled since reset().
    [[nodiscard]] std::int64_t filled() const { return filled_.load(std::memory_order_acquire); }
    /// The `index`-th of them. \pre it is one of the last historyFrames / 2
    [[nodiscard]] HeardFrame played(std::int64_t index) const;
    /// The position of the frame with that number (AudioOut::framesHeard); empty when nothing is playing
    /// there.
    [[nodiscard]] std::optional<SamplePos> positionAt(std::int64_t index) const;
    static constexpr std::int64_t historyFrames = 1 << 18;

    // The feeder.
    /// The callback does not run: everything is forgotten but the underruns.
    void reset(SampleRate rate);
    /// Whether spare() is free: the callback has changed over to what was handed over last.
    [[nodiscard]] bool isSpareFree() const { return taken_ == handed_; }
    /// \pre isSpareFree()
    [[nodiscard]] Take& spare() { return *takes_[(handed_ + 1) % 2]; }
    /// spare() is next; it may still be written to.
    void handOver() { ++handed_; }
    /// What was handed over last.
    [[nodiscard]] Take& current() { return *takes_[handed_ % 2]; }

private:
    struct Voice {
        PlayedFrame frame{};
        bool sounding = false;
    };
    using Matrix = std::array<float, 4>;

    [[nodiscard]] Voice next();
    void changeOver();
    [[nodiscard]] PlayedFrame fromNow();
    void crossfade(PlayedFrame& frame);
    void finish();
    void slew();
    void throughSmallSpeaker(float& left, float& right);
    void note(const Voice& voice, std::int64_t index);

    std::array<std::unique_ptr<Take>, 2> takes_;
    std::atomic<std::uint64_t> handed_ = 0, taken_ = 0, stopped_ = 0, finished_ = 0, listening_ = 0;
    std::atomic<std::int64_t> reached_ = 0, filled_ = 0, underruns_ = 0;
    std::atomic<bool> starvedNow_ = false;

    // The callback's own, between two calls.
    Take* now_ = nullptr;
    Take* leaving_ = nullptr;
    bool inStep_ = false; ///< the crossfade is between the same frames of two takes
    int ramp_ = 1;        ///< the length of every ramp in frames
    int fadeLeft_ = 0, gateLeft_ = 0, resumeLeft_ = 0, starveLeft_ = 0;
    bool starved_ = false;
    PlayedFrame last_{};             ///< of the take
    PlayedFrame lastOut_{}, held_{}; ///< as it was heard; what is left of a take that ran dry
    bool leavingIsDry_ = false;
    std::uint64_t handedSeen_ = 0, resolved_ = 0, stoppedSeen_ = 0;
    Matrix matrix_{1, 0, 0, 1}, target_{1, 0, 0, 1};
    SmallSpeaker speaker_{};
    float small_ = 0, smallTarget_ = 0; ///< how much of it is heard
    SampleRate rate_{};

    struct Played {
        std::atomic<std::uint64_t> sound = 0;
        std::atomic<std::int64_t> place = 0; ///< position * 2 + playing
    };
    std::unique_ptr<std::array<Played, static_cast<std::size_t>(historyFrames)>> history_;
};

} // namespace segue
