#include "measure/scan_work.h"

#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <optional>

namespace segue {

namespace {

/// A sound on its way.
class Scanning {
public:
    Scanning(const ScanJob& job, bool withOverview)
        : job_{job}, withOverview_{withOverview}, joiner_{job.rate, job.channels, job.length, withOverview}
    {
    }

    [[nodiscard]] Status scanPart(std::int64_t part, const Progress& progress)
    {
        auto source = take();
        if (!source) return failure(std::move(source.error()));
        const std::int64_t size = job_.divisible ? partFrames(job_.rate) : job_.length.value();
        const std::int64_t begin = part * size, end = std::min(begin + size, job_.length.value());
        auto status =
            job_.divisible ? readPart(**source, part, begin, end, progress) : readWhole(**source, progress);
        if (status) give(std::move(*source));
        return status;
    }
    /// True when this was the last part.
    [[nodiscard]] bool partDone(std::int64_t parts) { return ++done_ == parts; }
    [[nodiscard]] ScannedSound sound() { return joiner_.sound(); }
    [[nodiscard]] Overview overview() const { return joiner_.overview(); }
    /// Nobody reads any more.
    void close()
    {
        const std::scoped_lock lock{mutex_};
        idle_.clear();
    }

private:
    [[nodiscard]] Result<std::unique_ptr<SoundSource>> take()
    {
        {
            const std::scoped_lock lock{mutex_};
            if (!idle_.empty()) {
                auto source = std::move(idle_.back());
                idle_.pop_back();
                return source;
            }
        }
        return job_.open();
    }
    void give(std::unique_ptr<SoundSource> source)
    {
        const std::scoped_lock lock{mutex_};
        idle_.push_back(std::move(source));
    }

    [[nodiscard]] Status readPart(SoundSource& source, std::int64_t part, std::int64_t begin,
                                  std::int64_t end, const Progress& progress)
    {
        PartScan scan{job_.rate, SamplePos{begin}, withOverview_};
        if (begin > 0) {
            std::vector<Frame> before(static_cast<std::size_t>(hopFrames(job_.rate)));
            if (auto s = source.read(SamplePos{begin - std::ssize(before)}, before); !s) return s;
            scan.runIn(before);
        }
        for (std::int64_t at = begin; at < end;) {
            if (progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
            Block room = scan.room();
            if (std::ssize(room) > end - at) room = room.first(static_cast<std::size_t>(end - at));
            if (auto s = source.read(SamplePos{at}, room); !s) return s;
            scan.took(room.size());
            at += std::ssize(room);
        }
        join(part, scan.finish(end == job_.length.value()));
        return {};
    }

    /// One after another: a decoder goes forward only. The parts are the same.
    [[nodiscard]] Status readWhole(SoundSource& source, const Progress& progress)
    {
        const std::int64_t length = job_.length.value(), size = partFrames(job_.rate);
        std::optional<PartScan> scan{std::in_place, job_.rate, SamplePos{}, withOverview_};
        std::int64_t part = 0;
        for (std::int64_t at = 0; at < length;) {
            if (progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
            if (scan->full()) {
                PartScan next{job_.rate, SamplePos{(part + 1) * size}, withOverview_};
                next.runIn(scan->lastHop());
                join(part++, scan->finish(false));
                scan.emplace(std::move(next));
            }
            Block room = scan->room();
            if (std::ssize(room) > length - at) room = room.first(static_cast<std::size_t>(length - at));
            if (auto s = source.read(SamplePos{at}, room); !s) return s;
            scan->took(room.size());
            at += std::ssize(room);
        }
        join(part, scan->finish(true));
        return {};
    }

    void join(std::int64_t part, ScannedPart scanned)
    {
        const std::scoped_lock lock{mutex_};
        waiting_.emplace(part, std::move(scanned));
        for (auto next = waiting_.find(joined_); next != waiting_.end(); next = waiting_.find(joined_)) {
            joiner_.take(std::move(next->second));
            waiting_.erase(next);
            ++joined_;
        }
    }

    const ScanJob& job_;
    bool withOverview_;
    std::mutex mutex_{};
    std::vector<std::unique_ptr<SoundSource>> idle_{};
    std::map<std::int64_t, ScannedPart> waiting_{}; ///< for one before them
    std::int64_t joined_ = 0;
    ScanJoiner joiner_;
    std::atomic<std::int64_t> done_ = 0;
};

struct Task {
    std::size_t job = 0;
    std::int64_t part = 0;
};

std::int64_t partsOf(const ScanJob& job)
{
    if (!job.divisible) return 1;
    const std::int64_t size = partFrames(job.rate);
    return std::max<std::int64_t>(1, (job.length.value() + size - 1) / size);
}

/// Whole sounds first, the longest first: parts fill what time is left. Those in the order of the sounds, so
/// that who wants them in that order does not have to keep many.
std::vector<Task> tasksOf(std::span<const ScanJob> jobs)
{
    std::vector<std::size_t> order(jobs.size());
    std::iota(order.begin(), order.end(), std::size_t{});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        if (jobs[a].divisible != jobs[b].divisible) return jobs[b].divisible;
        return !jobs[a].divisible && jobs[a].length.value() > jobs[b].length.value();
    });
    std::vector<Task> tasks;
    for (const std::size_t job : order)
        for (std::int64_t part = 0; part < partsOf(jobs[job]); ++part) tasks.push_back({job, part});
    return tasks;
}

// With so many sounds for each thread, none has to wait long for the last one.
constexpr std::size_t enoughForThread = 3;

std::vector<ScanJob> wholeWhereEnough(std::span<const ScanJob> jobs, int threads)
{
    std::vector<ScanJob> all{jobs.begin(), jobs.end()};
    if (all.size() >= enoughForThread * static_cast<std::size_t>(threadCount(threads)))
        for (ScanJob& job : all) job.divisible = false;
    return all;
}

ScanWork allowingParts(ScanWork work)
{
    work.inOrder = false;
    return work;
}

} // namespace

bool readsFromAnywhere(const SampleFormat& format)
{
    return format.container != "FLAC" && (format.encoding == "PCM" || format.encoding == "float");
}

std::vector<Result<ScannedSound>> scanSounds(std::span<const ScanJob> jobs, const ScanWork& work)
{
    if (work.inOrder) return scanSounds(wholeWhereEnough(jobs, work.threads), allowingParts(work));
    const std::vector<Task> tasks = tasksOf(jobs);
    std::vector<Result<ScannedSound>> results(jobs.size());
    std::vector<std::unique_ptr<Scanning>> scans(jobs.size());
    std::mutex mutex;
    std::vector<std::optional<Error>> errors(jobs.size());
    std::int64_t all = 0, done = 0;
    int shown = -1;
    for (const ScanJob& job : jobs) all += job.length.value();

    parallelFor(tasks.size(), work.threads, [&](std::size_t t) {
        const auto [index, part] = tasks[t];
        const ScanJob& job = jobs[index];
        Scanning* scan = nullptr;
        {
            const std::scoped_lock lock{mutex};
            if (errors[index]) return;
            if (!scans[index])
                scans[index] = std::make_unique<Scanning>(job, static_cast<bool>(work.overview));
            scan = scans[index].get();
        }
        auto status = scan->scanPart(part, work.progress);
        if (!status) {
            const std::scoped_lock lock{mutex};
            if (!errors[index]) errors[index] = std::move(status.error());
            return;
        }
        if (scan->partDone(partsOf(job))) {
            scan->close();
            if (work.overview) work.overview(index, scan->overview());
            ScannedSound sound = scan->sound();
            auto taken = work.scanned ? work.scanned(index, sound) : Status{};
            const std::scoped_lock lock{mutex};
            if (taken)
                results[index] = std::move(sound);
            else
                errors[index] = std::move(taken.error());
            scans[index].reset();
        }
        const std::scoped_lock lock{mutex};
        done += std::min(job.divisible ? partFrames(job.rate) : job.length.value(), job.length.value());
        const double fraction =
            all > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(all)) : 1;
        if (static_cast<int>(fraction * 100) == shown) return;
        shown = static_cast<int>(fraction * 100);
        work.progress("Measuring", fraction);
    });
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (errors[i]) results[i] = failure(std::move(*errors[i]));
    return results;
}

} // namespace segue
