/// \file
/// The proof half of a side export: what stands on the disk, read by readers that did not write it, against
/// what was planned and rendered.
#pragma once

#include "audio/frame.h"
#include "core/progress.h"
#include "deliver/side_files.h"

#include <atomic>
#include <span>

namespace segue {

/// A sum over 24-bit samples and their places that does not ask in which order they come. Any thread.
class SampleSum {
public:
    void add(SamplePos at, std::span<const Pcm24Frame> frames);
    /// As they are read from a file; sound that is not exactly 24 bit gives another sum.
    void add(SamplePos at, std::span<const Frame> frames);
    [[nodiscard]] std::uint64_t value() const { return sum_; }

private:
    std::atomic<std::uint64_t> sum_ = 0;
};

/// Length, rate, marks and labels by readSideWav(), length, format and every sample by openAudioFile(). An
/// Error names the first thing that is not what was meant.
[[nodiscard]] Status proveSide(FileOps& files, const Path& path, const PlannedSide& meant,
                               std::uint64_t samples, int threads, const Progress& progress);

} // namespace segue
