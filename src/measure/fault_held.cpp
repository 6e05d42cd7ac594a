#include "measure/fault_held.h"

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

// Held there it is clipped.
constexpr double nearFullScale = 0.999;
// At the top of the wave a value that stands still is a fault only with such an edge, in mean steps,
constexpr double heldEdge = 4;
// where a cut-off top may have one that is as steep as the wave is elsewhere, and a little.
constexpr double ownSlope = 1.5;
// Two of the smallest steps, and some room for rounding.
constexpr double creepingSteps = 2.1;
// A wave that is cut off stands at its top for half of its period at most: in that time it would otherwise
// have gone twice its height.
constexpr double mostHeights = 2;

// Steps of one size: a slow wave on its way from one step of the resolution to the next, or a pulse wave.
bool creeps(const EqualRun& run)
{
    const double most = creepingSteps * std::min(run.before.smallestStep, run.after.smallestStep);
    return run.before.largestStep <= most && run.after.largestStep <= most && run.before.edge <= most &&
           run.after.edge <= most;
}

bool jumps(const BesideRun& beside) { return beside.edgeInSteps() >= heldEdge; }
bool jumpsOffItsSlope(const BesideRun& beside)
{
    return jumps(beside) && beside.edge > ownSlope * beside.largestStep;
}

// The top of a wave that was cut off, or that is round and slow.
bool isTop(const EqualRun& run)
{
    const double height = std::fabs(run.value);
    if (std::max(run.before.highest, run.after.highest) > height) return false;
    if (run.atCeiling || run.before.meetsValue || run.after.meetsValue)
        return !jumpsOffItsSlope(run.before) && !jumpsOffItsSlope(run.after);
    const double way = static_cast<double>(run.length()) * (run.before.meanStep + run.after.meanStep) / 2;
    return !jumps(run.before) && !jumps(run.after) && way <= mostHeights * height;
}

} // namespace

double BesideRun::edgeInSteps() const { return edge / std::max(meanStep, 1e-9); }

BesideRun besideRun(const FaultChunk& chunk, SamplePos from, SamplePos to, int channel, double value,
                    bool runBehind)
{
    BesideRun found;
    const double side = value < 0 ? -1 : 1;
    double last = sideOf(chunk.at(from), channel), steps = 0;
    const auto take = [&](double v) {
        found.peak = std::max(found.peak, std::fabs(v));
        found.highest = std::max(found.highest, side * v);
        found.meetsValue = found.meetsValue || v == value;
    };
    take(last);
    for (SamplePos at = from + SampleCount{1}; at < to; at += SampleCount{1}) {
        const double v = sideOf(chunk.at(at), channel);
        take(v);
        const double step = std::fabs(v - last);
        steps += step;
        if (step > 0) found.smallestStep = std::min(found.smallestStep, step);
        found.largestStep = std::max(found.largestStep, step);
        last = v;
    }
    found.meanStep = steps / static_cast<double>(std::max<std::int64_t>(1, (to - from).value() - 1));
    const SamplePos neighbour = runBehind ? to - SampleCount{1} : from;
    found.edge = std::fabs(sideOf(chunk.at(neighbour), channel) - value);
    return found;
}

bool standsByItself(const EqualRun& run)
{
    // Where the sound is gone nothing stands.
    if (run.value == 0) return false;
    return std::fabs(run.value) >= nearFullScale || creeps(run) || isTop(run);
}

} // namespace segue
