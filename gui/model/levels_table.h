/// \file
/// The Levels tab: every gain that acts on a track, their sum, and whether its samples arrive bit for bit.
#pragma once

#include "gui/model/track_table.h"

#include <string>
#include <vector>

namespace segue::gui {

struct LevelsRow {
    std::string number{}, title{}, hand{}, balance{}, edition{}, sum{};
    std::string samples{}; ///< "copied bit for bit", or "dithered: the source is 24 bit"
};
/// In the edition's order; of a CD as it is delivered, elsewhere at 44.1 kHz 16 bit.
[[nodiscard]] std::vector<LevelsRow> levelsRows(const Layout& layout);

} // namespace segue::gui
