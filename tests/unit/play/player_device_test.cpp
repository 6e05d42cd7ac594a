#include "unit/play/play_desk.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace segue;
using namespace segue::test;
using State = PlayerStatus::State;

namespace {

const FakeOut::Behaviour nothing{.refusal = Error{"No audio device was found"}, .devices = {}};

} // namespace

TEST_CASE("without a device the player says so, keeps its position, and plays when there is one")
{
    PlayDeskTop desk{varied(), nothing};
    CHECK(desk.out.devices().empty());
    desk.player.seek(SamplePos{5000});
    desk.player.play(SamplePos{7000});
    desk.player.work();
    CHECK(desk.state() == State::noDevice);
    CHECK(desk.player.status().reason == "No audio device was found");
    CHECK_FALSE(desk.player.isPlaying());
    CHECK(desk.heardAt() == 7000);
    desk.player.seek(SamplePos{9000});
    CHECK(desk.heardAt() == 9000);

    desk.out.behave({});
    desk.player.play(SamplePos{9000});
    desk.hear(1000);
    CHECK(desk.state() == State::playing);
    CHECK(desk.player.status().reason.empty());
    CHECK(desk.heardAt() == 10'000);
}

TEST_CASE("a device lost while playing: the default is opened once and goes on where the ear was")
{
    PlayDeskTop desk{varied(), {.latency = SampleCount{latency200}}};
    desk.player.setOutput({.device = "headphones"});
    desk.player.play(SamplePos{});
    desk.hear(50'000);
    CHECK(desk.out.lastSettings().device == "headphones");
    desk.out.lose("The device was unplugged");
    const auto on = desk.hear(30'000);
    CHECK(desk.out.opened() == 2);
    CHECK(desk.out.lastSettings().device.empty());
    CHECK(desk.state() == State::playing);
    CHECK(desk.player.status().reason == "The device was unplugged");
    const std::int64_t ear = 50'000 - latency200;
    CHECK(firstDifference(on, mixed(desk.studio, ear, ear + 30'000), ramp) == -1);
    CHECK(desk.heardAt() == ear + 30'000 - latency200);

    // Lost again: not for ever.
    desk.out.lose("The device stopped");
    desk.player.work();
    CHECK(desk.state() == State::lost);
    CHECK(desk.player.status().reason == "The device stopped");
    CHECK(desk.heardAt() == ear + 30'000 - latency200);
    CHECK(desk.out.opened() == 2);

    desk.player.play(SamplePos{desk.heardAt()});
    desk.hear(1000);
    CHECK(desk.state() == State::playing);
    CHECK(desk.out.lastSettings().device == "headphones");
}

TEST_CASE("a device lost with no other to be opened is a state with both reasons")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    desk.hear(5000);
    desk.out.behave(nothing);
    desk.out.lose("The device was unplugged");
    desk.player.work();
    CHECK(desk.state() == State::lost);
    CHECK(desk.player.status().reason ==
          "The device was unplugged; and no other device plays: No audio device was found");
    CHECK(desk.heardAt() == 5000);
}

TEST_CASE("another device takes over at the position heard")
{
    PlayDeskTop desk{varied(), {.latency = SampleCount{1000}}};
    desk.player.play(SamplePos{});
    desk.hear(20'000);
    desk.player.setOutput({.device = "monitors"});
    const auto on = desk.hear(20'000);
    CHECK(desk.out.lastSettings().device == "monitors");
    CHECK(firstDifference(on, mixed(desk.studio, 19'000, 39'000), ramp) == -1);
}

TEST_CASE("a device that refuses the edition's rate plays at its own, and the positions stay the edition's")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{200'000}, constant(0.5, 0.5), false))});
    PlayDeskTop desk{std::move(studio), {.onlyRate = SampleRate{48'000}}};
    desk.player.setMonitoring(Monitoring::asDelivered);
    desk.player.play(SamplePos{});
    desk.hear(48'000);
    CHECK(desk.heardAt() == 44'100);
    const PlayerStatus status = desk.player.status();
    CHECK_FALSE(status.atEditionRate);
    CHECK_FALSE(status.asDelivered);
    CHECK(status.output->rate == SampleRate{48'000});
    CHECK(std::abs(desk.hear(100).back().left - 0.5F) < 1e-6F);
    desk.player.stop();
    desk.hear(1000);
    CHECK(desk.heardAt() > 44'100);
    CHECK(desk.heardAt() < 44'600);
}

TEST_CASE("a disk that does not keep up is silence that is counted, and the sound comes back where it was")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    desk.player.work();
    const auto first = desk.out.pull(60'000, 600);         // more than is filled ahead
    const auto filled = static_cast<std::int64_t>(33'075); // 0.75 s
    CHECK(firstDifference({first.begin(), first.begin() + filled}, mixed(desk.studio, 0, filled)) == -1);
    CHECK(isSilent({first.begin() + filled + ramp, first.end()}));
    CHECK(desk.player.status().underruns == 1);
    CHECK(desk.state() == State::starved);
    CHECK(desk.heardAt() == filled);
    const auto on = desk.hear(10'000);
    CHECK(firstDifference(on, mixed(desk.studio, filled, filled + 10'000), ramp) == -1);
    CHECK(desk.state() == State::playing);
    CHECK(desk.player.status().underruns == 1);
}

TEST_CASE("a source that fails is silence with a sentence, and what comes after it is played")
{
    Studio studio = varied();
    FakeOut out;
    const SourceId broken = studio.album.sources[1].id;
    Player player{out,
                  [&](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
                      if (source.id == broken) return failure("The file is gone", source.path);
                      return studio.opener()(source);
                  },
                  Player::Work::byHand};
    player.setProgramme(programmeOf(studio));
    player.play(SamplePos{});
    std::vector<FloatFrame> all;
    for (int i = 0; i < 100; ++i) {
        player.work();
        const auto got = out.pull(1000);
        all.insert(all.end(), got.begin(), got.end());
    }
    CHECK(player.status().problem == "sound5.wav: The file is gone");
    CHECK(firstDifference({all.begin(), all.begin() + 30'788}, mixed(studio, 0, 30'788)) == -1);
    CHECK(firstDifference({all.begin() + 90'000, all.end()}, mixed(studio, 90'000, 100'000)) == -1);
}

TEST_CASE("what the player's thread throws ends the playing with a sentence, and playing can begin again")
{
    const Studio studio = varied();
    FakeOut out;
    bool full = true;
    Player player{out,
                  [&](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
                      if (full) throw std::runtime_error{"no more memory"};
                      return studio.opener()(source);
                  },
                  Player::Work::byHand};
    player.setProgramme(programmeOf(studio));
    player.play(SamplePos{});
    player.work();
    CHECK(player.status().problem == "Playing stopped: no more memory");
    CHECK_FALSE(player.isPlaying());
    CHECK(isSilent(out.pull(1000)));
    full = false;
    player.play(SamplePos{});
    player.work();
    CHECK(firstDifference(out.pull(10'000), mixed(studio, 0, 10'000)) == -1);
    CHECK(player.status().problem.empty());
}

TEST_CASE("an empty edition and no album at all play nothing and end at once")
{
    FakeOut out;
    const Studio empty;
    Player player{out, empty.opener(), Player::Work::byHand};
    player.play(SamplePos{100});
    player.work();
    CHECK(isSilent(out.pull(1000)));
    player.work();
    CHECK(player.status().state == State::stopped);
    player.setProgramme(programmeOf(empty));
    player.play(SamplePos{});
    player.work();
    CHECK(isSilent(out.pull(1000)));
    CHECK_FALSE(player.isPlaying());
    CHECK(player.positionHeard() == SamplePos{});
}
