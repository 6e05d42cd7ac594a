/// \file
/// A vinyl plan as the command line shows it: an aligned text, and the JSON object of docs/formats/json.md.
#pragma once

#include "vinyl/air.h"
#include "vinyl/reorder.h"
#include "vinyl/stereo_bands.h"
#include "vinyl/vinyl_plan.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::cli {

/// \param orders when they were asked for; empty then means that none is better
using OrderSuggestions = std::optional<std::vector<vinyl::OrderSuggestion>>;
/// What was sampled of the sound beside the plan, by track.
struct SampledSound {
    vinyl::Air air{};
    std::vector<vinyl::TrackBands> bands{};
};
[[nodiscard]] std::string vinylText(const vinyl::Programme& programme, const vinyl::VinylPlan& plan,
                                    const SampledSound& sampled, const OrderSuggestions& orders);
[[nodiscard]] std::string vinylJson(const vinyl::Programme& programme, const vinyl::VinylPlan& plan,
                                    const SampledSound& sampled, const OrderSuggestions& orders);

} // namespace segue::cli
