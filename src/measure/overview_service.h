/// \file
/// The waveforms of an album's sources while it is being edited: read in the background, the visible ones
/// first, and shown as far as they are. Every function returns at once and may be called from any thread;
/// files are opened, read and closed by the service's own threads only. Each step reads a short stretch of
/// the most wanted source, so a changed order and a cancel take effect after one step.
#pragma once

#include "measure/overview_cache.h"
#include "measure/sample_blocks.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace segue {

enum class OverviewState : std::uint8_t {
    unknown,   ///< never requested, or forgotten
    waiting,   ///< nothing was read yet
    reading,   ///< some of it was
    complete,  ///< all of it, or it came from the cache and the file's header agrees
    failed,    ///< there is an Error
    cancelled, ///< until it is requested again
};

struct OverviewStatus {
    OverviewState state = OverviewState::unknown;
    std::shared_ptr<const Overview> snapshot{}; ///< as far as it was read; also of failed sources
    std::optional<Error> error{};               ///< of the overview, else of its samples
};

class OverviewService {
public:
    /// A snapshot is published whenever this much more was read, and at the end.
    static constexpr SampleCount snapshotEvery{1 << 22};

    struct Options {
        const OverviewCache* cache = nullptr; ///< outlives the service; null: none
        int threads = 2; ///< so that a disk that does not answer holds up its own source only
    };
    /// \param open gives an Error when the file is not what the album says (its rate, length and channels);
    ///             called from the threads
    /// \param changed called from the threads, without any lock, when a source's status or samples changed
    OverviewService(SourceOpener open, std::function<void(SourceId)> changed, const Options& options);
    /// Waits for the reads that are under way, a fraction of a second on a disk that answers; what is not
    /// complete by then is dropped.
    ~OverviewService();
    OverviewService(const OverviewService&) = delete;
    OverviewService& operator=(const OverviewService&) = delete;

    /// Reads the source, after those requested before. One that is as it was when it was requested before is
    /// not read again unless it failed or was cancelled; one that changed (relinked) begins anew.
    void request(const Source& source);
    /// From now on these come first, in this order; then all others in the order of their requests.
    void prefer(std::vector<SourceId> first);
    /// Reads no further; what there is stays.
    void cancel(SourceId id);
    /// As if it had never been requested; request() then reads the file as it is by then.
    void forget(SourceId id);

    /// Null when nothing was read yet. Each is immutable; a later one covers at least as much.
    [[nodiscard]] std::shared_ptr<const Overview> snapshot(SourceId id) const;
    [[nodiscard]] OverviewStatus status(SourceId id) const;
    /// See SampleBlocks::samples(). \pre requested, or it is an empty view
    [[nodiscard]] SampleView samples(SourceId id, SamplePos begin, SampleCount count);

private:
    class State;
    SampleBlocks blocks_;
    std::unique_ptr<State> state_;
};

} // namespace segue
