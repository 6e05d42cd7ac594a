#include "vinyl/strain.h"

#include <algorithm>
#include <cmath>

namespace segue::vinyl {

namespace {

/// Of the depth that is there to give, per micrometre of vertical movement; and the share from which on the
/// checks warn. As checkLowEnd() judges it.
struct DepthScale {
    double offset = 0, perMicrometre = 0, warning = 1;
};
DepthScale depthScale(const LatheProfile& lathe)
{
    if (!lathe.depthControl) {
        const double room = std::max(lathe.baseDepth - lathe.minDepth, 1e-9);
        return {0, 1 / room, (lathe.baseDepth - lathe.fixedDepthWarning) / room};
    }
    // Opening is minDepth + vertical - baseDepth.
    return {(lathe.minDepth - lathe.baseDepth) / lathe.openingError, 1 / lathe.openingError,
            lathe.openingWarning / lathe.openingError};
}

float lowOf(const CutSide& side, const DepthScale& scale, const TraceBlock& block)
{
    const double vertical = static_cast<double>(std::max(block.deeper, block.shallower)) * side.metres * 1e6;
    double strain = scale.offset + vertical * scale.perMicrometre;
    // The groove must not get deeper than the lacquer allows, either.
    if (side.lathe.depthControl)
        strain = std::max(strain, 2 * vertical / std::max(side.lathe.maxDepth - side.lathe.minDepth, 1e-9));
    return static_cast<float>(std::max(0.0, strain));
}

float highOf(const CutSide& side, const TraceBlock& block, std::size_t index)
{
    const double speed = side.speedAt(static_cast<double>(index + 1) * blockSeconds);
    const double sustained = static_cast<double>(std::ranges::max(block.sustained)) * side.metres;
    const double curvature = sustained * side.lathe.tipElliptical * 1e-6 / (speed * speed);
    const double slope = static_cast<double>(block.lateralVelocity) * side.metres / speed;
    return static_cast<float>(std::max(curvature, slope));
}

} // namespace

Strain SideStrain::largest(double from, double to) const
{
    const auto count = std::ssize(tenths);
    const auto place = [&](double seconds) {
        return static_cast<std::ptrdiff_t>(std::floor((seconds - begin) / strainSeconds + 1e-6));
    };
    const std::ptrdiff_t first = std::clamp<std::ptrdiff_t>(place(from), 0, count),
                         last =
                             std::clamp<std::ptrdiff_t>(std::max(place(to), place(from) + 1), first, count);
    Strain most;
    for (std::ptrdiff_t i = first; i < last; ++i) {
        most.low = std::max(most.low, tenths[static_cast<std::size_t>(i)].low);
        most.high = std::max(most.high, tenths[static_cast<std::size_t>(i)].high);
    }
    return most;
}

SideStrain strainOf(const CutSide& side)
{
    const auto& blocks = side.curves.blocks;
    const auto& windows = side.curves.windows;
    const auto first = static_cast<std::size_t>(std::max(0.0, side.stretch.begin / strainSeconds + 1e-6)),
               end = static_cast<std::size_t>(
                   std::max(0.0, std::ceil(side.stretch.end / strainSeconds - 1e-6)));
    const DepthScale scale = depthScale(side.lathe);
    SideStrain strain{.begin = static_cast<double>(first) * strainSeconds,
                      .lowWarning =
                          std::min(scale.warning, side.lathe.lateralWarning / side.lathe.lateralError),
                      .highWarning = side.lathe.tipElliptical / side.lathe.tipSpherical};
    for (std::size_t w = first; w < end && w * blocksPerWindow < blocks.size(); ++w) {
        Strain s;
        for (std::size_t b = w * blocksPerWindow; b < std::min((w + 1) * blocksPerWindow, blocks.size());
             ++b) {
            s.low = std::max(s.low, lowOf(side, scale, blocks[b]));
            s.high = std::max(s.high, highOf(side, blocks[b], b));
        }
        if (w < windows.size())
            s.low = std::max(s.low, static_cast<float>(static_cast<double>(windows[w].lateral) * side.metres *
                                                       1e6 / side.lathe.lateralError));
        strain.tenths.push_back(s);
    }
    return strain;
}

} // namespace segue::vinyl
