/// \file
/// The one pass over a sound from which all its figures come: hops, clipped runs, what is no number, silence
/// at the ends, and the overview. A sound is cut in parts on a fixed grid; each can be scanned by another
/// thread, and one thread that scans them all does it the same way. So the result depends neither on threads
/// nor on blocks.
#pragma once

#include "audio/frame.h"
#include "measure/hops.h"
#include "measure/overview.h"
#include "measure/scan_kernels.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace segue {

/// The frames of a part: whole groups of hops and whole bins of an overview, about 10 s or more.
[[nodiscard]] std::int64_t partFrames(SampleRate rate);

/// A part of a sound, scanned. Only for ScanJoiner.
struct ScannedPart {
    /// Neighbouring samples of one channel at the same end of the scale.
    struct Run {
        SamplePos begin{};
        std::int64_t length = 0; ///< 0: none
        bool positive = false;
    };
    SamplePos begin{};
    SampleCount length{};
    SoundSums sums{};
    std::vector<Hop> hops{};
    std::vector<OverviewBuilder::Sums> bins{};
    std::vector<Frame> rest{};          ///< frames behind the last bin
    std::vector<ClippedRun> clipped{};  ///< those that touch neither end of the part
    std::array<Run, 2> first{}, last{}; ///< those that do; the same when it is all one run
    std::int64_t notFinite = 0;
    SamplePos firstNotFinite{};
    SamplePos firstSound{}, soundEnd{};
};

class PartScan {
public:
    /// \param begin a multiple of partFrames(rate)
    /// \param withOverview as its joiner has it
    PartScan(SampleRate rate, SamplePos begin, bool withOverview);
    /// The hop before the part, when it is not the first: the filters are run in with it. \pre
    /// hopFrames(rate)
    void runIn(std::span<const Frame> before);
    /// Where the next frames of the part may be put, at most a hop of them; then say how many came. Empty
    /// when the part is full.
    [[nodiscard]] Block room();
    void took(std::size_t frames);
    [[nodiscard]] bool full() const { return taken_ == partLength_; }
    /// \param soundEnds nothing comes behind what was taken. Call once.
    [[nodiscard]] ScannedPart finish(bool soundEnds);
    /// The last hop taken, as runIn() of the next part wants it. \pre full()
    [[nodiscard]] std::span<const Frame> lastHop() const;

private:
    void scanHop(Block frames);
    [[nodiscard]] FloatSums sumsOf(Block frames, float* samples);
    [[nodiscard]] std::array<float, 2> peakOf(const float* samples, std::size_t frames,
                                              std::array<float, 2> known) const;
    void takeTruePeak(std::array<float, 2> peak, Hop& hop);
    void tame(Block frames);
    void findRuns(std::span<const Frame> frames, std::array<float, 2> peak);
    void closeRun(std::size_t channel);
    void findSound(std::span<const Frame> frames);
    void sumBins();
    void weighGroup();
    /// Where the group's next hop will be put, behind the hop before the group.
    [[nodiscard]] float* hopSamples() { return samples_.data() + 2 * (hop_ + inGroup_); }

    std::int64_t hop_, partLength_;
    int oversampling_;
    bool withOverview_;
    KWeighting weighting_;
    BandSplits splits_;
    std::vector<Frame> frames_;  ///< the last ones of the hop before, then a hop
    std::vector<float> samples_; ///< the hop before, then those of a group
    std::int64_t taken_ = 0;     ///< of the part
    std::int64_t inHop_ = 0;     ///< of the hop that is not scanned yet
    std::int64_t inGroup_ = 0;   ///< frames in `samples_` behind the first hop
    std::int64_t scanned_ = 0;   ///< of the part
    std::int64_t weighedHops_ = 0;
    std::array<ScannedPart::Run, 2> open_{};
    ScannedPart part_{};
};

/// Makes one of the parts, which come in order.
class ScanJoiner {
public:
    /// \param withOverview as `channels` and `length` of the source
    ScanJoiner(SampleRate rate, int channels, SampleCount length, bool withOverview);
    void take(ScannedPart part);
    /// When all parts were taken; call once.
    [[nodiscard]] ScannedSound sound();
    [[nodiscard]] Overview overview() const;

private:
    void emit(const ScannedPart::Run& run, int channel);

    ScannedSound sound_{};
    std::optional<OverviewBuilder> overview_{};
    std::array<ScannedPart::Run, 2> open_{};
};

/// All of it, one block after another.
class SoundScan {
public:
    /// \param channels 1: both sides of the frames are the same, and the sound counts on both
    SoundScan(SampleRate rate, int channels, SampleCount length, bool withOverview = true);
    /// The next frames, from the first one on; what comes beyond the length is passed over.
    void take(std::span<const Frame> frames);
    /// Once, when everything was taken.
    [[nodiscard]] ScannedSound finish();
    /// After finish().
    [[nodiscard]] Overview overview() const { return joiner_.overview(); }

private:
    void nextPart();

    SampleRate rate_;
    bool withOverview_;
    std::int64_t length_, taken_ = 0;
    PartScan part_;
    ScanJoiner joiner_;
};

} // namespace segue
