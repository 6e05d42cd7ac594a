/// \file
/// What is said about an event: one sentence that predicts and never promises.
#pragma once

#include "vinyl/vinyl_plan.h"

#include <string>

namespace segue::vinyl {

[[nodiscard]] std::string wordsFor(const VinylEvent& event, const SidePlan& side, const VinylPlan& plan);
/// "1st order at 110 Hz" and the like, and the level instead; empty when nothing needs it.
[[nodiscard]] std::string wordsFor(const EllipticalAdvice& advice);
/// What every report says the model does not know.
[[nodiscard]] std::string_view whatIsNotKnown();

} // namespace segue::vinyl
