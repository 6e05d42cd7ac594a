/// \file
/// What sounds on a piece, with everything decided that does not change from sample to sample: which clips,
/// from where to where, which fades act, which crossfades. The plan and the mixer both read it, so they
/// cannot disagree.
#pragma once

#include "album/timeline.h"
#include "audio/noise.h"

#include <vector>

namespace segue {

/// A clip that is not muted, on the piece's sample grid.
struct SoundingClip {
    std::size_t entry = 0; ///< on the piece
    Clip clip{};
    Source source{};
    PlacedClip place{};
    SamplePos begin{}, end{};        ///< where it sounds: its place, cut where a crossfade has made it silent
    SampleCount fadeIn{}, fadeOut{}; ///< as they act; 0: none, or bypassed by a crossfade
    [[nodiscard]] SamplePos fadeInEnd() const { return place.begin + fadeIn; }
    [[nodiscard]] SamplePos fadeOutBegin() const { return place.end - fadeOut; }
    [[nodiscard]] bool soundsAt(SamplePos at) const { return begin <= at && at < end; }
    [[nodiscard]] bool fadesAt(SamplePos at) const { return at < fadeInEnd() || at >= fadeOutBegin(); }
};

/// Between the entries `incoming - 1` and `incoming`.
struct SoundingCrossfade {
    std::size_t incoming = 0;
    SamplePos begin{}, end{};
    Curve out{}, in{};
    [[nodiscard]] bool actsAt(SamplePos at) const { return begin <= at && at < end; }
};

struct Sounding {
    std::vector<SoundingClip> clips{}; ///< by entry, and as the track lists them: the order of every sum
    std::vector<SoundingCrossfade> crossfades{}; ///< by entry
    /// Indexes of the clips that sound at a position.
    [[nodiscard]] std::vector<std::size_t> at(SamplePos position) const;
};

/// \param places samplePlaces() of the same piece
[[nodiscard]] Sounding soundingOn(const Album& album, const Piece& piece, const SampleTimeline& places);

/// The key of a track's noise: that of the track it was split from, if it was.
[[nodiscard]] NoiseKey noiseKeyOf(const Track& track, std::uint64_t seed);

} // namespace segue
