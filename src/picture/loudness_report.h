/// \file
/// The loudness report of an album on pages for print: its figures, the curve from beginning to end with the
/// histogram beside it, a table of the tracks, what to look at.
#pragma once

#include "picture/loudness_scene.h"
#include "picture/page_flow.h"

#include <string>
#include <utility>
#include <vector>

namespace segue::picture {

struct LoudnessReport {
    std::string title{}, below{};                             ///< the album; performer and edition
    std::vector<std::pair<std::string, std::string>> facts{}; ///< catalogue number, rate, method ...
    LoudProgramme programme{};
    std::vector<std::string> remarks{}; ///< sentences about places to listen to
    std::string foot{};
};

/// A4 pages.
[[nodiscard]] std::vector<DrawList> loudnessPages(const LoudnessReport& report, const TextWidth& widthOf);

/// Tracks that pass full scale between or at their samples, clipped runs, samples that are no numbers, and
/// jumps in loudness from one track to the next: a sentence each, with the track and the place.
[[nodiscard]] std::vector<std::string> loudnessRemarks(const LoudProgramme& programme);

} // namespace segue::picture
