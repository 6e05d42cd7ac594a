#include "deliver/side_checks.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

constexpr double highestPeak = -3;  // dBTP
constexpr double shortestSide = 60; // seconds; a judgement

} // namespace

Findings findingsOfLeads(Duration leadIn, Duration tail)
{
    Findings found;
    if (leadIn < milliseconds(500) || leadIn > seconds(2))
        found.push_back(
            finding(deliverRule("SIDES.LEAD"),
                    fmt::format("{} of silence stand before the first track of each side", clockTime(leadIn)),
                    {}, "half a second to two seconds of lead-in are usual"));
    if (tail < seconds(1))
        found.push_back(
            finding(deliverRule("SIDES.LEAD"),
                    fmt::format("{} of silence stand behind the last track of each side", clockTime(tail)),
                    {}, "a tail of a second or more is usual"));
    return found;
}

Findings findingsOfPlan(const vinyl::VinylPlan& plan)
{
    Findings found;
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        if (const double length = plan.sides[i].stretch.length(); length < shortestSide)
            found.push_back(finding(
                deliverRule("SIDES.SHORT"),
                fmt::format("Side {} plays for {:.0f} seconds only", vinyl::sideName(i), std::ceil(length)),
                {}, "see whether a track is missing or a break stands too early; the groove can be cut"));
        std::size_t errors = 0, infrasonics = 0;
        double loudest = -200; // dBFS, below 15 Hz
        for (const vinyl::VinylEvent& e : plan.sides[i].events) {
            if (e.severity != Finding::Level::error || e.kind == "side_break" || e.kind == "not_numbers")
                continue;
            if (e.kind == "space") {
                found.push_back(finding(deliverRule("SIDES.TOO_LONG"),
                                        fmt::format("Side {}: {}", vinyl::sideName(i), e.message), {},
                                        "put the break elsewhere, or allow it when the cutter said yes"));
            } else if (e.kind == "infrasonic") {
                ++infrasonics;
                loudest = std::max(loudest, e.value);
            } else {
                ++errors;
            }
        }
        if (infrasonics > 0)
            found.push_back(
                finding(deliverRule("SIDES.INFRASONIC"),
                        fmt::format("Side {}: below 15 Hz there are up to {:.0f} dBFS, in {} place{}",
                                    vinyl::sideName(i), loudest, infrasonics, infrasonics == 1 ? "" : "s"),
                        {},
                        "a high-pass at 20 Hz takes them away, and nobody hears the difference; the cutting "
                        "room can do it "
                        "too"));
        if (errors > 0)
            found.push_back(finding(
                deliverRule("SIDES.PREDICTED"),
                fmt::format("Side {}: at {:+.2f} dB {} moment{} predicted to ask for more than lathe or "
                            "stylus can follow",
                            vinyl::sideName(i), plan.gain, errors, errors == 1 ? " is" : "s are"),
                {}, "the cut sheet and the vinyl plan list them; the cutting engineer decides"));
    }
    return found;
}

Findings findingsOfPeaks(const std::vector<std::optional<double>>& peaks, Decibels gain)
{
    const auto worst =
        std::ranges::max_element(peaks, {}, [](const std::optional<double>& p) { return p.value_or(-1000); });
    if (worst == peaks.end() || worst->value_or(-1000) <= highestPeak) return {};
    const auto side = static_cast<std::size_t>(worst - peaks.begin());
    return {finding(
        deliverRule("SIDES.PEAK"),
        fmt::format("Side {} peaks at {:+.1f} dBTP{}", vinyl::sideName(side), **worst,
                    **worst > 0 ? ", over full scale between its samples" : ""),
        {},
        fmt::format("give all sides alike a gain of {:.1f} dB; the level of the cut does not depend on it",
                    gain.value() - std::ceil((**worst - highestPeak) * 10) / 10))};
}

Findings findingsOfSide(const DeliveredSide& side)
{
    Findings found;
    for (const Overs& o : side.outcome.overs) {
        const SideTrack& track = side.plan.tracks.at(o.entry);
        const Place where{.track = static_cast<int>(side.plan.first + o.entry) + 1};
        if (o.beyond > 0) {
            const double excess = Decibels::fromGain(o.peak).value();
            found.push_back(finding(
                audioRule("AUDIO.OVER"),
                fmt::format("{} samples of {} \"{}\" pass full scale, by up to {:.2f} dB, the first at {} of "
                            "side {}",
                            o.beyond, track.name, track.title, excess,
                            sideTime(o.firstBeyond, side.plan.rate), side.plan.name),
                where,
                fmt::format("lower all sides alike by {:.1f} dB or more",
                            std::ceil(excess * 10) / 10 + 0.1)));
        }
        if (o.slight > 0)
            found.push_back(
                finding(audioRule("AUDIO.CLAMPED"),
                        fmt::format("{} samples at full scale were held there when dither or rounding "
                                    "would have passed it",
                                    o.slight),
                        where));
    }
    return found;
}

} // namespace segue
