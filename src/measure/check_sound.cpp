#include "measure/check_sound.h"

#include "core/parallel.h"
#include "measure/fault_finder.h"
#include "measure/fault_rules.h"
#include "measure/joint_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace segue {

namespace {

constexpr std::int64_t blockFrames = 16'384;

/// The stretches of a source that an edition plays, and the first track that does.
struct Use {
    const Source* source = nullptr;
    int track = 0;
    std::vector<std::pair<SamplePos, SamplePos>> stretches{};

    [[nodiscard]] bool plays(const Fault& f) const
    {
        return std::ranges::any_of(stretches,
                                   [&f](const auto& s) { return f.begin < s.second && s.first < f.end; });
    }
};

std::vector<Use> usesOf(const Album& album, const Edition& edition)
{
    std::map<SourceId, Use> uses;
    int number = 0;
    for (const Entry& entry : edition.entries) {
        const auto* track = find(album, entry.track);
        if (track == nullptr) continue;
        ++number;
        for (const Clip& clip : track->clips) {
            const auto* source = find(album, clip.source);
            if (clip.muted || source == nullptr) continue;
            Use& use = uses[clip.source];
            use.source = source;
            if (use.track == 0) use.track = number;
            use.stretches.emplace_back(SamplePos{} + clip.in, SamplePos{} + clip.in + clip.length);
        }
    }
    std::vector<Use> all;
    for (auto& [id, use] : uses) all.push_back(std::move(use));
    // The longest first, so that all threads are done at about the same time.
    std::ranges::stable_sort(all, std::greater{}, [](const Use& u) { return u.source->length; });
    return all;
}

SoundShape shapeOf(const AudioFileInfo& info)
{
    // What a lossy or float file was rounded to says nothing.
    const bool whole = info.format.encoding == "PCM";
    return {.rate = info.rate,
            .channels = info.channels,
            .length = info.length,
            .bits = whole ? info.format.bits : 0};
}

Findings named(const Use& use, const Faults& faults)
{
    Findings found;
    std::map<std::string_view, std::pair<std::size_t, std::int64_t>> counts; // findings made; places left out
    for (const Fault& f : faults) {
        if (f.rule == fault::notFinite || !use.plays(f)) continue;
        auto& [made, left] = counts[f.rule];
        if (made == mostFindingsOfRule) {
            left += f.count;
            continue;
        }
        ++made;
        found.push_back(findingOf(f, use.source->rate, use.source->path));
        found.back().where.track = use.track;
    }
    for (const auto& [rule, count] : counts)
        if (count.second > 0)
            found.push_back(
                finding(faultRule(rule).rule,
                        fmt::format("There are {} more places of this kind in the file", count.second),
                        {.file = use.source->path, .track = use.track}));
    return found;
}

Result<Findings> sourceFindings(const std::vector<Use>& uses, const SourceOpener& open,
                                const FaultThresholds& thresholds, const Progress& progress)
{
    std::int64_t total = 0;
    for (const Use& use : uses) total += use.source->length.value();
    std::vector<Result<Findings>> results(uses.size());
    std::atomic<std::int64_t> done = 0;
    std::mutex reporting;
    const auto one = [&](const Use& use) -> Result<Findings> {
        auto file = open(*use.source);
        if (!file) return failure(file.error());
        FaultFinder finder{shapeOf((*file)->info()), thresholds};
        std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
        const std::int64_t length = (*file)->length().value();
        const std::int64_t report = std::max<std::int64_t>(1, total / 100 / blockFrames);
        for (std::int64_t at = 0, n = 0; at < length; at += blockFrames, ++n) {
            if (progress.cancelled()) return failure("Cancelled", use.source->path, ErrorKind::cancelled);
            const Block part =
                Block{block}.first(static_cast<std::size_t>(std::min(blockFrames, length - at)));
            if (auto s = (*file)->read(SamplePos{at}, part); !s) return failure(std::move(s.error()));
            finder.take(part);
            done += std::ssize(part);
            if (n % report != 0) continue;
            const std::scoped_lock lock{reporting};
            progress("Checking the audio",
                     static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)));
        }
        return named(use, finder.finish());
    };
    parallelFor(uses.size(), 0, [&](std::size_t i) { results[i] = one(uses[i]); });
    Findings all;
    for (auto& result : results) {
        if (!result) return failure(std::move(result.error()));
        std::ranges::move(*result, std::back_inserter(all));
    }
    std::ranges::stable_sort(all, {}, [](const Finding& f) { return f.where.track; });
    return all;
}

Result<Findings> jointFindings(const Album& album, const Edition& edition, const SourceOpener& open,
                               const FaultThresholds& thresholds)
{
    Findings all;
    const Timeline timeline = buildTimeline(album, edition);
    const bool disc = std::holds_alternative<CdSettings>(edition.medium);
    int before = 0;
    for (const Piece& piece : timeline.pieces) {
        const auto faults = findJointFaults(album, piece, {}, open, thresholds, {});
        if (!faults) return failure(faults.error());
        for (const JointFault& f : *faults) {
            Place where{.track = before + static_cast<int>(std::min(f.entry + 1, piece.entries.size()))};
            if (disc) {
                if (timeline.pieces.size() > 1) where.disc = piece.number;
                if (f.fault.begin >= SamplePos{}) where.frame = frameContaining(f.fault.begin);
            }
            const FaultRule& rule = faultRule(f.fault.rule);
            all.push_back(finding(rule.rule, describe(f.fault), where, std::string{rule.whatToDo}));
        }
        if (!disc) before += static_cast<int>(piece.entries.size());
    }
    return all;
}

} // namespace

Result<Findings> checkSound(const Album& album, const Edition& edition, const SourceOpener& open,
                            const FaultThresholds& thresholds, const Progress& progress)
{
    auto found = sourceFindings(usesOf(album, edition), open, thresholds, progress);
    if (!found) return found;
    auto joints = jointFindings(album, edition, open, thresholds);
    if (!joints) return joints;
    std::ranges::move(*joints, std::back_inserter(*found));
    return found;
}

} // namespace segue
