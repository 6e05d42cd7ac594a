/// \file
/// Other orders of a record's tracks that would cut better (vinyl/reorder.h), as the Vinyl tab offers them.
#pragma once

#include "gui/model/proposal.h"
#include "vinyl/record_planner.h"

#include <string>

namespace segue::gui {

/// What it gains, then the order by the tracks' numbers: "+0.6 dB level, 2.1 points better: swap 3 and 7".
[[nodiscard]] std::string orderWords(const vinyl::OrderSuggestion& order);
/// The order and its side breaks become the edition's, in one step. An Error when the edition's tracks are
/// not the record's any more.
[[nodiscard]] Proposal takeOrder(const Album& album, const vinyl::PlannedRecord& record,
                                 const vinyl::OrderSuggestion& order);

} // namespace segue::gui
