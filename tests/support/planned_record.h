/// \file
/// Records of tracks that only their lengths tell apart, and plans for them from formulas.
#pragma once

#include "support/vinyl_sounds.h"
#include "vinyl/vinyl_plan.h"

#include <string>
#include <vector>

namespace segue::test {

/// 8 kHz, pauses of 2 s. What the tracks sound like is the curves' affair.
[[nodiscard]] inline vinyl::Programme programmeOfLengths(const std::vector<double>& minutes)
{
    vinyl::Programme p{.rate = SampleRate{8000}};
    double at = 0;
    for (const double m : minutes) {
        p.tracks.push_back({.title = "Song",
                            .begin = at,
                            .end = at + m * 60,
                            .start = at,
                            .pauseBefore = !p.tracks.empty()});
        at = p.tracks.back().end + 2;
    }
    const double seconds = at;
    p.open = [seconds]() -> Result<std::unique_ptr<SoundSource>> {
        return std::make_unique<FrameSound>(8000, seconds, constant(0, 0));
    };
    return p;
}

struct PlannedRecord {
    vinyl::Programme programme{};
    vinyl::VinylPlan plan{};
};
/// Silence between the moments of `sound`; the events are looked for in the curves alone.
[[nodiscard]] inline PlannedRecord plannedRecord(const std::vector<double>& minutes, const Formula& sound,
                                                 vinyl::PlanWish wish)
{
    PlannedRecord record{.programme = programmeOfLengths(minutes)};
    wish.closer = false;
    auto plan = vinyl::planVinyl(
        record.programme, curvesOf(record.programme.tracks.back().end, sound, 8000, wish.format.speed), wish);
    if (!plan) throw std::runtime_error{plan.error().what};
    record.plan = std::move(*plan);
    return record;
}

} // namespace segue::test
