/// \file
/// Unknown audio is first given to the decoding library in a child process with limits, so that a hang, a
/// crash or a run for memory becomes a sentence and not our end. The child is started when the first file of
/// a coded format comes (PCM and float never see a library), serves one file after the other, and is started
/// again when one of them killed it.
#pragma once

#include "album/album.h"
#include "audio/render.h"
#include "core/file_ops.h"
#include "core/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

namespace segue {

struct ProbeLimits {
    std::int64_t memory = std::int64_t{1} << 30; ///< bytes of address space
    int milliseconds = 5000;                     ///< for one file, on the clock
};

/// May be shared by threads, which then wait for each other.
class AudioProber {
public:
    /// \param program what is started with the argument probeArgument and then calls serveAudioProbes():
    /// segue
    ///                itself ("/proc/self/exe"), or the one beside another program (segueBeside())
    explicit AudioProber(Path program, ProbeLimits limits = {});
    ~AudioProber();
    AudioProber(const AudioProber&) = delete;
    AudioProber& operator=(const AudioProber&) = delete;

    /// Whether the library takes the file. An Error when trying it did not end well: of kind input, naming
    /// the file and what happened; of kind io when there is no child to try it in; of kind cancelled.
    [[nodiscard]] Result<bool> libraryTakes(const Path& path, const std::stop_token& stop = {});

private:
    class Child;
    struct State;
    std::unique_ptr<State> state_;
};

/// Tries out every source that the library would decode, as for files that are new: a project may come from
/// somebody else. Missing and refused files are left to the readiness list.
/// \return an Error when trying one of them did not end well, as libraryTakes() has it
[[nodiscard]] Status probeSources(FileOps& files, const Album& album, AudioProber& prober,
                                  const std::stop_token& stop = {});

/// `open`, before which every coded file is tried out when it is opened for the first time, and again when
/// its size or date changed: for whoever opens the sources of an album at any time. Any thread.
/// \param files outlives it
/// \return an opener that gives an Error where trying the file did not end well
[[nodiscard]] SourceOpener triedFirst(FileOps& files, SourceOpener open, std::shared_ptr<AudioProber> prober);

inline constexpr const char* probeArgument = "--probe-audio";
/// The executable `segue` in the folder of the running program; for programs that are not segue.
[[nodiscard]] Path segueBeside();

/// What the child does until its parent closes the connection on descriptor 0.
/// \param takes libraryTakes() of audio/library_probe.h; tests put a misbehaving one here
/// \param processorSeconds after which a file ends the child even when no parent does
/// \return the exit code
int serveAudioProbes(const std::function<bool(const Path&)>& takes, int processorSeconds = 5);

} // namespace segue
