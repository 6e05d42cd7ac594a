/// \file
/// The Red Book's view of one CD: tracks, indexes, control flags, codes and CD-Text, in CD frames of A-time.
/// A plain value; what is read from a DDP folder and what is about to be written are both a Disc, and
/// compare with ==.
#pragma once

#include "core/codes.h"
#include "core/control_flags.h"
#include "core/units.h"
#include "ddp/cd_text.h"

#include <optional>
#include <vector>

namespace segue::ddp {

struct DiscTrack {
    /// INDEX 00, where the pause before the track begins. Track 1 has none here: its pause always begins
    /// at 00:00:00 and its INDEX 00 packet is always written.
    std::optional<CdFramePos> pauseStart{};
    /// INDEX 01, 02, ... in A-time. A complete track has at least one.
    std::vector<CdFramePos> indexes{};
    ControlFlags flags{};
    std::optional<Isrc> isrc{};

    [[nodiscard]] CdFramePos start() const { return indexes.at(0); } ///< INDEX 01
    [[nodiscard]] friend bool operator==(const DiscTrack&, const DiscTrack&) = default;
};

struct Disc {
    std::optional<UpcEan> upc{};
    std::vector<DiscTrack> tracks{};
    CdFramePos leadOut{}; ///< also the image's length in sectors
    std::optional<CdText> cdText{};

    [[nodiscard]] friend bool operator==(const Disc&, const Disc&) = default;
};

/// From INDEX 01 to the next track's INDEX 01, or to lead-out. Tracks without INDEX 01 (damage) are passed
/// over.
/// \pre `track` is one of the disc's and has an INDEX 01; so for the other two
[[nodiscard]] CdFrameCount lengthOf(const Disc& disc, std::size_t track);
/// From INDEX 01 to the next track's INDEX 00 where it has one: the part with music.
[[nodiscard]] CdFrameCount musicOf(const Disc& disc, std::size_t track);
/// From INDEX 00 (track 1: 00:00:00) to INDEX 01; 0 without a pause.
[[nodiscard]] CdFrameCount pauseOf(const Disc& disc, std::size_t track);

} // namespace segue::ddp
