#include "play/player.h"

#include "play/feeder.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace segue {

namespace {

// How often the takes are looked at: short beside what is filled ahead. The callback cannot wake anybody.
constexpr std::chrono::milliseconds patience{10};

} // namespace

struct Player::Machine {
    PlayDesk desk{};
    Playout playout{};
    AudioOut& out;
    Feeder feeder;
    std::int64_t heardTaken = 0;
    // Under the desk's mutex.
    bool quit = false;
    std::uint64_t asked = 0, answered = 0; ///< awaitIdle()
    std::condition_variable idle{};
    std::jthread thread{};

    Machine(AudioOut& where, SourceOpener open) : out{where}, feeder{desk, playout, where, std::move(open)} {}

    template <class Change>
    void change(Change change)
    {
        {
            const std::lock_guard lock{desk.mutex};
            change(desk.wish);
        }
        desk.news.notify_one();
    }
    // Under the mutex.
    void begin(SamplePos at)
    {
        desk.cue = at;
        desk.cueAfter = desk.wish.play++;
        desk.wish.playing = true;
        desk.wish.from = at;
        desk.wish.reopens = 0;
        desk.report = {.output = desk.report.output, .delivers = desk.report.delivers};
    }
    [[nodiscard]] bool isPlaying() const { return desk.wish.playing && playout.finished() < desk.wish.play; }

    void run()
    {
        std::unique_lock lock{desk.mutex};
        while (!quit) {
            const std::uint64_t asking = asked, play = desk.wish.play;
            lock.unlock();
            const bool more = feeder.step();
            lock.lock();
            if (more) continue;
            answered = asking;
            idle.notify_all();
            desk.news.wait_for(lock, patience,
                               [&] { return quit || asked != asking || play != desk.wish.play; });
        }
    }
};

Player::Player(AudioOut& out, SourceOpener open, Work work)
    : machine_{std::make_unique<Machine>(out, std::move(open))}
{
    if (work == Work::onOwnThread) machine_->thread = std::jthread{[m = machine_.get()] { m->run(); }};
}

Player::~Player()
{
    machine_->change([&](PlayWish&) { machine_->quit = true; });
    if (machine_->thread.joinable()) machine_->thread.join();
    machine_->feeder.close();
}

void Player::setProgramme(Programme programme)
{
    machine_->change([&](PlayWish& wish) {
        wish.programme = std::move(programme);
        ++wish.programmeVersion;
    });
}

void Player::setOutput(OutputSettings output)
{
    machine_->change([&](PlayWish& wish) {
        wish.output = std::move(output);
        wish.reopens = 0;
        ++wish.outputVersion;
    });
}

void Player::setMonitoring(Monitoring monitoring)
{
    machine_->change([&](PlayWish& wish) { wish.monitoring = monitoring; });
}

void Player::listen(const Listening& listening) { machine_->playout.listen(listening); }

void Player::play(SamplePos from)
{
    machine_->change([&](PlayWish& wish) {
        wish.list.reset();
        machine_->begin(from);
    });
}

void Player::play(PlayList list)
{
    machine_->change([&](PlayWish& wish) {
        const SamplePos from = list.segments.empty() ? wish.from : list.segments.front().begin;
        wish.list = std::move(list);
        machine_->begin(from);
    });
}

void Player::stop()
{
    machine_->change([&](PlayWish& wish) {
        wish.playing = false;
        machine_->playout.stopUpTo(wish.play);
    });
}

void Player::seek(SamplePos at)
{
    machine_->change([&](PlayWish& wish) {
        if (machine_->isPlaying()) {
            wish.list.reset();
            machine_->begin(at);
        } else {
            machine_->desk.cue = at;
            machine_->desk.cueAfter = wish.play;
        }
    });
}

void Player::setLoop(std::optional<PlayRange> loop)
{
    machine_->change([&](PlayWish& wish) {
        wish.loop = loop;
        ++wish.orderVersion;
    });
}

PlayerStatus Player::status() const
{
    const std::lock_guard lock{machine_->desk.mutex};
    const PlayReport& report = machine_->desk.report;
    PlayerStatus status{.reason = report.reason,
                        .problem = report.problem,
                        .output = report.output,
                        .asDelivered = report.delivers,
                        .underruns = machine_->playout.underruns()};
    using State = PlayerStatus::State;
    if (machine_->isPlaying())
        status.state = machine_->playout.starved() ? State::starved : State::playing;
    else if (report.lost)
        status.state = State::lost;
    else if (report.noDevice)
        status.state = State::noDevice;
    status.atEditionRate = !report.output || report.output->rate == machine_->desk.wish.programme.render.rate;
    return status;
}

bool Player::isPlaying() const
{
    const std::lock_guard lock{machine_->desk.mutex};
    return machine_->isPlaying();
}

SamplePos Player::positionHeard() const
{
    const auto heard = machine_->playout.positionAt(machine_->out.framesHeard());
    if (heard) return *heard;
    const std::lock_guard lock{machine_->desk.mutex};
    const Playout& playout = machine_->playout;
    return playout.finished() > machine_->desk.cueAfter ? playout.reached() : machine_->desk.cue;
}

std::size_t Player::takeHeard(std::span<HeardFrame> into)
{
    const Playout& playout = machine_->playout;
    const std::int64_t end = std::min(machine_->out.framesHeard(), playout.filled());
    std::int64_t& taken = machine_->heardTaken;
    if (taken > end) taken = 0; // the output was opened anew
    taken = std::max(taken, end - Playout::historyFrames / 2);
    std::size_t count = 0;
    while (count < into.size() && taken < end) into[count++] = playout.played(taken++);
    return count;
}

void Player::work()
{
    while (machine_->feeder.step()) {
    }
}

void Player::awaitIdle()
{
    std::unique_lock lock{machine_->desk.mutex};
    const std::uint64_t mine = ++machine_->asked;
    machine_->desk.news.notify_one();
    machine_->idle.wait(lock, [&] { return machine_->answered >= mine; });
}

} // namespace segue
