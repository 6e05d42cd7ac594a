#include "measure/balance.h"

#include "album/edit.h"
#include "album/timeline.h"
#include "audio/render.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace segue {

namespace {

constexpr double mostGain = 60;             // dB; more is no balance but a mistake in what was measured
constexpr double stepsPerDecibel = 100;     // of a proposed gain
constexpr double stepsPerLoudnessUnit = 10; // of a wanted offset
constexpr double usualCeiling = -1;         // dBTP

double toStep(double value, double steps) { return std::nearbyint(value * steps) / steps; }
// The largest step that is not above `value`; one that is meant to be a step stays what it is.
double downToStep(double value, double steps) { return std::floor(value * steps + 1e-6) / steps; }

// \pre not empty
double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

Error nothingSounds() { return {"No track has any sound that could be measured", {}, ErrorKind::refused}; }

Status haveLevels(const Album& album, std::span<const TrackLevel> levels)
{
    const auto without = std::ranges::find_if(levels, &TrackLevel::isBeyondMeasure);
    if (without == levels.end()) return {};
    return failure(
        "This track holds samples that are infinite, so it has no level that could be balanced; have "
        "its file made again",
        displayTitle(*find(album, without->track)), ErrorKind::refused);
}

// What each track would have to be raised by, before the ceiling; nothing where it is silent.
class Target {
public:
    static Result<Target> find(const Album& album, std::span<const TrackLevel> levels,
                               const BalanceWish& wish)
    {
        if (wish.to == BalanceWish::To::level) return Target{wish.target};
        if (wish.to == BalanceWish::To::album) {
            if (!wish.albumLoudness) return failure(nothingSounds());
            return Target{wish.target, wish.target - *wish.albumLoudness};
        }
        std::vector<double> neutral;
        for (const TrackLevel& level : levels) {
            const Track& track = *segue::find(album, level.track);
            if (!level.loudness) continue;
            neutral.push_back(*level.loudness - track.wantedOffset.value());
            if (wish.to == BalanceWish::To::reference && level.track == wish.reference)
                return Target{neutral.back()};
        }
        if (wish.to == BalanceWish::To::reference)
            return failure("The reference track is silent or not in this edition",
                           segue::find(album, wish.reference)
                               ? displayTitle(*segue::find(album, wish.reference))
                               : std::string{},
                           ErrorKind::refused);
        if (neutral.empty()) return failure(nothingSounds());
        return Target{median(std::move(neutral))};
    }

    [[nodiscard]] double level() const { return level_; }
    [[nodiscard]] double balanceOf(const Track& track, double loudness) const
    {
        if (move_) return track.gain.balance.value() + *move_;
        return level_ + track.wantedOffset.value() - loudness;
    }

private:
    explicit Target(double level, std::optional<double> move = {}) : level_{level}, move_{move} {}
    double level_;
    std::optional<double> move_; ///< of the whole album
};

} // namespace

bool BalanceProposal::changesAnything() const
{
    return std::ranges::any_of(rows, [](const Row& row) { return row.before != row.after; });
}

Result<BalanceProposal> proposeBalance(const Album& album, std::span<const TrackLevel> levels,
                                       const BalanceWish& wish)
{
    if (auto s = haveLevels(album, levels); !s) return failure(std::move(s.error()));
    const auto target = Target::find(album, levels, wish);
    if (!target) return failure(target.error());
    BalanceProposal proposal{.target = target->level()};

    std::optional<double> highest;
    for (const TrackLevel& level : levels)
        if (level.truePeak) highest = std::max(highest.value_or(*level.truePeak), *level.truePeak);
    if (!highest) return failure(nothingSounds());
    proposal.ceiling = wish.ceiling.value_or(std::max(usualCeiling, *highest));

    double room = std::numeric_limits<double>::infinity();
    for (const TrackLevel& level : levels) {
        const Track& track = *find(album, level.track);
        BalanceProposal::Row row{level.track, track.gain.balance, track.gain.balance, {}, {}};
        if (level.loudness) {
            const double gain = toStep(target->balanceOf(track, *level.loudness), stepsPerDecibel);
            if (!(std::fabs(gain) <= mostGain))
                return failure("The balance of this track would be more than 60 dB; listen to it first",
                               displayTitle(track), ErrorKind::refused);
            row.after = Decibels{gain};
        }
        if (level.truePeak) {
            const double left = proposal.ceiling - (*level.truePeak + row.after.value());
            if (left < room) proposal.binding = level.track;
            room = std::min(room, left);
        }
        proposal.rows.push_back(row);
    }
    // Down only: a ceiling is a limit and no target.
    if (room < 0) proposal.moved = Decibels{downToStep(room, stepsPerDecibel)};
    for (std::size_t i = 0; i < proposal.rows.size(); ++i) {
        BalanceProposal::Row& row = proposal.rows[i];
        if (levels[i].loudness)
            row.after = Decibels{toStep(row.after.value() + proposal.moved.value(), stepsPerDecibel)};
        if (levels[i].loudness) row.loudness = *levels[i].loudness + row.after.value();
        if (levels[i].truePeak) row.truePeak = *levels[i].truePeak + row.after.value();
    }
    return proposal;
}

Result<Album> withBalance(Album album, const BalanceProposal& proposal)
{
    for (const BalanceProposal::Row& row : proposal.rows) {
        auto next = edit::setBalanceGain(std::move(album), row.track, row.after);
        if (!next) return next;
        album = std::move(*next);
    }
    return album;
}

Result<Album> withOffsetsAsHeard(Album album, std::span<const TrackLevel> levels)
{
    if (auto s = haveLevels(album, levels); !s) return failure(std::move(s.error()));
    const auto heard = [&](const TrackLevel& level) {
        return *level.loudness + find(album, level.track)->gain.balance.value();
    };
    std::vector<double> all;
    for (const TrackLevel& level : levels)
        if (level.loudness) all.push_back(heard(level));
    if (all.empty()) return failure(nothingSounds());
    const double middle = median(std::move(all));
    for (const TrackLevel& level : levels) {
        if (!level.loudness) continue;
        const double most = mostWantedOffset.value();
        const double offset = std::clamp(toStep(heard(level) - middle, stepsPerLoudnessUnit), -most, most);
        auto next = edit::setWantedOffset(std::move(album), level.track, Decibels{offset});
        if (!next) return next;
        album = std::move(*next);
    }
    return album;
}

std::vector<TrackId> losingExactCopies(const Album& before, const Album& after, EditionId edition)
{
    // In samples: a gain makes every copied stretch of a track a dithered one, or none.
    const auto copied = [edition](const Album& album) {
        std::map<TrackId, std::int64_t> samples;
        for (const Piece& piece : buildTimeline(album, *find(album, edition)).pieces) {
            const RenderPlan plan =
                planRender(album, piece, samplePlaces(album, piece, cdRate).length, RenderSettings{});
            for (const RenderSpan& span : plan.spans)
                if (span.kind == RenderSpan::Kind::copied)
                    samples[piece.entries[span.entry].track] += (span.end - span.begin).value();
        }
        return samples;
    };
    const auto now = copied(after);
    std::vector<TrackId> losing;
    for (const auto& [track, samples] : copied(before)) {
        const auto left = now.find(track);
        if (left == now.end() || left->second < samples) losing.push_back(track);
    }
    return losing;
}

} // namespace segue
