/// \file
/// What is said about an event: one sentence that predicts and never promises.
#pragma once

#include "vinyl/vinyl_plan.h"

#include <span>
#include <string>
#include <string_view>

namespace segue::vinyl {

[[nodiscard]] std::string wordsFor(const VinylEvent& event, const SidePlan& side, const VinylPlan& plan);
/// "1st order at 110 Hz" and the like, and the level instead; empty when nothing needs it.
[[nodiscard]] std::string wordsFor(const EllipticalAdvice& advice);
/// The highest level of a side and what binds it: "+2.31 dB (curvature in A3 at 1:02.3)".
[[nodiscard]] std::string limitWords(const Programme& programme, const VinylPlan& plan, std::size_t side);
/// The highest level of all sides and which one sets it; empty when nothing limits it.
[[nodiscard]] std::string highestWords(const VinylPlan& plan);
/// What the planned level leaves to a side: "1.1 dB to spare", "sets the level"; empty when nothing limits
/// it.
[[nodiscard]] std::string spareWords(const VinylPlan& plan, std::size_t side);
/// "B3"
[[nodiscard]] std::string trackName(const VinylPlan& plan, std::size_t side, std::size_t track);
/// What of the usage is silence; empty when none is added.
[[nodiscard]] std::string wordsFor(const SideSilence& silence);
/// Where a side ends: "ends at 136.2 mm", or by how much it does not fit.
[[nodiscard]] std::string endWords(const VinylPlan& plan, std::size_t side);
/// What every report says the model does not know, a sentence each.
[[nodiscard]] std::span<const std::string_view> whatIsNotKnown();

} // namespace segue::vinyl
