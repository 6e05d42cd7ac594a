/// \file
/// What renders to 16 and to 24 bit have in common: spans copied, dithered or silent, in blocks, by several
/// threads, and one answer out of all of them. A `Format` says what a frame is and how it is quantised.
#pragma once

#include "audio/quantise.h"
#include "audio/render_stretches.h"
#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <type_traits>

namespace segue {

/// What is mixed and quantised at once: stays in the processor's cache between the two.
inline constexpr std::size_t renderChunkFrames = 4096;

struct RenderTask {
    const Album& album;
    const Piece& piece;
    const RenderPlan& plan;
    const RenderSettings& settings;
};

/// "Track 3 "Title", 4:12.440".
[[nodiscard]] std::string placeInRender(const RenderTask& task, std::size_t entry, SamplePos at);
/// The refusal of a copy that is none.
[[nodiscard]] Error noCopyAnyMore(int bits, std::string place);
void mergeOvers(std::map<std::size_t, Overs>& all, const Overs& some);
[[nodiscard]] RenderOutcome outcomeOf(const RenderTask& task, const std::map<std::size_t, Overs>& overs);

/// How far all threads are together, told at every hundredth.
class RenderProgress {
public:
    RenderProgress(const Progress& progress, SampleCount length) : progress_{progress}, length_{length} {}
    /// An Error after a cancel.
    [[nodiscard]] Status advance(SampleCount frames);

private:
    const Progress& progress_;
    SampleCount length_;
    std::atomic<std::int64_t> done_ = 0;
};

/// One thread of a render.
template <class Format>
class PcmRenderer {
public:
    using Value = typename Format::Value;
    using Sink = std::function<Status(SamplePos at, std::span<const Value> frames)>;

    PcmRenderer(const RenderTask& task, SoundSource& sound, std::size_t blockFrames, const Sink& sink)
        : task_{task}, sink_{sink}, sound_{sound}, frames_(std::min(blockFrames, renderChunkFrames)),
          values_(blockFrames)
    {
    }

    /// `advance` is told the frames done after every block and may stop the work.
    [[nodiscard]] Status render(const RenderStretch& stretch,
                                const std::function<Status(SampleCount)>& advance)
    {
        SamplePos blockBegin = stretch.begin;
        std::size_t filled = 0;
        const auto flush = [&]() -> Status {
            if (auto done = sink_(blockBegin, std::span{values_}.first(filled)); !done) return done;
            const SampleCount length{static_cast<std::int64_t>(filled)};
            blockBegin += length;
            filled = 0;
            return advance(length);
        };
        SamplePos at = stretch.begin;
        for (std::size_t i = stretch.span; at < stretch.end; ++i) {
            const RenderSpan& span = task_.plan.spans[i];
            typename Format::Quantiser quantiser = Format::quantiserAt(task_, span, at);
            for (const SamplePos end = std::min(span.end, stretch.end); at < end;) {
                const auto taken = std::min(
                    {frames_.size(), values_.size() - filled, static_cast<std::size_t>((end - at).value())});
                const std::span<Value> out = std::span{values_}.subspan(filled, taken);
                if (auto done = renderPart(span, quantiser, at, out); !done) return done;
                at += SampleCount{static_cast<std::int64_t>(taken)};
                filled += taken;
                if (filled == values_.size())
                    if (auto done = flush(); !done) return done;
            }
        }
        return filled > 0 ? flush() : Status{};
    }

    /// The same for a part that exists already.
    [[nodiscard]] Status take(EarlierParts& earlier, const RenderPart& part,
                              const std::function<Status(SampleCount)>& advance)
    {
        if constexpr (std::is_same_v<Value, Pcm16Frame>) {
            const auto found = earlier.give(part, [&](SamplePos at, std::span<const Value> frames) {
                auto done = sink_(at, frames);
                return done ? advance(SampleCount{std::ssize(frames)}) : done;
            });
            if (!found) return failure(found.error());
            if (found->slight > 0 || found->beyond > 0) mergeOvers(overs_, *found);
        }
        return {};
    }

    [[nodiscard]] const std::map<std::size_t, Overs>& overs() const { return overs_; }

private:
    [[nodiscard]] Status renderPart(const RenderSpan& span, typename Format::Quantiser& quantiser,
                                    SamplePos at, std::span<Value> out)
    {
        if (span.kind == RenderSpan::Kind::silence) {
            std::ranges::fill(out, Value{});
            return {};
        }
        const std::span<Frame> frames = std::span{frames_}.first(out.size());
        if (auto done = sound_.read(at, frames); !done) return done;
        const QuantiseTally tally = quantiser.run(frames, out);
        if (span.kind == RenderSpan::Kind::copied) return checkCopy(span, at, frames, out);
        if (tally.firstNonFinite)
            return failure("The sound is not a number (NaN or infinity) here; nothing can be written of it",
                           nameOf(span, at, *tally.firstNonFinite), ErrorKind::refused);
        if (tally.slight > 0 || tally.beyond > 0) {
            Overs found{span.entry, tally.slight, tally.beyond, tally.peak, {}};
            if (tally.firstBeyond) found.firstBeyond = positionOf(at, *tally.firstBeyond);
            mergeOvers(overs_, found);
        }
        return {};
    }

    // The promise of a copy is kept sample by sample, or the render stops.
    [[nodiscard]] Status checkCopy(const RenderSpan& span, SamplePos at, std::span<const Frame> frames,
                                   std::span<const Value> values) const
    {
        const auto isCopy = [&](std::size_t i) { return Format::isExactly(frames[i], values[i]); };
        std::size_t i = 0;
        while (i < frames.size() && isCopy(i)) ++i;
        if (i == frames.size()) return {};
        return failure(noCopyAnyMore(Format::bits, nameOf(span, at, i)));
    }

    [[nodiscard]] static SamplePos positionOf(SamplePos at, std::size_t index)
    {
        return at + SampleCount{static_cast<std::int64_t>(index)};
    }
    [[nodiscard]] std::string nameOf(const RenderSpan& span, SamplePos at, std::size_t index) const
    {
        return placeInRender(task_, span.entry, positionOf(at, index));
    }

    const RenderTask& task_;
    const Sink& sink_;
    SoundSource& sound_;
    std::vector<Frame> frames_;
    std::vector<Value> values_;
    std::map<std::size_t, Overs> overs_;
};

/// Renders the task's whole stream into `sink`, as renderPcm16() states it.
template <class Format>
[[nodiscard]] Result<RenderOutcome> renderPcm(const RenderTask& task, const SoundOpener& open,
                                              const RenderWork& work, const std::vector<RenderPart>& given,
                                              const typename PcmRenderer<Format>::Sink& sink)
{
    const int threads = threadCount(work.threads);
    const auto blockFrames = static_cast<std::size_t>(std::max(1, work.blockFrames));
    const std::vector<RenderStretch> stretches = stretchesOf(task.plan, task.settings.dither, threads, given);

    RenderProgress progress{work.progress, task.plan.length};
    // Handed out in order: when one fails, those before it are on their way, and the first failure is the
    // answer.
    std::atomic<std::size_t> next = 0, firstFailed = stretches.size();
    std::mutex mutex;
    std::map<std::size_t, Error> errors;
    std::map<std::size_t, Overs> overs;
    parallelFor(static_cast<std::size_t>(threads), threads, [&](std::size_t) {
        auto sound = open();
        if (!sound) {
            const std::lock_guard lock{mutex};
            errors.emplace(0, std::move(sound.error()));
            firstFailed = 0;
            return;
        }
        PcmRenderer<Format> renderer{task, **sound, blockFrames, sink};
        for (std::size_t i = next++; i < std::min(stretches.size(), firstFailed.load()); i = next++) {
            const auto advance = [&](SampleCount frames) -> Status {
                if (firstFailed < i) return failure("Another part failed", {}, ErrorKind::cancelled);
                return progress.advance(frames);
            };
            auto done = stretches[i].given == nullptr
                            ? renderer.render(stretches[i], advance)
                            : renderer.take(*work.earlier, *stretches[i].given, advance);
            if (done) continue;
            const std::lock_guard lock{mutex};
            errors.emplace(i, std::move(done.error()));
            firstFailed = std::min(firstFailed.load(), i);
        }
        {
            const std::lock_guard lock{mutex};
            for (const auto& [entry, some] : renderer.overs()) mergeOvers(overs, some);
        }
        if (work.meanwhile && firstFailed == stretches.size()) work.meanwhile();
    });
    if (!errors.empty()) return failure(std::move(errors.begin()->second));
    return outcomeOf(task, overs);
}

} // namespace segue
