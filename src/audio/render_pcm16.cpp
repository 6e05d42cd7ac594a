#include "audio/converted_source.h"
#include "audio/delivered_sound.h"
#include "audio/render_parts.h"
#include "audio/sounding.h"
#include "core/parallel.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>

namespace segue {

namespace {

// What is mixed and quantised at once: stays in the processor's cache between the two.
constexpr std::size_t chunkFrames = 4096;

// A shaper runs through its span from the beginning; everything else can be cut anywhere.
bool isSequential(const RenderSpan& span, Dither dither)
{
    return span.kind == RenderSpan::Kind::dithered && isShaped(dither);
}

// One thread's work: neighbouring spans, so that a file or a converter is read onwards.
struct Stretch {
    std::size_t span = 0; ///< in which it begins
    SamplePos begin{}, end{};
    const RenderPart* given = nullptr; ///< it need not be rendered
};

// An entry at a time: its files are then read once and from their beginning, which is what a watch over the
// sources can follow. An entry that is a large part of the whole is cut, so that no thread waits long for the
// last; by the minute, so that the image grows from its beginning. Not shorter than needed: where a stretch
// begins inside a converted source, a chunk is converted twice. `given`: parts that exist already and are no
// work worth counting.
std::vector<Stretch> stretchesOf(const RenderPlan& plan, Dither dither, int threads,
                                 const std::vector<RenderPart>& given)
{
    SampleCount toRender = plan.length;
    for (const RenderPart& part : given) toRender -= part.end - part.begin;
    const SampleCount longestWhole{toRender.value() / (2 * std::int64_t{threads})};
    const SampleCount minute{std::int64_t{plan.places.rate.hertz()} * 60};
    const SampleCount part{
        std::clamp(plan.length.value() / (8 * std::int64_t{threads}), std::int64_t{2048}, minute.value())};
    const auto endOfEntry = [&](std::size_t i) {
        const std::size_t entry = plan.spans[i].entry;
        while (i + 1 < plan.spans.size() && plan.spans[i + 1].entry == entry) ++i;
        return plan.spans[i].end;
    };
    std::vector<Stretch> stretches;
    SampleCount room{};
    for (std::size_t i = 0; i < plan.spans.size(); ++i) {
        const RenderSpan& span = plan.spans[i];
        if (const auto whole = std::ranges::find(given, i, &RenderPart::firstSpan); whole != given.end()) {
            stretches.push_back({i, whole->begin, whole->end, &*whole});
            while (i + 1 < plan.spans.size() && plan.spans[i + 1].entry == span.entry) ++i;
            continue;
        }
        if (i == 0 || span.entry != plan.spans[i - 1].entry) {
            const SampleCount whole = endOfEntry(i) - span.begin;
            room = whole <= longestWhole ? whole : part;
            stretches.push_back({i, span.begin, span.begin});
        }
        const bool uncut = isSequential(span, dither);
        for (SamplePos at = span.begin; at < span.end;) {
            SampleCount left = room - (stretches.back().end - stretches.back().begin);
            if (left <= SampleCount{} || (uncut && left < span.end - at)) {
                if (stretches.back().begin < at) stretches.push_back({i, at, at});
                left = room;
            }
            at = uncut ? span.end : std::min(span.end, at + left);
            stretches.back().end = at;
        }
    }
    return stretches;
}

std::string placeName(const Album& album, const Piece& piece, std::size_t entry, SamplePos at,
                      SampleRate rate)
{
    std::string time = clockTime(nearestDuration(at - SamplePos{}, rate));
    if (entry >= piece.entries.size()) return time;
    return fmt::format("Track {} \"{}\", {}", entry + 1,
                       displayTitle(*find(album, piece.entries[entry].track)), time);
}

void merge(std::map<std::size_t, Overs>& all, const Overs& some)
{
    const auto [at, isNew] = all.try_emplace(some.entry, some);
    if (isNew) return;
    Overs& sum = at->second;
    if (some.beyond > 0)
        sum.firstBeyond = sum.beyond > 0 ? std::min(sum.firstBeyond, some.firstBeyond) : some.firstBeyond;
    sum.slight += some.slight;
    sum.beyond += some.beyond;
    sum.peak = std::max(sum.peak, some.peak);
}

class Renderer {
public:
    using Sink = std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>;

    Renderer(const Album& album, const Piece& piece, const RenderPlan& plan, const RenderSettings& settings,
             const SourceOpener& open, std::size_t blockFrames, const Sink& sink)
        : album_{album}, piece_{piece}, plan_{plan}, settings_{settings}, sink_{sink},
          mixer_{album, piece, plan, open}, frames_(std::min(blockFrames, chunkFrames)), values_(blockFrames)
    {
    }

    /// `advance` is told the frames done after every block and may stop the work.
    [[nodiscard]] Status render(const Stretch& stretch, const std::function<Status(SampleCount)>& advance)
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
            const RenderSpan& span = plan_.spans[i];
            Quantiser quantiser = quantiserAt(album_, plan_, settings_, span, at);
            for (const SamplePos end = std::min(span.end, stretch.end); at < end;) {
                const auto taken = std::min(
                    {frames_.size(), values_.size() - filled, static_cast<std::size_t>((end - at).value())});
                const std::span<Pcm16Frame> out = std::span{values_}.subspan(filled, taken);
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
        const auto found = earlier.give(part, [&](SamplePos at, std::span<const Pcm16Frame> frames) {
            auto done = sink_(at, frames);
            return done ? advance(SampleCount{std::ssize(frames)}) : done;
        });
        if (!found) return failure(found.error());
        if (found->slight > 0 || found->beyond > 0) merge(overs_, *found);
        return {};
    }

    [[nodiscard]] const std::map<std::size_t, Overs>& overs() const { return overs_; }

private:
    [[nodiscard]] Status renderPart(const RenderSpan& span, Quantiser& quantiser, SamplePos at,
                                    std::span<Pcm16Frame> out)
    {
        if (span.kind == RenderSpan::Kind::silence) {
            std::ranges::fill(out, Pcm16Frame{});
            return {};
        }
        const std::span<Frame> frames = std::span{frames_}.first(out.size());
        if (auto done = mixer_.read(at, frames); !done) return done;
        const QuantiseTally tally = quantiser.run(frames, out);
        if (span.kind == RenderSpan::Kind::copied) return checkCopy(span, at, frames, out);
        if (tally.firstNonFinite)
            return failure("The sound is not a number (NaN or infinity) here; nothing can be written of it",
                           nameOf(span, at, *tally.firstNonFinite), ErrorKind::refused);
        if (tally.slight > 0 || tally.beyond > 0) {
            Overs found{span.entry, tally.slight, tally.beyond, tally.peak, {}};
            if (tally.firstBeyond) found.firstBeyond = positionOf(at, *tally.firstBeyond);
            merge(overs_, found);
        }
        return {};
    }

    // The promise of a copy is kept sample by sample, or the render stops.
    [[nodiscard]] Status checkCopy(const RenderSpan& span, SamplePos at, std::span<const Frame> frames,
                                   std::span<const Pcm16Frame> values) const
    {
        const auto isCopy = [&](std::size_t i) {
            return frames[i].left * 32'768 == values[i].left && frames[i].right * 32'768 == values[i].right;
        };
        std::size_t i = 0;
        while (i < frames.size() && isCopy(i)) ++i;
        if (i == frames.size()) return {};
        return failure(
            "The source was exactly 16 bit when it was measured and is not any more; it has changed. "
            "Relink it and listen to it again",
            nameOf(span, at, i), ErrorKind::refused);
    }

    [[nodiscard]] static SamplePos positionOf(SamplePos at, std::size_t index)
    {
        return at + SampleCount{static_cast<std::int64_t>(index)};
    }
    [[nodiscard]] std::string nameOf(const RenderSpan& span, SamplePos at, std::size_t index) const
    {
        return placeName(album_, piece_, span.entry, positionOf(at, index), plan_.places.rate);
    }

    const Album& album_;
    const Piece& piece_;
    const RenderPlan& plan_;
    const RenderSettings& settings_;
    const Sink& sink_;
    Mixer mixer_;
    std::vector<Frame> frames_;
    std::vector<Pcm16Frame> values_;
    std::map<std::size_t, Overs> overs_;
};

// How far all threads are together, told at every hundredth.
class ProgressCount {
public:
    ProgressCount(const Progress& progress, SampleCount length) : progress_{progress}, length_{length} {}
    [[nodiscard]] Status advance(SampleCount frames)
    {
        if (progress_.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        const std::int64_t before = done_.fetch_add(frames.value()), after = before + frames.value();
        if (before * 100 / length_.value() != after * 100 / length_.value())
            progress_("Rendering", static_cast<double>(after) / static_cast<double>(length_.value()));
        return {};
    }

private:
    const Progress& progress_;
    SampleCount length_;
    std::atomic<std::int64_t> done_ = 0;
};

} // namespace

Result<RenderOutcome> renderPcm16(const Album& album, const Piece& piece, const RenderPlan& plan,
                                  const RenderSettings& settings, const SourceOpener& open,
                                  const RenderWork& work,
                                  const std::function<Status(SamplePos, std::span<const Pcm16Frame>)>& sink)
{
    const int hertz = plan.places.rate.hertz();
    if (isShaped(settings.dither) && hertz != 44'100 && hertz != 48'000)
        return failure(fmt::format(
            "Noise-shaped dither is made for 44.1 and 48 kHz, not for {} Hz; choose tpdf", hertz));
    const int threads = threadCount(work.threads);
    const auto blockFrames = static_cast<std::size_t>(std::max(1, work.blockFrames));
    std::vector<RenderPart> given;
    if (work.earlier != nullptr) given = partsGiven(album, piece, plan, settings, *work.earlier);
    const std::vector<Stretch> stretches = stretchesOf(plan, settings.dither, threads, given);

    ProgressCount progress{work.progress, plan.length};
    // Handed out in order: when one fails, those before it are on their way, and the first failure is the
    // answer.
    std::atomic<std::size_t> next = 0, firstFailed = stretches.size();
    std::mutex mutex;
    std::map<std::size_t, Error> errors;
    std::map<std::size_t, Overs> overs;
    parallelFor(static_cast<std::size_t>(threads), threads, [&](std::size_t) {
        Renderer renderer{album, piece, plan, settings, open, blockFrames, sink};
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
            for (const auto& [entry, some] : renderer.overs()) merge(overs, some);
        }
        if (work.meanwhile && firstFailed == stretches.size()) work.meanwhile();
    });
    if (!errors.empty()) return failure(std::move(errors.begin()->second));

    RenderOutcome outcome;
    for (const auto& [entry, some] : overs) outcome.overs.push_back(some);
    const Sounding sounding = soundingOn(album, piece, plan.places);
    if (std::ranges::any_of(sounding.clips,
                            [&](const SoundingClip& sound) { return sound.source.rate != plan.places.rate; }))
        outcome.resampler = resamplerName();
    return outcome;
}

} // namespace segue
