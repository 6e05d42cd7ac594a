#include "play/feeder.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <string>

namespace segue {

namespace {

constexpr Duration filledAhead = milliseconds(750);
// Between the sound of an edit and the edit: enough to render it.
constexpr Duration changeAhead = milliseconds(50);
// What must be there before it is handed over.
constexpr Duration leadToStart = milliseconds(100);
constexpr std::int64_t chunkFrames = 1024;

float sampleOf(double value) { return std::isfinite(value) ? static_cast<float>(value) : 0.0F; }

SampleCount soundIn(const PlaySegment& segment) { return segment.end - segment.begin; }

} // namespace

Feeder::Feeder(PlayDesk& desk, Playout& playout, AudioOut& out, SourceOpener open)
    : desk_{desk}, playout_{playout}, out_{out}, open_{std::move(open)}
{
}

bool Feeder::step()
{
    PlayWish wish;
    {
        const std::lock_guard lock{desk_.mutex};
        wish = desk_.wish;
    }
    try {
        return work(wish);
    } catch (const std::exception& error) { // memory, most of all: the album must not go down with the sound
        playing_.reset();
        sound_.reset();
        playout_.stopUpTo(wish.play);
        const std::lock_guard lock{desk_.mutex};
        desk_.wish.playing =
            desk_.wish.playing && desk_.wish.play != wish.play; // what was asked for since goes on
        desk_.report.problem = std::string{"Playing stopped: "} + error.what();
        return false;
    }
}

bool Feeder::work(const PlayWish& wish)
{
    if (keepOutput(wish)) return true;
    if (!wish.playing || !isOpen_ || playout_.finished() >= wish.play) {
        playing_.reset();
        return false;
    }
    if (!playing_ || playing_->play != wish.play) return begin(wish, false);
    const bool changed = playing_->programmeVersion != wish.programmeVersion ||
                         playing_->orderVersion != wish.orderVersion ||
                         playing_->monitoring != wish.monitoring;
    if (changed && playing_->handedOver && begin(wish, true)) return true;
    return feed(playing_->handedOver ? playout_.current() : playout_.spare());
}

void Feeder::close() { closeOutput(); }

// Whether the wish or the output changed, so that the next step begins anew.
bool Feeder::keepOutput(const PlayWish& wish)
{
    if (isOpen_ && out_.state() == AudioOut::State::lost) {
        lose(wish, out_.lossReason());
        return true;
    }
    const bool other = wish.outputVersion != outputVersion_ || wish.programme.render.rate != askedRate_;
    if (isOpen_ && other) {
        const std::optional<SamplePos> at = playout_.positionAt(out_.framesHeard());
        closeOutput();
        if (at && wish.playing)
            resumeAt(wish, nearestSample(nearestInstant(*at, editionRate_), wish.programme.render.rate),
                     false);
        return true;
    }
    if (isOpen_ || !wish.playing) return false;
    openOutput(wish, wish.reopens > 0 ? std::string{} : wish.output.device);
    return true;
}

void Feeder::openOutput(const PlayWish& wish, const std::string& device)
{
    OutputSettings settings = wish.output;
    settings.device = device;
    settings.rate = editionRate_ = askedRate_ = wish.programme.render.rate;
    outputVersion_ = wish.outputVersion;
    auto opened = out_.open(settings, [this](std::span<float> out) { playout_.fill(out); });
    Status started{};
    if (opened) {
        rate_ = opened->rate;
        playout_.reset(rate_);
        started = out_.start();
        isOpen_ = started.has_value();
        if (!isOpen_) out_.close();
    }
    const std::lock_guard lock{desk_.mutex};
    if (isOpen_) {
        desk_.report.output = *opened;
        return;
    }
    const std::string why = sentence(opened ? started.error() : opened.error());
    desk_.report.output.reset();
    (wish.reopens > 0 ? desk_.report.lost : desk_.report.noDevice) = true;
    desk_.report.reason =
        desk_.report.reason.empty() ? why : desk_.report.reason + "; and no other device plays: " + why;
    if (desk_.wish.play == wish.play) desk_.wish.playing = false;
}

void Feeder::closeOutput()
{
    if (!isOpen_) return;
    out_.close();
    isOpen_ = false;
    playing_.reset();
    playout_.reset(rate_);
    const std::lock_guard lock{desk_.mutex};
    desk_.report.output.reset();
}

void Feeder::lose(const PlayWish& wish, const std::string& why)
{
    const std::optional<SamplePos> at = playout_.positionAt(out_.framesHeard());
    const bool wasPlaying = wish.playing && playout_.finished() < wish.play;
    closeOutput();
    {
        const std::lock_guard lock{desk_.mutex};
        desk_.report.reason = why;
        desk_.report.lost = !wasPlaying || wish.reopens > 0;
        if (desk_.report.lost && desk_.wish.play == wish.play) {
            desk_.wish.playing = false;
            if (at) {
                desk_.cue = *at;
                desk_.cueAfter = wish.play;
            }
            return;
        }
    }
    resumeAt(wish, at.value_or(wish.from), true);
}

// A list begins anew: where in it the sound was is gone with the output.
void Feeder::resumeAt(const PlayWish& wish, SamplePos at, bool reopening)
{
    const std::lock_guard lock{desk_.mutex};
    if (desk_.wish.play != wish.play || !desk_.wish.playing) return;
    if (reopening) ++desk_.wish.reopens;
    desk_.wish.from = desk_.cue = at;
    desk_.cueAfter = desk_.wish.play++;
}

SamplePos Feeder::toStream(SamplePos at) const
{
    return rate_ == editionRate_ ? at : nearestSample(nearestInstant(at, editionRate_), rate_);
}
SamplePos Feeder::toEdition(SamplePos at) const
{
    return rate_ == editionRate_ ? at : nearestSample(nearestInstant(at, rate_), editionRate_);
}

PlayList Feeder::streamList(PlayList list) const
{
    for (PlaySegment& segment : list.segments) {
        segment.begin = toStream(segment.begin);
        segment.end = toStream(segment.end);
        segment.silenceAfter = toStream(SamplePos{} + segment.silenceAfter) - SamplePos{};
    }
    return list;
}

void Feeder::keepSound(const PlayWish& wish)
{
    if (!sound_ || soundVersion_ != wish.programmeVersion || soundRate_ != rate_) {
        sound_ = std::make_unique<ProgrammeSound>(wish.programme, rate_, open_);
        soundVersion_ = wish.programmeVersion;
        soundRate_ = rate_;
    }
    const std::lock_guard lock{desk_.mutex};
    desk_.report.delivers = wish.monitoring == Monitoring::asDelivered && sound_->canDeliver();
}

// Whether a take was begun; if not, the callback has yet to free one.
bool Feeder::begin(const PlayWish& wish, bool continues)
{
    if (!playout_.isSpareFree()) return false;
    keepSound(wish);
    const SampleCount length = lengthOf(wish.programme, editionRate_);
    Playing made{.play = wish.play,
                 .programmeVersion = wish.programmeVersion,
                 .orderVersion = wish.orderVersion,
                 .monitoring = wish.monitoring};
    if (continues) {
        const Take& current = playout_.current();
        made.next = current.next() + inStream(changeAhead).value();
        const auto place = placeAfter(playing_->list, made.next - playing_->begun);
        if (!place || made.next >= current.end) { // it will be over before the change
            made.next = playing_->next;
            made.begun = playing_->begun;
            made.list = playing_->list;
            made.handedOver = true;
            playing_ = made;
            return true;
        }
        if (wish.list) {
            made.list = playing_->list;
            made.begun = playing_->begun;
        } else {
            const PlaySegment& segment = playing_->list.segments[place->segment];
            made.list = playFrom(toEdition(segment.begin + place->into), length, wish.loop);
            made.list.segments.front().rampIn = false;
            made.list = streamList(std::move(made.list));
            made.begun = made.next;
        }
    } else {
        made.list = streamList(wish.list ? *wish.list : playFrom(wish.from, length, wish.loop));
    }
    const std::optional<std::int64_t> frames = framesIn(made.list);
    Take& take = playout_.spare();
    take.ring.clear();
    take.play = made.play;
    take.first = made.next;
    take.from = wish.from;
    take.end = frames ? made.begun + *frames : Take::never;
    take.continues = continues;
    playing_ = std::move(made);
    return true;
}

// Whether there is more to do at once.
bool Feeder::feed(Take& take)
{
    Playing& now = *playing_;
    const std::int64_t ahead =
        std::min(inStream(filledAhead).value(), static_cast<std::int64_t>(Take::frames));
    const std::int64_t room = ahead - (take.ring.written() - take.ring.read());
    const bool more = room > 0 && now.next < take.end;
    if (more) render(take, static_cast<std::size_t>(std::min({room, chunkFrames, take.end - now.next})));
    if (now.handedOver) return more;
    const std::int64_t enteredAt = take.continues ? std::max(take.first, playout_.current().next()) : 0;
    if (more && now.next < take.end && take.filledTo() - enteredAt < inStream(leadToStart).value())
        return true;
    playout_.handOver();
    now.handedOver = true;
    return more;
}

void Feeder::render(Take& take, std::size_t frames)
{
    Playing& now = *playing_;
    const PlayPlace place = *placeAfter(now.list, now.next - now.begun);
    const PlaySegment& segment = now.list.segments[place.segment];
    const std::int64_t into = place.into.value(), sound = soundIn(segment).value();
    const std::int64_t left = (into < sound ? sound : sound + segment.silenceAfter.value()) - into;
    frames = std::min(frames, static_cast<std::size_t>(left));
    frames_.assign(frames, {});
    played_.resize(frames);
    if (into < sound) {
        auto done = sound_->read(segment, now.monitoring, segment.begin + place.into, frames_);
        if (!done) {
            const std::lock_guard lock{desk_.mutex};
            desk_.report.problem = sentence(done.error());
        }
    }
    const std::int64_t ramp = std::min(inStream(rampLength).value(), std::max(sound / 2, std::int64_t{1}));
    const auto rampAt = [&](std::int64_t i) {
        return i < ramp ? (static_cast<double>(i) + 0.5) / static_cast<double>(ramp) : 1.0;
    };
    const double heardAt = segment.gain.gain();
    for (std::size_t i = 0; i < frames; ++i) {
        const std::int64_t at = into + static_cast<std::int64_t>(i);
        double gain = heardAt;
        if (segment.rampIn) gain *= rampAt(at);
        if (segment.rampOut) gain *= rampAt(std::max(sound - 1 - at, std::int64_t{0}));
        played_[i] = {sampleOf(frames_[i].left * gain), sampleOf(frames_[i].right * gain),
                      toEdition(segment.begin + SampleCount{std::min(at, sound)})};
    }
    now.next += static_cast<std::int64_t>(take.ring.write(played_));
}

} // namespace segue
