/// \file
/// What a programme asks of a cutter head, measured once at the level of the file: displacement extremes per
/// sixteenth of a revolution, velocity and acceleration per ten milliseconds, stereo bass per tenth of a
/// second. Everything scales with the cutting gain, so fit, level and events at any gain and for any stretch
/// of the programme are arithmetic over these summaries; the samples are not kept.
#pragma once

#include "audio/sound_source.h"
#include "core/progress.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace segue::vinyl {

enum class Speed : std::uint8_t { rpm33, rpm45 };
/// 33 1/3 and 45.
[[nodiscard]] constexpr double perMinute(Speed speed) { return speed == Speed::rpm33 ? 100.0 / 3 : 45.0; }
[[nodiscard]] constexpr double revolutionSeconds(Speed speed) { return 60 / perMinute(speed); }

inline constexpr std::size_t segmentsPerTurn = 16;
inline constexpr double blockSeconds = 0.01;
inline constexpr std::size_t partsPerBlock = 5; ///< of two milliseconds
inline constexpr std::size_t blocksPerWindow = 10;

/// One sixteenth of a revolution. Displacement of the channels along their own axes; times
/// velocityAtFullScale() it is metres.
struct GrooveSegment {
    float lowLeft = 0, highLeft = 0, lowRight = 0, highRight = 0;
    /// Largest vertical displacement, (right - left) / sqrt 2, and of the opposite sign; both >= 0.
    float deeper = 0, shallower = 0;
    float lateral = 0; ///< largest absolute (left + right) / sqrt 2
    /// The largest of the blocks that lie in it.
    float lateralVelocity = 0, sustained = 0;
};

/// Ten milliseconds. Velocity times velocityAtFullScale() is m/s, acceleration m/s^2; both per channel, the
/// larger of the two, except `lateralVelocity`. Peaks are those between the samples. The programme's first
/// and last 50 ms are left out.
struct TraceBlock {
    float velocity = 0, lateralVelocity = 0, acceleration = 0;
    float deeper = 0, shallower = 0, lateral = 0; ///< displacement, as in GrooveSegment
    /// Peak of a sine with the acceleration's energy, in each two milliseconds: the louder channel.
    std::array<float, partsPerBlock> sustained{};
};

/// A tenth of a second.
struct BassWindow {
    /// Sums over the samples below 150 Hz (fourth order) at the reduced rate, and of all frequencies.
    float bassLeft = 0, bassRight = 0, bassProduct = 0;
    float left = 0, right = 0, product = 0;
    float infrasonic = 0; ///< sum below 15 Hz (eighth order), both channels, at an eighth of that rate
    float lateral = 0;    ///< largest lateral displacement below 500 Hz
};

struct CuttingCurves {
    SampleRate rate{};
    SampleCount length{};
    Speed speed = Speed::rpm33;
    std::vector<GrooveSegment> segments{};
    std::vector<TraceBlock> blocks{};
    std::vector<BassWindow> windows{};
    Frame first{}, last{};       ///< the programme's first and last frame: hard edges
    std::int64_t notNumbers = 0; ///< frames that were no numbers and count as silence

    [[nodiscard]] double seconds() const
    {
        return static_cast<double>(length.value()) / static_cast<double>(rate.hertz());
    }
    [[nodiscard]] double segmentSeconds() const { return revolutionSeconds(speed) / segmentsPerTurn; }
};

struct CurveWork {
    int threads = 0; ///< 0: as many as the machine has
    std::size_t readFrames = 16'384;
    Progress progress{};
};
/// One pass. The same curves for any number of threads and any `readFrames`: the programme is cut on a fixed
/// grid of 20 s, each part begun one second earlier. A source that fails is its Error.
[[nodiscard]] Result<CuttingCurves> measureCuttingCurves(const SoundOpener& open, Speed speed,
                                                         const CurveWork& work = {});

} // namespace segue::vinyl
