/// \file
/// The sheet that goes with a record to the cutting engineer: what is on each side and where, which level is
/// planned and why, what the model predicts, what is wished, and what nobody knows. A value, shown as text
/// or as pages.
#pragma once

#include "deliver/side_files.h"
#include "vinyl/air.h"
#include "vinyl/stereo_bands.h"
#include "vinyl/vinyl_plan.h"

#include <string>
#include <utility>
#include <vector>

namespace segue {

using LabelledTexts = std::vector<std::pair<std::string, std::string>>;

struct CutSheetTrack {
    std::string name{}, title{}, isrc{};
    std::string start{}, end{}, length{}; ///< mm:ss.mmm from the first sample of the side
    std::string startSample{}, endSample{};
    std::string mark{};  ///< "start", "band" or "mark only"
    std::string spare{}; ///< between the planned level and what the track would allow by itself: "+3.4 dB"
};
struct CutSheetEvent {
    Finding::Level severity{};
    std::string place{};   ///< "B2 01:10.250"
    std::string time{};    ///< in the side
    std::string radius{};  ///< "71.3 mm"
    std::string message{}; ///< a sentence
};
struct CutSheetSide {
    std::string name{};
    std::string file{}, md5{}; ///< empty when there is no side file
    LabelledTexts facts{};     ///< few: they stand beside the disc
    LabelledTexts further{};   ///< below it
    std::vector<CutSheetTrack> tracks{};
    std::vector<CutSheetEvent> events{};
    std::size_t eventsLeftOut = 0;
    std::string advice{};
};
struct CutSheet {
    std::string album{};       ///< title, for the head
    LabelledTexts head{};      ///< whose record this is
    LabelledTexts record{};    ///< format, level, profiles
    LabelledTexts treatment{}; ///< what was done to the sound of all sides
    std::vector<CutSheetSide> sides{};
    LabelledTexts wishes{}; ///< the notes of album and tracks
    std::vector<std::string> unknown{};
};

struct CutSheetInput {
    const Album& album;
    const std::string& albumName; ///< shown when the album has no title
    const vinyl::Programme& programme;
    const vinyl::VinylPlan& plan;
    const std::vector<PlannedSide>& sides; ///< as many as the plan has
    std::vector<std::string> md5s{};       ///< of the side files; empty: there are none
    LabelledTexts treatment{};
    vinyl::Air air{};                       ///< of the programme's tracks; empty: not looked for
    std::vector<vinyl::TrackBands> bands{}; ///< likewise
};
[[nodiscard]] CutSheet makeCutSheet(const CutSheetInput& input);
[[nodiscard]] std::string cutSheetText(const CutSheet& sheet);

} // namespace segue
