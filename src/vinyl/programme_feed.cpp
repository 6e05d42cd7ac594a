#include "vinyl/programme_feed.h"

#include <algorithm>

namespace segue::vinyl {

ProgrammeFeed::ProgrammeFeed(SoundSource& sound, std::size_t readFrames, Frame first, Frame last)
    : sound_{sound}, length_{sound.length().value()}, hardStart_{isHard(first)}, hardEnd_{isHard(last)},
      read_(std::max<std::size_t>(readFrames, 1))
{
}

Status ProgrammeFeed::inside(std::int64_t at, Block out)
{
    while (!out.empty()) {
        if (at < readAt_ || at >= readAt_ + static_cast<std::int64_t>(have_)) {
            if (auto done = sound_.read(SamplePos{at}, read_); !done) return done;
            readAt_ = at;
            have_ = read_.size();
        }
        const auto offset = static_cast<std::size_t>(at - readAt_);
        const std::size_t count = std::min(out.size(), have_ - offset);
        std::copy_n(read_.begin() + static_cast<std::ptrdiff_t>(offset), count, out.begin());
        at += static_cast<std::int64_t>(count);
        out = out.subspan(count);
    }
    return {};
}

// Frame by frame; only around the two ends.
Status ProgrammeFeed::mirrored(std::int64_t at, Block out)
{
    std::vector<Frame> forward(out.size());
    const bool before = at < 0;
    const bool hard = before ? hardStart_ : hardEnd_;
    // Odd images turn about the frame before which or at which silence would stand: 0 and length.
    const std::int64_t axis = before ? 0 : hard ? 2 * (length_ - 1) : 2 * length_;
    const auto count = static_cast<std::int64_t>(out.size());
    const std::int64_t lowest = axis - (at + count - 1);
    if (auto done = sound_.read(SamplePos{lowest}, forward); !done) return done;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Frame f = forward[out.size() - 1 - i];
        out[i] = hard ? f : Frame{-f.left, -f.right};
    }
    return {};
}

Status ProgrammeFeed::get(std::int64_t at, Block out)
{
    while (!out.empty()) {
        const std::int64_t next = at < 0 ? 0 : at < length_ ? length_ : at + static_cast<std::int64_t>(out.size());
        const auto part = out.first(static_cast<std::size_t>(
            std::min(next - at, static_cast<std::int64_t>(out.size()))));
        const bool outside = at < 0 || at >= length_;
        if (auto done = outside ? mirrored(at, part) : inside(at, part); !done) return done;
        at += static_cast<std::int64_t>(part.size());
        out = out.subspan(part.size());
    }
    return {};
}

} // namespace segue::vinyl
