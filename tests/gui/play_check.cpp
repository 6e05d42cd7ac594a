/// \file
/// Plays two tones through a real PortAudio device and says what became of it. Driven by
/// play_pipewire.sh and play_null.sh.
///   play_check list
///   play_check play DEVICE SECONDS    DEVICE: a part of its id; "" is the default
#include "play/player.h"
#include "play/portaudio_out.h"
#include "support/fake_sound.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <numbers>
#include <string>
#include <thread>

using namespace segue;
using namespace segue::test;

namespace {

Formula sine(double hertz, double peak)
{
    return [=](std::int64_t at) {
        const double value = peak * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(at) / 44'100);
        return Frame{value, value};
    };
}

// 2 s at a quarter of full scale, 1 s of pause, 2 s at an eighth, and a long silence.
Studio twoTones()
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{88'200}, sine(1000, 0.25), false))});
    studio.track({studio.clip(studio.source(SampleCount{88'200}, sine(500, 0.125), false))}, seconds(1));
    studio.track({studio.clip(studio.source(SampleCount{44'100 * 600}, constant(0, 0), false))}, seconds(1));
    return studio;
}

std::string deviceWith(PortAudioOut& out, const std::string& part)
{
    if (part.empty()) return {};
    for (const OutputDevice& device : out.devices())
        if (device.id.find(part) != std::string::npos) return device.id;
    return part;
}

int play(PortAudioOut& out, const std::string& wanted, int length)
{
    const Studio studio = twoTones();
    Player player{out, studio.opener()};
    player.setOutput({.device = deviceWith(out, wanted)});
    player.setProgramme(
        {std::make_shared<const Album>(studio.album), studio.album.editions.front().id, 0, {}});
    player.play(SamplePos{});
    player.awaitIdle();
    const auto begin = std::chrono::steady_clock::now(), end = begin + std::chrono::seconds{length};
    std::int64_t last = 0, back = 0;
    while (std::chrono::steady_clock::now() < end && player.isPlaying()) {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
        const std::int64_t at = player.positionHeard().value();
        if (at < last) ++back;
        last = at;
    }
    const PlayerStatus status = player.status();
    fmt::print("state {}\n", static_cast<int>(status.state));
    if (!status.reason.empty()) fmt::print("reason {}\n", status.reason);
    if (status.output)
        fmt::print("device {}\nrate {}\nproven {}\nlatency {}\n", status.output->device,
                   status.output->rate.hertz(), status.output->truth == RateTruth::proven ? 1 : 0,
                   status.output->latency.value());
    fmt::print("heard {}\nbackwards {}\nunderruns {}\ndropouts {}\n", last, back, status.underruns,
               out.dropouts());
    player.stop();
    return 0;
}

} // namespace

int main(int count, char** words)
{
    PortAudioOut out;
    const std::string what = count > 1 ? words[1] : "";
    if (what == "play" && count == 4) return play(out, words[2], std::atoi(words[3]));
    if (what != "list") return 2;
    for (const OutputDevice& device : out.devices())
        fmt::print("{}{}\t{} Hz\n", device.isDefault ? "* " : "  ", device.id, device.defaultRate.hertz());
    return 0;
}
