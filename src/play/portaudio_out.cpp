#include "play/portaudio_out.h"

#include "play/alsa_config.h"
#include "play/quiet_stderr.h"
#include "play/watched_call.h"

#include <portaudio.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace segue {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr seconds patience{3};
// Every sound server is looked for here, and some take their time to say that they are not there.
constexpr seconds patienceToBegin{10};
constexpr seconds stall{1};
constexpr const char* noDevice = "No audio device was found";
constexpr const char* stuck =
    "An audio device that was opened before does not answer; unplug it, or start Segue again";

std::int64_t now() { return nanoseconds{Clock::now().time_since_epoch()}.count(); }

// Whole numbers of the widest kind reach every device by shifting: what is delivered as 16 bit arrives as the
// same 16 bits. PortAudio's own way from float multiplies by 32767 and adds noise.
std::int32_t wide(float sample)
{
    const double scaled =
        std::clamp(static_cast<double>(sample) * 2'147'483'648.0, -2'147'483'648.0, 2'147'483'647.0);
    return static_cast<std::int32_t>(std::llrint(scaled));
}

std::string hostApiOf(const PaDeviceInfo& device)
{
    const PaHostApiInfo* api = Pa_GetHostApiInfo(device.hostApi);
    return api ? api->name : "";
}
std::string idOf(const PaDeviceInfo& device) { return hostApiOf(device) + "|" + device.name; }

// The default of the first host API that has one: PortAudio's own may be missing although there are devices.
PaDeviceIndex defaultDevice()
{
    const PaDeviceIndex own = Pa_GetDefaultOutputDevice();
    if (own != paNoDevice) return own;
    for (PaHostApiIndex i = 0; i < Pa_GetHostApiCount(); ++i)
        if (const PaHostApiInfo* api = Pa_GetHostApiInfo(i); api && api->defaultOutputDevice != paNoDevice)
            return api->defaultOutputDevice;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i)
        if (Pa_GetDeviceInfo(i)->maxOutputChannels >= 2) return i;
    return paNoDevice;
}

PaDeviceIndex deviceOf(const std::string& id)
{
    if (id.empty()) return defaultDevice();
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i)
        if (idOf(*Pa_GetDeviceInfo(i)) == id) return i;
    return paNoDevice;
}

// "hw:" is the hardware; "default", "pipewire" and the like say yes to every rate and convert.
RateTruth truthOf(const PaDeviceInfo& device)
{
    const PaHostApiInfo* api = Pa_GetHostApiInfo(device.hostApi);
    const bool hardware =
        api && api->type == paALSA && std::string_view{device.name}.find("(hw:") != std::string_view::npos;
    return hardware ? RateTruth::proven : RateTruth::promised;
}

// One opened stream; the callback of one that was given up finds it closed.
struct Link {
    OutputCallback callback{};
    PaStream* stream = nullptr;
    int rate = 44'100;
    std::int64_t statedLatency = 0; ///< in nanoseconds
    std::vector<float> samples{};
    std::atomic<bool> shut = true;
    std::atomic<int> inside = 0;
    std::atomic<bool> ended = false;
    std::atomic<std::int64_t> filled = 0, dropouts = 0, lastCall = 0;
    std::atomic<std::int64_t> firstHeard = 0; ///< when frame 0 is or was heard

    void fill(std::span<std::int32_t> out, const PaStreamCallbackTimeInfo* time, bool underflow)
    {
        const std::int64_t at = now();
        const double ahead = time ? time->outputBufferDacTime - time->currentTime : 0;
        // Some plugins state nonsense; then what the stream said when it was opened.
        const std::int64_t untilHeard =
            ahead > 0 && ahead < 2 ? static_cast<std::int64_t>(ahead * 1e9) : statedLatency;
        const std::int64_t frames = filled.load(std::memory_order_relaxed);
        const std::int64_t zero = at + untilHeard - frames * 1'000'000'000 / rate;
        const std::int64_t before = firstHeard.load(std::memory_order_relaxed), apart = zero - before;
        // Buffers are asked for unevenly; the sound leaves evenly.
        const bool steady = frames > 0 && std::abs(apart) < 50'000'000;
        firstHeard.store(steady ? before + apart / 16 : zero, std::memory_order_relaxed);
        if (underflow) ++dropouts;
        for (std::span<std::int32_t> rest = out; !rest.empty();) {
            const std::size_t part = std::min(rest.size(), samples.size());
            callback(std::span{samples}.first(part));
            std::transform(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(part), rest.begin(),
                           wide);
            rest = rest.subspan(part);
        }
        filled.store(frames + static_cast<std::int64_t>(out.size() / 2), std::memory_order_release);
        lastCall.store(at, std::memory_order_relaxed);
    }

    static int called(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo* time,
                      PaStreamCallbackFlags flags, void* self)
    {
        Link& link = *static_cast<Link*>(self);
        const std::span out{static_cast<std::int32_t*>(output), 2 * static_cast<std::size_t>(frames)};
        ++link.inside;
        if (link.shut)
            std::ranges::fill(out, 0);
        else
            link.fill(out, time, (flags & paOutputUnderflow) != 0);
        --link.inside;
        return paContinue;
    }
    static void finished(void* self)
    {
        Link& link = *static_cast<Link*>(self);
        if (!link.shut) link.ended = true;
    }
    // From now on the callback is not running and does nothing.
    void shutNow()
    {
        shut = true;
        while (inside != 0) std::this_thread::yield();
    }
};

std::string wordsOf(PaError error)
{
    if (error == paDeviceUnavailable)
        return "The audio device is in use by another program, or was unplugged";
    if (error == paUnanticipatedHostError)
        if (const PaHostErrorInfo* host = Pa_GetLastHostErrorInfo();
            host && host->errorText && *host->errorText)
            return std::string{"The audio device refuses: "} + host->errorText;
    return std::string{"The audio device cannot be used: "} + Pa_GetErrorText(error);
}

struct Attempt {
    PaError error = paNoError;
    bool none = false; ///< no such device
    std::atomic<bool> givenUp = false;
    OutputInfo info{};
};

void openStream(const OutputSettings& settings, Link& link, Attempt& attempt)
{
    const PaDeviceIndex index = deviceOf(settings.device);
    attempt.none = index == paNoDevice;
    if (attempt.none) return;
    const PaDeviceInfo& device = *Pa_GetDeviceInfo(index);
    // The low latency crackles under PipeWire, and nobody plays an instrument here. Output only: a duplex
    // stream there is never called.
    const double buffers = 2.0 * settings.framesPerBuffer / settings.rate.hertz();
    const PaStreamParameters wanted{.device = index,
                                    .channelCount = 2,
                                    .sampleFormat = paInt32,
                                    .suggestedLatency = std::max(device.defaultHighOutputLatency, buffers),
                                    .hostApiSpecificStreamInfo = nullptr};
    const auto open = [&](double rate) {
        return Pa_OpenStream(&link.stream, nullptr, &wanted, rate,
                             static_cast<unsigned long>(settings.framesPerBuffer), paClipOff | paDitherOff,
                             &Link::called, &link);
    };
    link.rate = settings.rate.hertz();
    attempt.error = open(link.rate);
    if (attempt.error == paInvalidSampleRate) {
        link.rate = static_cast<int>(std::lround(device.defaultSampleRate));
        attempt.error = open(link.rate);
    }
    if (attempt.error != paNoError) return;
    Pa_SetStreamFinishedCallback(link.stream, &Link::finished);
    const PaStreamInfo* stream = Pa_GetStreamInfo(link.stream);
    const double latency = stream && stream->outputLatency > 0 ? stream->outputLatency : buffers;
    link.statedLatency = static_cast<std::int64_t>(latency * 1e9);
    attempt.info = {device.name, SampleRate{link.rate}, truthOf(device),
                    SampleCount{static_cast<std::int64_t>(latency * link.rate)}};
}

/// There is one of it in the program, however many windows play.
struct Library {
    std::mutex calls; ///< one of open, start, stop, close, devices at a time
    WatchedCalls watched{};
};

Library& library()
{
    static Library one;
    return one;
}

} // namespace

struct PortAudioOut::Machine {
    bool begun = false;

    mutable std::mutex mutex; ///< of `link`, held to copy it
    std::shared_ptr<Link> link{};
    std::atomic<bool> running = false;

    [[nodiscard]] std::shared_ptr<Link> current() const
    {
        const std::lock_guard lock{mutex};
        return link;
    }
    void set(std::shared_ptr<Link> made)
    {
        const std::lock_guard lock{mutex};
        link = std::move(made);
    }
    // PortAudio sees only the devices that were there when it was begun.
    [[nodiscard]] Status beginAnew()
    {
        const auto error = std::make_shared<std::atomic<PaError>>(paNoError);
        const bool again = begun;
        const QuietStderr quiet;
        if (!library().watched.run(patienceToBegin, [error, again] {
                if (again) Pa_Terminate();
                *error = hasUsableAlsaConfig() ? Pa_Initialize() : paNoDevice;
            }))
            return failure(stuck, {}, ErrorKind::io);
        begun = *error == paNoError;
        if (*error == paNoDevice) return failure(noDevice, {}, ErrorKind::io);
        if (begun) return {};
        return failure(wordsOf(*error), {}, ErrorKind::io);
    }
    void close()
    {
        const std::shared_ptr<Link> old = current();
        running = false;
        if (!old) return;
        old->shutNow();
        set(nullptr);
        const QuietStderr quiet;
        (void)library().watched.run(patience, [old] {
            Pa_AbortStream(old->stream);
            Pa_CloseStream(old->stream);
        });
    }
};

PortAudioOut::PortAudioOut() : machine_{std::make_shared<Machine>()}
{
    setenv("JACK_NO_START_SERVER", "1", 1);
    silenceAlsa();
}

PortAudioOut::~PortAudioOut()
{
    const std::lock_guard lock{library().calls};
    machine_->close();
    if (machine_->begun) (void)library().watched.run(patience, [] { Pa_Terminate(); });
}

std::vector<OutputDevice> PortAudioOut::devices()
{
    const std::lock_guard lock{library().calls};
    if (library().watched.isStuck()) return {};
    if (!machine_->current() && !machine_->beginAnew()) return {};
    std::vector<OutputDevice> found;
    const PaDeviceIndex standard = defaultDevice();
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i) {
        const PaDeviceInfo& device = *Pa_GetDeviceInfo(i);
        if (device.maxOutputChannels < 2) continue;
        found.push_back({idOf(device), device.name, hostApiOf(device),
                         SampleRate{static_cast<int>(std::lround(device.defaultSampleRate))}, i == standard});
    }
    return found;
}

Result<OutputInfo> PortAudioOut::open(const OutputSettings& settings, OutputCallback callback)
{
    const std::lock_guard lock{library().calls};
    machine_->close();
    if (library().watched.isStuck()) return failure(stuck, {}, ErrorKind::io);
    if (auto begun = machine_->beginAnew(); !begun) return failure(std::move(begun.error()));
    const auto link = std::make_shared<Link>();
    link->callback = std::move(callback);
    link->samples.resize(2 * static_cast<std::size_t>(std::max(settings.framesPerBuffer, 64)));
    const auto attempt = std::make_shared<Attempt>();
    const QuietStderr quiet;
    if (!library().watched.run(patience, [=] {
            openStream(settings, *link, *attempt);
            if (attempt->givenUp && attempt->error == paNoError && link->stream) Pa_CloseStream(link->stream);
        })) {
        attempt->givenUp = true;
        return failure("The audio device does not answer", settings.device, ErrorKind::io);
    }
    if (attempt->none)
        return failure(settings.device.empty() ? noDevice : "This audio device is not connected",
                       settings.device, ErrorKind::io);
    if (attempt->error != paNoError) return failure(wordsOf(attempt->error), settings.device, ErrorKind::io);
    machine_->set(link);
    return attempt->info;
}

Status PortAudioOut::start()
{
    const std::lock_guard lock{library().calls};
    const std::shared_ptr<Link> link = machine_->current();
    if (!link) return failure("No audio device is open", {}, ErrorKind::io);
    link->ended = false;
    link->lastCall = now() + nanoseconds{patience}.count(); // the first call may take its time
    link->shut = false;
    const auto error = std::make_shared<std::atomic<PaError>>(paNoError);
    const auto givenUp = std::make_shared<std::atomic<bool>>(false);
    const bool answered = library().watched.run(patience, [link, error, givenUp] {
        *error = Pa_StartStream(link->stream);
        if (!*givenUp) return;
        Pa_AbortStream(link->stream);
        Pa_CloseStream(link->stream);
    });
    if (answered && *error == paNoError) {
        machine_->running = true;
        return {};
    }
    link->shutNow();
    if (answered) return failure(wordsOf(*error), {}, ErrorKind::io);
    *givenUp = true;
    machine_->set(nullptr); // it belongs to the call that hangs
    return failure("The audio device does not answer", {}, ErrorKind::io);
}

void PortAudioOut::stop()
{
    const std::lock_guard lock{library().calls};
    const std::shared_ptr<Link> link = machine_->current();
    machine_->running = false;
    if (!link) return;
    link->shutNow();
    (void)library().watched.run(patience, [link] { Pa_AbortStream(link->stream); });
}

void PortAudioOut::close()
{
    const std::lock_guard lock{library().calls};
    machine_->close();
}

AudioOut::State PortAudioOut::state() const
{
    const std::shared_ptr<Link> link = machine_->current();
    if (!link) return State::closed;
    if (!machine_->running) return State::stopped;
    if (link->ended || now() - link->lastCall > nanoseconds{stall}.count()) return State::lost;
    return State::running;
}

std::string PortAudioOut::lossReason() const
{
    const std::shared_ptr<Link> link = machine_->current();
    if (state() != State::lost || !link) return {};
    return link->ended ? "The audio device was unplugged or stopped"
                       : "The audio device has stopped asking for sound";
}

std::int64_t PortAudioOut::framesHeard() const
{
    const std::shared_ptr<Link> link = machine_->current();
    if (!link) return -1;
    const std::int64_t filled = link->filled.load(std::memory_order_acquire);
    if (filled == 0) return -1;
    const std::int64_t since = now() - link->firstHeard.load(std::memory_order_relaxed);
    const auto heard = static_cast<std::int64_t>(std::floor(static_cast<double>(since) * 1e-9 * link->rate));
    return std::min(heard, filled);
}

std::int64_t PortAudioOut::dropouts() const
{
    const std::shared_ptr<Link> link = machine_->current();
    return link ? link->dropouts.load() : 0;
}

} // namespace segue
