#include "vinyl/cutting_curves.h"

#include "audio/denormals.h"
#include "core/parallel.h"
#include "vinyl/bass_watch.h"
#include "vinyl/peak_between.h"
#include "vinyl/programme_feed.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numbers>
#include <optional>

namespace segue::vinyl {

namespace {

// 40 s, and one second before it to settle the filters: 5 Hz has died away by 190 dB.
constexpr std::int64_t blocksPerPart = 4000, blocksToSettle = 100;
// Below this acceleration nobody asks for the peak between samples; in units of a full-scale 1 kHz sine's
// velocity per second: 4 g where -14 dBFS is 5 cm/s.
constexpr float quietAcceleration = 160;

/// Where things begin, in frames; always on a multiple of the reduction.
struct Grid {
    std::int64_t rate = 44'100;
    Speed speed = Speed::rpm33;

    [[nodiscard]] std::int64_t block(std::int64_t k) const { return multiple(k * rate, 100); }
    // 1.8 s / 16 = 9/80 s, 4/3 s / 16 = 1/12 s.
    [[nodiscard]] std::int64_t segment(std::int64_t k) const
    {
        return speed == Speed::rpm33 ? multiple(k * rate * 9, 80) : multiple(k * rate, 12);
    }
    static std::int64_t multiple(std::int64_t value, std::int64_t divisor)
    {
        constexpr auto step = static_cast<std::int64_t>(reduction);
        return detail::scaleFloor(value, 1, divisor * step) * step;
    }
};

void merge(GrooveSegment& into, const DisplacementFacts& facts)
{
    const auto least = [](float& a, double b) { a = std::min(a, static_cast<float>(b)); };
    const auto most = [](float& a, double b) { a = std::max(a, static_cast<float>(b)); };
    least(into.lowLeft, facts.low.left);
    least(into.lowRight, facts.low.right);
    most(into.highLeft, facts.high.left);
    most(into.highRight, facts.high.right);
    most(into.deeper, facts.deeper / std::numbers::sqrt2);
    most(into.shallower, facts.shallower / std::numbers::sqrt2);
    most(into.lateral, facts.lateral / std::numbers::sqrt2);
}
void merge(GrooveSegment& into, const GrooveSegment& other)
{
    into.lowLeft = std::min(into.lowLeft, other.lowLeft);
    into.lowRight = std::min(into.lowRight, other.lowRight);
    into.highLeft = std::max(into.highLeft, other.highLeft);
    into.highRight = std::max(into.highRight, other.highRight);
    into.deeper = std::max(into.deeper, other.deeper);
    into.shallower = std::max(into.shallower, other.shallower);
    into.lateral = std::max(into.lateral, other.lateral);
}

/// What one part of the grid found; its first and last segment may be shared with its neighbours.
struct PartOfCurves {
    std::int64_t firstSegment = 0;
    std::vector<GrooveSegment> segments;
    std::vector<TraceBlock> blocks;
    std::vector<BassWindow> windows;
    std::int64_t notNumbers = 0;
};

class PartPass {
public:
    PartPass(const Grid& grid, std::int64_t length, const CuttingFilter& filter, const BassFilters& bass,
             ProgrammeFeed& feed)
        : grid_{grid}, length_{length}, filter_{filter}, feed_{feed}, buffers_{mostFrames(grid)},
          bass_{bass, mostFrames(grid)}
    {
    }

    /// Blocks [first, end) and, for the peaks of the last frames, a little beyond.
    [[nodiscard]] Result<PartOfCurves> run(std::int64_t first, std::int64_t end)
    {
        part_.firstSegment = segmentAt(grid_.block(first));
        for (std::int64_t k = first - blocksToSettle; k < end; ++k) {
            BassWindow ignored;
            const bool counts = k >= first;
            if (counts && (k - first) % static_cast<std::int64_t>(blocksPerWindow) == 0)
                part_.windows.emplace_back();
            if (auto done = block(k, counts, counts ? part_.windows.back() : ignored); !done)
                return failure(std::move(done.error()));
        }
        return std::move(part_);
    }

private:
    // Blocks differ by one reduction.
    static std::size_t mostFrames(const Grid& grid)
    {
        return static_cast<std::size_t>(grid.block(1)) + 2 * reduction;
    }
    [[nodiscard]] std::int64_t segmentAt(std::int64_t frame) const
    {
        std::int64_t k =
            grid_.speed == Speed::rpm33 ? frame * 80 / (grid_.rate * 9) : frame * 12 / grid_.rate;
        while (grid_.segment(k + 1) <= frame) ++k;
        while (grid_.segment(k) > frame) --k;
        return k;
    }

    [[nodiscard]] Status block(std::int64_t k, bool counts, BassWindow& window)
    {
        const std::int64_t at = grid_.block(k);
        const auto frames = static_cast<std::size_t>(grid_.block(k + 1) - at);
        const Block input{&buffers_.input[pastFrames], frames};
        if (auto done = feed_.get(at, input); !done) return done;
        const CuttingKernels& kernels = cuttingKernels();
        BlockSums sums = kernels.spread(buffers_, frames);
        if (!std::isfinite(sums.leftLeft + sums.rightRight)) {
            silenceWhatIsNoNumber(input, counts);
            sums = kernels.spread(buffers_, frames);
        }
        window.left += static_cast<float>(sums.leftLeft);
        window.right += static_cast<float>(sums.rightRight);
        window.product += static_cast<float>(sums.leftRight);
        bass_.take(buffers_, frames, window);
        kernels.displace(filter_, buffers_, frames);
        kernels.accelerate(filter_, buffers_, frames);
        if (counts) {
            part_.blocks.push_back(trace(frames));
            survey(at, frames, part_.blocks.back());
        }
        buffers_.advance(frames);
        return {};
    }

    void silenceWhatIsNoNumber(Block input, bool counts)
    {
        constexpr double loudest = 1e6;
        for (Frame& f : input) {
            if (std::fabs(f.left) <= loudest && std::fabs(f.right) <= loudest) continue;
            f = {};
            if (counts) ++part_.notNumbers;
        }
    }

    void survey(std::int64_t begin, std::size_t frames, TraceBlock& block)
    {
        std::int64_t at = begin;
        // What lies behind the programme is there to settle the filters; the loops take two frames at a time.
        const std::int64_t end = std::min(at + static_cast<std::int64_t>(frames), (length_ + 1) / 2 * 2);
        std::int64_t k = segmentAt(at);
        GrooveSegment whole;
        while (at < end) {
            const std::int64_t next = std::min(end, grid_.segment(k + 1));
            const auto index = static_cast<std::size_t>(k - part_.firstSegment);
            if (part_.segments.size() <= index) part_.segments.resize(index + 1);
            const DisplacementFacts facts = cuttingKernels().surveyDisplacement(
                &buffers_.displacement[pastFrames + static_cast<std::size_t>(at - begin)],
                static_cast<std::size_t>(next - at));
            merge(part_.segments[index], facts);
            merge(whole, facts);
            at = next;
            ++k;
        }
        block.deeper = whole.deeper;
        block.shallower = whole.shallower;
        block.lateral = whole.lateral;
    }

    // All a little late, so that what follows a peak is known.
    [[nodiscard]] TraceBlock trace(std::size_t frames) const
    {
        const CuttingKernels& kernels = cuttingKernels();
        const std::size_t from = pastFrames - peakLag;
        const auto peak = [&](const std::vector<float>& curve, float floor) {
            const float top = kernels.largest(&curve[from], frames);
            if (top <= floor) return static_cast<double>(top);
            return peakAround(&curve[from + kernels.placeOf(&curve[from], frames, top)]);
        };
        TraceBlock block;
        block.velocity = static_cast<float>(
            std::max(peak(buffers_.velocityLeft, 0.01F), peak(buffers_.velocityRight, 0.01F)));
        block.lateralVelocity =
            static_cast<float>(peak(buffers_.velocityLateral, 0.01F) / std::numbers::sqrt2);
        block.acceleration =
            static_cast<float>(std::max(peak(buffers_.accelerationLeft, quietAcceleration),
                                        peak(buffers_.accelerationRight, quietAcceleration)));
        std::size_t begin = 0;
        for (std::size_t p = 0; p < partsPerBlock; ++p) {
            const std::size_t end = frames * (p + 1) / partsPerBlock / groupFrames * groupFrames;
            const float louder =
                std::max(kernels.sumOfSquares(&buffers_.accelerationLeft[from + begin], end - begin),
                         kernels.sumOfSquares(&buffers_.accelerationRight[from + begin], end - begin));
            block.sustained[p] =
                std::sqrt(2 * louder / static_cast<float>(std::max<std::size_t>(end - begin, 1)));
            begin = end;
        }
        return block;
    }

    const Grid& grid_;
    std::int64_t length_;
    const CuttingFilter& filter_;
    ProgrammeFeed& feed_;
    CuttingBuffers buffers_;
    BassWatch bass_;
    PartOfCurves part_;
};

/// Opened programmes, handed from part to part.
class OpenPool {
public:
    explicit OpenPool(const SoundOpener& open) : open_{open} {}
    [[nodiscard]] Result<std::unique_ptr<SoundSource>> take()
    {
        {
            const std::scoped_lock lock{mutex_};
            if (!idle_.empty()) {
                auto sound = std::move(idle_.back());
                idle_.pop_back();
                return sound;
            }
        }
        return open_();
    }
    void giveBack(std::unique_ptr<SoundSource> sound)
    {
        const std::scoped_lock lock{mutex_};
        idle_.push_back(std::move(sound));
    }

private:
    const SoundOpener& open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SoundSource>> idle_;
};

// What a file's first and last samples do to velocity and acceleration is not music: a hard edge is a finding
// of its own, and a tone that begins or ends is a step in its slope.
void forgetEdges(CuttingCurves& curves)
{
    constexpr std::size_t deaf = 5; // 50 ms
    const std::size_t count = curves.blocks.size();
    for (std::size_t i = 0; i < count; ++i)
        if (i < deaf || i + deaf + 1 >= count) {
            TraceBlock& b = curves.blocks[i];
            b = {.deeper = b.deeper, .shallower = b.shallower, .lateral = b.lateral};
        }
}

void tellSegments(CuttingCurves& curves)
{
    for (std::size_t i = 0; i < curves.blocks.size(); ++i) {
        // A block on the border belongs to both.
        const double begin = static_cast<double>(i) * blockSeconds / curves.segmentSeconds();
        const double end = static_cast<double>(i + 1) * blockSeconds / curves.segmentSeconds();
        const TraceBlock& b = curves.blocks[i];
        for (const double at : {begin, end}) {
            const auto k = std::min(static_cast<std::size_t>(at), curves.segments.size() - 1);
            GrooveSegment& g = curves.segments[k];
            g.lateralVelocity = std::max(g.lateralVelocity, b.lateralVelocity);
            g.sustained = std::max(g.sustained, std::ranges::max(b.sustained));
        }
    }
}

void append(CuttingCurves& curves, PartOfCurves& part)
{
    const auto first = static_cast<std::size_t>(part.firstSegment);
    if (curves.segments.size() < first + part.segments.size())
        curves.segments.resize(first + part.segments.size());
    for (std::size_t i = 0; i < part.segments.size(); ++i)
        merge(curves.segments[first + i], part.segments[i]);
    curves.blocks.insert(curves.blocks.end(), part.blocks.begin(), part.blocks.end());
    curves.windows.insert(curves.windows.end(), part.windows.begin(), part.windows.end());
    curves.notNumbers += part.notNumbers;
}

} // namespace

Result<CuttingCurves> measureCuttingCurves(const SoundOpener& open, Speed speed, const CurveWork& work)
{
    const DenormalsOff guard;
    auto sound = open();
    if (!sound) return failure(std::move(sound.error()));
    CuttingCurves curves{.rate = (*sound)->rate(), .length = (*sound)->length(), .speed = speed};
    if (curves.length.value() <= 0) return failure("There is no sound to cut");
    if (auto done = (*sound)->read(SamplePos{}, Block{&curves.first, 1}); !done)
        return failure(std::move(done.error()));
    if (auto done = (*sound)->read(SamplePos{curves.length.value() - 1}, Block{&curves.last, 1}); !done)
        return failure(std::move(done.error()));
    const auto ends = ProgrammeFeed::endsOf(**sound);
    if (!ends) return failure(ends.error());

    const Grid grid{curves.rate.hertz(), speed};
    const CuttingFilter filter = designCuttingFilter(curves.rate);
    const BassFilters bassFilters{curves.rate};
    std::int64_t blocks = curves.length.value() * 100 / curves.rate.hertz();
    while (grid.block(blocks) < curves.length.value() + static_cast<std::int64_t>(peakLag)) ++blocks;
    const auto parts = static_cast<std::size_t>((blocks + blocksPerPart - 1) / blocksPerPart);
    std::vector<std::optional<Result<PartOfCurves>>> found(parts);
    OpenPool pool{open};
    pool.giveBack(std::move(*sound));
    std::atomic<std::size_t> finished = 0;
    std::atomic<bool> stopped = false;
    parallelFor(parts, work.threads, [&](std::size_t i) {
        if (work.progress.cancelled()) stopped = true;
        if (stopped) return;
        const DenormalsOff off;
        auto mine = pool.take();
        if (!mine) {
            found[i] = failure(std::move(mine.error()));
            stopped = true;
            return;
        }
        {
            ProgrammeFeed feed{**mine, work.readFrames, *ends};
            PartPass pass{grid, curves.length.value(), filter, bassFilters, feed};
            const auto first = static_cast<std::int64_t>(i) * blocksPerPart;
            found[i] = pass.run(first, std::min(first + blocksPerPart, blocks));
            if (!*found[i]) stopped = true;
        }
        pool.giveBack(std::move(*mine));
        work.progress("Measuring for the cut", static_cast<double>(++finished) / static_cast<double>(parts));
    });
    curves.blocks.reserve(static_cast<std::size_t>(blocks));
    // Parts are begun in order: the earliest one without curves has the error, or nobody wanted it.
    for (auto& part : found) {
        if (!part) return failure("Cancelled", {}, ErrorKind::cancelled);
        if (!*part) return failure(std::move(part->error()));
        append(curves, **part);
        part.reset();
    }
    std::int64_t segments = static_cast<std::int64_t>(curves.segments.size());
    while (segments > 1 && grid.segment(segments - 1) >= curves.length.value()) --segments;
    curves.segments.resize(static_cast<std::size_t>(segments));
    forgetEdges(curves);
    tellSegments(curves);
    return curves;
}

} // namespace segue::vinyl
