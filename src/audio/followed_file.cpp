#include "audio/followed_file.h"

#include "audio/denormals.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t blockFrames = 4096;
// What is read and heard at once: it stays in the processor's nearest caches.
constexpr std::size_t heardFrames = 2048;
// A reader that leaves out less than this is followed: a clip that begins a little inside its file.
constexpr std::int64_t longestGap = 1 << 20;

/// Tells a follower of everything that is read.
class FollowedFile final : public AudioFile {
public:
    FollowedFile(std::unique_ptr<AudioFile> file, std::shared_ptr<FrameFollower> follower)
        : file_{std::move(file)}, follower_{std::move(follower)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return file_->rate(); }
    [[nodiscard]] SampleCount length() const override { return file_->length(); }
    [[nodiscard]] const AudioFileInfo& info() const override { return file_->info(); }
    [[nodiscard]] const FileStat& stat() const override { return file_->stat(); }
    [[nodiscard]] std::string name() const override { return file_->name(); }
    [[nodiscard]] std::optional<StatedChecksum> statedChecksum() const override
    {
        return file_->statedChecksum();
    }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        // A render treats denormals as zero; who follows wants what the file holds.
        const DenormalsOn guard;
        for (; !out.empty(); out = out.subspan(std::min(out.size(), heardFrames))) {
            const Block part = out.first(std::min(out.size(), heardFrames));
            if (auto s = file_->read(at, part); !s) return s;
            const std::int64_t outside = std::clamp<std::int64_t>(-at.value(), 0, std::ssize(part));
            if (auto s = follower_->follow(at + SampleCount{outside},
                                           part.subspan(static_cast<std::size_t>(outside)), *file_);
                !s)
                return s;
            at += SampleCount{std::ssize(part)};
        }
        return {};
    }

private:
    std::unique_ptr<AudioFile> file_;
    std::shared_ptr<FrameFollower> follower_;
};

} // namespace

Status FrameFollower::follow(SamplePos at, std::span<const Frame> frames, AudioFile& file)
{
    const std::unique_lock lock{mutex_, std::try_to_lock};
    // Somebody else is reading it too: who comes in order is followed, the other one not.
    if (!lock) return {};
    const std::int64_t end = std::min(length_, at.value() + std::ssize(frames));
    const std::int64_t gap = at.value() - position_;
    // Behind the end there is nothing to hear, only silence.
    if (end <= at.value() || end <= position_ || gap > longestGap) return {};
    if (gap > 0)
        if (auto s = readTo(at.value(), file, {}); !s) return s;
    const auto begin = static_cast<std::size_t>(position_ - at.value());
    take(frames.first(static_cast<std::size_t>(end - at.value())).subspan(begin));
    position_ = end;
    return {};
}

Status FrameFollower::readRest(AudioFile& file, const std::function<Status(SampleCount)>& read)
{
    return readTo(length_, file, read);
}

Status FrameFollower::readTo(std::int64_t end, AudioFile& file,
                             const std::function<Status(SampleCount)>& read)
{
    if (position_ >= end) return {};
    const DenormalsOn guard;
    std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
    while (position_ < end) {
        const std::int64_t count = std::min(blockFrames, end - position_);
        if (read)
            if (auto s = read(SampleCount{count}); !s) return s;
        const Block part = Block{block}.first(static_cast<std::size_t>(count));
        if (auto s = file.read(SamplePos{position_}, part); !s) return s;
        take(part);
        position_ += count;
    }
    return {};
}

std::unique_ptr<AudioFile> followedFile(std::unique_ptr<AudioFile> file,
                                        std::shared_ptr<FrameFollower> follower)
{
    return std::make_unique<FollowedFile>(std::move(file), std::move(follower));
}

} // namespace segue
