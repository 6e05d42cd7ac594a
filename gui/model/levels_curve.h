/// \file
/// The Levels tab as a picture: short-term loudness over the whole album with its joints and the tracks'
/// means, and beside it how much of the time is how loud. The picture of the report
/// (picture/loudness_scene.h), live.
#pragma once

#include "gui/model/sides.h"
#include "gui/model/track_table.h"
#include "measure/edition_measurer.h"
#include "picture/loudness_scene.h"

#include <optional>

namespace segue::gui {

[[nodiscard]] picture::LoudProgramme loudProgrammeOf(const MeasuredEdition& measured);

/// Curve at the left, histogram at the right on the same scale.
[[nodiscard]] picture::DrawList levelsCurve(const picture::LoudProgramme& programme,
                                            const picture::Rect& box);

/// What a click into the curve means.
/// \param layout of the album as it is now; a track that is not in it any more is nothing
[[nodiscard]] std::optional<MomentInTrack> momentInCurve(const Layout& layout,
                                                         const MeasuredEdition& measured,
                                                         const picture::LoudProgramme& programme,
                                                         const picture::Rect& box, picture::Point at);

} // namespace segue::gui
