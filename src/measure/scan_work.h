/// \file
/// Scans several sounds on all cores: one that can be read from anywhere in parts, so that a single long file
/// keeps every core busy too, and before those the others, the longest first. The same result whatever the
/// number of threads.
#pragma once

#include "album/album.h"
#include "audio/sound_source.h"
#include "core/progress.h"
#include "measure/sound_scan.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace segue {

struct ScanJob {
    SampleRate rate{};
    int channels = 2;
    SampleCount length{};
    /// Called by any thread, several times when the sound is divisible.
    std::function<Result<std::unique_ptr<SoundSource>>()> open{};
    bool divisible = false; ///< reading may begin anywhere at no great cost
};

/// PCM and float are read from anywhere; decoders go forward.
[[nodiscard]] bool readsFromAnywhere(const SampleFormat& format);

struct ScanWork {
    int threads = 0; ///< 0: as many as the machine has
    /// Somebody listens to the files as they are read (fault_watch.h): where there are sounds enough for all
    /// threads, each is read by one from the first frame to the last.
    bool inOrder = false;
    Progress progress{};
    /// Wanted: called once for each sound that was scanned, from any thread.
    std::function<void(std::size_t job, const Overview& overview)> overview{};
    /// Called once for each sound that was scanned, from any thread. What it moves away is not among the
    /// results; an Error it gives is the result.
    std::function<Status(std::size_t job, ScannedSound& sound)> scanned{};
};

/// In the order of the jobs. After a cancel those that were not finished are Errors of that kind.
[[nodiscard]] std::vector<Result<ScannedSound>> scanSounds(std::span<const ScanJob> jobs,
                                                           const ScanWork& work);

} // namespace segue
