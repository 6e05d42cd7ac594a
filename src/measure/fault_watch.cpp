#include "measure/fault_watch.h"

#include "audio/followed_file.h"
#include "measure/fault_finder.h"
#include "measure/file_faults.h"

#include <optional>
#include <utility>

namespace segue {

/// Lets go of its finder as soon as the last frame was heard: an album has many sources.
class FaultWatch::Follower final : public FrameFollower {
public:
    Follower(const AudioFileInfo& info, const FaultThresholds& thresholds)
        : FrameFollower{info.length}, shape_{shapeOf(info)}, thresholds_{thresholds}
    {
    }
    [[nodiscard]] Result<Faults> finish(AudioFile& file, const std::function<Status(SampleCount)>& read)
    {
        if (auto s = readRest(file, read); !s) return failure(std::move(s.error()));
        return std::move(faults_);
    }

private:
    void take(std::span<const Frame> frames) override
    {
        if (!finder_) finder_.emplace(shape_, thresholds_);
        finder_->take(frames);
        taken_ += SampleCount{std::ssize(frames)};
        if (taken_ < shape_.length) return;
        faults_ = finder_->finish();
        finder_.reset();
    }

    SoundShape shape_;
    FaultThresholds thresholds_;
    SampleCount taken_{};
    std::optional<FaultFinder> finder_{};
    Faults faults_{};
};

FaultWatch::FaultWatch(SourceOpener open, const FaultThresholds& thresholds)
    : open_{std::move(open)}, thresholds_{thresholds}
{
}
FaultWatch::~FaultWatch() = default;

std::shared_ptr<FaultWatch::Follower> FaultWatch::followerOf(const Source& source, const AudioFile& file)
{
    const std::scoped_lock lock{mutex_};
    auto& follower = followers_[source.id];
    if (!follower) follower = std::make_shared<Follower>(file.info(), thresholds_);
    return follower;
}

SourceOpener FaultWatch::opener()
{
    return [this](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        auto file = open_(source);
        if (!file) return file;
        auto follower = followerOf(source, **file);
        return followedFile(std::move(*file), std::move(follower));
    };
}

Result<Faults> FaultWatch::faultsOf(const Source& source, const std::function<Status(SampleCount)>& read)
{
    auto file = open_(source);
    if (!file) return failure(std::move(file.error()));
    const auto follower = followerOf(source, **file);
    // Straight into the finder, without a copy.
    if (follower->position() == SamplePos{}) return findFaults(**file, thresholds_, read);
    return follower->finish(**file, read);
}

} // namespace segue
