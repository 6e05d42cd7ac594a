#include "vinyl/elliptical.h"

#include "core/decibels.h"
#include "vinyl/cutting_filter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

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
        return d / std::numbers::sqrt2;
    }

private:
    Section section_;
    SectionState<double> equaliser_;
    const CuttingFilter& cut_;
    double in_ = 0, low_ = 0, feed_ = 0, d1_ = 0, d2_ = 0;
};

/// In which band most of a movement lies: the energies below each edge, taken from one another.
class BandFinder {
public:
    explicit BandFinder(double rate)
    {
        for (std::size_t i = 0; i < edges.size(); ++i)
            if (edges[i] < 0.45 * rate) bands_.push_back({lowPass4(edges[i], rate), {}, {}, 0});
    }
    void settle(double movement) { put(movement, false); }
    void count(double movement) { put(movement, true); }
    /// Sets `lowest` and `highest`.
    void tell(DepthCure& cure) const
    {
        double below = 0, most = -1;
        for (std::size_t i = 0; i <= bands_.size(); ++i) {
            const double energy = i < bands_.size() ? bands_[i].energy : all_;
            if (energy - below > most) {
                most = energy - below;
                cure.lowest = i == 0 ? 0 : edges[i - 1];
                cure.highest = i < bands_.size() ? edges[i] : 0;
            }
            below = energy;
        }
    }

private:
    static constexpr std::array edges{80.0, 150.0, 300.0, 1000.0};
    struct Band {
        std::array<Section, 2> sections{};
        SectionState<double> first{}, second{};
        double energy = 0;
    };
    void put(double movement, bool counts)
    {
        for (Band& b : bands_) {
            const double low = b.second.step(b.sections[1], b.first.step(b.sections[0], movement));
            if (counts) b.energy += low * low;
        }
        if (counts) all_ += movement * movement;
    }
    std::vector<Band> bands_{};
    double all_ = 0;
};

/// The smallest corner of each order behind which nobody warns, among settings in rising order.
void findCorners(std::span<const Elliptical> settings, std::span<const double> worst, double may,
                 std::optional<Elliptical>& first, std::optional<Elliptical>& second)
{
    for (std::size_t k = 1; k < settings.size(); ++k) {
        auto& place = settings[k].order == 1 ? first : second;
        if (!place && worst[k] <= may) place = settings[k];
    }
}
double levelToLose(double worst, double may)
{
    return worst > may && may > 0 ? Decibels::fromGain(worst / may).value() : 0;
}

} // namespace

Result<EllipticalAdvice> adviseElliptical(VinylEvents& events, SoundSource& programme,
                                          const LatheProfile& lathe, double metres)
{
    EllipticalAdvice advice;
    std::vector<VinylEvent*> deep;
    for (VinylEvent& e : events)
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
    // How far the vertical movement may go before somebody warns, in the units of the paths.
    const double may = (lathe.depthControl ? lathe.baseDepth - lathe.minDepth + lathe.openingWarning
                                           : lathe.baseDepth - lathe.fixedDepthWarning) /
                       (metres * 1e6);
    std::vector<double> worst(settings.size(), 0.0);
    std::vector<Frame> block(blockFrames);
    for (VinylEvent* e : deep) {
        std::vector<VerticalPath> paths;
        for (const Elliptical& s : settings) paths.emplace_back(s, cut, rate);
        BandFinder bands{rate};
        std::vector<double> here(settings.size(), 0.0);
        const auto begin = std::llround((e->begin - 0.02) * rate),
                   end = std::llround((e->begin + std::min(e->length, longest) + 0.02) * rate);
        for (std::int64_t at = begin - std::llround(settle * rate); at < end;
             at += static_cast<std::int64_t>(blockFrames)) {
            if (auto done = programme.read(SamplePos{at}, block); !done)
                return failure(std::move(done.error()));
            for (std::size_t i = 0; i < block.size(); ++i) {
                const double side = block[i].left - block[i].right;
                const std::int64_t now = at + static_cast<std::int64_t>(i);
                const bool inside = now >= begin && now < end;
                for (std::size_t k = 0; k < paths.size(); ++k) {
                    const double vertical = paths[k].step(side);
                    if (inside) here[k] = std::max(here[k], std::fabs(vertical));
                    if (k > 0) continue;
                    if (inside)
                        bands.count(vertical);
                    else
                        bands.settle(vertical);
                }
            }
        }
        std::optional<Elliptical> first, second;
        findCorners(settings, here, may, first, second);
        e->cure = DepthCure{.firstOrder = first ? first->corner : 0,
                            .secondOrder = second ? second->corner : 0,
                            .lessLevel = levelToLose(here.front(), may)};
        bands.tell(*e->cure);
        for (std::size_t k = 0; k < worst.size(); ++k) worst[k] = std::max(worst[k], here[k]);
    }
    findCorners(settings, worst, may, advice.first, advice.second);
    advice.lessLevel = levelToLose(worst.front(), may);
    return advice;
}

} // namespace segue::vinyl
