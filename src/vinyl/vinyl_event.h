/// \file
/// A moment of a side that the cutting engineer should know about. Predictions of a model: nothing here says
/// what will happen, only what is asked of the lathe.
#pragma once

#include "core/finding.h"
#include "vinyl/groove.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue::vinyl {

/// What would keep one depth event inside the limit from which somebody warns.
struct DepthCure {
    /// Smallest corners of a first and a second order elliptical equaliser, Hz; 0: none up to 300 Hz is
    /// enough.
    double firstOrder = 0, secondOrder = 0;
    double lessLevel = 0; ///< dB that would do it instead
    /// Where most of the vertical movement lies, Hz; `highest` 0: above `lowest`.
    double lowest = 0, highest = 0;
};

struct VinylEvent {
    /// "depth", "fixed_depth", "lateral", "bass_width", "antiphase_bass", "phase", "infrasonic", "curvature",
    /// "slope", "coil", "hard_edge", "not_numbers", "space".
    std::string_view kind{};
    Finding::Level severity = Finding::Level::note;
    double begin = 0, length = 0; ///< seconds of the programme
    double worst = 0;             ///< when it is worst
    double radius = 0;            ///< mm, where it begins
    double value = 0;             ///< the worst of it
    std::string_view unit{};
    double sideOverMiddle = 0;       ///< dB, of events about the width of the bass
    double frequency = 0;            ///< Hz, where it was looked for; else 0
    double radiusNeeded = 0;         ///< mm: from here outwards it would trace; else 0
    std::optional<DepthCure> cure{}; ///< of depth events that were looked at closer
    std::string message{};           ///< a sentence
};
using VinylEvents = std::vector<VinylEvent>;

/// One side at one level, as the checks see it.
struct CutSide {
    const CuttingCurves& curves;
    const SideStretch& stretch;
    const Groove& groove;
    const LatheProfile& lathe;
    const RecordFormat& format;
    double metres = 0; ///< velocityAtFullScale(reference, gain)

    [[nodiscard]] double radiusAt(double seconds) const
    {
        return groove.radiusAt(seconds, radiiOf(format.size));
    }
    [[nodiscard]] double speedAt(double seconds) const
    {
        return grooveSpeed(radiusAt(seconds), format.speed);
    }
};

/// Puts moments together that are less than a pause apart; the worst of them speaks.
class EventRow {
public:
    EventRow(VinylEvents& into, double pause) : into_{into}, pause_{pause} {}
    EventRow(const EventRow&) = delete;
    EventRow& operator=(const EventRow&) = delete;
    ~EventRow() { close(); }
    /// In order of time. \param badness larger is worse
    void add(const VinylEvent& moment, double badness);
    void close();

private:
    VinylEvents& into_;
    double pause_, worst_ = 0;
    bool open_ = false;
    VinylEvent event_;
};

/// The worst `most` of each kind, errors first, then all in order of time. \return how many were left out
std::size_t keepWorst(VinylEvents& events, std::size_t most);

} // namespace segue::vinyl
