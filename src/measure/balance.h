/// \file
/// Bringing the tracks of an album to levels that fit together: proposes one gain for each track, in a column
/// of its own, and never applies anything. What the engineer wants louder or softer than the rest (a track's
/// wanted offset) is kept, and a ceiling moves the whole album, never a track alone.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <optional>
#include <span>
#include <vector>

namespace segue {

/// What a target (LUFS) and a ceiling (dBTP) may be. A ceiling over full scale would limit nothing.
inline constexpr double lowestBalanceTarget = -70, highestBalanceTarget = 0;
inline constexpr double lowestBalanceCeiling = -60, highestBalanceCeiling = 0;

/// A track of the edition as it is rendered, but without its balance gain. So a balance can be computed again
/// and again and comes out the same.
struct TrackLevel {
    TrackId track{};
    std::optional<double> loudness{}; ///< LUFS, of the whole track or of its loudest section; absent: silent
    std::optional<double> truePeak{}; ///< dBTP; absent: silent
    bool isBeyondMeasure = false;     ///< it holds infinite samples, so that nobody knows its level
};

struct BalanceWish {
    enum class To {
        middle,    ///< the median of the tracks' levels: as many go up as down
        reference, ///< the level of one track, which takes no balance gain itself
        level,     ///< a level in LUFS
        album,     ///< the album as a whole to a level in LUFS, every relation kept as it is
    };
    To to = To::middle;
    TrackId reference{};
    double target = 0; ///< LUFS, of level and album
    /// LUFS of the whole album as it sounds now, balance gains included; of album.
    std::optional<double> albumLoudness{};
    /// dBTP; absent: -1, or what the album's highest peak is without balance gains, whichever is higher.
    std::optional<double> ceiling{};
};

struct BalanceProposal {
    struct Row {
        TrackId track{};
        Decibels before{}, after{};       ///< the balance gain; in steps of 0.01 dB
        std::optional<double> loudness{}; ///< LUFS with `after`
        std::optional<double> truePeak{}; ///< dBTP with `after`
        [[nodiscard]] friend bool operator==(const Row&, const Row&) = default;
    };
    std::vector<Row> rows{}; ///< as the levels were given
    double target = 0;       ///< LUFS, before the ceiling moved it
    double ceiling = 0;      ///< dBTP
    Decibels moved{};        ///< how far the ceiling moved the album down; 0 or less
    /// The track whose peak is nearest to the ceiling; absent when all are silent.
    std::optional<TrackId> binding{};
    [[nodiscard]] bool changesAnything() const;
    [[nodiscard]] friend bool operator==(const BalanceProposal&, const BalanceProposal&) = default;
};

/// balance = target + offset - loudness. Silent tracks keep what they have. An Error (refused): the reference
/// is silent or not among the levels, a gain would be more than 60 dB, nothing sounds, a track is beyond
/// measure.
[[nodiscard]] Result<BalanceProposal> proposeBalance(const Album& album, std::span<const TrackLevel> levels,
                                                     const BalanceWish& wish);

/// The album with the proposed balance gains: one edit, one undo step.
[[nodiscard]] Result<Album> withBalance(Album album, const BalanceProposal& proposal);

/// "Take from what I hear": wanted offsets that say what the levels are now, balance gains included, against
/// their median; in steps of 0.1 LU. Refused when a track is beyond measure. A balance to the middle
/// afterwards keeps every relation.
[[nodiscard]] Result<Album> withOffsetsAsHeard(Album album, std::span<const TrackLevel> levels);

/// Tracks of which some stretch was a bit-exact copy of its source in `before` and is none in `after`.
[[nodiscard]] std::vector<TrackId> losingExactCopies(const Album& before, const Album& after,
                                                     EditionId edition);

} // namespace segue
