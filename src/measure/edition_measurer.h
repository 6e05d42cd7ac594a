/// \file
/// The levels of an edition while it is being edited: measured by a thread of its own whenever the album
/// changes, so that they are always what one hears. Every function returns at once; files are read by the
/// service's threads only. What did not change is not read again, and a gain costs no reading at all.
#pragma once

#include "measure/edition_scan.h"

#include <functional>
#include <memory>
#include <optional>

namespace segue {

/// One measurement, immutable.
struct MeasuredEdition {
    std::shared_ptr<const Album> album{}; ///< the state that was measured
    EditionId edition{};
    EditionScan scan{};
};

class EditionMeasurer {
public:
    struct Options {
        std::shared_ptr<const ScanCache> cache{}; ///< null: none
        int threads = 0;                          ///< for reading; 0: as many as the machine has
    };
    /// \param files for looking at the sources' entries; outlives it
    /// \param open gives an Error when a file is not what the album says; called from the threads
    /// \param changed called from the thread, without any lock, when there is something new to ask for
    EditionMeasurer(FileOps& files, SourceOpener open, std::function<void()> changed, Options options);
    /// Waits for the reads that are under way.
    ~EditionMeasurer();
    EditionMeasurer(const EditionMeasurer&) = delete;
    EditionMeasurer& operator=(const EditionMeasurer&) = delete;

    /// Measures this from now on; what was being measured is given up, but what it finished is kept.
    void put(std::shared_ptr<const Album> album, EditionId edition);
    /// The newest measurement that is complete: perhaps of an earlier state. Null at first.
    [[nodiscard]] std::shared_ptr<const MeasuredEdition> newest() const;
    /// Whether newest() is of what was put last, or an Error came in its place.
    [[nodiscard]] bool upToDate() const;
    /// Why what was put last could not be measured.
    [[nodiscard]] std::optional<Error> error() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
