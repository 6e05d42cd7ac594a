#include "vinyl/reorder.h"

#include "vinyl/reorder_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

namespace {

constexpr double leastGain = 0.1, leastImprovement = 0.5;
constexpr std::size_t mostSuggestions = 3;
constexpr double pauseOfTheFirst = 2; // seconds, before the first track when another comes first

/// The time that is whole in sixteenths of a turn, in tenths and in hundredths of a second.
double quantum(Speed speed) { return speed == Speed::rpm33 ? 0.9 : 0.5; }

bool tied(const Programme& programme, const PlanWish& wish, std::size_t track)
{
    const ProgrammeTrack& t = programme.tracks[track];
    return t.gaplessBefore || t.overlapsBefore || t.keptWithPrevious ||
           (track - 1 < wish.together.size() && wish.together[track - 1]);
}

template <class Row>
void copyRows(const std::vector<Row>& from, std::int64_t first, std::int64_t count, std::vector<Row>& to)
{
    for (std::int64_t i = first; i < first + count; ++i)
        to.push_back(i >= 0 && i < std::ssize(from) ? from[static_cast<std::size_t>(i)] : Row{});
}

/// Highest of what 99.9 % of the blocks ask for, and of all of them: sustained acceleration.
struct Treble {
    double most = 0, nearly = 0;
};
Treble trebleOf(const CuttingCurves& curves, double begin, double end)
{
    std::vector<float> values;
    const auto first = static_cast<std::size_t>(std::max(0.0, begin / blockSeconds));
    const auto last = std::min(curves.blocks.size(), static_cast<std::size_t>(end / blockSeconds) + 1);
    for (std::size_t i = first; i < last; ++i) values.push_back(std::ranges::max(curves.blocks[i].sustained));
    if (values.empty()) return {};
    const auto at = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) * 999 / 1000);
    std::ranges::nth_element(values, at);
    return {static_cast<double>(std::ranges::max(values)), static_cast<double>(*at)};
}

double loudnessOf(const CuttingCurves& curves, double begin, double end)
{
    constexpr double window = blockSeconds * blocksPerWindow;
    double sum = 0;
    const auto first = static_cast<std::size_t>(std::max(0.0, begin / window));
    const auto last = std::min(curves.windows.size(), static_cast<std::size_t>(end / window) + 1);
    for (std::size_t i = first; i < last; ++i)
        sum += static_cast<double>(curves.windows[i].left) + static_cast<double>(curves.windows[i].right);
    return last > first ? 10 * std::log10(std::max(sum / static_cast<double>(last - first), 1e-12)) : -120;
}

/// First tracks of the pieces that stay together.
std::vector<std::size_t> pieceStarts(const Programme& programme, const PlanWish& wish)
{
    std::vector<std::size_t> starts{0};
    for (std::size_t t = 1; t < programme.tracks.size(); ++t)
        if (!tied(programme, wish, t)) starts.push_back(t);
    return starts;
}

class Suggesting {
public:
    Suggesting(const Programme& programme, const CuttingCurves& curves, const VinylPlan& plan)
        : programme_{programme}, curves_{curves}, plan_{plan}, starts_{pieceStarts(programme, plan.wish)}
    {
        starts_.push_back(programme.tracks.size());
        measure();
    }

    std::vector<OrderSuggestion> run()
    {
        OrderOfSides now;
        for (const SidePlan& side : plan_.sides) {
            now.emplace_back();
            for (std::size_t p = 0; p + 1 < starts_.size(); ++p)
                if (starts_[p] >= side.first && starts_[p] < side.end) now.back().push_back(p);
            // A side that begins inside a piece: somebody allowed it; there is nothing to move then.
            if (now.back().empty() || starts_[now.back().front()] != side.first) return {};
        }
        now_ = scoreOf(programme_, curves_, plan_.wish, breaksOfPlan());
        OrderOfSides anywhere = climbed(record_, now, OrderMoves::anywhere);
        OrderOfSides other = climbed(record_, longestFirst(record_, now.size()), OrderMoves::anywhere);
        if (estimate(record_, other).cost() < estimate(record_, anywhere).cost()) anywhere = std::move(other);
        std::vector<OrderSuggestion> found;
        for (const OrderOfSides& order : {bestStep(record_, now, OrderMoves::anywhere),
                                          climbed(record_, now, OrderMoves::withinSides), anywhere}) {
            if (order == now) continue;
            OrderSuggestion s = judged(order);
            const bool known = std::ranges::any_of(
                found, [&](const OrderSuggestion& f) { return f.order == s.order && f.breaks == s.breaks; });
            if (!known && s.improves > 0 && (s.gains >= leastGain || s.improves >= leastImprovement))
                found.push_back(std::move(s));
        }
        std::ranges::stable_sort(found, std::ranges::greater{}, &OrderSuggestion::improves);
        if (found.size() > mostSuggestions) found.resize(mostSuggestions);
        return found;
    }

private:
    [[nodiscard]] std::vector<std::size_t> breaksOfPlan() const
    {
        std::vector<std::size_t> breaks;
        for (const SidePlan& side : plan_.sides)
            if (side.first > 0) breaks.push_back(side.first);
        return breaks;
    }

    void measure()
    {
        const PlanWish& w = plan_.wish;
        const double metres = velocityAtFullScale(w.reference, plan_.gain);
        const double judged = velocityAtFullScale(w.reference, w.gain.value_or(0)); // as scoreOf()
        record_ = {.radii = radiiOf(w.format.size),
                   .band = w.lathe.band,
                   .gain = plan_.gain,
                   .mostGain = w.gain.value_or(mostPromisedGain(w.format.size))};
        for (std::size_t p = 0; p + 1 < starts_.size(); ++p) {
            const SideStretch stretch = sideOf(programme_, starts_[p], starts_[p + 1]);
            const Treble treble = trebleOf(curves_, stretch.begin, stretch.end);
            const double bands = static_cast<double>(stretch.bands.size()) * w.lathe.band;
            record_.pieces.push_back(
                {.radius = cutGroove(curves_, stretch, w.lathe, metres * 1e6).used,
                 .silentRadius =
                     stretch.length() / revolutionSeconds(w.format.speed) * w.lathe.silentPitch() * 1e-3 +
                     bands,
                 .traces = radiusThatTraces(treble.nearly * judged, w.lathe.tipSpherical, w.format.speed),
                 .cuts = radiusThatTraces(treble.most * metres, w.lathe.tipElliptical, w.format.speed),
                 .loudness = loudnessOf(curves_, stretch.begin, stretch.end)});
        }
    }

    [[nodiscard]] OrderSuggestion judged(const OrderOfSides& order) const
    {
        OrderSuggestion s;
        for (const std::vector<std::size_t>& side : order) {
            if (!s.order.empty()) s.breaks.push_back(s.order.size());
            for (const std::size_t p : side)
                for (std::size_t t = starts_[p]; t < starts_[p + 1]; ++t) s.order.push_back(t);
        }
        const ReorderedRecord other = reordered(programme_, curves_, s.order);
        s.score = scoreOf(other.programme, other.curves, plan_.wish, s.breaks);
        s.gains = s.score.level - now_.level;
        s.improves = now_.cost() - s.score.cost();
        for (std::size_t i = 0; i < s.order.size(); ++i) {
            const bool turns = std::ranges::find(s.breaks, i) != s.breaks.end();
            s.words += fmt::format("{}{}", i == 0 ? "" : turns ? " / " : " ", s.order[i] + 1);
        }
        return s;
    }

    const Programme& programme_;
    const CuttingCurves& curves_;
    const VinylPlan& plan_;
    std::vector<std::size_t> starts_; ///< and the number of tracks
    OrderRecord record_{};
    OrderScore now_{};
};

} // namespace

ReorderedRecord reordered(const Programme& programme, const CuttingCurves& curves,
                          const std::vector<std::size_t>& order)
{
    const double q = quantum(curves.speed);
    const auto segments = static_cast<std::int64_t>(std::llround(q / curves.segmentSeconds()));
    const auto blocks = static_cast<std::int64_t>(std::llround(q / blockSeconds));
    const auto windows = blocks / static_cast<std::int64_t>(blocksPerWindow);
    ReorderedRecord out{.programme = {.rate = programme.rate, .ratesDiffer = programme.ratesDiffer},
                        .curves = {.rate = curves.rate, .speed = curves.speed}};
    std::int64_t cursor = 0; // in quanta
    for (std::size_t i = 0; i < order.size();) {
        // Neighbours that stay neighbours keep their joint as it is.
        std::size_t end = i + 1;
        while (end < order.size() && order[end] == order[end - 1] + 1) ++end;
        const ProgrammeTrack& first = programme.tracks[order[i]];
        const auto from = static_cast<std::int64_t>(std::floor(first.begin / q));
        const auto to = static_cast<std::int64_t>(std::ceil(programme.tracks[order[end - 1]].end / q));
        const double pause =
            order[i] == 0 ? pauseOfTheFirst : first.start - programme.tracks[order[i] - 1].end;
        const std::int64_t gap =
            i == 0 ? 0 : static_cast<std::int64_t>(std::llround(std::max(pause, 0.0) / q));
        copyRows(curves.segments, -gap * segments, gap * segments, out.curves.segments);
        copyRows(curves.blocks, -gap * blocks, gap * blocks, out.curves.blocks);
        copyRows(curves.windows, -gap * windows, gap * windows, out.curves.windows);
        copyRows(curves.segments, from * segments, (to - from) * segments, out.curves.segments);
        copyRows(curves.blocks, from * blocks, (to - from) * blocks, out.curves.blocks);
        copyRows(curves.windows, from * windows, (to - from) * windows, out.curves.windows);
        cursor += gap;
        const double shift = static_cast<double>(cursor - from) * q;
        for (; i < end; ++i) {
            ProgrammeTrack t = programme.tracks[order[i]];
            t.begin += shift;
            t.end += shift;
            t.start += shift;
            t.breakBefore = false;
            if (out.programme.tracks.empty())
                t.pauseBefore = t.gaplessBefore = t.overlapsBefore = false;
            else if (order[i] == 0)
                t.pauseBefore = true;
            out.programme.tracks.push_back(std::move(t));
        }
        cursor += to - from;
    }
    out.curves.length = SampleCount{
        static_cast<std::int64_t>(std::llround(static_cast<double>(cursor) * q * curves.rate.hertz()))};
    return out;
}

OrderScore scoreOf(const Programme& programme, const CuttingCurves& curves, const PlanWish& wish,
                   const std::vector<std::size_t>& breaks)
{
    const Radii radii = radiiOf(wish.format.size);
    OrderScore score{.level = mostPromisedGain(wish.format.size)};
    std::vector<std::size_t> ends = breaks;
    ends.push_back(programme.tracks.size());
    std::vector<SideStretch> sides;
    std::size_t first = 0;
    for (const std::size_t end : ends) {
        sides.push_back(sideOf(programme, first, end, wish.silence));
        const CuttingLimit limit =
            highestLevel(curves, sides.back(), wish.lathe, wish.format, wish.reference);
        if (limit.gain) score.level = std::min(score.level, *limit.gain);
        first = end;
    }
    // Treble and ends are compared at one level, whatever each order would allow.
    const double metres = velocityAtFullScale(wish.reference, wish.gain.value_or(0));
    first = 0;
    for (std::size_t s = 0; s < sides.size(); ++s) {
        const Groove groove = cutGroove(curves, sides[s], wish.lathe, metres * 1e6);
        double mean = 0;
        for (std::size_t t = first; t < ends[s]; ++t) {
            const ProgrammeTrack& track = programme.tracks[t];
            const double traces = radiusThatTraces(trebleOf(curves, track.begin, track.end).nearly * metres,
                                                   wish.lathe.tipSpherical, wish.format.speed);
            const double here = std::max(groove.radiusAt(track.end, radii), 1.0);
            if (traces > 0) score.treble += std::max(0.0, 40 * std::log10(traces / here));
            mean += loudnessOf(curves, track.begin, track.end) / static_cast<double>(ends[s] - first);
        }
        const ProgrammeTrack& last = programme.tracks[ends[s] - 1];
        score.inner += std::max(0.0, (radii.quality - (radii.outer - groove.used)) / 10);
        score.loudEnd += std::max(0.0, loudnessOf(curves, last.begin, last.end) - mean) / 4;
        first = ends[s];
    }
    return score;
}

std::vector<OrderSuggestion> suggestOrders(const Programme& programme, const CuttingCurves& curves,
                                           const VinylPlan& plan)
{
    return Suggesting{programme, curves, plan}.run();
}

} // namespace segue::vinyl
