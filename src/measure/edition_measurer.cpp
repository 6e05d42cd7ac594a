#include "measure/edition_measurer.h"

#include "core/latest_wish.h"

#include <map>

namespace segue {

namespace {

struct Wish {
    std::shared_ptr<const Album> album{};
    EditionId edition{};
    [[nodiscard]] friend bool operator==(const Wish&, const Wish&) = default;
};

} // namespace

class EditionMeasurer::State {
public:
    State(FileOps& files, SourceOpener open, std::function<void()> changed, Options options)
        : files_{files}, open_{std::move(open)}, options_{std::move(options)},
          latest{[this](const Wish& wish, const std::stop_token& stop) { return measure(wish, stop); },
                 std::move(changed), "The album could not be measured"}
    {
    }

private:
    using Latest = LatestWish<Wish, MeasuredEdition>;

    Latest::Outcome measure(const Wish& wish, const std::stop_token& stop)
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
    Options options_;
    std::map<ScanKey, ScannedSound> kept_{}; ///< of the last measurement; the thread's

public:
    Latest latest; ///< last: its thread uses the others
};

EditionMeasurer::EditionMeasurer(FileOps& files, SourceOpener open, std::function<void()> changed,
                                 Options options)
    : state_{std::make_unique<State>(files, std::move(open), std::move(changed), std::move(options))}
{
}
EditionMeasurer::~EditionMeasurer() = default;

void EditionMeasurer::put(std::shared_ptr<const Album> album, EditionId edition)
{
    state_->latest.put({std::move(album), edition});
}
std::shared_ptr<const MeasuredEdition> EditionMeasurer::newest() const { return state_->latest.newest(); }
bool EditionMeasurer::upToDate() const { return state_->latest.upToDate(); }
std::optional<Error> EditionMeasurer::error() const { return state_->latest.error(); }

} // namespace segue
