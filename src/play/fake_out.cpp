#include "play/fake_out.h"

#include <algorithm>

namespace segue {

std::vector<FloatFrame> FakeOut::pull(std::size_t frames, std::size_t buffer)
{
    const std::lock_guard lock{mutex_};
    std::vector<float> samples(2 * frames);
    for (std::size_t done = 0; done < frames && state_ == State::running;) {
        const std::size_t part = std::min(buffer, frames - done);
        callback_(std::span{samples}.subspan(2 * done, 2 * part));
        done += part;
        filled_ += static_cast<std::int64_t>(part);
    }
    std::vector<FloatFrame> pulled;
    if (state_ != State::running) return pulled;
    for (std::size_t i = 0; i < frames; ++i) pulled.push_back({samples[2 * i], samples[2 * i + 1]});
    recording_.insert(recording_.end(), pulled.begin(), pulled.end());
    return pulled;
}

std::vector<FloatFrame> FakeOut::recording() const
{
    const std::lock_guard lock{mutex_};
    return recording_;
}

void FakeOut::lose(std::string reason)
{
    const std::lock_guard lock{mutex_};
    reason_ = std::move(reason);
    state_ = State::lost;
}

OutputSettings FakeOut::lastSettings() const
{
    const std::lock_guard lock{mutex_};
    return settings_;
}

Result<OutputInfo> FakeOut::open(const OutputSettings& settings, OutputCallback callback)
{
    const std::lock_guard lock{mutex_};
    ++opened_;
    settings_ = settings;
    state_ = State::closed;
    if (behaviour_.refusal) return failure(*behaviour_.refusal);
    callback_ = std::move(callback);
    recording_.clear();
    reason_.clear();
    filled_ = 0;
    latency_ = behaviour_.latency.value();
    state_ = State::stopped;
    return OutputInfo{"Fake", behaviour_.onlyRate.value_or(settings.rate), behaviour_.truth,
                      behaviour_.latency};
}

Status FakeOut::start()
{
    state_ = State::running;
    return {};
}

void FakeOut::stop()
{
    const std::lock_guard lock{mutex_};
    if (state_ == State::running) state_ = State::stopped;
}

void FakeOut::close()
{
    const std::lock_guard lock{mutex_};
    state_ = State::closed;
    callback_ = nullptr;
}

std::string FakeOut::lossReason() const
{
    const std::lock_guard lock{mutex_};
    return reason_;
}

} // namespace segue
