/// \file
/// The order of play: stretches of a piece, one after the other, and what is heard of each. The whole piece,
/// a loop, a joint, every joint, the tracks as files: all are such lists.
#pragma once

#include "album/timeline.h"

#include <optional>
#include <span>
#include <vector>

namespace segue {

/// A stretch of a piece, in samples of the edition's rate.
struct PlaySegment {
    SamplePos begin{}, end{};
    /// Nothing but this track, at the place and with the gains and fades that it has among the others.
    std::optional<TrackId> only{};
    bool crossfades =
        true; ///< false: the sound behind and before the crossfades of the piece, as a plain sum
    /// Where the sound is cut into: a ramp of rampLength, so that the cut is not heard.
    bool rampIn = false, rampOut = false;
    SampleCount silenceAfter{};
    Decibels gain{}; ///< of listening alone: on what is heard, never in the album
    [[nodiscard]] friend bool operator==(const PlaySegment&, const PlaySegment&) = default;
};
inline constexpr Duration rampLength = milliseconds(5);

struct PlayList {
    std::vector<PlaySegment> segments{};
    std::optional<std::size_t> repeatFrom{}; ///< after the last segment this one is next, for ever
    [[nodiscard]] friend bool operator==(const PlayList&, const PlayList&) = default;
};

struct PlayRange {
    SamplePos begin{}, end{};
    [[nodiscard]] friend bool operator==(const PlayRange&, const PlayRange&) = default;
};

/// From a place to the end of the piece; with a loop, from its end back to its beginning without a seam. A
/// loop that lies before `from` is not met.
[[nodiscard]] PlayList playFrom(SamplePos from, SampleCount pieceLength, std::optional<PlayRange> loop = {});

struct Rolls {
    SampleCount before{}, after{}; ///< what is heard before and after the joint itself
};
enum class JointSides { both, outgoing, incoming, outgoingWithoutFade, incomingWithoutFade };
/// The joint before the entry `incoming`: from `before` ahead of where the two tracks meet until `after`
/// behind, pauses in full, and never beyond the piece.
/// \pre 0 < incoming < the number of entries
[[nodiscard]] PlayList playJoint(const SampleTimeline& places, std::size_t incoming, Rolls rolls,
                                 JointSides sides = JointSides::both, bool repeat = false);
/// Every joint from the one before the entry `first` on, half a second apart. \pre 0 < first
[[nodiscard]] PlayList playJoints(const SampleTimeline& places, Rolls rolls, std::size_t first = 1);
/// Every track from the entry `first` on as a file would have it: from its start to its end mark, alone, cut
/// hard, half a second apart.
[[nodiscard]] PlayList playAsFiles(const SampleTimeline& places, std::size_t first = 0);

/// A stretch of a track that is held against others.
struct ComparedStretch {
    TrackId track{};
    PlayRange range{};
    Decibels gain{}; ///< of listening alone
    [[nodiscard]] friend bool operator==(const ComparedStretch&, const ComparedStretch&) = default;
};
/// One after the other, round and round, each track alone and its ends ramped.
/// \pre not empty
[[nodiscard]] PlayList playCompared(std::span<const ComparedStretch> stretches, SampleCount pieceLength);

/// Where a list is after a number of frames.
struct PlayPlace {
    std::size_t segment = 0;
    SampleCount into{}; ///< from the segment's begin; beyond its length: in the silence after it
    [[nodiscard]] friend bool operator==(const PlayPlace&, const PlayPlace&) = default;
};
/// Segment lengths and silences counted from the list's first frame. Empty: the list is over.
[[nodiscard]] std::optional<PlayPlace> placeAfter(const PlayList& list, std::int64_t frames);
/// The frames until the list is over; empty when it never is.
[[nodiscard]] std::optional<std::int64_t> framesIn(const PlayList& list);

} // namespace segue
