#include "vinyl/vinyl_plan.h"

#include "core/parallel.h"
#include "core/time_text.h"
#include "vinyl/event_words.h"
#include "vinyl/programme_feed.h"
#include "vinyl/side_estimate.h"
#include "vinyl/side_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace segue::vinyl {

namespace {

using Level = Finding::Level;

constexpr std::size_t mostEventsOfAKind = 10;
constexpr double noLimit = 40;   // dB, where highestLevel() stops to look
constexpr double hopeless = -60; // dB, likewise

// Not even a groove without sound: nothing needs to be tried.
bool isHopeless(const SideStretch& side, const PlanWish& wish)
{
    const double turns = (side.cutEnd() - side.cutBegin()) / revolutionSeconds(wish.format.speed);
    return turns * wish.lathe.silentPitch() * 1e-3 > radiiOf(wish.format.size).width();
}

CuttingLimit limitOf(const CuttingCurves& curves, const SideStretch& side, const PlanWish& wish)
{
    if (isHopeless(side, wish)) return {.gain = hopeless, .limit = Limit::space, .at = side.end};
    return highestLevel(curves, side, wish.lathe, wish.format, wish.reference);
}

void checkEdges(const Programme& programme, const CuttingCurves& curves, SidePlan& side, bool first,
                bool last)
{
    const auto add = [&](double at, Frame f) {
        side.events.push_back({.kind = "hard_edge",
                               .severity = Level::warning,
                               .begin = at,
                               .radius = 0,
                               .value = 20 * std::log10(std::max(std::fabs(f.left), std::fabs(f.right))),
                               .unit = "dBFS"});
    };
    if (first && isHard(curves.first)) add(side.stretch.begin, curves.first);
    if (last && isHard(curves.last)) add(side.stretch.end, curves.last);
    if (first && curves.notNumbers > 0)
        side.events.push_back({.kind = "not_numbers",
                               .severity = Level::error,
                               .begin = side.stretch.begin,
                               .value = static_cast<double>(curves.notNumbers),
                               .unit = "samples"});
    if (!first && !canTurnBefore(programme, side.first))
        side.events.push_back({.kind = "side_break",
                               .severity = Level::error,
                               .begin = side.stretch.begin,
                               .value = 0,
                               .unit = "s"});
}

void checkLength(const SidePlan& side, const PlanWish& wish, VinylEvents& events)
{
    const double minutes = side.stretch.length() / 60;
    if (wish.plant) {
        const auto lengths = wish.plant->lengths(wish.format);
        if (lengths && minutes > lengths->good)
            events.push_back({.kind = "side_length",
                              .severity = minutes > lengths->most ? Level::warning : Level::note,
                              .begin = side.stretch.end,
                              .value = minutes,
                              .unit = "min"});
    }
    const double width = radiiOf(wish.format.size).width();
    if (side.groove.used > width)
        events.push_back({.kind = "space",
                          .severity = Level::error,
                          .begin = side.stretch.end,
                          .value = side.groove.used - width,
                          .unit = "mm"});
    else if (radiiOf(wish.format.size).outer - side.groove.used < radiiOf(wish.format.size).quality)
        events.push_back({.kind = "inner_groove",
                          .severity = Level::note,
                          .begin = side.stretch.end,
                          .value = radiiOf(wish.format.size).outer - side.groove.used,
                          .unit = "mm"});
}

struct Verdict {
    Groove groove{};
    LowEnd low{};
    HighEnd high{};
    SideStrain strain{};
};
Verdict verdictOf(const CuttingCurves& curves, const SideStretch& stretch, const PlanWish& wish, double gain)
{
    const double metres = velocityAtFullScale(wish.reference, gain);
    Verdict v{.groove = cutGroove(curves, stretch, wish.lathe, metres * 1e6)};
    const CutSide cut{curves, stretch, v.groove, wish.lathe, wish.format, metres};
    parallelFor(3, 0, [&](std::size_t check) {
        if (check == 0) v.high = checkHighEnd(cut);
        if (check == 1) v.low = checkLowEnd(cut);
        if (check == 2) v.strain = strainOf(cut);
    });
    return v;
}

// What lies where no groove is cut says nothing; that the side does not fit is said apart.
void dropBeyondSurface(VinylEvents& events, const PlanWish& wish)
{
    std::erase_if(events, [&](const VinylEvent& e) { return e.radius < radiiOf(wish.format.size).inner; });
}

void countAtZero(const Verdict& v, const PlanWish& wish, SidePlan& side)
{
    const auto count = [&](VinylEvents events) {
        dropBeyondSurface(events, wish);
        for (const VinylEvent& e : events) {
            if (e.severity == Level::error) ++side.errorsAtZero;
            if (e.severity == Level::warning) ++side.warningsAtZero;
        }
    };
    count(v.low.events);
    count(v.high.events);
    if (v.groove.used > radiiOf(wish.format.size).width()) ++side.errorsAtZero;
}

// Bands and silences stay as they are, however much sound there is.
double capacityOf(const SidePlan& side, const PlanWish& wish)
{
    const Radii radii = radiiOf(wish.format.size);
    const double sound = side.groove.radiusAt(side.stretch.begin, radii) -
                         side.groove.radiusAt(side.stretch.end, radii),
                 bands = static_cast<double>(side.stretch.bands.size()) * wish.lathe.band,
                 silences = side.groove.used - sound;
    return side.stretch.length() / 60 * (radii.width() - silences - bands) / std::max(sound - bands, 1e-9);
}

Status judge(const Programme& programme, const CuttingCurves& curves, VinylPlan& plan, std::size_t index)
{
    SidePlan& side = plan.sides[index];
    // As planned, and at the reference; for audio files these are mostly the same.
    std::array<Verdict, 2> verdicts;
    const std::array gains{plan.gain, 0.0};
    const std::size_t asked = plan.gain == 0 ? 1 : 2;
    for (std::size_t i = 0; i < asked; ++i)
        verdicts[i] = verdictOf(curves, side.stretch, plan.wish, gains[i]);
    countAtZero(verdicts[asked - 1], plan.wish, side);
    Verdict& v = verdicts.front();
    side.groove = std::move(v.groove);
    side.low = std::move(v.low);
    side.high = std::move(v.high);
    side.strain = std::move(v.strain);
    const double metres = velocityAtFullScale(plan.wish.reference, plan.gain);
    const double seconds = curves.segmentSeconds();
    for (std::size_t i = static_cast<std::size_t>(side.stretch.begin / seconds); i < curves.segments.size();
         ++i) {
        if (static_cast<double>(i) * seconds >= side.stretch.end) break;
        const GrooveSegment& g = curves.segments[i];
        side.lateral = std::max(side.lateral, static_cast<double>(g.lateral) * metres * 1e6);
        side.vertical =
            std::max(side.vertical, static_cast<double>(std::max(g.deeper, g.shallower)) * metres * 1e6);
    }
    side.capacityMinutes = capacityOf(side, plan.wish);
    side.ceiling = ceilingOf(curves, side.stretch, plan.wish.lathe, plan.wish.format, plan.wish.reference,
                             side.fitsNowhere() ? plan.gain : side.limit.gain.value_or(plan.gain));

    side.events = side.low.events;
    side.events.insert(side.events.end(), side.high.events.begin(), side.high.events.end());
    dropBeyondSurface(side.events, plan.wish);
    side.eventsLeftOut = keepWorst(side.events, mostEventsOfAKind);
    if (plan.wish.closer && !side.events.empty()) {
        auto sound = programme.open();
        if (!sound) return failure(std::move(sound.error()));
        if (auto done = nameFrequencies(side.events, **sound, 2 * mostEventsOfAKind); !done) return done;
        auto advice = adviseElliptical(side.events, **sound, plan.wish.lathe, metres);
        if (!advice) return failure(std::move(advice.error()));
        side.elliptical = *advice;
    }
    checkEdges(programme, curves, side, index == 0, index + 1 == plan.sides.size());
    checkLength(side, plan.wish, side.events);
    std::ranges::stable_sort(side.events, {}, &VinylEvent::begin);
    for (VinylEvent& e : side.events) {
        const Radii radii = radiiOf(plan.wish.format.size);
        if (e.radius == 0) e.radius = std::max(side.groove.radiusAt(e.begin, radii), radii.inner);
        e.message = wordsFor(e, side, plan);
    }
    return {};
}

// Wishes about tracks that are not there would silently be none.
Status checkTogether(const PlanWish& wish, std::size_t tracks)
{
    if (wish.together.size() < tracks) return {};
    return failure(fmt::format("There are {} tracks, and track {} should stay with its neighbour", tracks,
                               wish.together.size() + 1));
}

// What the longest side loses against sides of equal length, by the chart.
double imbalanceOf(const VinylPlan& plan)
{
    double longest = 0, sum = 0;
    for (const SidePlan& s : plan.sides) {
        longest = std::max(longest, s.stretch.length() / 60);
        sum += s.stretch.length() / 60;
    }
    const double mean = sum / static_cast<double>(plan.sides.size());
    const double best = levelForMinutes(plan.wish.format, mean),
                 now = levelForMinutes(plan.wish.format, longest);
    return std::isfinite(now) ? best - now : 0;
}

} // namespace

std::string sideName(std::size_t index)
{
    std::string name(1, static_cast<char>('A' + index % 26));
    return index < 26 ? name : sideName(index / 26 - 1) + name;
}

bool SidePlan::fitsNowhere() const
{
    return limit.limit == Limit::space && limit.gain && *limit.gain < hopeless + 1;
}

double SidePlan::secondsUntilFull(const Radii& radii) const
{
    if (groove.radiusAt(stretch.end, radii) >= radii.inner) return stretch.length();
    double fits = stretch.begin, full = stretch.end;
    while (full - fits > 0.01) {
        const double middle = (fits + full) / 2;
        (groove.radiusAt(middle, radii) >= radii.inner ? fits : full) = middle;
    }
    return fits - stretch.begin;
}

std::size_t SidePlan::trackAt(const Programme& programme, double seconds) const
{
    std::size_t at = first;
    for (std::size_t i = first; i < end; ++i)
        if (programme.tracks[i].begin <= seconds + 1e-6) at = i;
    return at;
}

LevelCeiling SidePlan::ceilingOfTrack(const Programme& programme, std::size_t track) const
{
    return ceiling.lowest(programme.tracks[track].begin,
                          track + 1 < end ? programme.tracks[track + 1].begin : stretch.end);
}

bool VinylPlan::hasErrors() const
{
    return std::ranges::any_of(sides, [](const SidePlan& s) {
        return std::ranges::any_of(s.events, [](const VinylEvent& e) { return e.severity == Level::error; });
    });
}

std::vector<std::size_t> breaksOf(const Programme& programme)
{
    std::vector<std::size_t> breaks;
    for (std::size_t i = 1; i < programme.tracks.size(); ++i)
        if (programme.tracks[i].breakBefore) breaks.push_back(i);
    return breaks;
}

Result<std::vector<std::size_t>> splitProgramme(const Programme& programme, const CuttingCurves& curves,
                                                const PlanWish& wish, std::size_t sides)
{
    const std::size_t n = programme.tracks.size();
    if (sides > n)
        return failure(fmt::format("{} sides need at least {} tracks; there {} {}", sides, sides,
                                   n == 1 ? "is" : "are", n));
    if (const auto checked = checkTogether(wish, n); !checked) return failure(checked.error());
    SplitWish split{.tracks = n, .sides = sides, .together = wish.together, .preferred = breaksOf(programme)};
    split.together.resize(n - 1);
    for (std::size_t i = 1; i < n; ++i)
        if (programme.tracks[i].keptWithPrevious || !canTurnBefore(programme, i))
            split.together[i - 1] = true;
    const double metres = velocityAtFullScale(wish.reference, 0);
    std::vector<RunCost> costs((n + 1) * (n + 1));
    parallelFor(n, 0, [&](std::size_t a) {
        for (std::size_t b = a + 1; b <= n; ++b) {
            const SideStretch side = sideOf(programme, a, b, wish.silence);
            costs[a * (n + 1) + b] = {.level = limitOf(curves, side, wish).gain.value_or(noLimit),
                                      .radius = isHopeless(side, wish)
                                                    ? 1000
                                                    : cutGroove(curves, side, wish.lathe, metres * 1e6).used};
        }
    });
    auto best = bestSplit(split, [&](std::size_t a, std::size_t b) { return costs[a * (n + 1) + b]; });
    if (!best)
        return failure(
            fmt::format("The tracks cannot be shared out over {} sides: too many of them must stay together "
                        "(tracks kept together have to be released, gapless pairs and crossfades need fades "
                        "before a side can end there)",
                        sides));
    return *best;
}

Result<VinylPlan> planVinyl(const Programme& programme, const CuttingCurves& curves, const PlanWish& wish)
{
    std::vector<std::size_t> breaks = breaksOf(programme);
    if (wish.sides) {
        auto split = splitProgramme(programme, curves, wish, *wish.sides);
        if (!split) return failure(std::move(split.error()));
        breaks = std::move(*split);
    }
    if (const auto checked = checkTogether(wish, programme.tracks.size()); !checked)
        return failure(checked.error());
    for (const std::size_t first : breaks)
        if (first <= wish.together.size() && wish.together[first - 1])
            return failure(
                fmt::format("The edition turns the record between tracks {} and {}, which should stay "
                            "together; let the sides be divided anew",
                            first, first + 1));
    VinylPlan plan{.wish = wish};
    breaks.push_back(programme.tracks.size());
    std::size_t first = 0;
    for (const std::size_t end : breaks) {
        plan.sides.push_back(
            {.first = first, .end = end, .stretch = sideOf(programme, first, end, wish.silence)});
        first = end;
    }
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        SidePlan& side = plan.sides[i];
        side.limit = limitOf(curves, side.stretch, wish);
        if (side.limit.gain && (!plan.highest || *side.limit.gain < *plan.highest)) {
            plan.highest = side.limit.gain;
            plan.decisive = i;
        }
    }
    const double promised = mostPromisedGain(wish.format.size);
    plan.gain = wish.gain         ? *wish.gain
                : wish.albumLevel ? std::min(plan.highest.value_or(promised), promised)
                                  : 0;
    plan.imbalance = imbalanceOf(plan);
    for (std::size_t i = 0; i < plan.sides.size(); ++i)
        if (auto done = judge(programme, curves, plan, i); !done) return failure(std::move(done.error()));
    return plan;
}

} // namespace segue::vinyl
