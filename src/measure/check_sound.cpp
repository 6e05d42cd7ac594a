#include "measure/check_sound.h"

#include "core/parallel.h"
#include "measure/fault_rules.h"
#include "measure/file_faults.h"
#include "measure/joint_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace segue {

namespace {

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
        const std::int64_t report = std::max<std::int64_t>(1, total / 100 / 16'384);
        std::int64_t blocks = 0;
        const auto faults = findFaults(**file, thresholds, [&](SampleCount frames) -> Status {
            if (progress.cancelled()) return failure("Cancelled", use.source->path, ErrorKind::cancelled);
            done += frames.value();
            if (blocks++ % report != 0) return {};
            const std::scoped_lock lock{reporting};
            progress("Checking the audio",
                     static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)));
            return {};
        });
        if (!faults) return failure(faults.error());
        return named(use, *faults);
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

/// Which of the piece's entries a fault is about: the one that comes, but where a sound stops the one that
/// goes.
std::size_t entryOf(const Piece& piece, const JointFault& f)
{
    const std::size_t last = piece.entries.size() - 1;
    const bool edge = f.fault.rule == fault::jointEdge || f.fault.rule == fault::jointTail;
    const bool stops = edge && f.entry > 0 && f.entry <= last &&
                       f.fault.begin < nearestSample(piece.entries[f.entry].soundStart, cdRate);
    return std::min(stops ? f.entry - 1 : f.entry, last);
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
            Place where{.track = before + static_cast<int>(entryOf(piece, f)) + 1};
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
