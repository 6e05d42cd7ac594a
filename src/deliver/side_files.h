/// \file
/// The plan of a record's side files: which tracks, names, places and marks of each side, in samples from the
/// file's first one. Pure; side_export.h writes them. No CD pause, offset or frame rounding is in it.
#pragma once

#include "album/timeline.h"
#include "audio/render.h"
#include "deliver/side_wav.h"

#include <string>
#include <vector>

namespace segue {

inline constexpr const char* defaultSidePattern = "{catalog}_{side}_{rate}Hz_{bits}bit";

struct SideFileSettings {
    SampleRate rate{};
    Duration leadIn = seconds(1); ///< digital silence before the first track
    Duration tail = seconds(2);   ///< and behind the last
    std::string pattern = defaultSidePattern;
};

struct SideTrack {
    std::string name{}; ///< "A1"
    TrackId id{};
    std::string title{}, isrc{};
    SamplePos start{}, end{}; ///< its marks, in the file
    bool band = false;        ///< a pause before it: the cutter makes a visible band; else only a mark
};
struct PlannedSide {
    std::string name{};             ///< "A"
    std::string file{};             ///< "EXAMPLE_A_44100Hz_24bit.wav"
    std::size_t first = 0, end = 0; ///< entries of the edition
    Piece piece{};                  ///< Instant 0 is the file's first sample
    SampleRate rate{};
    SampleCount leadIn{}, length{}; ///< of the file, tail included
    std::vector<SideTrack> tracks{};
    /// What the file says besides its samples: a mark at every track, "A1 Title".
    [[nodiscard]] SideWav wav() const;
};

/// The edition as a record: sides begin at these entries and nowhere else, at this rate, every entry `gain`
/// louder, so that one gain serves all sides.
[[nodiscard]] Edition asRecord(Edition edition, const std::vector<std::size_t>& breaks, SampleRate rate,
                               Decibels gain);
/// A side from each break to the next. An Error when the pattern gives no name or one name twice.
/// \pre every entry's track is in the album
[[nodiscard]] Result<std::vector<PlannedSide>> planSides(const Album& album, const Edition& record,
                                                         const SideFileSettings& settings);

/// {catalog} (else the title, else "Record"), {title}, {artist}, {side}, {number}, {rate} (Hz), {khz} and
/// {bits}; what a file name may not hold becomes "-". An Error for another word in braces.
[[nodiscard]] Result<std::string> sideFileName(const std::string& pattern, const Album& album,
                                               const std::string& side, std::size_t number, SampleRate rate);

/// Something acts on the whole side behind the sum: no span is a copy any more, and silence behind sound is
/// dithered for as long as the equaliser rings.
void putEqualiserInto(RenderPlan& plan, SampleCount ring);

/// "07:17.250", rounded to the nearest millisecond.
[[nodiscard]] std::string sideTime(SamplePos at, SampleRate rate);
[[nodiscard]] std::string sideTime(double seconds);

} // namespace segue
