/// \file
/// A programme that has no edges: before its first frame and behind its last it goes on as its own mirror
/// image, so that filters are settled where it begins. A beginning that is quiet beside the sound around it
/// is mirrored with the sign turned, which continues a sine; one in the middle of a wave as it is: no step.
#pragma once

#include "audio/sound_source.h"

#include <vector>

namespace segue::vinyl {

/// -60 dBFS: a first or last sample above it is a hard edge.
inline constexpr double hardEdge = 0.001;
[[nodiscard]] inline bool isHard(Frame f)
{
    return f.left > hardEdge || f.left < -hardEdge || f.right > hardEdge || f.right < -hardEdge;
}

class ProgrammeFeed {
public:
    /// How an end goes on.
    struct Ends {
        bool evenStart = false, evenEnd = false;
    };
    /// Looks at the first and last 50 ms.
    [[nodiscard]] static Result<Ends> endsOf(SoundSource& sound);

    ProgrammeFeed(SoundSource& sound, std::size_t readFrames, Ends ends);
    /// Frames from `at` on, at most one mirror image away.
    [[nodiscard]] Status get(std::int64_t at, Block out);

private:
    [[nodiscard]] Status inside(std::int64_t at, Block out);
    [[nodiscard]] Status mirrored(std::int64_t at, Block out);

    SoundSource& sound_;
    std::int64_t length_;
    Ends ends_;
    std::vector<Frame> read_;
    std::int64_t readAt_ = 0;
    std::size_t have_ = 0;
};

} // namespace segue::vinyl
