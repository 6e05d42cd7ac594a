/// \file
/// Faults looked for in sources while somebody else reads them, as a scan does: no file is read once more for
/// it.
#pragma once

#include "audio/render.h"
#include "measure/fault_thresholds.h"
#include "measure/faults.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace segue {

class FaultWatch {
public:
    /// \param open opens the sources
    FaultWatch(SourceOpener open, const FaultThresholds& thresholds);
    ~FaultWatch();
    FaultWatch(const FaultWatch&) = delete;
    FaultWatch& operator=(const FaultWatch&) = delete;

    /// Opens them, too; what is read in order through the files it opens is looked at. Any thread.
    [[nodiscard]] SourceOpener opener();
    /// All faults of a source; what nobody read is read now. Once for each source; any thread.
    /// \param read asked before or after each block that is read now, with its frames; an Error of it ends
    /// the
    ///   search
    /// \pre nobody reads this source through opener() any more
    [[nodiscard]] Result<Faults> faultsOf(const Source& source,
                                          const std::function<Status(SampleCount)>& read);

private:
    class Follower;
    [[nodiscard]] std::shared_ptr<Follower> followerOf(const Source& source, const AudioFile& file);

    SourceOpener open_;
    FaultThresholds thresholds_;
    std::mutex mutex_{};
    std::map<SourceId, std::shared_ptr<Follower>> followers_{};
};

} // namespace segue
