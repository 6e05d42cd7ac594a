/// \file
/// A programme that has no edges: before its first frame and behind its last it goes on as its own mirror
/// image, so that filters are settled where it begins. A beginning near silence is mirrored with the sign
/// turned, which continues a sine; one in the middle of a wave (a hard edge) as it is, which makes no step.
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
    /// \param first, last the programme's first and last frame
    ProgrammeFeed(SoundSource& sound, std::size_t readFrames, Frame first, Frame last);
    /// Frames from `at` on, at most one mirror image away.
    [[nodiscard]] Status get(std::int64_t at, Block out);

private:
    [[nodiscard]] Status inside(std::int64_t at, Block out);
    [[nodiscard]] Status mirrored(std::int64_t at, Block out);

    SoundSource& sound_;
    std::int64_t length_;
    bool hardStart_, hardEnd_;
    std::vector<Frame> read_;
    std::int64_t readAt_ = 0;
    std::size_t have_ = 0;
};

} // namespace segue::vinyl
