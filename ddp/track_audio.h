/// \file
/// What can be said about each track's samples in one pass over the image: checksums that others can compare,
/// digital silence, peak and clipped runs.
#pragma once

#include "core/units.h"
#include "ddp/disc.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace segue::ddp {

/// A track here runs from INDEX 01 to the next track's INDEX 01 or to lead-out.
struct TrackAudio {
    std::uint32_t accurateRip1 = 0, accurateRip2 = 0;
    std::string crc32{};                                  ///< of the samples INDEX 01 .. next INDEX 01
    std::int64_t leadingSilence = 0, trailingSilence = 0; ///< digital zero in both channels, in samples
    bool silent = false;
    int peak = 0;        ///< largest absolute sample value, 0..32768
    int clippedRuns = 0; ///< runs of 3 or more samples at the same full scale in one channel
    [[nodiscard]] friend bool operator==(const TrackAudio&, const TrackAudio&) = default;
};

/// Takes the image's bytes in order, in pieces of any size, and has one TrackAudio per track at the end.
class ImageAudio {
public:
    /// Full scale is 32767 or -32767 and beyond: converters that clip symmetrically never reach -32768.
    static constexpr int fullScale = 32767;
    static constexpr int clippedLength = 3;

    /// Tracks without INDEX 01, or whose marks lie outside the image or run backwards, get an empty
    /// TrackAudio.
    ImageAudio(const Disc& disc, CdFrameCount imageSectors);
    ~ImageAudio();
    ImageAudio(const ImageAudio&) = delete;
    ImageAudio& operator=(const ImageAudio&) = delete;

    void update(std::span<const std::byte> bytes);
    [[nodiscard]] std::vector<TrackAudio> finish();

private:
    struct Track;
    std::vector<Track> tracks_;
    std::int64_t position_ = 0;          ///< stereo samples seen
    std::vector<std::byte> remainder_{}; ///< bytes of a sample that is not complete yet
    void take(std::span<const std::byte> pcm);
};

} // namespace segue::ddp
