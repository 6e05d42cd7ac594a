/// \file
/// "Heard and accepted" for the Checks tab: a finding signed off, or its sign-off taken back, as one step of
/// undo.
#pragma once

#include "core/finding.h"
#include "gui/model/proposal.h"

#include <string>

namespace segue::gui {

/// The label says what is accepted: "Accept FAULT.CLICK in track 3". An Error where the rule does not let it
/// be set aside, or the source was never measured. A finding that is accepted already gets the new note.
[[nodiscard]] Proposal accept(const Album& album, EditionId edition, const Finding& finding,
                              std::string note);
/// An Error when it is not accepted.
[[nodiscard]] Proposal withdraw(const Album& album, EditionId edition, const Finding& finding);

} // namespace segue::gui
