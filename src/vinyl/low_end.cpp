#include "vinyl/low_end.h"

#include "core/decibels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

namespace {

using Level = Finding::Level;

constexpr double windowSeconds = blockSeconds * blocksPerWindow;
constexpr std::size_t bassWindows = 4, phaseWindows = 30, infrasonicWindows = 10; // 400 ms, 3 s, 1 s
constexpr double bassPause = 0.05, infrasonicPause = 30;                          // s
constexpr double quietBass = -50, belowLoudest = 20;                              // dBFS, dB
constexpr double narrowBass = 0.8, wideBass = 0.5;
constexpr double infrasonicWarning = -60, infrasonicError = -40;

double decibels(double power) { return power <= 0 ? -200 : 10 * std::log10(power); }

struct Range {
    std::size_t first, end;
};
// What of a row of things that last `seconds` each lies on the side.
Range rangeOf(const CutSide& side, double seconds, std::size_t count)
{
    const auto first = static_cast<std::size_t>(std::max(0.0, side.stretch.begin / seconds + 1e-6));
    const auto end = static_cast<std::size_t>(std::max(0.0, std::ceil(side.stretch.end / seconds - 1e-6)));
    return {std::min(first, count), std::min(end, count)};
}

void checkDepth(const CutSide& side, LowEnd& found)
{
    const LatheProfile& lathe = side.lathe;
    const double um = side.metres * 1e6;
    EventRow row{found.events, bassPause};
    const Range range = rangeOf(side, blockSeconds, side.curves.blocks.size());
    for (std::size_t i = range.first; i < range.end; ++i) {
        const TraceBlock& b = side.curves.blocks[i];
        const double vertical = static_cast<double>(std::max(b.deeper, b.shallower)) * um;
        const double opening = lathe.minDepth + vertical - lathe.baseDepth;
        found.extraDepth = std::max(found.extraDepth, opening);
        VinylEvent e{.begin = static_cast<double>(i) * blockSeconds, .length = blockSeconds, .unit = "um"};
        e.radius = side.radiusAt(e.begin);
        if (lathe.depthControl) {
            if (opening <= lathe.openingWarning) continue;
            const bool broken =
                opening > lathe.openingError || lathe.minDepth + 2 * vertical > lathe.maxDepth;
            e.kind = "depth";
            e.severity = broken ? Level::error : Level::warning;
            e.value = opening;
            row.add(e, opening);
        } else {
            const double left = lathe.baseDepth - vertical;
            if (left >= lathe.fixedDepthWarning) continue;
            e.kind = "fixed_depth";
            e.severity = left < lathe.minDepth ? Level::error : Level::warning;
            e.value = left;
            row.add(e, -left);
        }
    }
}

void checkLateral(const CutSide& side, LowEnd& found)
{
    EventRow row{found.events, 3 * windowSeconds};
    const Range range = rangeOf(side, windowSeconds, side.curves.windows.size());
    for (std::size_t i = range.first; i < range.end; ++i) {
        const double lateral = static_cast<double>(side.curves.windows[i].lateral) * side.metres * 1e6;
        found.lateral = std::max(found.lateral, lateral);
        if (lateral <= side.lathe.lateralWarning) continue;
        VinylEvent e{.kind = "lateral",
                     .severity = lateral > side.lathe.lateralError ? Level::error : Level::warning,
                     .begin = static_cast<double>(i) * windowSeconds,
                     .length = windowSeconds,
                     .value = lateral,
                     .unit = "um"};
        e.radius = side.radiusAt(e.begin);
        row.add(e, lateral);
    }
}

struct Sums {
    double left = 0, right = 0, product = 0, bassLeft = 0, bassRight = 0, bassProduct = 0, infrasonic = 0;
};
Sums sumOf(const CuttingCurves& curves, std::size_t first, std::size_t count)
{
    Sums s;
    for (std::size_t i = first; i < std::min(first + count, curves.windows.size()); ++i) {
        const BassWindow& w = curves.windows[i];
        s.left += static_cast<double>(w.left);
        s.right += static_cast<double>(w.right);
        s.product += static_cast<double>(w.product);
        s.bassLeft += static_cast<double>(w.bassLeft);
        s.bassRight += static_cast<double>(w.bassRight);
        s.bassProduct += static_cast<double>(w.bassProduct);
        s.infrasonic += static_cast<double>(w.infrasonic);
    }
    return s;
}

// dBFS of a sine on both channels with this energy in `windows` windows, one value per `step` frames.
double levelOf(const CuttingCurves& curves, double squares, std::size_t windows, double step)
{
    const double values = static_cast<double>(windows) * windowSeconds * curves.rate.hertz() / step;
    return decibels(squares / values); // two channels, and a sine's energy is half its peak squared
}

// An event begins where the depth first reaches half of what it asks for at most.
double onsetIn(const CuttingCurves& curves, double begin, double end)
{
    const auto first = static_cast<std::size_t>(std::llround(begin / blockSeconds));
    const auto last =
        std::min(static_cast<std::size_t>(std::llround(end / blockSeconds)), curves.blocks.size());
    const auto vertical = [&](std::size_t i) {
        return std::max(curves.blocks[i].deeper, curves.blocks[i].shallower);
    };
    float most = 0;
    for (std::size_t i = first; i < last; ++i) most = std::max(most, vertical(i));
    for (std::size_t i = first; i < last; ++i)
        if (vertical(i) > most / 2) return static_cast<double>(i) * blockSeconds;
    return begin;
}

void checkBassWidth(const CutSide& side, LowEnd& found)
{
    const Range range = rangeOf(side, windowSeconds, side.curves.windows.size());
    const auto level = [&](const Sums& s) {
        return levelOf(side.curves, s.bassLeft + s.bassRight, bassWindows, 16);
    };
    double loudest = -200;
    for (std::size_t i = range.first; i + bassWindows <= range.end; ++i)
        loudest = std::max(loudest, level(sumOf(side.curves, i, bassWindows)));
    VinylEvents events;
    {
        EventRow row{events, 0.3};
        for (std::size_t i = range.first; i + bassWindows <= range.end; ++i) {
            const Sums s = sumOf(side.curves, i, bassWindows);
            if (level(s) < std::max(quietBass, loudest - belowLoudest)) continue;
            const double rho = correlation(s.bassLeft, s.bassRight, s.bassProduct);
            found.bassCorrelation = std::min(found.bassCorrelation, rho);
            found.bassSideOverMiddle =
                std::max(found.bassSideOverMiddle, sideOverMiddle(s.bassLeft, s.bassRight, s.bassProduct));
            if (rho >= narrowBass) continue;
            const VinylEvent e{.kind = rho < 0 ? "antiphase_bass" : "bass_width",
                               .severity = rho < wideBass ? Level::warning : Level::note,
                               .begin = static_cast<double>(i) * windowSeconds,
                               .length = windowSeconds * bassWindows,
                               .value = rho,
                               .unit = "correlation",
                               .sideOverMiddle = sideOverMiddle(s.bassLeft, s.bassRight, s.bassProduct)};
            row.add(e, -rho);
        }
    }
    for (VinylEvent& e : events) {
        const double end = e.begin + e.length;
        e.begin = onsetIn(side.curves, e.begin, end);
        e.length = end - e.begin;
        e.radius = side.radiusAt(e.begin);
        found.events.push_back(e);
    }
}

void checkPhase(const CutSide& side, LowEnd& found)
{
    const Range range = rangeOf(side, windowSeconds, side.curves.windows.size());
    VinylEvents events;
    {
        EventRow row{events, 0.15};
        for (std::size_t i = range.first; i + phaseWindows <= range.end; ++i) {
            const Sums s = sumOf(side.curves, i, phaseWindows);
            if (levelOf(side.curves, s.left + s.right, phaseWindows, 1) < quietBass) continue;
            const double rho = correlation(s.left, s.right, s.product);
            if (rho >= 0) continue;
            row.add({.kind = "phase",
                     .severity = Level::warning,
                     .begin = static_cast<double>(i) * windowSeconds,
                     .length = windowSeconds,
                     .radius = side.radiusAt(static_cast<double>(i) * windowSeconds),
                     .value = rho,
                     .unit = "correlation"},
                    -rho);
        }
    }
    for (VinylEvent& e : events) {
        if (e.length <= 1) continue;
        // Its windows reach three seconds further: from the first moment to the last that is out of phase.
        const auto out = [&](std::size_t i) {
            const Sums s = sumOf(side.curves, i, 1);
            return levelOf(side.curves, s.left + s.right, 1, 1) >= quietBass &&
                   correlation(s.left, s.right, s.product) < 0;
        };
        auto first = static_cast<std::size_t>(std::llround(e.begin / windowSeconds));
        auto last = std::min(static_cast<std::size_t>(std::llround((e.begin + e.length) / windowSeconds)) +
                                 phaseWindows - 1,
                             range.end);
        while (first + 1 < last && !out(first)) ++first;
        while (last > first + 1 && !out(last - 1)) --last;
        e.begin = static_cast<double>(first) * windowSeconds;
        e.length = static_cast<double>(last - first) * windowSeconds;
        e.radius = side.radiusAt(e.begin);
        found.events.push_back(e);
    }
}

void checkInfrasonic(const CutSide& side, LowEnd& found)
{
    // One cure serves a whole track: what comes back within half a minute is one event.
    EventRow row{found.events, infrasonicPause};
    const Range range = rangeOf(side, windowSeconds, side.curves.windows.size());
    for (std::size_t i = range.first; i + infrasonicWindows <= range.end; i += infrasonicWindows) {
        const double level =
            levelOf(side.curves, sumOf(side.curves, i, infrasonicWindows).infrasonic, infrasonicWindows, 128);
        found.infrasonic = std::max(found.infrasonic, level);
        if (level <= infrasonicWarning) continue;
        VinylEvent e{.kind = "infrasonic",
                     .severity = level > infrasonicError ? Level::error : Level::warning,
                     .begin = static_cast<double>(i) * windowSeconds,
                     .length = windowSeconds * infrasonicWindows,
                     .value = level,
                     .unit = "dBFS"};
        e.radius = side.radiusAt(e.begin);
        row.add(e, level);
    }
}

} // namespace

double correlation(double leftSquares, double rightSquares, double products)
{
    if (leftSquares <= 0 && rightSquares <= 0) return 1;
    if (leftSquares <= 0 || rightSquares <= 0) return 0;
    return std::clamp(products / std::sqrt(leftSquares * rightSquares), -1.0, 1.0);
}

double sideOverMiddle(double leftSquares, double rightSquares, double products)
{
    const double side = leftSquares + rightSquares - 2 * products,
                 middle = leftSquares + rightSquares + 2 * products;
    if (side <= 0) return -100;
    if (middle <= 0) return 100;
    return std::clamp(decibels(side / middle), -100.0, 100.0);
}

LowEnd checkLowEnd(const CutSide& side)
{
    LowEnd found;
    checkDepth(side, found);
    checkLateral(side, found);
    checkBassWidth(side, found);
    checkPhase(side, found);
    checkInfrasonic(side, found);
    return found;
}

} // namespace segue::vinyl
