/// \file
/// What can be done about a finding: one step of undo where only one thing can be meant, a command where
/// somebody must be asked, else the place where it is put right by hand.
#pragma once

#include "gui/model/actions.h"
#include "gui/model/album_fields.h"
#include "gui/model/track_table.h"

#include <optional>
#include <string>
#include <variant>

namespace segue::gui {

struct Fix {
    std::string label; ///< "Set the pause before track 1 to 2 s": what the button says, and undo after it
    std::variant<Proposal, Action> act;
};
/// Nothing where the engineer or the label must decide: a missing ISRC is never made up, a track never cut.
[[nodiscard]] std::optional<Fix> fixFor(const TableSource& source, const Finding& finding);

/// The cell of the track, or the album's field, where a finding is put right by hand.
using FixPlace = std::variant<std::monostate, Column, AlbumField>;
[[nodiscard]] FixPlace placeToFix(const Finding& finding);

} // namespace segue::gui
