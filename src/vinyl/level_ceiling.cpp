#include "vinyl/level_ceiling.h"

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

namespace {

/// Of the limits, the largest part that a turn takes at 0 dB; the level is looked up once a turn.
struct Parts {
    double lift = 0, slope = 0, curvature = 0;
};

double levelFor(double part)
{
    return part <= 0 ? LevelCeiling::noCeiling : std::min(-20 * std::log10(part), LevelCeiling::noCeiling);
}

// As bindingAt() judges it: micrometres of vertical movement that the depth can follow.
double mostVertical(const LatheProfile& lathe)
{
    if (!lathe.depthControl) return lathe.baseDepth - lathe.minDepth;
    return std::min(lathe.openingError + lathe.baseDepth - lathe.minDepth,
                    (lathe.maxDepth - lathe.minDepth) / 2);
}

} // namespace

Limit LevelCeiling::binding() const
{
    if (lowest() >= noCeiling) return Limit::none;
    if (lift <= treble()) return Limit::lift;
    return slope < curvature ? Limit::slope : Limit::curvature;
}

LevelCeiling SideCeiling::lowest(double from, double to) const
{
    const auto count = std::ssize(turns);
    const auto place = [&](double seconds) {
        return static_cast<std::ptrdiff_t>(std::floor((seconds - begin) / secondsPerTurn + 1e-9));
    };
    const std::ptrdiff_t first = std::clamp<std::ptrdiff_t>(place(from), 0, count),
                         end = std::clamp<std::ptrdiff_t>(std::max(place(to), place(from) + 1), first, count);
    LevelCeiling least;
    for (std::ptrdiff_t i = first; i < end; ++i) {
        const LevelCeiling& turn = turns[static_cast<std::size_t>(i)];
        least.lift = std::min(least.lift, turn.lift);
        least.slope = std::min(least.slope, turn.slope);
        least.curvature = std::min(least.curvature, turn.curvature);
    }
    return least;
}

SideCeiling ceilingOf(const CuttingCurves& curves, const SideStretch& side, const LatheProfile& lathe,
                      const RecordFormat& format, const CuttingReference& reference, double gain)
{
    const Groove groove = cutGroove(curves, side, lathe, velocityAtFullScale(reference, gain) * 1e6);
    const Radii radii = radiiOf(format.size);
    const double metres = velocityAtFullScale(reference, 0), tip = lathe.tipElliptical * 1e-6,
                 deepest = std::max(mostVertical(lathe), 1e-9) * 1e-6, seconds = curves.segmentSeconds();
    const auto first = static_cast<std::size_t>(std::max(0.0, side.begin / seconds));
    SideCeiling ceiling{.begin = static_cast<double>(first) * seconds,
                        .secondsPerTurn = revolutionSeconds(curves.speed)};
    for (std::size_t i = first; i < curves.segments.size();) {
        Parts parts;
        const std::size_t end = std::min(i + segmentsPerTurn, curves.segments.size());
        for (; i < end; ++i) {
            const double at = static_cast<double>(i) * seconds;
            if (at >= side.end) break;
            const GrooveSegment& g = curves.segments[i];
            const double speed = grooveSpeed(groove.radiusAt(at + seconds, radii), format.speed);
            parts.lift =
                std::max(parts.lift, static_cast<double>(std::max(g.deeper, g.shallower)) * metres / deepest);
            parts.slope = std::max(parts.slope, static_cast<double>(g.lateralVelocity) * metres / speed);
            parts.curvature =
                std::max(parts.curvature, static_cast<double>(g.sustained) * metres * tip / (speed * speed));
        }
        ceiling.turns.push_back({.lift = levelFor(parts.lift),
                                 .slope = levelFor(parts.slope),
                                 .curvature = levelFor(parts.curvature)});
        if (static_cast<double>(i) * seconds >= side.end) break;
    }
    return ceiling;
}

} // namespace segue::vinyl
