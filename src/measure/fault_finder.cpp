#include "measure/fault_finder.h"

#include "audio/denormals.h"
#include "measure/fault_channels.h"
#include "measure/fault_clicks.h"
#include "measure/fault_depth.h"
#include "measure/fault_edges.h"
#include "measure/fault_gaps.h"
#include "measure/fault_levels.h"
#include "measure/fault_rules.h"
#include "measure/fault_spectrum.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace segue {

namespace {

// Beyond this a float sample is nothing that any filter should see.
constexpr double absurd = 1e6;
// The filter for clicks has forgotten what was before: its slowest pole leaves 1e-7 of it at 44.1 kHz.
constexpr std::size_t runInFrames = 128;

} // namespace

class FaultFinder::State {
public:
    State(const SoundShape& shape, const FaultThresholds& thresholds, FaultKinds wanted)
        : wanted_{wanted}, scale_{static_cast<std::size_t>(faultScale(shape.rate))},
          mono_{shape.channels == 1}, levels_{thresholds, shape}, clicks_{thresholds, shape},
          gaps_{thresholds, shape}, channels_{thresholds, shape}, depth_{shape}, spectrum_{thresholds, shape},
          edges_{thresholds, shape}
    {
        buffer_.assign(history() + chunkFrames(), Frame{});
        begin_ = history();
        tiles_.resize(chunkFrames() / faultTileFrames);
    }

    Block room() { return Block{buffer_}.subspan(begin_ + filled_, chunkFrames() - filled_); }
    void took(std::size_t frames)
    {
        filled_ += frames;
        if (filled_ < chunkFrames()) return;
        const DenormalsOff flush;
        endChunk();
    }

    Faults finish()
    {
        const DenormalsOff flush;
        if (filled_ > 0) endChunk();
        Faults all;
        notFinite_.moveTo(all);
        if (wanted_.has(FaultKind::levels)) levels_.finish(all);
        if (wanted_.has(FaultKind::clicks)) clicks_.finish(all);
        if (wanted_.has(FaultKind::gaps)) gaps_.finish(all);
        if (wanted_.has(FaultKind::channels) && position_ > SamplePos{}) channels_.finish(all);
        if (wanted_.has(FaultKind::depth)) depth_.finish(all);
        if (wanted_.has(FaultKind::spectrum)) spectrum_.finish(all);
        if (wanted_.has(FaultKind::edges) && position_ > SamplePos{}) edges_.finish(all);
        std::ranges::stable_sort(all, {},
                                 [](const Fault& f) { return std::tuple{f.begin, f.rule, f.channel}; });
        return all;
    }

private:
    [[nodiscard]] std::size_t history() const
    {
        return static_cast<std::size_t>(faultHistoryFrames) * scale_;
    }
    [[nodiscard]] std::size_t chunkFrames() const
    {
        return static_cast<std::size_t>(faultChunkFrames) * scale_;
    }

    void endChunk()
    {
        const std::span fresh = std::span{buffer_}.subspan(begin_, filled_);
        // The last tile is filled up with the last frame, so that no step stands behind the end.
        const std::size_t used = (filled_ + faultTileFrames - 1) / faultTileFrames;
        std::ranges::fill(room(), fresh.back());
        survey(used);
        if (wanted_.has(FaultKind::clicks))
            faultKernels().highPeaks(clicks_.filter(), buffer_.data() + begin_, runInFrames * scale_, tiles_);

        const FaultChunk chunk{.begin = position_,
                               .frames = fresh,
                               .tiles = std::span{tiles_}.first(used),
                               .history = std::span{buffer_}.subspan(begin_ - history(), history())};
        if (wanted_.has(FaultKind::levels)) levels_.take(chunk);
        if (wanted_.has(FaultKind::clicks)) clicks_.take(chunk);
        if (wanted_.has(FaultKind::gaps)) gaps_.take(chunk);
        if (wanted_.has(FaultKind::channels)) channels_.take(chunk);
        if (wanted_.has(FaultKind::depth)) depth_.take(chunk);
        if (wanted_.has(FaultKind::spectrum)) spectrum_.take(chunk);
        if (wanted_.has(FaultKind::edges)) edges_.take(chunk);

        position_ = chunk.end();
        // What lies before the next chunk.
        std::ranges::copy(std::span{buffer_}.subspan(begin_ + filled_ - history(), history()),
                          buffer_.begin());
        filled_ = 0;
    }

    /// \param used tiles, the last one perhaps filled up
    void survey(std::size_t used)
    {
        faultKernels().survey(&buffer_[begin_], std::span{tiles_}.first(used));
        for (std::size_t t = 0; t < used; ++t) {
            const double energy = tiles_[t].energy.left + tiles_[t].energy.right;
            if (energy <= absurd * absurd) continue;
            const std::span frames =
                std::span{buffer_}.subspan(begin_ + t * faultTileFrames, faultTileFrames);
            repair(frames, t);
            faultKernels().survey(frames.data(), {&tiles_[t], 1});
        }
        if (filled_ % faultTileFrames != 0) takeOutFilling(used - 1);
    }

    /// What only fills the tile up must not count twice.
    void takeOutFilling(std::size_t t)
    {
        FaultTile& tile = tiles_[t];
        const auto rest = static_cast<double>(faultTileFrames - (filled_ - t * faultTileFrames));
        const Frame f = buffer_[begin_ + (t + 1) * faultTileFrames - 1];
        tile.sum = {tile.sum.left - rest * f.left, tile.sum.right - rest * f.right};
        tile.energy = {std::max(0.0, tile.energy.left - rest * f.left * f.left),
                       std::max(0.0, tile.energy.right - rest * f.right * f.right)};
        const double d = f.left - f.right;
        tile.difference = std::max(0.0, tile.difference - rest * d * d);
    }

    /// NaN and infinity become zero, and what is absurd becomes bearable.
    void repair(std::span<Frame> frames, std::size_t t)
    {
        const std::size_t real = std::min(frames.size(), filled_ - t * faultTileFrames);
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const SamplePos at = position_ + SampleCount{static_cast<std::int64_t>(t * faultTileFrames + i)};
            const bool leftBad = !std::isfinite(frames[i].left), rightBad = !std::isfinite(frames[i].right);
            if (i < real && (leftBad || rightBad))
                addNotFinite(at, mono_ || leftBad == rightBad ? -1 : leftBad ? 0 : 1);
            const auto bearable = [](double v) {
                return std::isfinite(v) ? std::clamp(v, -absurd, absurd) : 0.0;
            };
            frames[i] = {bearable(frames[i].left), bearable(frames[i].right)};
        }
    }
    void addNotFinite(SamplePos at, int channel)
    {
        if (Fault* last = notFinite_.last(); last != nullptr && last->end == at && last->channel == channel) {
            last->end += SampleCount{1};
            last->value += 1;
            return;
        }
        notFinite_.add({.rule = fault::notFinite,
                        .begin = at,
                        .end = at + SampleCount{1},
                        .channel = channel,
                        .value = 1});
    }

    FaultKinds wanted_;
    std::size_t scale_;
    bool mono_;
    std::vector<Frame> buffer_{}; ///< what detectors may look back to, then some chunks
    std::size_t begin_ = 0;       ///< of the chunk in it
    std::vector<FaultTile> tiles_{};
    std::size_t filled_ = 0; ///< of the chunk
    SamplePos position_{};   ///< of the chunk
    FaultList notFinite_{};
    LevelFaults levels_;
    ClickFaults clicks_;
    GapFaults gaps_;
    ChannelFaults channels_;
    DepthFaults depth_;
    SpectrumFaults spectrum_;
    EdgeFaults edges_;
};

FaultFinder::FaultFinder(const SoundShape& shape, const FaultThresholds& thresholds, FaultKinds wanted)
    : state_{std::make_unique<State>(shape, thresholds, wanted)}
{
}
FaultFinder::~FaultFinder() = default;
FaultFinder::FaultFinder(FaultFinder&&) noexcept = default;
FaultFinder& FaultFinder::operator=(FaultFinder&&) noexcept = default;

void FaultFinder::take(std::span<const Frame> frames)
{
    while (!frames.empty()) {
        const Block to = room();
        const auto some = frames.first(std::min(frames.size(), to.size()));
        std::ranges::copy(some, to.begin());
        took(some.size());
        frames = frames.subspan(some.size());
    }
}
Block FaultFinder::room() { return state_->room(); }
void FaultFinder::took(std::size_t frames) { state_->took(frames); }
Faults FaultFinder::finish() { return state_->finish(); }

} // namespace segue
