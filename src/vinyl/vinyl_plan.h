/// \file
/// The whole answer for one record: sides, level, what each side asks of the lathe, and what would help. The
/// command line, the cut sheet and the editor show the same plan.
#pragma once

#include "vinyl/cutting_level.h"
#include "vinyl/elliptical.h"
#include "vinyl/high_end.h"
#include "vinyl/level_ceiling.h"
#include "vinyl/low_end.h"
#include "vinyl/programme.h"
#include "vinyl/strain.h"

#include <optional>
#include <string>

namespace segue::vinyl {

struct PlanWish {
    RecordFormat format{};
    LatheProfile lathe{};
    std::optional<PlantProfile> plant{};
    CuttingReference reference{};
    std::optional<double> gain{}; ///< dB; absent: see `albumLevel`
    bool albumLevel = false;      ///< the highest level all sides allow, up to the promised most; else 0 dB
    std::optional<std::size_t> sides{}; ///< split anew; absent: the edition's breaks
    std::vector<bool> together{};       ///< as in SplitWish, beside what the edition keeps together
    SideSilence silence{};              ///< that every side's file has around its sound
    bool closer = true; ///< read the programme again at its events: frequencies and elliptical advice
};

struct SidePlan {
    std::size_t first = 0, end = 0; ///< tracks of the programme
    SideStretch stretch{};
    CuttingLimit limit{};
    Groove groove{};
    LowEnd low{};
    HighEnd high{};
    SideStrain strain{};
    SideCeiling ceiling{}; ///< at the radii of the side's own highest level
    VinylEvents events{};  ///< all that is said about the side, in order of time
    std::size_t eventsLeftOut = 0;
    EllipticalAdvice elliptical{};
    double lateral = 0, vertical = 0;                 ///< um, peaks
    double capacityMinutes = 0;                       ///< of sound like this, at this level
    std::size_t errorsAtZero = 0, warningsAtZero = 0; ///< what would be said at 0 dB

    /// Whether there is no level at which it fits.
    [[nodiscard]] bool fitsNowhere() const;
    /// Of its sound, how much lies on the recorded surface; all of it when it fits.
    [[nodiscard]] double secondsUntilFull(const Radii& radii) const;
    /// The track that sounds at a moment.
    [[nodiscard]] std::size_t trackAt(const Programme& programme, double seconds) const;
    /// What one of its tracks would allow by itself, where it lies.
    [[nodiscard]] LevelCeiling ceilingOfTrack(const Programme& programme, std::size_t track) const;
};

struct VinylPlan {
    PlanWish wish{};
    double gain = 0;                 ///< dB above the files
    std::optional<double> highest{}; ///< what all sides allow together
    std::size_t decisive = 0;        ///< the side that sets it
    double imbalance = 0;            ///< dB that sides of equal length would gain
    std::vector<SidePlan> sides{};
    [[nodiscard]] bool hasErrors() const;
};

/// "A", "B" ... "Z", "AA".
[[nodiscard]] std::string sideName(std::size_t index);

/// An Error when the programme cannot be split as wished, or the audio cannot be read.
[[nodiscard]] Result<VinylPlan> planVinyl(const Programme& programme, const CuttingCurves& curves,
                                          const PlanWish& wish);

/// First tracks of the sides after the first, by the edition's breaks.
[[nodiscard]] std::vector<std::size_t> breaksOf(const Programme& programme);
/// bestSplit() over the levels of every run of tracks.
[[nodiscard]] Result<std::vector<std::size_t>> splitProgramme(const Programme& programme,
                                                              const CuttingCurves& curves,
                                                              const PlanWish& wish, std::size_t sides);

} // namespace segue::vinyl
