/// \file
/// A vinyl plan as the command line shows it: an aligned text, and the JSON object of docs/formats/json.md.
#pragma once

#include "vinyl/vinyl_plan.h"

#include <string>

namespace segue::cli {

[[nodiscard]] std::string vinylText(const vinyl::Programme& programme, const vinyl::VinylPlan& plan);
[[nodiscard]] std::string vinylJson(const vinyl::Programme& programme, const vinyl::VinylPlan& plan);

} // namespace segue::cli
