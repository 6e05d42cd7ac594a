/// \file
/// The record before there is any sound: what lengths alone allow, for the first phone call.
#pragma once

#include "core/result.h"
#include "vinyl/vinyl_plan.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::cli {

/// One side of the estimate.
struct EstimatedSide {
    std::vector<std::size_t> parts{}; ///< which of the lengths lie on it, from 0
    double minutes = 0;
    std::optional<double> level{}; ///< dB relative to the trade's reference; absent: it fits at none
};
struct VinylEstimate {
    vinyl::PlanWish wish{};
    std::vector<EstimatedSide> sides{};
    std::optional<double> level{}; ///< of all sides: one level for the record
    std::size_t decisive = 0;      ///< the side that sets it
    double imbalance = 0;          ///< dB that sides of equal length would gain
};

/// From lengths as "19:30" or "19:30.5": each is a side; or, when the wish names a number of sides, a track,
/// and they are shared out in their order so that the longest side is as short as it can be. An Error names a
/// length that is none, or sides that cannot be filled.
[[nodiscard]] Result<VinylEstimate> estimateVinyl(const std::vector<std::string>& lengths,
                                                  const vinyl::PlanWish& wish);
[[nodiscard]] std::string estimateText(const VinylEstimate& estimate);
[[nodiscard]] std::string estimateJson(const VinylEstimate& estimate);

} // namespace segue::cli
