/// \file
/// How loud an album is, as pictures: its short-term loudness from beginning to end with tracks, joints and
/// means, and beside it how much of the time it spends at which loudness. Pure functions of measured values,
/// for reports and for the editor's Levels tab.
#pragma once

#include "album/album.h"
#include "measure/edition_scan.h"
#include "measure/sound_figures.h"
#include "picture/draw_list.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segue::picture {

/// One sound of a programme under its name.
struct LoudTrack {
    std::string name{};
    int number = 1;
    int piece = 1;              ///< disc or side; a new one begins with a stronger line
    Duration begin{}, length{}; ///< on the programme's line, without the silence behind it
    SoundFigures figures{};
};

/// What is drawn. Short-term loudness (3 s) counts at the middle of its window.
struct LoudProgramme {
    std::vector<LoudTrack> tracks{};
    SoundFigures album{};
    std::vector<double>
        shortTerm{}; ///< LUFS of the windows that begin at each 100 ms; minus infinity: silence
    Duration length{};
};

/// A sound that comes next in a programme.
struct NamedPassage {
    std::string name{};
    int number = 1, piece = 1;
    Passage passage{};
};
[[nodiscard]] LoudProgramme loudProgramme(std::span<const NamedPassage> passages);
/// The tracks of a measured edition under their titles. \pre the scan outlives what is returned
[[nodiscard]] std::vector<NamedPassage> namedPassages(const Album& album, const EditionScan& scan);

/// The part of the scale that is worth showing: whole 6 LU, the loudest value below its top, 36 LU or more.
struct LoudScale {
    double bottom = -50, top = -8; ///< LUFS
    [[nodiscard]] friend bool operator==(const LoudScale&, const LoudScale&) = default;
};
[[nodiscard]] LoudScale scaleOf(const LoudProgramme& programme);

/// The curve over time: a band for each track with its number, its mean as a line with the value, the
/// loudest place, and across it the album's mean. The scale's numbers stand at the left, minutes below.
[[nodiscard]] DrawList loudnessCurve(const LoudProgramme& programme, const LoudScale& scale, const Rect& box);

/// A moment of one of the programme's tracks, from the begin of what was measured of it.
struct LoudMoment {
    std::size_t track = 0;
    Duration into{};
};
/// What stands at a place of loudnessCurve(); the silence behind a track is its last moment. Nothing beside
/// the curve, and in an empty programme.
[[nodiscard]] std::optional<LoudMoment> momentAt(const LoudProgramme& programme, const Rect& box, Point at);

/// Bars of 1 LU lying on the same scale: how much of the time is that loud, silence left out. The range
/// (Tech 3342) is marked when it is known.
[[nodiscard]] DrawList loudnessHistogram(const LoudProgramme& programme, const LoudScale& scale,
                                         const Rect& box);
/// Shares of the time, from `scale.bottom` upwards in steps of 1 LU; what is below counts nowhere.
[[nodiscard]] std::vector<double> loudnessShares(std::span<const double> shortTerm, const LoudScale& scale);

/// The album's figures as tiles in a row: loudness, range, loudest moments, true peak.
[[nodiscard]] DrawList figureTiles(const SoundFigures& figures, const Rect& box);

} // namespace segue::picture
