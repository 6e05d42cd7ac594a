/// \file
/// What every turn of a side would allow by itself: where along a side the level is close to a limit, and to
/// which. Drawn over the sides, and told for each track.
#pragma once

#include "vinyl/cutting_level.h"

#include <vector>

namespace segue::vinyl {

/// dB above the file from which on a stretch passes each limit; `noCeiling` where nothing does. The space of
/// a side is no turn's affair.
struct LevelCeiling {
    static constexpr double noCeiling = 40;
    double lift = noCeiling, slope = noCeiling, curvature = noCeiling;
    [[nodiscard]] double treble() const { return slope < curvature ? slope : curvature; }
    [[nodiscard]] double lowest() const { return lift < treble() ? lift : treble(); }
    /// The limit of lowest(); Limit::none when there is none.
    [[nodiscard]] Limit binding() const;
    [[nodiscard]] friend bool operator==(const LevelCeiling&, const LevelCeiling&) = default;
};

struct SideCeiling {
    std::vector<LevelCeiling> turns{}; ///< from the side's first sound on, a revolution each
    double begin = 0;                  ///< of the first, seconds of the programme
    double secondsPerTurn = 1;
    /// The lowest of a stretch of the programme, in seconds.
    [[nodiscard]] LevelCeiling lowest(double from, double to) const;
};

/// \param gain of the groove whose radii count: of the side's own highest level the lowest ceiling is that
/// level, unless space binds
[[nodiscard]] SideCeiling ceilingOf(const CuttingCurves& curves, const SideStretch& side,
                                    const LatheProfile& lathe, const RecordFormat& format,
                                    const CuttingReference& reference, double gain);

} // namespace segue::vinyl
