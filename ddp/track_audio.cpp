#include "ddp/track_audio.h"

#include "core/hash.h"
#include "ddp/accurate_rip.h"
#include "ddp/pcm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace segue::ddp {

namespace {

/// Samples at full scale on the same side, in one channel.
class ClippedRuns {
public:
    void add(int value)
    {
        const int side = value >= ImageAudio::fullScale ? 1 : value <= -ImageAudio::fullScale ? -1 : 0;
        length_ = side != 0 && side == side_ ? length_ + 1 : side != 0 ? 1 : 0;
        side_ = side;
        if (length_ == ImageAudio::clippedLength) ++runs_;
    }
    [[nodiscard]] int runs() const { return runs_; }

private:
    int side_ = 0, runs_ = 0;
    std::int64_t length_ = 0;
};

} // namespace

struct ImageAudio::Track {
    std::int64_t first, end; ///< stereo samples of the image
    AccurateRip accurateRip;
    std::uint32_t crc = 0;
    std::int64_t leading = 0, trailing = 0;
    bool sounded = false;
    int peak = 0;
    std::array<ClippedRuns, 2> clipped{};

    void update(std::span<const std::byte> pcm)
    {
        accurateRip.update(pcm);
        crc = crc32Continue(crc, pcm);
        const std::size_t count = pcm.size() / bytesPerSample;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t sample = stereoSample(pcm, i);
            if (sample == 0) {
                ++(sounded ? trailing : leading);
                clipped[0].add(0);
                clipped[1].add(0);
                continue;
            }
            sounded = true;
            trailing = 0;
            const int left = leftOf(sample), right = rightOf(sample);
            peak = std::max({peak, std::abs(left), std::abs(right)});
            clipped[0].add(left);
            clipped[1].add(right);
        }
    }
};

ImageAudio::ImageAudio(const Disc& disc, CdFrameCount imageSectors)
{
    const std::int64_t imageEnd = imageSectors.value() * samplesPerCdFrame;
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        std::int64_t first = 0, end = 0;
        const bool last = i + 1 == disc.tracks.size();
        const auto& indexes = disc.tracks[i].indexes;
        if (!indexes.empty() && (last || !disc.tracks[i + 1].indexes.empty())) {
            const CdFramePos stop = last ? disc.leadOut : disc.tracks[i + 1].start();
            first = std::clamp<std::int64_t>(firstSample(indexes.front()).value(), 0, imageEnd);
            end = std::clamp<std::int64_t>(firstSample(stop).value(), first, imageEnd);
        }
        tracks_.push_back(
            {.first = first, .end = end, .accurateRip = AccurateRip{end - first, i == 0, last}});
    }
}

ImageAudio::~ImageAudio() = default;

void ImageAudio::update(std::span<const std::byte> bytes)
{
    if (!remainder_.empty()) {
        const std::size_t missing = std::min(bytesPerSample - remainder_.size(), bytes.size());
        remainder_.insert(remainder_.end(), bytes.begin(),
                          bytes.begin() + static_cast<std::ptrdiff_t>(missing));
        bytes = bytes.subspan(missing);
        if (remainder_.size() < bytesPerSample) return;
        take(remainder_);
        remainder_.clear();
    }
    const std::size_t whole = bytes.size() / bytesPerSample * bytesPerSample;
    take(bytes.first(whole));
    remainder_.assign(bytes.begin() + static_cast<std::ptrdiff_t>(whole), bytes.end());
}

void ImageAudio::take(std::span<const std::byte> pcm)
{
    const std::int64_t end = position_ + static_cast<std::int64_t>(pcm.size() / bytesPerSample);
    for (Track& track : tracks_) {
        const std::int64_t from = std::max(position_, track.first);
        const std::int64_t to = std::min(end, track.end);
        if (from >= to) continue;
        track.update(pcm.subspan(static_cast<std::size_t>(from - position_) * bytesPerSample,
                                 static_cast<std::size_t>(to - from) * bytesPerSample));
    }
    position_ = end;
}

std::vector<TrackAudio> ImageAudio::finish()
{
    std::vector<TrackAudio> result;
    result.reserve(tracks_.size());
    for (const Track& track : tracks_)
        result.push_back({.accurateRip1 = track.accurateRip.version1(),
                          .accurateRip2 = track.accurateRip.version2(),
                          .crc32 = fmt::format("{:08x}", track.crc),
                          .leadingSilence = track.leading,
                          .trailingSilence = track.sounded ? track.trailing : track.leading,
                          .silent = !track.sounded && track.end > track.first,
                          .peak = track.peak,
                          .clippedRuns = track.clipped[0].runs() + track.clipped[1].runs()});
    return result;
}

} // namespace segue::ddp
