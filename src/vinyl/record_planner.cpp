#include "vinyl/record_planner.h"

#include "core/latest_wish.h"

#include <atomic>

namespace segue::vinyl {

namespace {

struct Wish {
    std::shared_ptr<const Album> album{};
    EditionId edition{};
    std::optional<std::size_t> split{};
    bool otherOrders = false;
    [[nodiscard]] friend bool operator==(const Wish&, const Wish&) = default;
};

} // namespace

class RecordPlanner::State {
public:
    State(FileOps& files, SourceOpener open, std::function<void()> changed, int threads)
        : files_{files}, open_{std::move(open)}, threads_{threads},
          latest{[this](const Wish& wish, const std::stop_token& stop) { return plan(wish, stop); },
                 std::move(changed), "The record could not be planned"}
    {
    }

private:
    using Latest = LatestWish<Wish, PlannedRecord>;

    Latest::Outcome plan(const Wish& wish, const std::stop_token& stop)
    {
        const Edition* edition = find(*wish.album, wish.edition);
        if (edition == nullptr) return failure("There is no such edition");
        const auto* settings = std::get_if<VinylSettings>(&edition->medium);
        if (settings == nullptr)
            return failure("The edition \"" + edition->name +
                           "\" is not for vinyl; the menu Edition makes one");
        auto planWish = wishOf(files_, *settings);
        if (!planWish) return failure(planWish.error());
        auto programme = programmeOf(*wish.album, *edition, open_);
        if (!programme) return failure(programme.error());
        Album sound = soundOf(*wish.album, *edition);
        const Speed speed = planWish->format.speed;
        measured = 0;
        if (curves_ == nullptr || curves_->speed != speed || sound != sound_) {
            auto made = measureCuttingCurves(
                programme->open, speed,
                {.threads = threads_,
                 .progress = {[this](std::string_view, double part) { measured = part; }, stop}});
            if (!made) return failure(made.error());
            curves_ = std::make_shared<const CuttingCurves>(std::move(*made));
            sound_ = std::move(sound);
        }
        planWish->albumLevel = true;
        planWish->sides = wish.split;
        auto made = planVinyl(*programme, *curves_, *planWish);
        if (!made) return failure(made.error());
        PlannedRecord record{.album = wish.album,
                             .edition = wish.edition,
                             .split = wish.split,
                             .programme = std::move(*programme),
                             .plan = std::move(*made)};
        if (wish.otherOrders) record.orders = suggestOrders(record.programme, *curves_, record.plan);
        return std::make_shared<const PlannedRecord>(std::move(record));
    }

    FileOps& files_;
    SourceOpener open_;
    int threads_;
    Album sound_{}; ///< whose curves are kept; the thread's, as they are
    std::shared_ptr<const CuttingCurves> curves_{};

public:
    std::atomic<double> measured = 0;
    Latest latest; ///< last: its thread uses the others
};

RecordPlanner::RecordPlanner(FileOps& files, SourceOpener open, std::function<void()> changed, int threads)
    : state_{std::make_unique<State>(files, std::move(open), std::move(changed), threads)}
{
}
RecordPlanner::~RecordPlanner() = default;

void RecordPlanner::put(std::shared_ptr<const Album> album, EditionId edition,
                        std::optional<std::size_t> split, bool otherOrders)
{
    state_->latest.put({std::move(album), edition, split, otherOrders});
}
std::shared_ptr<const PlannedRecord> RecordPlanner::newest() const { return state_->latest.newest(); }
bool RecordPlanner::upToDate() const { return state_->latest.upToDate(); }
std::optional<Error> RecordPlanner::error() const { return state_->latest.error(); }

double RecordPlanner::measured() const { return state_->measured; }

Result<PlanWish> wishOf(FileOps& files, const VinylSettings& settings)
{
    PlanWish wish;
    wish.format = {settings.inches == 12   ? DiscSize::inch12
                   : settings.inches == 10 ? DiscSize::inch10
                                           : DiscSize::inch7,
                   settings.speed == 33 ? Speed::rpm33 : Speed::rpm45};
    auto lathe = findLathe(files, settings.lathe);
    if (!lathe) return failure(lathe.error());
    wish.lathe = std::move(*lathe);
    auto plant = findPlant(files, settings.plant);
    if (!plant) return failure(plant.error());
    wish.plant = std::move(*plant);
    wish.reference.dbfs = settings.reference.value();
    wish.silence = usualSilence;
    return wish;
}

} // namespace segue::vinyl
