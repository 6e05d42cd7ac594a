/// \file
/// The checks of the audio as `segue check` runs them: every source that an edition uses, read once, on all
/// cores, and every joint as rendered; what is found becomes findings with places in files and tracks.
#pragma once

#include "audio/render.h"
#include "core/progress.h"
#include "measure/edition_scan.h"
#include "measure/fault_thresholds.h"
#include "measure/fault_watch.h"
#include "measure/faults.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace segue {

/// So many places of a rule are named for each source; one more finding counts the rest.
inline constexpr std::size_t mostFindingsOfRule = 10;

/// Faults of sources that were looked at before, by their sound: what an edit leaves alone is not read again.
/// Any thread.
class KnownFaults {
public:
    [[nodiscard]] std::optional<Faults> find(const Source& source) const;
    /// Nothing is kept of a source without a fingerprint.
    void keep(const Source& source, Faults faults);

private:
    mutable std::mutex mutex_{};
    std::map<std::string, Faults> known_{};
};

struct SoundCheck {
    FaultThresholds thresholds{};
    Progress progress{};
    int threads = 0; ///< for reading; 0: as many as the machine has
    const EditionScan* scan =
        nullptr;                  ///< of this album and edition: adds what only levels show (level_faults.h)
    KnownFaults* known = nullptr; ///< by these thresholds; asked first, and told what was found
    /// By these thresholds and of this opener: has heard what was read already.
    FaultWatch* watch = nullptr;
};

/// Faults in parts of a source that no unmuted clip of the edition uses are left out. FAULT.NOT_FINITE as
/// well: who reads sources for an export reports it as AUDIO.NOT_FINITE. An Error is a source that cannot be
/// read or a cancel.
[[nodiscard]] Result<Findings> checkSound(const Album& album, const Edition& edition,
                                          const SourceOpener& open, const SoundCheck& check = {});

} // namespace segue
