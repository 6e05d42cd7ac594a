/// \file
/// Listening in on a file that somebody else reads: what comes in order is heard, what was left out is read
/// afterwards. So a file that is rendered or measured is fingerprinted and checked on the way.
#pragma once

#include "audio/audio_file.h"

#include <functional>
#include <mutex>

namespace segue {

/// Hears all frames of a file, each once, from the first to the last.
class FrameFollower {
public:
    explicit FrameFollower(SampleCount length) : length_{length.value()} {}
    virtual ~FrameFollower() = default;
    FrameFollower(const FrameFollower&) = delete;
    FrameFollower& operator=(const FrameFollower&) = delete;

    /// These frames were read at `at`, not before the first; `file` is who read them. A little that was left
    /// out is read from there; who reads far ahead, or while another is heard, is not heard. Any thread.
    [[nodiscard]] Status follow(SamplePos at, std::span<const Frame> frames, AudioFile& file);
    /// Reads what is left. \param read asked before each block, with its frames; an Error of it ends the
    /// reading
    /// \pre nobody else reads any more
    [[nodiscard]] Status readRest(AudioFile& file, const std::function<Status(SampleCount)>& read = {});
    /// How far it is. \pre nobody else reads it now
    [[nodiscard]] SamplePos position() const { return SamplePos{position_}; }

protected:
    /// The next frames, as the file holds them: denormals are kept.
    virtual void take(std::span<const Frame> frames) = 0;

private:
    [[nodiscard]] Status readTo(std::int64_t end, AudioFile& file,
                                const std::function<Status(SampleCount)>& read);

    std::int64_t length_, position_ = 0;
    std::mutex mutex_{};
};

/// The file, followed in all that is read of it.
[[nodiscard]] std::unique_ptr<AudioFile> followedFile(std::unique_ptr<AudioFile> file,
                                                      std::shared_ptr<FrameFollower> follower);

} // namespace segue
