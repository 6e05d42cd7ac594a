#include "measure/overview_service.h"

#include "audio/measure_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>

namespace segue {

namespace {

// A block stays in the processor's second cache; a step is short even on a slow disk.
constexpr std::int64_t blockFrames = 16'384, stepFrames = 4 * blockFrames;

/// A source half read.
struct Reading {
    Reading(const Source& source, std::unique_ptr<AudioFile> opened)
        : file{std::move(opened)}, builder{source.channels, source.length}
    {
        if (!source.fingerprint.xxh3.empty()) meter.emplace(source.channels);
    }
    std::unique_ptr<AudioFile> file;
    OverviewBuilder builder;
    /// Only what has the source's fingerprint may be cached under it.
    std::optional<SourceMeter> meter{};
    SampleCount published{};
};

/// What comes next.
enum class Phase : std::uint8_t { lookInCache, checkFile, open, read, keep };

struct Job {
    // Constant.
    Source source{};
    std::uint64_t number = 0;

    // Guarded by the service's lock.
    OverviewState state = OverviewState::waiting;
    bool taken = false;     ///< a thread does a step of it
    bool abandoned = false; ///< another one is in its place
    std::shared_ptr<const Overview> snapshot{};
    std::optional<Error> error{};

    // Of the thread that has taken it, else guarded.
    Phase phase = Phase::lookInCache;
    std::unique_ptr<Reading> reading{};
};

/// What a step brought.
struct Outcome {
    std::shared_ptr<const Overview> snapshot{};
    std::optional<Error> error{};
    bool done = false;
};

Outcome failed(Error error) { return {.error = std::move(error), .done = true}; }

} // namespace

class OverviewService::State {
public:
    State(SourceOpener open, std::function<void(SourceId)> changed, const Options& options)
        : open_{std::move(open)}, changed_{std::move(changed)}, cache_{options.cache}
    {
        for (int i = 0; i < std::max(1, options.threads); ++i)
            threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
    }

    void stop()
    {
        for (std::jthread& thread : threads_) thread.request_stop();
        threads_.clear();
    }

    /// \return whether it is new or begins anew
    bool request(const Source& source)
    {
        const std::scoped_lock lock{mutex_};
        std::shared_ptr<Job>& place = jobs_[source.id];
        const bool same = place && place->source == source;
        if (same && place->state != OverviewState::failed && place->state != OverviewState::cancelled)
            return false;
        auto job = std::make_shared<Job>();
        job->source = source;
        job->number = ++lastNumber_;
        if (same) job->snapshot = place->snapshot;
        if (place) abandon(place);
        place = std::move(job);
        wake_.notify_all();
        return true;
    }

    void prefer(std::vector<SourceId> first)
    {
        const std::scoped_lock lock{mutex_};
        preferred_ = std::move(first);
    }

    void cancel(SourceId id)
    {
        const std::scoped_lock lock{mutex_};
        const auto found = jobs_.find(id);
        if (found == jobs_.end() || !isOpen(*found->second)) return;
        auto job = std::make_shared<Job>();
        job->source = found->second->source;
        job->state = OverviewState::cancelled;
        job->snapshot = found->second->snapshot;
        abandon(found->second);
        found->second = std::move(job);
    }

    void forget(SourceId id)
    {
        const std::scoped_lock lock{mutex_};
        const auto found = jobs_.find(id);
        if (found == jobs_.end()) return;
        abandon(found->second);
        jobs_.erase(found);
    }

    OverviewStatus status(SourceId id) const
    {
        const std::scoped_lock lock{mutex_};
        const auto found = jobs_.find(id);
        if (found == jobs_.end()) return {};
        return {found->second->state, found->second->snapshot, found->second->error};
    }

private:
    static bool isOpen(const Job& job)
    {
        return job.state == OverviewState::waiting || job.state == OverviewState::reading;
    }

    // Its file is closed by a thread: who called must not wait for a disk.
    void abandon(const std::shared_ptr<Job>& job)
    {
        job->abandoned = true;
        if (!job->taken && !job->reading) return;
        discarded_.push_back(job);
        wake_.notify_all();
    }

    std::shared_ptr<Job> mostWanted() const
    {
        const auto rank = [&](const Job& job) {
            const auto place = std::ranges::find(preferred_, job.source.id);
            return std::tuple{place - preferred_.begin(), job.number};
        };
        std::shared_ptr<Job> best;
        for (const auto& [id, job] : jobs_)
            if (isOpen(*job) && !job->taken && (!best || rank(*job) < rank(*best))) best = job;
        return best;
    }

    void run(const std::stop_token& stop)
    {
        std::vector<Frame> block;
        while (!stop.stop_requested()) {
            // Declared before the lock: whatever is closed is closed without it.
            std::vector<std::shared_ptr<Job>> discarded;
            std::shared_ptr<Job> job;
            {
                std::unique_lock lock{mutex_};
                const auto something = [&] {
                    job = mostWanted();
                    return job || !discarded_.empty();
                };
                if (!wake_.wait(lock, stop, something)) return;
                discarded.swap(discarded_);
                if (job) {
                    job->taken = true;
                    job->state = OverviewState::reading;
                }
            }
            if (!job) continue;
            const Outcome outcome = stepSafely(*job, block);
            if (outcome.done) job->reading.reset();
            {
                const std::scoped_lock lock{mutex_};
                job->taken = false;
                if (job->abandoned) continue;
                take(*job, outcome);
            }
            if (stop.stop_requested()) return;
            if (changed_ && (outcome.done || outcome.snapshot)) changed_(job->source.id);
        }
    }

    static void take(Job& job, const Outcome& outcome)
    {
        // One that was cancelled and requested again shows what it had until there is more.
        if (outcome.snapshot && (!job.snapshot || outcome.snapshot->covered() >= job.snapshot->covered()))
            job.snapshot = outcome.snapshot;
        job.error = outcome.error;
        if (outcome.done) job.state = outcome.error ? OverviewState::failed : OverviewState::complete;
    }

    Outcome stepSafely(Job& job, std::vector<Frame>& block)
    {
        try {
            return step(job, block);
        } catch (const std::exception& e) {
            return failed({fmt::format("The waveform could not be made ({})", e.what()), job.source.path,
                           ErrorKind::io});
        }
    }

    Outcome step(Job& job, std::vector<Frame>& block)
    {
        switch (job.phase) {
        case Phase::lookInCache:
            if (cache_ != nullptr)
                if (auto found = cache_->find(job.source)) {
                    job.phase = Phase::checkFile;
                    return {.snapshot = std::make_shared<const Overview>(std::move(*found))};
                }
            job.phase = Phase::open;
            return {};
        case Phase::checkFile:
        case Phase::open: {
            auto file = open_(job.source);
            if (!file) return failed(std::move(file.error()));
            if (job.phase == Phase::checkFile) return {.done = true};
            job.reading = std::make_unique<Reading>(job.source, std::move(*file));
            job.phase = Phase::read;
            return {};
        }
        case Phase::read: return read(job, block);
        case Phase::keep: cache_->keep(job.source, *job.snapshot); return {.done = true};
        }
        return {.done = true};
    }

    Outcome read(Job& job, std::vector<Frame>& block)
    {
        block.resize(static_cast<std::size_t>(blockFrames));
        Reading& reading = *job.reading;
        OverviewBuilder& builder = reading.builder;
        const auto snapshot = [&] { return std::make_shared<const Overview>(builder.overview()); };
        const SampleCount length = job.source.length;
        const SampleCount end = std::min(length, builder.taken() + SampleCount{stepFrames});
        while (builder.taken() < end) {
            const std::int64_t count = std::min(blockFrames, (end - builder.taken()).value());
            const Block part = Block{block}.first(static_cast<std::size_t>(count));
            if (auto s = reading.file->read(SamplePos{} + builder.taken(), part); !s)
                return {.snapshot = snapshot(), .error = std::move(s.error()), .done = true};
            builder.take(part);
            if (reading.meter) reading.meter->take(part);
        }
        if (end < length) {
            if (end - reading.published < snapshotEvery) return {};
            reading.published = end;
            return {.snapshot = snapshot()};
        }
        Outcome outcome{.snapshot = snapshot(), .done = true};
        if (!reading.meter) return outcome;
        if (reading.meter->finish().fingerprint.xxh3 != job.source.fingerprint.xxh3) {
            outcome.error = Error{"The file's audio is no longer what the album was made with",
                                  job.source.path, ErrorKind::refused};
        } else if (cache_ != nullptr) {
            job.phase = Phase::keep;
            outcome.done = false;
        }
        return outcome;
    }

    SourceOpener open_;
    std::function<void(SourceId)> changed_;
    const OverviewCache* cache_;

    mutable std::mutex mutex_{}; // never held while a file is opened, read or closed
    std::condition_variable_any wake_{};
    std::map<SourceId, std::shared_ptr<Job>> jobs_{};
    std::vector<std::shared_ptr<Job>> discarded_{};
    std::vector<SourceId> preferred_{};
    std::uint64_t lastNumber_ = 0;
    std::vector<std::jthread> threads_{}; ///< last: they end before what they use goes
};

OverviewService::OverviewService(SourceOpener open, std::function<void(SourceId)> changed,
                                 const Options& options)
    : blocks_{open, changed}, state_{std::make_unique<State>(open, changed, options)}
{
}
OverviewService::~OverviewService()
{
    // Both, before either goes: until then the callback may ask for anything.
    blocks_.stop();
    state_->stop();
}

void OverviewService::request(const Source& source)
{
    if (state_->request(source)) blocks_.put(source);
}
void OverviewService::prefer(std::vector<SourceId> first) { state_->prefer(std::move(first)); }
void OverviewService::cancel(SourceId id) { state_->cancel(id); }
void OverviewService::forget(SourceId id)
{
    state_->forget(id);
    blocks_.forget(id);
}
std::shared_ptr<const Overview> OverviewService::snapshot(SourceId id) const
{
    return state_->status(id).snapshot;
}
OverviewStatus OverviewService::status(SourceId id) const
{
    OverviewStatus status = state_->status(id);
    if (!status.error) status.error = blocks_.error(id);
    return status;
}
SampleView OverviewService::samples(SourceId id, SamplePos begin, SampleCount count)
{
    return blocks_.samples(id, begin, count);
}

} // namespace segue
