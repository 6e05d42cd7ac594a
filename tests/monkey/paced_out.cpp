// In place of the machine's devices: one that asks for sound as evenly as a real one does, one that refuses,
// and now and then a loss. ALSA's null device takes an hour of sound in a second, so that everything else
// would have to wait.

#include "play/portaudio_out.h"

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

namespace segue {

namespace {

constexpr std::size_t buffer = 1024;
constexpr std::int64_t latency = 2 * buffer;
constexpr std::int64_t lifetime = 12 * 44'100; ///< frames until it is unplugged

} // namespace

struct PortAudioOut::Machine {
    OutputCallback callback{};
    int rate = 44'100;
    std::atomic<State> state = State::closed;
    std::atomic<std::int64_t> filled = 0;
    std::jthread thread{};

    void play(const std::stop_token& stop)
    {
        std::array<float, 2 * buffer> frames{};
        auto next = std::chrono::steady_clock::now();
        while (!stop.stop_requested()) {
            callback(frames);
            if (filled.fetch_add(buffer) > lifetime) {
                state = State::lost;
                return;
            }
            next += std::chrono::nanoseconds{static_cast<std::int64_t>(buffer) * 1'000'000'000 / rate};
            std::this_thread::sleep_until(next);
        }
    }
};

PortAudioOut::PortAudioOut() : machine_{std::make_shared<Machine>()} {}
PortAudioOut::~PortAudioOut() { close(); }

std::vector<OutputDevice> PortAudioOut::devices()
{
    return {{"even", "Even", "Test", cdRate, true}, {"in use", "In use", "Test", cdRate, false}};
}

Result<OutputInfo> PortAudioOut::open(const OutputSettings& settings, OutputCallback callback)
{
    close();
    if (settings.device == "in use") return failure("The audio device is in use", {}, ErrorKind::io);
    machine_->callback = std::move(callback);
    machine_->rate = settings.rate.hertz();
    machine_->filled = 0;
    machine_->state = State::stopped;
    return OutputInfo{"Even", settings.rate, RateTruth::promised, SampleCount{latency}};
}

Status PortAudioOut::start()
{
    if (machine_->state != State::stopped) return failure("No audio device is open", {}, ErrorKind::io);
    machine_->state = State::running;
    machine_->thread =
        std::jthread{[machine = machine_.get()](const std::stop_token& stop) { machine->play(stop); }};
    return {};
}

void PortAudioOut::stop()
{
    machine_->thread = {};
    if (machine_->state == State::running) machine_->state = State::stopped;
}

void PortAudioOut::close()
{
    machine_->thread = {};
    machine_->state = State::closed;
}

AudioOut::State PortAudioOut::state() const { return machine_->state; }
std::string PortAudioOut::lossReason() const
{
    return machine_->state == State::lost ? "The audio device was unplugged" : "";
}
std::int64_t PortAudioOut::framesHeard() const { return machine_->filled - latency; }
std::int64_t PortAudioOut::dropouts() const { return 0; }

} // namespace segue
