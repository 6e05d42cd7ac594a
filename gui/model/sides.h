/// \file
/// The Vinyl tab: how full each side is, at which level all of them can be cut, what would give the cutter
/// trouble, and moving tracks from side to side. Everything is predicted from the newest plan
/// (vinyl/record_planner.h).
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/view.h"
#include "picture/draw_list.h"
#include "picture/level_scene.h"
#include "vinyl/record_planner.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::gui {

/// \name The bars: one row a side, as long as the record's surface is wide
/// @{
struct SideBlock {
    std::size_t side = 0, track = 0; ///< track of the programme
    picture::Rect box{};
};
struct SidesScene {
    picture::DrawList list{};
    std::vector<picture::Rect> rows{}; ///< of each side
    std::vector<SideBlock> blocks{};
};
/// A track being dragged to another side.
struct SideDrag {
    std::size_t track = 0; ///< of the programme
    picture::Point at{};
};
inline constexpr double sideRowHeight = 44;
[[nodiscard]] SidesScene sidesScene(const vinyl::PlannedRecord& record, const picture::Rect& box,
                                    std::size_t chosenSide, std::optional<SideDrag> drag = {});
[[nodiscard]] const SideBlock* hitTest(const SidesScene& scene, picture::Point at);
/// The row under a point; one more than there are sides below the last. Nothing above the first.
[[nodiscard]] std::optional<std::size_t> rowAt(const SidesScene& scene, picture::Point at);
/// @}

/// Puts a track's side break so that it comes to this side: what lies between goes along, since the order
/// stays, and what it is kept together with. An Error when nothing would be left on a side, or the side is no
/// neighbour.
[[nodiscard]] Proposal moveToSide(const Album& album, const vinyl::PlannedRecord& record, std::size_t track,
                                  std::size_t side);
/// Sides beginning with these tracks of the programme, beside the first.
[[nodiscard]] Proposal breakBefore(const Album& album, const vinyl::PlannedRecord& record,
                                   const std::vector<std::size_t>& firsts);

struct VinylEventRow {
    std::size_t side = 0, event = 0;
    std::string level{}, side_{}, track{}, time{}, radius{}, what{};
    TrackId at{};
    Duration inTrack{}; ///< from its start mark
};
/// All events of all sides, in order.
[[nodiscard]] std::vector<VinylEventRow> vinylEvents(const Layout& layout,
                                                     const vinyl::PlannedRecord& record);
/// Where a moment of the programme is heard.
struct MomentInTrack {
    TrackId track{};
    Duration inTrack{};
};
[[nodiscard]] MomentInTrack momentAt(const vinyl::PlannedRecord& record, std::size_t side, double seconds);

/// What stands at a place of the level picture: "B3 1:02 · by itself +3.4 dB (curvature), 2.2 dB above the
/// plan".
[[nodiscard]] std::string levelPlaceWords(const vinyl::PlannedRecord& record, const picture::LevelHit& hit);

/// "12\" at 33 1/3, lathe standard · level +2.1 dB, set by side B (space) · an even split would gain 0.8 dB".
[[nodiscard]] std::string recordWords(const vinyl::PlannedRecord& record);

} // namespace segue::gui
