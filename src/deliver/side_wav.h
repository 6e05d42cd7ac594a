/// \file
/// A record side as a WAV file of 24 bits with marks (docs/formats/side-files.md): the bytes around its
/// audio, and a reader that knows nothing of how they were made. RF64 where RIFF's 32 bits are not enough.
#pragma once

#include "core/file_ops.h"
#include "core/units.h"

#include <string>
#include <vector>

namespace segue {

struct SideMark {
    SamplePos at{};
    std::string label{}; ///< UTF-8
    [[nodiscard]] friend bool operator==(const SideMark&, const SideMark&) = default;
};
/// What the file says besides its samples.
struct SideWav {
    SampleRate rate{};
    SampleCount frames{};
    std::vector<SideMark> marks{}; ///< ascending
    [[nodiscard]] friend bool operator==(const SideWav&, const SideWav&) = default;
};

/// What stands before and behind the frames * 6 bytes of audio.
struct SideWavBytes {
    std::vector<std::byte> head, tail;
    [[nodiscard]] std::int64_t size(SampleCount frames) const
    {
        return std::ssize(head) + frames.value() * 6 + std::ssize(tail);
    }
};
/// \param riffLimit the largest size of a RIFF file; beyond it the file is RF64 (EBU Tech 3306)
[[nodiscard]] SideWavBytes composeSideWav(const SideWav& wav, std::int64_t riffLimit = 0xFFFF'FFFF);

struct ReadSideWav {
    SideWav wav{};
    std::int64_t audioBegin = 0; ///< byte of the first sample
    bool rf64 = false;
};
/// Reads everything but the audio: an Error names what is missing, cut short or contradicts itself.
[[nodiscard]] Result<ReadSideWav> readSideWav(FileOps& files, const Path& path);

} // namespace segue
