/// \file
/// What balancing and the preview of streaming services need of a measured edition.
#pragma once

#include "measure/balance.h"
#include "measure/edition_scan.h"
#include "measure/streaming.h"

#include <optional>
#include <vector>

namespace segue {

/// By what the loudness of a track is compared.
struct LoudnessKind {
    /// Absent: integrated, over the whole track. Else its loudest stretch of this length; of a shorter track
    /// the whole.
    std::optional<Duration> section{};
};

/// Of each entry, with all its gains but the balance.
[[nodiscard]] std::vector<TrackLevel> trackLevels(const Album& album, const EditionScan& scan,
                                                  const LoudnessKind& kind = {});
/// As it sounds now: all gains, gaps, fades and overlaps.
[[nodiscard]] std::optional<double> albumLoudness(const EditionScan& scan);

/// The tracks, all gains included, and the whole edition.
struct StreamedLevels {
    std::vector<StreamedLevel> tracks{};
    StreamedLevel album{};
};
[[nodiscard]] StreamedLevels streamedLevels(const EditionScan& scan);

} // namespace segue
