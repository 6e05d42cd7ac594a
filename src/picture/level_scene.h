/// \file
/// The level over the sides of a record on one axis of time: what each side would allow alone and what binds
/// it, the level that is planned for all, and between them what a side has to spare; above, how low the bass
/// and the treble of every moment bring the ceiling. The sheet shows it, the editor shows it and hits it.
#pragma once

#include "picture/draw_list.h"
#include "vinyl/vinyl_plan.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace segue::picture {

/// The part of the scale that is shown, dB above the file: whole 3 dB, with the planned level and those of
/// all sides, and half of the ceilings where there is room: 12 to 30 dB.
struct LevelScale {
    double bottom = -6, top = 6;
    [[nodiscard]] friend bool operator==(const LevelScale&, const LevelScale&) = default;
};
[[nodiscard]] LevelScale levelScaleOf(const vinyl::VinylPlan& plan);

/// One side's part of the picture.
struct LevelSide {
    std::size_t side = 0;
    Rect plot{};
    double begin = 0, end = 0; ///< seconds of the programme, at its left and right edge
    [[nodiscard]] double x(double seconds) const
    {
        return plot.x + (seconds - begin) / (end - begin) * plot.width;
    }
};
struct LevelScene {
    DrawList list{};
    LevelScale scale{};
    std::vector<LevelSide> sides{};
    [[nodiscard]] double y(double gain) const; ///< within the plots
};
/// \param legend explain lines and colours below
[[nodiscard]] LevelScene levelScene(const vinyl::Programme& programme, const vinyl::VinylPlan& plan,
                                    const Rect& box, bool legend);

/// What lies at a point.
struct LevelHit {
    std::size_t side = 0;
    double seconds = 0;            ///< of the programme
    vinyl::LevelCeiling ceiling{}; ///< of the moments that the point's column shows
};
[[nodiscard]] std::optional<LevelHit> levelHit(const LevelScene& scene, const vinyl::VinylPlan& plan,
                                               Point at);

} // namespace segue::picture
