/// \file
/// The plan of a record while its album is being edited: worked out by a thread of its own whenever the
/// edition changes. The sound is measured again only when it changed: breaks, names, level and profiles cost
/// no reading of the whole.
#pragma once

#include "vinyl/reorder.h"
#include "vinyl/vinyl_plan.h"

#include <functional>
#include <memory>
#include <optional>

namespace segue::vinyl {

/// One plan, immutable.
struct PlannedRecord {
    std::shared_ptr<const Album> album{}; ///< the state that was planned
    EditionId edition{};
    std::optional<std::size_t> split{}; ///< its sides are the best so many, not the edition's
    Programme programme{};
    VinylPlan plan{};
    std::optional<std::vector<OrderSuggestion>> orders{}; ///< that would cut better; absent: not asked for
};

class RecordPlanner {
public:
    /// \param files for profiles that are files; outlives it
    /// \param open gives an Error when a file is not what the album says; called from the threads
    /// \param changed called from the thread, without any lock, when there is something new to ask for
    /// \param threads for measuring; 0: as many as the machine has
    RecordPlanner(FileOps& files, SourceOpener open, std::function<void()> changed, int threads);
    /// Waits for the reads that are under way.
    ~RecordPlanner();
    RecordPlanner(const RecordPlanner&) = delete;
    RecordPlanner& operator=(const RecordPlanner&) = delete;

    /// Plans this from now on, by the edition's settings, at the highest level that all sides allow.
    /// \param split over so many sides, so that the lowest of their levels is as high as it can be; absent:
    /// by the
    ///              edition's breaks
    /// \param otherOrders look for those that would cut better, too
    void put(std::shared_ptr<const Album> album, EditionId edition, std::optional<std::size_t> split = {},
             bool otherOrders = false);
    /// The newest plan: perhaps of an earlier state. Null at first.
    [[nodiscard]] std::shared_ptr<const PlannedRecord> newest() const;
    /// Whether newest() is of what was put last, or an Error came in its place.
    [[nodiscard]] bool upToDate() const;
    [[nodiscard]] std::optional<Error> error() const;
    /// How much of the sound has been measured, 0 to 1, while it is being measured.
    [[nodiscard]] double measured() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

/// What an edition's settings ask for. An Error is a profile that cannot be read.
[[nodiscard]] Result<PlanWish> wishOf(FileOps& files, const VinylSettings& settings);

} // namespace segue::vinyl
