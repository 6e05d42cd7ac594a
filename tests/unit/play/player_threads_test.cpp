#include "unit/play/play_desk.h"

#include "support/allocations.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

using namespace segue;
using namespace segue::test;
using State = PlayerStatus::State;

namespace {

// Reads of the file wait while it is closed, as those of a server that does not answer.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool open = true, waiting = false;

    void pass()
    {
        std::unique_lock lock{mutex};
        waiting = !open;
        changed.notify_all();
        changed.wait(lock, [&] { return open; });
        waiting = false;
    }
    void set(bool isOpen)
    {
        const std::lock_guard lock{mutex};
        open = isOpen;
        changed.notify_all();
    }
    void awaitWaiting()
    {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return waiting; });
    }
};

} // namespace

TEST_CASE("a file that does not answer holds up neither the callback nor the caller")
{
    Studio studio = varied();
    Gate gate;
    for (auto& [id, formula] : studio.formulas)
        formula = [&gate, inner = formula](std::int64_t at) {
            if (at % 512 == 0) gate.pass();
            return inner(at);
        };
    FakeOut out;
    Player player{out, studio.opener()};
    player.setProgramme(programmeOf(studio));
    player.play(SamplePos{});
    player.awaitIdle();
    gate.set(false);
    const auto filled = out.pull(33'075);
    CHECK(firstDifference(filled, mixed(varied(), 0, 33'075)) == -1);
    gate.awaitWaiting();
    // The player's thread hangs in a read. All of this returns.
    CHECK(isSilent({[&] {
        auto rest = out.pull(40'000);
        return std::vector<FloatFrame>{rest.end() - 1000, rest.end()};
    }()}));
    CHECK(player.status().state == State::starved);
    player.listen({Listening::Mode::mono, {}});
    player.setLoop(PlayRange{SamplePos{}, SamplePos{1000}});
    player.setProgramme(programmeOf(studio));
    player.seek(SamplePos{50'000});
    player.stop();
    CHECK(isSilent(out.pull(1000)));
    CHECK(player.status().state == State::stopped);
    gate.set(true);
    player.setLoop({});
    player.listen({});
    player.play(SamplePos{60'000});
    player.awaitIdle();
    out.pull(500);
    player.awaitIdle();
    const auto again = out.pull(20'000);
    CHECK(firstDifference(again, mixed(varied(), 60'500, 80'500)) == -1);
}

TEST_CASE("the callback allocates nothing, whatever happens to the player")
{
    if (!allocationsAreCounted) return; // a sanitizer has its own operator new
    PlayDeskTop desk{varied()};
    std::vector<float> samples(2048);
    std::int64_t before = allocationsHere();
    const auto unique = std::make_unique<int>(1);
    REQUIRE(allocationsHere() == before + 1);

    Playout playout;
    for (int round = 0; round < 3; ++round) {
        Take& take = playout.spare();
        take.ring.clear();
        take.play = static_cast<std::uint64_t>(round / 2 + 1);
        take.first = round % 2 == 0 ? 0 : 3000;
        take.continues = round % 2 == 1;
        take.ring.write(std::vector<PlayedFrame>(20'000, PlayedFrame{0.5F, 0.5F, {}}));
        playout.handOver();
        playout.listen({Listening::Mode::side, Decibels{-3.0 * round}});
        before = allocationsHere();
        for (int i = 0; i < 4; ++i) playout.fill(samples);
        CHECK(allocationsHere() == before);
        CHECK(playout.isSpareFree());
    }
    before = allocationsHere();
    for (int i = 0; i < 30; ++i) playout.fill(samples); // runs dry
    playout.stopUpTo(9);
    for (int i = 0; i < 3; ++i) playout.fill(samples);
    CHECK(allocationsHere() == before);
    CHECK(playout.underruns() == 1);
    CHECK(playout.finished() == 2);
}

TEST_CASE("device, player and window at work at the same time keep the sound in order")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{3'000'000}, slowSine(), false))});
    FakeOut out{{.latency = SampleCount{2000}}};
    Player player{out, studio.opener()};
    const Programme programme = programmeOf(studio);
    player.setProgramme(programme);
    player.play(SamplePos{});
    player.awaitIdle();
    std::latch begun{1};
    std::jthread device{[&](const std::stop_token& quit) {
        bool first = true;
        while (!quit.stop_requested()) {
            out.pull(256);
            if (std::exchange(first, false)) begun.count_down();
        }
    }};
    begun.wait();
    std::vector<HeardFrame> heard(4096);
    for (std::int64_t i = 0; i < 200; ++i) {
        switch (i % 5) {
        case 0: player.setProgramme(programme); break;
        case 1: player.seek(SamplePos{i * 10'000}); break;
        case 2: player.setLoop(PlayRange{SamplePos{i * 10'000}, SamplePos{i * 10'000 + 4410}}); break;
        case 3: player.stop(); break;
        default: player.play(SamplePos{i * 9'000});
        }
        CHECK(player.positionHeard() >= SamplePos{});
        CHECK(player.positionHeard() <= SamplePos{3'000'588});
        player.takeHeard(heard);
        if (i % 10 == 9) player.awaitIdle();
    }
    player.stop();
    device.request_stop();
    device.join();
    // Underruns' ramps and crossfades, but no step; the loop is ten periods of the sine.
    CHECK(largestStep(out.recording()) < 0.03F);
}
