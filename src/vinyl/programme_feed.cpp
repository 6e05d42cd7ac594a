#include "vinyl/programme_feed.h"

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

ProgrammeFeed::ProgrammeFeed(SoundSource& sound, std::size_t readFrames, Ends ends)
    : sound_{sound}, length_{sound.length().value()}, ends_{ends}, read_(std::max<std::size_t>(readFrames, 1))
{
}

Result<ProgrammeFeed::Ends> ProgrammeFeed::endsOf(SoundSource& sound)
{
    const std::int64_t length = sound.length().value();
    const auto count =
        static_cast<std::size_t>(std::clamp<std::int64_t>(length, 0, sound.rate().hertz() / 20));
    std::vector<Frame> frames(count);
    const auto sizeOf = [](Frame f) { return std::max(std::fabs(f.left), std::fabs(f.right)); };
    // Quiet: less than a tenth of what is around.
    const auto isEven = [&](Frame edge) {
        double most = 0;
        for (const Frame f : frames) most = std::max(most, sizeOf(f));
        return sizeOf(edge) > most / 10;
    };
    if (count == 0) return Ends{};
    Ends ends;
    if (auto done = sound.read(SamplePos{}, frames); !done) return failure(std::move(done.error()));
    ends.evenStart = isEven(frames.front());
    if (auto done = sound.read(SamplePos{length - static_cast<std::int64_t>(count)}, frames); !done)
        return failure(std::move(done.error()));
    ends.evenEnd = isEven(frames.back());
    return ends;
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
    const bool even = before ? ends_.evenStart : ends_.evenEnd;
    // Even images turn about the last frame, odd ones about where silence would stand: 0 and length.
    const std::int64_t axis = before ? 0 : even ? 2 * (length_ - 1) : 2 * length_;
    const auto count = static_cast<std::int64_t>(out.size());
    const std::int64_t lowest = axis - (at + count - 1);
    if (auto done = sound_.read(SamplePos{lowest}, forward); !done) return done;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Frame f = forward[out.size() - 1 - i];
        out[i] = even ? f : Frame{-f.left, -f.right};
    }
    return {};
}

Status ProgrammeFeed::get(std::int64_t at, Block out)
{
    while (!out.empty()) {
        const std::int64_t next = at < 0         ? 0
                                  : at < length_ ? length_
                                                 : at + static_cast<std::int64_t>(out.size());
        const auto part =
            out.first(static_cast<std::size_t>(std::min(next - at, static_cast<std::int64_t>(out.size()))));
        const bool outside = at < 0 || at >= length_;
        if (auto done = outside ? mirrored(at, part) : inside(at, part); !done) return done;
        at += static_cast<std::int64_t>(part.size());
        out = out.subspan(part.size());
    }
    return {};
}

} // namespace segue::vinyl
