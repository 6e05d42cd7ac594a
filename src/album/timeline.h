/// \file
/// The exact place of everything in one edition, in flicks and in samples, disc by disc (or side by side).
/// Pure arithmetic over an Album; the renderer, the disc's marks and the screen all read it.
///
/// A piece is what lies between two breaks: one CD, one record side. Its Instant 0 is A-time 00:00:00 on a
/// CD, the first sample elsewhere.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <vector>

namespace segue {

/// One entry on a piece.
struct PlacedEntry {
    TrackId track{};
    std::size_t position = 0; ///< in the edition's entries
    Joint joint{};        ///< as it acts here (the first of a piece: the piece's first pause, no crossfade)
    Decibels gain{};      ///< entry gain; the track's is in the Track
    Instant start{};      ///< where time 0 stands
    Instant end{};        ///< end mark
    Instant soundStart{}; ///< first sample of the first unmuted clip (time 0 when there is none)
    Instant soundEnd{};   ///< after the last one (time 0 when there is none)
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

/// Whether a break of this kind ends a piece on this medium: a disc break everywhere, a side break on vinyl
/// only.
[[nodiscard]] bool splitsPieces(const Medium& medium, Break breakBefore);
/// Whether the entry at `position` opens a piece, so that its joint is inactive (the first entry's gap is its
/// pause).
[[nodiscard]] bool beginsPiece(const Edition& edition, std::size_t position);

/// An entry starts where the one before ends, plus its gap. The first of a piece starts at the piece's pause:
/// the first entry's own gap, after a break CdSettings::firstPause (elsewhere none); on a CD plus the start
/// offset. Entries whose track is not in the album are left out. No pieces in an empty edition.
[[nodiscard]] Timeline buildTimeline(const Album& album, const Edition& edition);

/// The marks of one CD (docs/formats/rendering-places.md): floor for starts and indexes, offsets, pauses,
/// lead-out.
struct TrackMarks {
    TrackId track{};
    std::optional<CdFramePos> pauseStart{};
    std::vector<CdFramePos> indexes{};
    bool pauseDropped = false; ///< INDEX 00 would not lie before INDEX 01 (a note)
};
struct DiscMarks {
    std::vector<TrackMarks> tracks{};
    CdFramePos leadOut{}; ///< piece end, up to a whole sector; never before the last sample at 44.1 kHz
};
/// \pre the piece was built from this album
[[nodiscard]] DiscMarks cdMarks(const Album& album, const CdSettings& settings, const Piece& piece);

/// Where samples stand at `rate`: each entry's origin is rounded once, its clips are placed relative to it
/// (docs/formats/rendering.md, "Places").
struct PlacedClip {
    ClipId clip{};
    SamplePos begin{}, end{};        ///< on the piece's sample grid; end is exclusive; may be equal
    SamplePos anchor{};              ///< where converted source sample 0 stands
    SampleCount fadeIn{}, fadeOut{}; ///< together at most end - begin
};
struct PlacedTrackSamples {
    TrackId track{};
    SamplePos base{};         ///< the origin: dither is counted from here
    SamplePos start{}, end{}; ///< time 0 and the end mark
    /// From here to the next entry's regionStart this entry's dither is used: where it begins to sound,
    /// unless a later entry sounds there already. Ascending. Marks do not count: moving one changes no
    /// sample.
    SamplePos regionStart{};
    SamplePos
        overlapEnd{}; ///< start..overlapEnd is the crossfade or overlap with the entry before; == start: none
    std::vector<PlacedClip> clips{}; ///< every clip of the track, muted ones too, in the track's order
};
struct SampleTimeline {
    SampleRate rate{};
    SampleCount
        length{}; ///< piece end to the nearest sample, or the end of the last unmuted clip if that is later
    std::vector<PlacedTrackSamples> entries{};
};
/// \pre the piece was built from this album
[[nodiscard]] SampleTimeline samplePlaces(const Album& album, const Piece& piece, SampleRate rate);

} // namespace segue
