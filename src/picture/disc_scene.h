/// \file
/// One side of a record, drawn to scale: its tracks as rings of grooves whose spacing is the planned one, the
/// bands between them, the run-out, the label, and every event where it lies on the groove. The sheet shows
/// it, the editor shows it and hits it.
#pragma once

#include "picture/draw_list.h"
#include "vinyl/vinyl_plan.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace segue::picture {

/// The ring of one track; millimetres.
struct DiscTrack {
    std::size_t track = 0; ///< of the programme
    double outer = 0, inner = 0;
};
struct DiscDot {
    std::size_t event = 0; ///< of the side's events
    Point centre{};
    double radius = 0; ///< logical pixels
};
struct DiscScene {
    DrawList list{};
    Point centre{};
    double perMillimetre = 0; ///< logical pixels
    std::vector<DiscTrack> tracks{};
    std::vector<DiscDot> dots{}; ///< as they are drawn: the last one lies on top
};
/// \param index of the side in the plan
/// \param box the disc is as large as fits, in its middle
/// \param numbers write each event's number, counted from 1, into its dot
[[nodiscard]] DiscScene discScene(const vinyl::Programme& programme, const vinyl::VinylPlan& plan,
                                  std::size_t index, const Rect& box, bool numbers);

/// What lies at a point.
struct DiscHit {
    std::optional<std::size_t> event{}; ///< of the side's events
    std::optional<std::size_t> track{}; ///< of the programme
    std::optional<double> seconds{};    ///< of the programme: the groove there, on its own turn
    double radius = 0;                  ///< mm
};
[[nodiscard]] DiscHit discHit(const DiscScene& scene, const vinyl::VinylPlan& plan, std::size_t index,
                              Point at);

/// Where a moment of the programme lies: the record turns clockwise under the stylus, so time runs the other
/// way round on it, from the top.
[[nodiscard]] Point discPoint(const DiscScene& scene, const vinyl::VinylPlan& plan, std::size_t index,
                              double seconds);

} // namespace segue::picture
