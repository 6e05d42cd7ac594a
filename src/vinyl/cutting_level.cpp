#include "vinyl/cutting_level.h"

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

namespace {

constexpr double lowestGain = -60, highestGain = 40, precision = 0.0005;

// The first moment of a segment for which `exceeds` says yes.
template <class Exceeds>
std::optional<double> firstMoment(const CuttingCurves& curves, const SideStretch& side, Exceeds exceeds)
{
    const double seconds = curves.segmentSeconds();
    const auto first = static_cast<std::size_t>(std::max(0.0, side.begin / seconds));
    for (std::size_t i = first; i < curves.segments.size(); ++i) {
        const double at = static_cast<double>(i) * seconds;
        if (at >= side.end) break;
        if (exceeds(curves.segments[i], at + seconds)) return std::max(at, side.begin);
    }
    return {};
}

} // namespace

const char* name(Limit limit)
{
    switch (limit) {
    case Limit::space: return "space";
    case Limit::lift: return "lift";
    case Limit::slope: return "slope";
    case Limit::curvature: return "curvature";
    case Limit::none: break;
    }
    return "none";
}

CuttingLimit bindingAt(const CuttingCurves& curves, const SideStretch& side, const LatheProfile& lathe,
                       const RecordFormat& format, const CuttingReference& reference, double gain)
{
    const double metres = velocityAtFullScale(reference, gain), micrometres = metres * 1e6;
    const Radii radii = radiiOf(format.size);
    const Groove groove = cutGroove(curves, side, lathe, micrometres);
    if (groove.used > radii.width()) return {gain, Limit::space, side.end};
    const bool lifts = lathe.depthControl
                           ? groove.widestOpening > lathe.openingError || groove.deepest > lathe.maxDepth
                           : groove.shallowestFixed < lathe.minDepth;
    if (lifts) {
        const auto at = firstMoment(curves, side, [&](const GrooveSegment& g, double) {
            const double vertical = static_cast<double>(std::max(g.deeper, g.shallower)) * micrometres;
            const double opening = lathe.minDepth + vertical - lathe.baseDepth;
            return lathe.depthControl
                       ? opening > lathe.openingError || lathe.minDepth + 2 * vertical > lathe.maxDepth
                       : opening > 0;
        });
        return {gain, Limit::lift, at.value_or(side.begin)};
    }
    // At the end of the segment, where the radius is smallest.
    const auto speedAt = [&](double until) {
        return grooveSpeed(groove.radiusAt(until, radii), format.speed);
    };
    const double tip = lathe.tipElliptical * 1e-6;
    const auto bends = firstMoment(curves, side, [&](const GrooveSegment& g, double until) {
        const double speed = speedAt(until);
        return static_cast<double>(g.sustained) * metres * tip > speed * speed;
    });
    if (bends) return {gain, Limit::curvature, *bends};
    const auto slopes = firstMoment(curves, side, [&](const GrooveSegment& g, double until) {
        return static_cast<double>(g.lateralVelocity) * metres > speedAt(until);
    });
    if (slopes) return {gain, Limit::slope, *slopes};
    return {};
}

CuttingLimit highestLevel(const CuttingCurves& curves, const SideStretch& side, const LatheProfile& lathe,
                          const RecordFormat& format, const CuttingReference& reference)
{
    const auto binding = [&](double gain) { return bindingAt(curves, side, lathe, format, reference, gain); };
    CuttingLimit above = binding(highestGain);
    if (above.limit == Limit::none) return {};
    double low = lowestGain, high = highestGain;
    while (high - low > precision) {
        const double middle = (low + high) / 2;
        const CuttingLimit here = binding(middle);
        if (here.limit == Limit::none) {
            low = middle;
        } else {
            high = middle;
            above = here;
        }
    }
    above.gain = low;
    return above;
}

} // namespace segue::vinyl
