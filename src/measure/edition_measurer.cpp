#include "measure/edition_measurer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <thread>

namespace segue {

class EditionMeasurer::State {
public:
    State(FileOps& files, SourceOpener open, std::function<void()> changed, Options options)
        : files_{files}, open_{std::move(open)}, changed_{std::move(changed)}, options_{std::move(options)},
          thread_{[this](const std::stop_token& stop) { run(stop); }}
    {
    }
    ~State()
    {
        thread_.request_stop();
        const std::scoped_lock lock{mutex_};
        current_.request_stop();
    }

    void put(std::shared_ptr<const Album> album, EditionId edition)
    {
        {
            const std::scoped_lock lock{mutex_};
            if (wanted_ && wanted_->album == album && wanted_->edition == edition) return;
            wanted_ = Wish{std::move(album), edition};
            fresh_ = true;
            done_ = false;
            error_.reset();
            current_.request_stop();
        }
        woken_.notify_all();
    }
    std::shared_ptr<const MeasuredEdition> newest() const
    {
        const std::scoped_lock lock{mutex_};
        return newest_;
    }
    bool upToDate() const
    {
        const std::scoped_lock lock{mutex_};
        return done_;
    }
    std::optional<Error> error() const
    {
        const std::scoped_lock lock{mutex_};
        return error_;
    }

private:
    struct Wish {
        std::shared_ptr<const Album> album{};
        EditionId edition{};
    };
    using Answer = Result<std::shared_ptr<const MeasuredEdition>>;

    void run(const std::stop_token& stop)
    {
        while (true) {
            Wish wish;
            std::stop_token current;
            {
                std::unique_lock lock{mutex_};
                if (!woken_.wait(lock, stop, [this] { return fresh_; }) || stop.stop_requested()) return;
                fresh_ = false;
                wish = *wanted_;
                current_ = std::stop_source{};
                current = current_.get_token();
            }
            Answer answer = failure("There is not enough memory to measure the album");
            try {
                answer = measure(wish, current);
            } catch (const std::bad_alloc&) {
                // Thrown out of a thread it would end the program; the answer stands above.
            }
            {
                const std::scoped_lock lock{mutex_};
                if (fresh_ || stop.stop_requested()) continue; // given up
                done_ = true;
                if (answer)
                    newest_ = std::move(*answer);
                else
                    error_ = std::move(answer.error());
            }
            changed_();
        }
    }

    Answer measure(const Wish& wish, const std::stop_token& stop)
    {
        const Edition* edition = find(*wish.album, wish.edition);
        if (edition == nullptr) return failure("There is no such edition");
        EditionSounds all = editionSounds(*wish.album, *edition, open_, identityOnDisk(files_));
        auto measured = std::make_shared<MeasuredEdition>(
            MeasuredEdition{.album = wish.album,
                            .edition = wish.edition,
                            .scan = {.rate = all.rate, .entries = all.entries}});
        EditionSounds missing{.rate = all.rate};
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < all.entries.size(); ++i) {
            const auto known = all.keys[i].empty() ? kept_.end() : kept_.find(all.keys[i]);
            if (known != kept_.end() && known->second.rate == all.rate) {
                measured->scan.entries[i].sound = known->second;
                measured->scan.entries[i].cached = true;
                continue;
            }
            missing.entries.push_back(all.entries[i]);
            missing.jobs.push_back(std::move(all.jobs[i]));
            missing.keys.push_back(all.keys[i]);
            places.push_back(i);
        }
        auto scanned = scanEdition(std::move(missing), options_.cache.get(),
                                   {.threads = options_.threads, .progress = {.stop = stop}});
        if (!scanned) return failure(std::move(scanned.error()));
        for (std::size_t i = 0; i < places.size(); ++i)
            measured->scan.entries[places[i]] = std::move(scanned->entries[i]);
        // What is heard no more is not kept here; the cache on the disk has it.
        kept_.clear();
        for (std::size_t i = 0; i < all.keys.size(); ++i)
            if (!all.keys[i].empty()) kept_.emplace(all.keys[i], measured->scan.entries[i].sound);
        return std::shared_ptr<const MeasuredEdition>{std::move(measured)};
    }

    FileOps& files_;
    SourceOpener open_;
    std::function<void()> changed_;
    Options options_;
    std::map<ScanKey, ScannedSound> kept_{}; ///< of the last measurement; the thread's

    mutable std::mutex mutex_{};
    std::condition_variable_any woken_{};
    std::optional<Wish> wanted_{};
    bool fresh_ = false, done_ = false;
    std::stop_source current_{};
    std::shared_ptr<const MeasuredEdition> newest_{};
    std::optional<Error> error_{};
    std::jthread thread_; ///< last: what it uses outlives it
};

EditionMeasurer::EditionMeasurer(FileOps& files, SourceOpener open, std::function<void()> changed,
                                 Options options)
    : state_{std::make_unique<State>(files, std::move(open), std::move(changed), std::move(options))}
{
}
EditionMeasurer::~EditionMeasurer() = default;

void EditionMeasurer::put(std::shared_ptr<const Album> album, EditionId edition)
{
    state_->put(std::move(album), edition);
}
std::shared_ptr<const MeasuredEdition> EditionMeasurer::newest() const { return state_->newest(); }
bool EditionMeasurer::upToDate() const { return state_->upToDate(); }
std::optional<Error> EditionMeasurer::error() const { return state_->error(); }

} // namespace segue
