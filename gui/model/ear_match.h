/// \file
/// Levels matched by ear: the loudest seconds of some tracks, wherever on the edition's discs or sides they
/// lie, are heard in turn, round and round, and the one that is heard is made louder or softer by 0.1 dB
/// until they belong together. Or all are heard equally loud, and what differs is the sound. The measurement
/// finds the seconds; the ear decides.
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/track_table.h"
#include "measure/edition_scan.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segue::gui {

inline constexpr Duration comparedLength = seconds(5);

struct EarStretch {
    TrackId track{};
    Instant begin{}, end{}; ///< on the edition as one piece
    Decibels gain{};        ///< of listening alone
};
struct EarMatch {
    std::vector<EarStretch> stretches{}; ///< in the edition's order; none lies over another
    /// The track of the stretch that sounds at a place of the edition as one piece.
    [[nodiscard]] std::optional<TrackId> trackAt(Instant at) const;
};

/// The album with the edition's discs or sides put behind one another, so that tracks of several can be heard
/// in one programme. For listening: nobody delivers that. \pre the edition is in the album
[[nodiscard]] Album asOnePiece(const Album& album, EditionId edition);

/// What is compared: the selected tracks in the edition's order, and when that is one alone, the one before
/// it (of the first track the one behind it), too.
[[nodiscard]] std::vector<TrackId> comparedTracks(const Edition& edition, std::span<const TrackId> selected);
/// The loudest `comparedLength` of each, shorter where a track is.
/// \param layout the edition as it is, with its discs or sides
/// \param scan of this edition
/// \param equallyLoud all are turned down to the softest of them, for listening only
/// \return an Error when fewer than two of the tracks sound
[[nodiscard]] Result<EarMatch> earMatch(std::span<const TrackId> tracks, const Layout& layout,
                                        const EditionScan& scan, bool equallyLoud);

/// The track's hand gain by `decibels` up or down, to a whole 0.1 dB; one gesture with the other nudges of a
/// match.
[[nodiscard]] Proposal nudgedByEar(const Album& album, TrackId track, double decibels);

/// "Match by ear: 4 Long Way Home, hand gain +0.3 dB · Ctrl+Up, Ctrl+Down: 0.1 dB · Enter: keep · Esc: take
/// back"
[[nodiscard]] std::string earMatchWords(const Layout& layout, TrackId heard);

} // namespace segue::gui
