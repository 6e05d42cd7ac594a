#include "measure/check_sound.h"

#include "core/parallel.h"
#include "measure/fault_rules.h"
#include "measure/file_faults.h"
#include "measure/joint_faults.h"
#include "measure/level_faults.h"

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

Result<Faults> faultsOf(const Source& source, const SourceOpener& open, const FaultThresholds& thresholds,
                        const std::function<Status(SampleCount)>& read)
{
    auto file = open(source);
    if (!file) return failure(std::move(file.error()));
    return findFaults(**file, thresholds, read);
}

Result<Findings> sourceFindings(const std::vector<Use>& uses, const SourceOpener& open,
                                const SoundCheck& check)
{
    const Progress& progress = check.progress;
    std::int64_t total = 0;
    for (const Use& use : uses) total += use.source->length.value();
    std::vector<Result<Findings>> results(uses.size());
    std::atomic<std::int64_t> done = 0;
    std::mutex reporting;
    const auto one = [&](const Use& use) -> Result<Findings> {
        if (check.known != nullptr)
            if (const auto known = check.known->find(*use.source)) {
                done += use.source->length.value();
                return named(use, *known);
            }
        const std::int64_t report = std::max<std::int64_t>(1, total / 100 / 4096);
        std::int64_t blocks = 0;
        const auto read = [&](SampleCount frames) -> Status {
            if (progress.cancelled()) return failure("Cancelled", use.source->path, ErrorKind::cancelled);
            done += frames.value();
            if (blocks++ % report != 0) return {};
            const std::scoped_lock lock{reporting};
            progress("Checking the audio",
                     static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)));
            return {};
        };
        auto faults = check.watch != nullptr ? check.watch->faultsOf(*use.source, read)
                                             : faultsOf(*use.source, open, check.thresholds, read);
        if (!faults) return failure(faults.error());
        Findings found = named(use, *faults);
        if (check.known != nullptr) check.known->keep(*use.source, std::move(*faults));
        return found;
    };
    parallelFor(uses.size(), check.threads, [&](std::size_t i) { results[i] = one(uses[i]); });
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

/// The faults of one piece as findings, with their places in the edition.
class PieceFindings {
public:
    PieceFindings(const Piece& piece, bool disc, bool several, int before, Findings& into)
        : piece_{piece}, disc_{disc}, several_{several}, before_{before}, into_{into}
    {
    }
    void add(std::size_t entry, const Fault& fault)
    {
        Place where{.track = before_ + static_cast<int>(entry) + 1};
        if (disc_) {
            if (several_) where.disc = piece_.number;
            if (fault.begin >= SamplePos{}) where.frame = frameContaining(fault.begin);
        }
        const FaultRule& rule = faultRule(fault.rule);
        into_.push_back(finding(rule.rule, describe(fault), where, std::string{rule.whatToDo}));
    }

private:
    const Piece& piece_;
    bool disc_, several_;
    int before_;
    Findings& into_;
};

/// What only the edition as rendered shows: its joints, and with a scan its levels.
Result<Findings> editionFindings(const Album& album, const Edition& edition, const SourceOpener& open,
                                 const SoundCheck& check)
{
    Findings all;
    const Timeline timeline = buildTimeline(album, edition);
    const bool disc = std::holds_alternative<CdSettings>(edition.medium);
    const auto loudness = check.scan == nullptr ? std::vector<JointLoudness>{} : jointLoudness(*check.scan);
    int before = 0;
    std::size_t first = 0; // of the piece's entries among the edition's
    for (const Piece& piece : timeline.pieces) {
        const std::size_t count = piece.entries.size();
        const bool scanned = check.scan != nullptr && first + count <= check.scan->entries.size();
        PieceFindings found{piece, disc, timeline.pieces.size() > 1, before, all};
        const auto joints = findJointFaults(album, piece, {}, open, check.thresholds,
                                            scanned ? std::span{loudness}.subspan(first, count)
                                                    : std::span<const JointLoudness>{});
        if (!joints) return failure(joints.error());
        for (const JointFault& f : *joints) found.add(entryOf(piece, f), f.fault);
        for (std::size_t i = 0; scanned && i < count; ++i) {
            const EntryScan& entry = check.scan->entries[first + i];
            if (const auto over = interSampleOver(entry)) found.add(i, *over);
            if (const auto silent = noSound(entry)) found.add(i, *silent);
        }
        first += count;
        if (!disc) before += static_cast<int>(count);
    }
    return all;
}

/// What the search for faults depends on.
std::string keyOf(const Source& source)
{
    if (source.fingerprint.xxh3.empty()) return {};
    return fmt::format("{} {} {}", source.fingerprint.xxh3, source.format.encoding, source.format.bits);
}

} // namespace

std::optional<Faults> KnownFaults::find(const Source& source) const
{
    const std::scoped_lock lock{mutex_};
    const auto found = known_.find(keyOf(source));
    return found == known_.end() ? std::nullopt : std::optional{found->second};
}

void KnownFaults::keep(const Source& source, Faults faults)
{
    std::string key = keyOf(source);
    if (key.empty()) return;
    const std::scoped_lock lock{mutex_};
    known_.insert_or_assign(std::move(key), std::move(faults));
}

Result<Findings> checkSound(const Album& album, const Edition& edition, const SourceOpener& open,
                            const SoundCheck& check)
{
    auto found = sourceFindings(usesOf(album, edition), open, check);
    if (!found) return found;
    auto rendered = editionFindings(album, edition, open, check);
    if (!rendered) return rendered;
    std::ranges::move(*rendered, std::back_inserter(*found));
    return found;
}

} // namespace segue
