/// \file
/// The drawn parts of the right rail: the big time, the meters.
#pragma once

#include "gui/model/view.h"
#include "picture/draw_list.h"

#include <array>
#include <optional>
#include <string>

namespace segue::gui {

/// "Track 5 · Encore (live)", the time on the disc, in the track, and what remains of it. In a pause the
/// track's time counts down, as a CD player shows it.
[[nodiscard]] picture::DrawList drawTimes(const Layout& layout, const View& view, picture::Rect bounds,
                                          const std::string& stateWords, bool stateIsBad);

/// What the meters show; absent: nothing was heard yet, or too little.
struct MeterReading {
    std::array<double, 2> truePeak{-144, -144},
        held{-144, -144}; ///< dBTP: now, and the highest of the last seconds
    std::optional<double> momentary{}, shortTerm{}, integrated{}, range{}; ///< LUFS and LU
    std::optional<double> correlation{};
};
/// The true peaks always; of the rows below those that fit whole, the loudness first.
[[nodiscard]] picture::DrawList drawMeters(const MeterReading& reading, picture::Rect bounds);

} // namespace segue::gui
