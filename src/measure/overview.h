/// \file
/// The overview of a source: how loud and how far from zero it is in every stretch of 256 sample frames, and
/// in stretches four times as long, and so on up to the whole. A waveform at any zoom is drawn from it
/// without touching the samples.
#pragma once

#include "audio/frame.h"
#include "core/units.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace segue {

/// One stretch of one channel, in steps of 1/32768 of full scale, each to the nearest step. What lies outside
/// is clamped: `low` and `high` to the 16-bit range, `rms` to 65535 (+6 dB). A sample that is not a number
/// counts as 0.
struct OverviewBin {
    std::int16_t low = 0, high = 0;
    std::uint16_t rms = 0;
    [[nodiscard]] friend bool operator==(const OverviewBin&, const OverviewBin&) = default;
};

/// Of what an overview is, and so how many bins it has.
struct OverviewShape {
    int channels = 0;      ///< 1 or 2; 0: of nothing
    SampleCount length{};  ///< of the source
    SampleCount covered{}; ///< the frames from its start that are in the overview
    [[nodiscard]] friend bool operator==(const OverviewShape&, const OverviewShape&) = default;
};

/// Of a whole source, or of its beginning while it is still being read. Level 0 has 256 frames in a bin, each
/// further level four times as many; the last level has one bin. The last bin of a level may be shorter.
class Overview {
public:
    static constexpr std::int64_t framesInFinestBin = 256;
    static constexpr std::int64_t binsInCoarserBin = 4;

    Overview() = default;
    /// \param bins level by level, each channel by channel \pre as many as binsIn(shape)
    Overview(const OverviewShape& shape, std::vector<OverviewBin> bins);
    /// On all levels and channels together.
    [[nodiscard]] static std::int64_t binsIn(const OverviewShape& shape);

    [[nodiscard]] const OverviewShape& shape() const { return shape_; }
    [[nodiscard]] int channels() const { return shape_.channels; }
    /// Of the source, also when not all of it is covered yet.
    [[nodiscard]] SampleCount length() const { return shape_.length; }
    [[nodiscard]] SampleCount covered() const { return shape_.covered; }
    [[nodiscard]] bool complete() const { return shape_.covered == shape_.length; }

    /// 0 when nothing is covered.
    [[nodiscard]] int levels() const { return static_cast<int>(places_.size()); }
    [[nodiscard]] static constexpr SampleCount binLength(int level)
    {
        return SampleCount{framesInFinestBin << 2 * level};
    }
    /// \pre 0 <= level < levels(), 0 <= channel < channels()
    [[nodiscard]] std::span<const OverviewBin> level(int level, int channel) const;
    /// \pre as level(), and 0 <= index < its size
    [[nodiscard]] OverviewBin bin(int level, int channel, std::int64_t index) const
    {
        return this->level(level, channel)[static_cast<std::size_t>(index)];
    }
    /// All bins, as the constructor takes them.
    [[nodiscard]] std::span<const OverviewBin> bins() const { return bins_; }

    /// What is between `begin` and `end`, widened to whole bins of level 0: the inner part comes from the
    /// coarsest bins that fit, so any range costs a few dozen. Extremes are those of the level-0 bins; the
    /// RMS weighs every bin with the frames it has and is at most one step off. Outside of what is covered
    /// there is nothing: an empty bin. \pre 0 <= channel < channels()
    [[nodiscard]] OverviewBin over(int channel, SamplePos begin, SamplePos end) const;

private:
    struct Place {
        std::size_t first = 0, count = 0; ///< of the first channel; the second follows
    };
    [[nodiscard]] static std::vector<Place> placesOf(const OverviewShape& shape);

    OverviewShape shape_{};
    std::vector<Place> places_{};
    std::vector<OverviewBin> bins_{};
};

/// Makes an overview of the frames that somebody reads, so that one pass over a source serves several
/// measurements. The result does not depend on how the frames are cut into blocks.
class OverviewBuilder {
public:
    /// \param channels of the source: of a mono one the left side counts \param length of the source
    OverviewBuilder(int channels, SampleCount length);
    /// A bin before it is rounded.
    struct Sum {
        std::int16_t low = INT16_MAX, high = INT16_MIN;
        double energy = 0;
        std::int64_t frames = 0;
        void add(const Sum& other);
        [[nodiscard]] OverviewBin rounded() const;
    };
    using Sums = std::array<Sum, 2>; ///< left, right
    /// Of one bin. \pre at most framesInFinestBin
    [[nodiscard]] static Sums sumsOf(std::span<const Frame> frames);

    /// The next frames, from the first one on; what comes beyond the source's length is passed over.
    void take(std::span<const Frame> frames);
    /// The next whole bin, summed by another thread. \pre what was taken are whole bins, and there is room
    void take(const Sums& bin);
    [[nodiscard]] SampleCount taken() const { return taken_; }
    /// Of what was taken so far: complete when that is all. A copy; more may follow.
    [[nodiscard]] Overview overview() const;

private:
    struct Level {
        std::array<std::vector<OverviewBin>, 2> bins{};
        Sums open{}; ///< of the bins of the level below that make no whole bin yet
        std::int64_t parts = 0;
    };
    void push(std::size_t level, const Sums& sums);

    std::size_t channels_;
    SampleCount length_;
    SampleCount taken_{};
    std::array<Frame, Overview::framesInFinestBin> begun_{}; ///< frames that make no whole bin yet
    std::size_t begunFrames_ = 0;
    std::vector<Level> levels_{};
};

} // namespace segue
