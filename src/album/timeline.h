/// \file
/// The exact place of everything in one edition, in flicks and in samples, disc by disc (or side by side). Pure
/// arithmetic over an Album; the renderer, the disc's marks and the screen all read it.
///
/// A piece is what lies between two breaks: one CD, one record side. Its Instant 0 is A-time 00:00:00 on a CD,
/// the first sample elsewhere.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <vector>

namespace segue {

/// One entry on a piece.
struct PlacedEntry {
    TrackId track{};
    std::size_t position = 0; ///< in the edition's entries
    Joint joint{};            ///< as it acts here (the first of a piece: the piece's first pause, no crossfade)
    Decibels gain{};          ///< entry gain; the track's is in the Track
    Instant start{};          ///< where time 0 stands
    Instant end{};            ///< end mark
    Instant soundStart{};     ///< first sample of the first unmuted clip (time 0 when there is none)
    Instant soundEnd{};       ///< after the last one
    /// The overlap with the entry before, if any: [start, previous end).
    [[nodiscard]] Duration overlap() const { return joint.gap < Duration{} ? -joint.gap : Duration{}; }
};

struct Piece {
    int number = 1; ///< disc or side, from 1
    std::vector<PlacedEntry> entries{};
    Instant end{}; ///< after the last end mark, the sound behind it and the end silence
};

struct Timeline {
    std::vector<Piece> pieces{};
};

/// \pre every entry's track is in the album (edits guarantee it)
[[nodiscard]] Timeline buildTimeline(const Album& album, const Edition& edition);

/// The marks of one CD as design.md 4 states: floor for starts and indexes, offsets, pauses, lead-out.
struct TrackMarks {
    TrackId track{};
    std::optional<CdFramePos> pauseStart{};
    std::vector<CdFramePos> indexes{};
    bool pauseDropped = false; ///< INDEX 00 would not lie before INDEX 01 (a note)
};
struct DiscMarks {
    std::vector<TrackMarks> tracks{};
    CdFramePos leadOut{};
};
[[nodiscard]] DiscMarks cdMarks(const Album& album, const CdSettings& settings, const Piece& piece);

/// Where samples stand at `rate`: each entry's origin is rounded once, its clips are placed relative to it
/// (docs/formats/rendering.md, "Places").
struct PlacedClip {
    ClipId clip{};
    SamplePos begin{}, end{}; ///< on the piece's sample grid; end is exclusive
    SamplePos anchor{};       ///< where converted source sample 0 stands
    SampleCount fadeIn{}, fadeOut{};
};
struct PlacedTrackSamples {
    TrackId track{};
    SamplePos base{};       ///< the origin: dither is counted from here
    SamplePos start{}, end{}; ///< time 0 and the end mark
    SamplePos regionStart{}; ///< from here on the dither of this entry is used (see rendering.md)
    SamplePos overlapEnd{};  ///< start..overlapEnd is the crossfade or overlap with the entry before; == start: none
    std::vector<PlacedClip> clips{};
};
struct SampleTimeline {
    SampleRate rate{};
    SampleCount length{};
    std::vector<PlacedTrackSamples> entries{};
};
[[nodiscard]] SampleTimeline samplePlaces(const Album& album, const Piece& piece, SampleRate rate);

} // namespace segue
