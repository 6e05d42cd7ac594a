#include "vinyl/groove.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

constexpr std::size_t turn = segmentsPerTurn;

/// The segments that a side touches and how much of each is its own. Those of the silences around it may lie
/// before the programme, behind it, or where other sides sound.
struct Segments {
    std::ptrdiff_t first = 0;
    std::size_t count = 0;
    double begin = 0, end = 0; ///< in segments from the programme's beginning
    std::ptrdiff_t soundFirst = 0, soundEnd = 0;

    [[nodiscard]] double share(std::size_t i) const
    {
        const auto at = static_cast<double>(first + static_cast<std::ptrdiff_t>(i));
        return std::max(0.0, std::min(end, at + 1) - std::max(begin, at));
    }
    [[nodiscard]] GrooveSegment segment(const CuttingCurves& curves, std::size_t i) const
    {
        const std::ptrdiff_t at = first + static_cast<std::ptrdiff_t>(i);
        return at >= soundFirst && at < soundEnd ? curves.segments[static_cast<std::size_t>(at)]
                                                 : GrooveSegment{};
    }
};

Segments segmentsOf(const CuttingCurves& curves, const SideStretch& side)
{
    const double seconds = curves.segmentSeconds();
    const double soundBegin = std::max(0.0, side.begin / seconds),
                 soundEnd = std::min(side.end / seconds, static_cast<double>(curves.segments.size()));
    Segments s{.begin = soundBegin - side.silence.leadIn / seconds,
               .end = soundEnd + side.silence.tail / seconds,
               .soundFirst = static_cast<std::ptrdiff_t>(soundBegin),
               .soundEnd = static_cast<std::ptrdiff_t>(std::ceil(soundEnd - 1e-9))};
    s.first = static_cast<std::ptrdiff_t>(std::floor(s.begin));
    const auto last = static_cast<std::ptrdiff_t>(std::ceil(s.end - 1e-9));
    s.count = static_cast<std::size_t>(std::max<std::ptrdiff_t>(last - s.first, 0));
    return s;
}

/// What a groove needs of one segment, um.
struct Need {
    double depth = 0;            ///< of the centre, at rest
    double inner = 0, outer = 0; ///< how far the edges reach beyond the depth
};

std::vector<Need> needsOf(const CuttingCurves& curves, const Segments& s, const LatheProfile& lathe,
                          double micrometres)
{
    std::vector<Need> needs(s.count);
    for (std::size_t i = 0; i < s.count; ++i) {
        const GrooveSegment g = s.segment(curves, i);
        const double vertical = static_cast<double>(std::max(g.deeper, g.shallower)) * micrometres;
        needs[i].depth =
            lathe.depthControl ? std::max(lathe.baseDepth, lathe.minDepth + vertical) : lathe.baseDepth;
        needs[i].inner = std::numbers::sqrt2 * micrometres * std::max(0.0, -static_cast<double>(g.lowLeft));
        needs[i].outer = std::numbers::sqrt2 * micrometres * std::max(0.0, static_cast<double>(g.highRight));
    }
    // The head moves slowly: the depth is held over the neighbours.
    const std::vector<Need> own = needs;
    for (std::size_t i = 0; i < s.count; ++i) {
        for (const std::size_t n : {i - 1, i + 1}) {
            if (n >= s.count) continue;
            needs[i].depth = std::max(needs[i].depth, own[n].depth);
            if (!lathe.holdNeighbours) continue;
            needs[i].inner = std::max(needs[i].inner, own[n].inner);
            needs[i].outer = std::max(needs[i].outer, own[n].outer);
        }
    }
    return needs;
}

std::vector<double> pitchOf(const std::vector<Need>& needs, const LatheProfile& lathe)
{
    std::vector<double> pitch(needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
        // Behind the end the next turn is silent.
        const Need next = i + turn < needs.size() ? needs[i + turn] : Need{.depth = lathe.baseDepth};
        pitch[i] = lathe.land + (needs[i].depth + needs[i].inner) + (next.depth + next.outer);
    }
    return pitch;
}

// The widest of each segment and the fifteen before it.
std::vector<double> openForATurn(std::vector<double> pitch)
{
    for (std::size_t reach = 1; reach < turn; reach *= 2)
        for (std::size_t i = pitch.size(); i-- > reach;) pitch[i] = std::max(pitch[i], pitch[i - reach]);
    return pitch;
}

} // namespace

SideStretch wholeProgramme(const CuttingCurves& curves) { return {.begin = 0, .end = curves.seconds()}; }

double Groove::radiusAt(double seconds, const Radii& radii) const
{
    const double at = std::clamp(seconds, begin, end),
                 place = std::max(0.0, (at - firstSegmentAt) / segmentSeconds);
    const auto whole = std::min(static_cast<std::size_t>(place), advance.size() - 2);
    // The outermost two segments may be cut in part.
    const double segmentAt = firstSegmentAt + static_cast<double>(whole) * segmentSeconds,
                 from = std::max(begin, segmentAt), to = std::min(end, segmentAt + segmentSeconds);
    const double part = to > from ? std::clamp((at - from) / (to - from), 0.0, 1.0) : 1;
    return radii.outer - (advance[whole] + part * (advance[whole + 1] - advance[whole]));
}

std::vector<double> neededPitch(const CuttingCurves& curves, const SideStretch& side,
                                const LatheProfile& lathe, double micrometres)
{
    return pitchOf(needsOf(curves, segmentsOf(curves, side), lathe, micrometres), lathe);
}

Groove cutGroove(const CuttingCurves& curves, const SideStretch& side, const LatheProfile& lathe,
                 double micrometres)
{
    const Segments s = segmentsOf(curves, side);
    const std::vector<Need> needs = needsOf(curves, s, lathe, micrometres);
    const std::vector<double> pitch = pitchOf(needs, lathe);
    const std::vector<double> open = openForATurn(pitch);

    Groove groove{.begin = s.begin * curves.segmentSeconds(),
                  .end = s.end * curves.segmentSeconds(),
                  .firstSegmentAt = static_cast<double>(s.first) * curves.segmentSeconds(),
                  .segmentSeconds = curves.segmentSeconds(),
                  .shallowestFixed = lathe.baseDepth};
    groove.advance.reserve(s.count + 2);
    groove.advance.push_back(0);
    double advanced = 0, bands = 0;
    std::size_t band = 0;
    for (std::size_t i = 0; i < s.count; ++i) {
        advanced += open[i] * s.share(i) / static_cast<double>(turn) * 1e-3;
        const double until = groove.firstSegmentAt + static_cast<double>(i + 1) * groove.segmentSeconds;
        for (; band < side.bands.size() && side.bands[band] < until; ++band) bands += lathe.band;
        groove.advance.push_back(advanced + bands);
        const GrooveSegment g = s.segment(curves, i);
        const double vertical = static_cast<double>(std::max(g.deeper, g.shallower)) * micrometres;
        groove.widestOpening = std::max(groove.widestOpening, lathe.minDepth + vertical - lathe.baseDepth);
        groove.deepest = std::max(groove.deepest, needs[i].depth + vertical);
        groove.shallowestFixed = std::min(groove.shallowestFixed, lathe.baseDepth - vertical);
    }
    if (groove.advance.size() == 1) groove.advance.push_back(0);
    groove.used = groove.advance.back();

    // u[k] = max(u[k-1] + least, u[k-16] + P[k-16]): a head that knows everything and follows at once.
    const double least = 0.9 * lathe.silentPitch() / static_cast<double>(turn);
    std::vector<double> agile(s.count + 1, 0.0);
    for (std::size_t i = 1; i <= s.count; ++i) {
        agile[i] = agile[i - 1] + least * s.share(i - 1);
        if (i >= turn) agile[i] = std::max(agile[i], agile[i - turn] + pitch[i - turn]);
    }
    groove.agileUsed = agile.back() * 1e-3 + bands;
    return groove;
}

} // namespace segue::vinyl
