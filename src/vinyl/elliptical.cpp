#include "vinyl/elliptical.h"

#include "core/decibels.h"
#include "vinyl/cutting_filter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

constexpr std::size_t mostEvents = 50, blockFrames = 4096;
constexpr double settle = 1.0, longest = 30.0; // seconds

/// left - right behind one filter, on to the vertical displacement.
class VerticalPath {
public:
    VerticalPath(const Elliptical& setting, const CuttingFilter& cut, double rate)
        : section_{setting.order == 0 ? Section{} : highPass(setting.order, setting.corner, rate)}, cut_{cut}
    {
    }
    [[nodiscard]] double step(double side)
    {
        const double in = equaliser_.step(section_, side);
        const double low = cut_.lowPole * low_ + cut_.lowFeed * (in + in_);
        const double feed = cut_.direct * (in - in_) + cut_.wave * (in + in_) + cut_.slow * (low + low_);
        const double d = feed - feed_ - cut_.back1 * d1_ - cut_.back2 * d2_;
        in_ = in;
        low_ = low;
        feed_ = feed;
        d2_ = d1_;
        d1_ = d;
        return std::fabs(d) / std::numbers::sqrt2;
    }
    double worst = 0;

private:
    Section section_;
    SectionState<double> equaliser_;
    const CuttingFilter& cut_;
    double in_ = 0, low_ = 0, feed_ = 0, d1_ = 0, d2_ = 0;
};

} // namespace

Result<EllipticalAdvice> adviseElliptical(const VinylEvents& events, SoundSource& programme,
                                          const LatheProfile& lathe, double metres)
{
    EllipticalAdvice advice;
    std::vector<const VinylEvent*> deep;
    for (const VinylEvent& e : events)
        if (e.kind == "depth" || e.kind == "fixed_depth") deep.push_back(&e);
    if (deep.empty()) return advice;
    if (deep.size() > mostEvents) deep.resize(mostEvents);
    advice.events = deep.size();

    // All filters at once, the plain cut first; each keeps its worst over all events.
    const double rate = programme.rate().hertz();
    const CuttingFilter cut = designCuttingFilter(programme.rate());
    std::vector<Elliptical> settings{{0, 0}};
    for (const int order : {1, 2})
        for (const double corner : ellipticalCorners)
            if (corner < 0.45 * rate) settings.push_back({order, corner});
    std::vector<double> worst(settings.size(), 0.0);
    std::vector<Frame> block(blockFrames);
    for (const VinylEvent* e : deep) {
        std::vector<VerticalPath> paths;
        for (const Elliptical& s : settings) paths.emplace_back(s, cut, rate);
        const auto begin = std::llround((e->begin - 0.02) * rate),
                   end = std::llround((e->begin + std::min(e->length, longest) + 0.02) * rate);
        for (std::int64_t at = begin - std::llround(settle * rate); at < end;
             at += static_cast<std::int64_t>(blockFrames)) {
            if (auto done = programme.read(SamplePos{at}, block); !done)
                return failure(std::move(done.error()));
            for (std::size_t i = 0; i < block.size(); ++i) {
                const double side = block[i].left - block[i].right;
                const std::int64_t here = at + static_cast<std::int64_t>(i);
                for (VerticalPath& p : paths) {
                    const double vertical = p.step(side);
                    if (here >= begin && here < end && vertical > p.worst) p.worst = vertical;
                }
            }
        }
        for (std::size_t k = 0; k < paths.size(); ++k) worst[k] = std::max(worst[k], paths[k].worst);
    }
    // How far the vertical movement may go before somebody warns.
    const double may = lathe.depthControl ? lathe.baseDepth - lathe.minDepth + lathe.openingWarning
                                          : lathe.baseDepth - lathe.fixedDepthWarning;
    const auto um = [&](std::size_t k) { return worst[k] * metres * 1e6; };
    for (std::size_t k = 1; k < settings.size(); ++k) {
        auto& place = settings[k].order == 1 ? advice.first : advice.second;
        if (!place && um(k) <= may) place = settings[k];
    }
    if (um(0) > may && may > 0) advice.lessLevel = Decibels::fromGain(um(0) / may).value();
    return advice;
}

} // namespace segue::vinyl
