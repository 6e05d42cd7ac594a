/// \file
/// docs/formats/rendering-places.md for the reference renderer: where an edition's tracks and clips stand, in
/// samples.
#pragma once

#include "album/album.h"

#include <cstdint>
#include <vector>

namespace segue::reference {

struct ClipPlace {
    const Clip* clip = nullptr;
    const Source* source = nullptr;
    std::int64_t begin = 0, end = 0, anchor = 0, fadeIn = 0, fadeOut = 0;
};
struct EntryPlace {
    const Track* track = nullptr;
    double gain = 0;                      ///< of the entry, in dB
    const Crossfade* crossfade = nullptr; ///< of a joint that acts
    std::int64_t base = 0, start = 0, end = 0, regionStart = 0, overlapEnd = 0;
    std::vector<ClipPlace> clips{}; ///< unmuted ones
};
struct PiecePlaces {
    std::vector<EntryPlace> entries{};
    std::int64_t length = 0; ///< of the stream: a CD's until its lead-out
};

/// The pointers are into the album and the edition.
[[nodiscard]] std::vector<PiecePlaces> places(const Album& album, const Edition& edition, SampleRate rate);

} // namespace segue::reference
