#include "play/playout.h"

#include "play/play_list.h"

#include <bit>

namespace segue {

namespace {

// After an underrun the sound comes back when this much is there, or it would stutter.
constexpr std::int64_t resumeFrames = 4096;

void scale(PlayedFrame& frame, float gain)
{
    frame.left *= gain;
    frame.right *= gain;
}

float part(int of, int whole) { return static_cast<float>(of) / static_cast<float>(whole); }

constexpr std::uint64_t packed(float high, std::uint32_t low)
{
    return std::uint64_t{std::bit_cast<std::uint32_t>(high)} << 32 | low;
}
constexpr float highOf(std::uint64_t word)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(word >> 32));
}
constexpr float lowOf(std::uint64_t word) { return std::bit_cast<float>(static_cast<std::uint32_t>(word)); }

constexpr std::uint32_t modeMask = 0xFF, smallSpeakerBit = 0x100;

std::array<float, 4> matrixOf(std::uint64_t listening)
{
    const float gain = highOf(listening), half = gain * 0.5F;
    switch (static_cast<Listening::Mode>(static_cast<std::uint32_t>(listening) & modeMask)) {
    case Listening::Mode::mono: return {half, half, half, half};
    case Listening::Mode::side: return {half, -half, half, -half};
    case Listening::Mode::normal: break;
    }
    return {gain, 0, 0, gain};
}

std::size_t place(std::int64_t index)
{
    return static_cast<std::size_t>(index & (Playout::historyFrames - 1));
}

} // namespace

Playout::Playout()
    : takes_{std::make_unique<Take>(), std::make_unique<Take>()},
      history_{std::make_unique<std::array<Played, static_cast<std::size_t>(historyFrames)>>()}
{
    listen({});
    reset(cdRate);
}

void Playout::listen(const Listening& listening)
{
    listening_ =
        packed(static_cast<float>(listening.dim.gain()),
               static_cast<std::uint32_t>(listening.mode) | (listening.smallSpeaker ? smallSpeakerBit : 0));
}

void Playout::reset(SampleRate rate)
{
    ramp_ = static_cast<int>(nearestSamples(rampLength, rate).value());
    taken_ = resolved_ = handedSeen_ = handed_.load();
    for (const auto& take : takes_) take->ring.clear();
    now_ = leaving_ = nullptr;
    fadeLeft_ = gateLeft_ = resumeLeft_ = starveLeft_ = 0;
    starved_ = false;
    starvedNow_ = false;
    last_ = {};
    matrix_ = target_ = matrixOf(listening_);
    rate_ = rate;
    small_ = smallTarget_ = (listening_ & smallSpeakerBit) != 0 ? 1 : 0;
    speaker_.reset(rate);
    filled_ = 0;
}

HeardFrame Playout::played(std::int64_t index) const
{
    const Played& played = (*history_)[place(index)];
    const std::uint64_t sound = played.sound.load(std::memory_order_relaxed);
    const std::int64_t at = played.place.load(std::memory_order_relaxed);
    return {highOf(sound), lowOf(sound), SamplePos{at >> 1}, (at & 1) != 0};
}

std::optional<SamplePos> Playout::positionAt(std::int64_t index) const
{
    const std::int64_t end = filled();
    if (end == 0) return {};
    const std::int64_t known = std::clamp(index, std::max(std::int64_t{0}, end - historyFrames / 2), end - 1);
    const HeardFrame heard = played(known);
    if (!heard.playing) return {};
    return heard.position + SampleCount{index >= end ? 1 : 0};
}

void Playout::note(const Voice& voice, std::int64_t index)
{
    Played& played = (*history_)[place(index)];
    played.sound.store(packed(voice.frame.left, std::bit_cast<std::uint32_t>(voice.frame.right)),
                       std::memory_order_relaxed);
    played.place.store(voice.frame.position.value() * 2 + (voice.sounding ? 1 : 0),
                       std::memory_order_relaxed);
}

void Playout::fill(std::span<float> interleaved)
{
    handedSeen_ = handed_.load(std::memory_order_acquire);
    stoppedSeen_ = stopped_;
    target_ = matrixOf(listening_);
    smallTarget_ = (listening_ & smallSpeakerBit) != 0 ? 1 : 0;
    std::int64_t index = filled_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += 2) {
        const Voice voice = next();
        note(voice, index++);
        if (matrix_ != target_) slew();
        const float left = voice.frame.left, right = voice.frame.right;
        interleaved[i] = left * matrix_[0] + right * matrix_[1];
        interleaved[i + 1] = left * matrix_[2] + right * matrix_[3];
        if (small_ > 0 || smallTarget_ > 0) throughSmallSpeaker(interleaved[i], interleaved[i + 1]);
    }
    filled_.store(index, std::memory_order_release);
    // The other take is free when nothing is read from it any more.
    if (resolved_ == handedSeen_ && !leaving_ && (!now_ || now_ == takes_[resolved_ % 2].get()))
        taken_.store(resolved_, std::memory_order_release);
}

Playout::Voice Playout::next()
{
    if (resolved_ != handedSeen_) changeOver();
    if (now_ && now_->next() >= now_->end) finish();
    if (!now_ && !leaving_) return {.frame = {.position = reached()}};
    if (now_ && gateLeft_ == 0 && now_->play <= stoppedSeen_) gateLeft_ = ramp_;
    PlayedFrame frame{.position = last_.position};
    if (now_) frame = fromNow();
    if (leaving_) crossfade(frame);
    if (gateLeft_ > 0) {
        scale(frame, part(--gateLeft_, ramp_));
        if (gateLeft_ == 0) {
            leaving_ = nullptr;
            if (now_) finish();
        }
    }
    return {frame, true};
}

void Playout::changeOver()
{
    if (gateLeft_ > 0 || leaving_) return;
    Take& to = *takes_[handedSeen_ % 2];
    if (to.play <= stoppedSeen_ || (to.continues && !now_)) {
        resolved_ = handedSeen_;
        return;
    }
    if (to.continues) {
        // A take that was long in the making is entered where the old one is by now.
        const std::int64_t late = std::min(now_->next(), to.end) - to.first;
        if (late < 0 || late > to.ring.available()) return;
        if (late == to.ring.available() && to.first + late < to.end) return;
        to.ring.drop(late);
    }
    leaving_ = now_;
    leavingIsDry_ = starved_ || resumeLeft_ > 0;
    held_ = lastOut_;
    starved_ = false;
    starvedNow_ = false;
    resumeLeft_ = 0;
    now_ = &to;
    inStep_ = to.continues;
    if (!to.continues) last_.position = to.from - SampleCount{1};
    fadeLeft_ = ramp_;
    resolved_ = handedSeen_;
}

PlayedFrame Playout::fromNow()
{
    const std::int64_t available = now_->ring.available(), left = now_->end - now_->next();
    // Down to silence first, if it is back at once.
    const bool waits = starved_ && (starveLeft_ > 0 || available < std::min(left, resumeFrames));
    if (available == 0 || waits) {
        if (!starved_) {
            starved_ = true;
            starvedNow_ = true;
            ++underruns_;
            starveLeft_ = ramp_;
        }
        if (starveLeft_ > 0) --starveLeft_;
        PlayedFrame frame = last_;
        scale(frame, part(starveLeft_, ramp_));
        return lastOut_ = frame;
    }
    if (starved_) {
        starved_ = false;
        starvedNow_ = false;
        resumeLeft_ = ramp_;
    }
    PlayedFrame frame = now_->ring.peek(0);
    now_->ring.drop(1);
    last_ = frame;
    if (resumeLeft_ > 0) scale(frame, 1 - part(resumeLeft_--, ramp_));
    return lastOut_ = frame;
}

void Playout::crossfade(PlayedFrame& frame)
{
    --fadeLeft_;
    const float in = 1 - (static_cast<float>(fadeLeft_) + 0.5F) / static_cast<float>(ramp_);
    PlayedFrame old = held_; // a take that ran dry fades from where it was
    if (leaving_->next() >= leaving_->end) {
        old = {};
    } else if (!leavingIsDry_ && leaving_->ring.available() > 0) {
        old = held_ = leaving_->ring.peek(0);
        leaving_->ring.drop(1);
    }
    if (inStep_) { // exactly the same where both are
        frame.left = old.left + (frame.left - old.left) * in;
        frame.right = old.right + (frame.right - old.right) * in;
    } else {
        frame.left += old.left * (1 - in);
        frame.right += old.right * (1 - in);
    }
    if (fadeLeft_ == 0) leaving_ = nullptr;
}

void Playout::finish()
{
    reached_ = (last_.position + SampleCount{1}).value();
    finished_ = now_->play;
    now_ = nullptr;
    starved_ = false;
    starvedNow_ = false;
    resumeLeft_ = 0;
}

void Playout::slew()
{
    const float step = 1 / static_cast<float>(ramp_);
    for (std::size_t i = 0; i < matrix_.size(); ++i)
        matrix_[i] += std::clamp(target_[i] - matrix_[i], -step, step);
}

void Playout::throughSmallSpeaker(float& left, float& right)
{
    // It begins from silence, and comes in like everything else that is switched.
    if (small_ == 0) speaker_.reset(rate_);
    const float step = 1 / static_cast<float>(ramp_);
    small_ += std::clamp(smallTarget_ - small_, -step, step);
    const float heard = speaker_.next((left + right) * 0.5F);
    left += (heard - left) * small_;
    right += (heard - right) * small_;
}

} // namespace segue
