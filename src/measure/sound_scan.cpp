#include "measure/sound_scan.h"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

namespace segue {

ScanJoiner::ScanJoiner(SampleRate rate, int channels, SampleCount length, bool withOverview)
    : sound_{.rate = rate, .channels = channels, .length = length}
{
    if (withOverview) overview_.emplace(channels, length);
    const std::int64_t hop = hopFrames(rate);
    sound_.hops.reserve(static_cast<std::size_t>((length.value() + hop - 1) / hop));
}

void ScanJoiner::emit(const ScannedPart::Run& run, int channel)
{
    if (run.length < clippedLength || channel >= sound_.channels) return;
    ++sound_.clippedRuns;
    sound_.clipped.push_back({run.begin, SampleCount{run.length}, channel});
}

void ScanJoiner::take(ScannedPart part)
{
    sound_.hops.insert(sound_.hops.end(), part.hops.begin(), part.hops.end());
    sound_.sums.add(part.sums);
    if (overview_) {
        for (const OverviewBuilder::Sums& bin : part.bins) overview_->take(bin);
        overview_->take(std::span<const Frame>{part.rest});
    }
    if (part.notFinite > 0) {
        if (sound_.notFinite == 0) sound_.firstNotFinite = part.firstNotFinite;
        sound_.notFinite += part.notFinite;
    }
    if (part.firstSound != part.soundEnd) {
        if (sound_.firstSound == sound_.soundEnd) sound_.firstSound = part.firstSound;
        sound_.soundEnd = part.soundEnd;
    }
    for (int channel = 0; channel < 2; ++channel) {
        const auto c = static_cast<std::size_t>(channel);
        ScannedPart::Run run = part.first[c];
        if (run.length > 0 && open_[c].length > 0 && run.positive == open_[c].positive) {
            run.begin = open_[c].begin;
            run.length += open_[c].length;
        } else {
            emit(open_[c], channel);
        }
        const bool all = part.first[c].length == part.length.value();
        if (!all) emit(run, channel);
        open_[c] = all ? run : part.last[c];
    }
    for (const ClippedRun& run : part.clipped) emit({run.begin, run.length.value(), false}, run.channel);
    // Only the first ones are kept; a part has few more than that.
    std::ranges::sort(sound_.clipped, {},
                      [](const ClippedRun& run) { return std::tuple{run.begin, run.channel}; });
    if (sound_.clipped.size() > mostClippedPlaces) sound_.clipped.resize(mostClippedPlaces);
}

ScannedSound ScanJoiner::sound()
{
    for (int channel = 0; channel < 2; ++channel)
        emit(std::exchange(open_[static_cast<std::size_t>(channel)], {}), channel);
    std::ranges::sort(sound_.clipped, {},
                      [](const ClippedRun& run) { return std::tuple{run.begin, run.channel}; });
    if (sound_.clipped.size() > mostClippedPlaces) sound_.clipped.resize(mostClippedPlaces);
    if (sound_.channels == 1) sound_.notFinite /= 2;
    return std::move(sound_);
}

Overview ScanJoiner::overview() const { return overview_ ? overview_->overview() : Overview{}; }

SoundScan::SoundScan(SampleRate rate, int channels, SampleCount length, bool withOverview)
    : rate_{rate}, withOverview_{withOverview}, length_{length.value()},
      part_{rate, SamplePos{}, withOverview}, joiner_{rate, channels, length, withOverview}
{
}

void SoundScan::nextPart()
{
    PartScan next{rate_, SamplePos{taken_}, withOverview_};
    next.runIn(part_.lastHop());
    joiner_.take(part_.finish(false));
    part_ = std::move(next);
}

void SoundScan::take(std::span<const Frame> frames)
{
    if (std::ssize(frames) > length_ - taken_)
        frames = frames.first(static_cast<std::size_t>(length_ - taken_));
    while (!frames.empty()) {
        // Only now: the last part must know that it is the last.
        if (part_.full()) nextPart();
        const Block room = part_.room();
        const std::size_t count = std::min(room.size(), frames.size());
        std::ranges::copy(frames.first(count), room.begin());
        part_.took(count);
        taken_ += static_cast<std::int64_t>(count);
        frames = frames.subspan(count);
    }
}

ScannedSound SoundScan::finish()
{
    joiner_.take(part_.finish(true));
    return joiner_.sound();
}

} // namespace segue
