/// \file
/// Where the sound leaves: one stereo output that asks for frames from a thread of its own. PortAudio is
/// behind it in the editor, a fake in the tests. A device that is lost is a state, not an exception.
#pragma once

#include "core/result.h"
#include "core/units.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace segue {

struct OutputDevice {
    std::string id{}; ///< to open it by, the same in the next session
    std::string name{};
    std::string hostApi{}; ///< "ALSA", "JACK Audio Connection Kit" ...
    SampleRate defaultRate{};
    bool isDefault = false;
};

struct OutputSettings {
    std::string device{}; ///< an id; empty: the default
    SampleRate rate = cdRate;
    int framesPerBuffer = 1024; ///< a power of two: odd ones crackle under PipeWire
};

/// How sure it is that the converter runs at the rate that was opened.
enum class RateTruth {
    proven,   ///< the device is the hardware itself
    promised, ///< a layer in between would convert and not say so
};

/// What was opened.
struct OutputInfo {
    std::string device{}; ///< its name
    SampleRate rate{};    ///< another than asked for when the device refuses that
    RateTruth truth = RateTruth::promised;
    SampleCount latency{}; ///< from the callback to the ear, as the device states it
};

/// Called by the device's thread: fills `out`, left and right in turn. May not wait, allocate or open
/// anything.
using OutputCallback = std::function<void(std::span<float> out)>;

class AudioOut {
public:
    enum class State {
        closed,
        stopped, ///< open, but the callback is not called
        running,
        lost, ///< unplugged, or it stopped asking; lossReason() says what is known
    };

    AudioOut() = default;
    AudioOut(const AudioOut&) = delete;
    AudioOut& operator=(const AudioOut&) = delete;
    virtual ~AudioOut() = default;

    // These are called by one thread at a time and may take seconds.

    /// Every device with two channels out, of every host API. Empty: this machine has none.
    [[nodiscard]] virtual std::vector<OutputDevice> devices() = 0;
    /// Closes what was open. An Error in plain words when there is no such device, or it is in use.
    [[nodiscard]] virtual Result<OutputInfo> open(const OutputSettings& settings,
                                                  OutputCallback callback) = 0;
    /// From now on the callback is called. \pre open
    [[nodiscard]] virtual Status start() = 0;
    /// When it returns the callback is not running and will not be called.
    virtual void stop() = 0;
    virtual void close() = 0;

    // These may be called by any thread at any time, and do not wait.

    [[nodiscard]] virtual State state() const = 0;
    /// "The device was unplugged". Empty unless lost.
    [[nodiscard]] virtual std::string lossReason() const = 0;
    /// Frames that have left the loudspeaker since open(): the frame with this number is the one heard now.
    /// Negative while the first is still on its way; at most the frames the callback has filled.
    [[nodiscard]] virtual std::int64_t framesHeard() const = 0;
    /// How often the device says that it ran dry since open().
    [[nodiscard]] virtual std::int64_t dropouts() const { return 0; }
};

} // namespace segue
