/// \file
/// AccurateRip checksums of one track, fed in pieces. A checksum is a sum over the track's stereo samples,
/// each weighted with its position, so that a shifted rip has another one; the first and last five sectors of
/// a disc are left out, because drives cannot read them reliably.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace segue::ddp {

/// What the two versions add up, after the published AccurateRip algorithm: every stereo sample is one 32-bit
/// number (left in the low half), multiplied by its position in the track, counted from 1. Version 1 keeps
/// the low 32 bits of each product, version 2 adds the high 32 bits to them, so that no bit of a sample is
/// lost. A track runs from its INDEX 01 to the next INDEX 01 or to lead-out, as a drive's table of contents
/// has it.
class AccurateRip {
public:
    /// The first track starts counting at position 2,940 (2,939 samples are left out), the last one leaves
    /// out its last 2,940; both are five sectors.
    static constexpr std::int64_t skippedSamples = 2'940;

    /// \param samples the track's whole length in stereo samples
    AccurateRip(std::int64_t samples, bool firstTrack, bool lastTrack);

    /// The next samples: 4 bytes each, little-endian, left before right. \pre pcm.size() is a multiple of 4
    void update(std::span<const std::byte> pcm);

    [[nodiscard]] std::uint32_t version1() const { return low_; }
    [[nodiscard]] std::uint32_t version2() const { return low_ + high_; }

private:
    std::int64_t from_, to_; ///< positions that count, both included
    std::int64_t position_ = 1;
    std::uint32_t low_ = 0, high_ = 0;
};

} // namespace segue::ddp
