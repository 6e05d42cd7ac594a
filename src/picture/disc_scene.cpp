#include "picture/disc_scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace segue::picture {

namespace {

using namespace vinyl;

constexpr double grooveSpacing = 2.4; // logical pixels between drawn turns, about
constexpr double dotRadius = 4.2, numberedDotRadius = 6.6, haloWidth = 1.1;
constexpr double holeRadius = 3.62; // mm, IEC 60098

/// Millimetres that no plan has: what every record of a size looks like (IEC 60098, JIS S8502).
struct DiscBody {
    double rim = 0, lockGroove = 0, label = 0;
};
DiscBody bodyOf(DiscSize size)
{
    switch (size) {
    case DiscSize::inch12: return {150.5, 53.2, 50};
    case DiscSize::inch10: return {125.5, 53.2, 50};
    case DiscSize::inch7: break;
    }
    return {87.5, 48.7, 45};
}

double secondsPerTurn(const VinylPlan& plan) { return revolutionSeconds(plan.wish.format.speed); }

/// When the groove passes a radius: the radius only falls.
double secondsAt(const SidePlan& side, const Radii& radii, double radius)
{
    double early = side.stretch.begin, late = side.stretch.end;
    for (int i = 0; i < 60 && late - early > 1e-4; ++i) {
        const double middle = (early + late) / 2;
        (side.groove.radiusAt(middle, radii) > radius ? early : late) = middle;
    }
    return (early + late) / 2;
}

class DiscDrawing {
public:
    DiscDrawing(const Programme& programme, const VinylPlan& plan, std::size_t index, const Rect& box)
        : programme_{programme}, plan_{plan}, index_{index}, side_{plan.sides[index]},
          radii_{radiiOf(plan.wish.format.size)}, body_{bodyOf(plan.wish.format.size)}
    {
        const double size = std::min(box.width, box.height);
        scene_.centre = box.centre();
        scene_.perMillimetre = size / 2 / (body_.rim + 1);
    }

    DiscScene draw(bool numbers)
    {
        disc(body_.rim, Ink::vinylEdge);
        disc(body_.rim - 0.8, Ink::vinyl);
        rings();
        grooves();
        runOut();
        shine();
        limits();
        label();
        names();
        dots(numbers);
        return std::move(scene_);
    }

private:
    [[nodiscard]] double pixels(double millimetres) const { return millimetres * scene_.perMillimetre; }
    void disc(double radius, Ink ink) { scene_.list.emplace_back(Disc{scene_.centre, pixels(radius), ink}); }
    void circle(double radius, Ink ink, double width)
    {
        const double r = pixels(radius) + width / 2;
        scene_.list.emplace_back(
            Frame{{scene_.centre.x - r, scene_.centre.y - r, 2 * r, 2 * r}, ink, r, width});
    }
    [[nodiscard]] Point on(double radius, double turns) const
    {
        const double angle = 2 * std::numbers::pi * turns;
        return {scene_.centre.x - pixels(radius) * std::sin(angle),
                scene_.centre.y - pixels(radius) * std::cos(angle)};
    }
    [[nodiscard]] double radiusAt(double seconds) const { return side_.groove.radiusAt(seconds, radii_); }
    [[nodiscard]] double endRadius() const { return std::max(radii_.outer - side_.groove.used, 0.0); }

    // From the rim inwards, each over what lies further out.
    void rings()
    {
        for (std::size_t t = side_.first; t < side_.end; ++t) {
            const bool last = t + 1 == side_.end;
            const double outer = t == side_.first ? radii_.outer : radiusAt(programme_.tracks[t].start);
            const double inner = last ? endRadius() : radiusAt(programme_.tracks[t + 1].start);
            scene_.tracks.push_back({t, outer, inner});
            disc(outer, (t - side_.first) % 2 == 0 ? Ink::vinylRing : Ink::vinylOtherRing);
        }
        disc(endRadius(), Ink::vinyl);
    }

    // Every so many turns one, where it will lie: wide pitch shows as wide spacing.
    void grooves()
    {
        const double turn = secondsPerTurn(plan_);
        const double drawn = std::max(1.0, pixels(side_.groove.used) / grooveSpacing);
        const double step = std::max(1.0, std::round(side_.stretch.length() / turn / drawn)) * turn;
        for (double at = side_.stretch.cutBegin(); at < side_.stretch.cutEnd(); at += step)
            circle(radiusAt(at), Ink::vinylGroove, 0.7);
        for (const DiscTrack& t : scene_.tracks) {
            if (t.track == side_.first) continue;
            // A band is as wide as the lathe makes it; a joint without one is only a mark.
            const bool band = programme_.tracks[t.track].pauseBefore;
            const double width = band ? std::max(1.2, pixels(plan_.wish.lathe.band)) : 0.8;
            circle(t.outer, band ? Ink::vinylBand : Ink::vinylOtherRing, width);
        }
    }

    void runOut()
    {
        if (endRadius() <= body_.lockGroove) return;
        Shape spiral{.points = {}, .ink = Ink::vinylGroove, .width = 0.9};
        const double pitch = 6.4; // mm a turn
        const double turns = (endRadius() - body_.lockGroove) / pitch;
        const double from = turnsAt(side_.stretch.cutEnd());
        for (double at = 0; at < turns; at += 1.0 / 90)
            spiral.points.push_back(on(endRadius() - at * pitch, from + at));
        if (spiral.points.size() > 1) scene_.list.emplace_back(std::move(spiral));
        circle(body_.lockGroove, Ink::vinylGroove, 1.1);
    }

    // Light on the grooves, as a lamp makes it on any record.
    void shine()
    {
        for (const double middle : {0.11, 0.61})
            for (const double half : {0.055, 0.035, 0.017}) {
                Shape wedge{.points = {}, .ink = Ink::onVinyl, .width = 0, .opacity = 0.035};
                for (double at = -half; at <= half + 1e-9; at += half / 8)
                    wedge.points.push_back(on(body_.rim - 1.2, middle + at));
                for (double at = half; at >= -half - 1e-9; at -= half / 8)
                    wedge.points.push_back(on(body_.label, middle + at));
                scene_.list.emplace_back(std::move(wedge));
            }
    }

    // Dashes where the recorded surface must end, if music does not reach there anyway.
    void limits()
    {
        constexpr int dashes = 90;
        for (int i = 0; i < dashes; ++i) {
            Shape dash{.points = {}, .ink = Ink::vinylBand, .width = 0.9};
            for (int k = 0; k <= 4; ++k) dash.points.push_back(on(radii_.inner, (i + k * 0.11) / dashes));
            scene_.list.emplace_back(std::move(dash));
        }
    }

    void label()
    {
        disc(body_.label, Ink::laneAHead);
        circle(body_.label - 2.2, Ink::panel, 0.8);
        const double size = std::clamp(pixels(body_.label) * 0.42, 9.0, 60.0);
        const double half = pixels(body_.label);
        scene_.list.emplace_back(
            Text{.box = {scene_.centre.x - half, scene_.centre.y - half * 0.82, 2 * half, size * 1.3},
                 .words = sideName(index_),
                 .ink = Ink::text,
                 .size = size,
                 .align = Align::centre,
                 .weight = Weight::bold});
        const std::string format = std::to_string(inches(plan_.wish.format.size)) + "\" " +
                                   (plan_.wish.format.speed == Speed::rpm33 ? "33\u2153" : "45");
        scene_.list.emplace_back(
            Text{.box = {scene_.centre.x - half, scene_.centre.y + half * 0.3, 2 * half, size * 0.6},
                 .words = format,
                 .ink = Ink::text,
                 .size = size * 0.4,
                 .align = Align::centre});
        disc(holeRadius, Ink::panel);
    }

    // At the left, where no light falls; a ring too narrow for its name has none.
    void names()
    {
        for (const DiscTrack& t : scene_.tracks) {
            const double thick = pixels(t.outer - t.inner);
            if (thick < 15) continue;
            const double size = std::min(10.0, thick * 0.6), width = 30;
            const Point at = on((t.outer + t.inner) / 2, 0.25);
            scene_.list.emplace_back(
                Text{.box = {at.x - width / 2, at.y - 8, width, 16},
                     .words = sideName(index_) + std::to_string(t.track - side_.first + 1),
                     .ink = Ink::onVinyl,
                     .size = size,
                     .align = Align::centre,
                     .weight = Weight::medium});
        }
    }

    void dots(bool numbers)
    {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < side_.events.size(); ++i) order.push_back(i);
        // Notes below, errors on top.
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
            return side_.events[a].severity > side_.events[b].severity;
        });
        for (const std::size_t i : order) {
            const VinylEvent& e = side_.events[i];
            const Ink ink = e.severity == Finding::Level::error     ? Ink::error
                            : e.severity == Finding::Level::warning ? Ink::accent
                                                                    : Ink::note;
            const double radius = numbers ? numberedDotRadius : dotRadius;
            const Point at =
                on(radiusAt(e.worst > 0 ? e.worst : e.begin), turnsAt(e.worst > 0 ? e.worst : e.begin));
            scene_.list.emplace_back(Disc{at, radius + haloWidth, Ink::onVinyl});
            scene_.list.emplace_back(Disc{at, radius, ink});
            if (numbers)
                scene_.list.emplace_back(Text{.box = {at.x - 10, at.y - 7, 20, 14},
                                              .words = std::to_string(i + 1),
                                              .ink = Ink::onAccent,
                                              .size = i + 1 < 100 ? 8 : 6.5,
                                              .align = Align::centre,
                                              .weight = Weight::bold});
            scene_.dots.push_back({i, at, radius + haloWidth});
        }
    }
    [[nodiscard]] double turnsAt(double seconds) const
    {
        return (seconds - side_.stretch.cutBegin()) / secondsPerTurn(plan_);
    }

    const Programme& programme_;
    const VinylPlan& plan_;
    std::size_t index_;
    const SidePlan& side_;
    Radii radii_;
    DiscBody body_;
    DiscScene scene_{};
};

} // namespace

DiscScene discScene(const Programme& programme, const VinylPlan& plan, std::size_t index, const Rect& box,
                    bool numbers)
{
    return DiscDrawing{programme, plan, index, box}.draw(numbers);
}

Point discPoint(const DiscScene& scene, const VinylPlan& plan, std::size_t index, double seconds)
{
    const SidePlan& side = plan.sides[index];
    const double radius = side.groove.radiusAt(seconds, radiiOf(plan.wish.format.size)) * scene.perMillimetre;
    const double angle = 2 * std::numbers::pi * (seconds - side.stretch.cutBegin()) / secondsPerTurn(plan);
    return {scene.centre.x - radius * std::sin(angle), scene.centre.y - radius * std::cos(angle)};
}

DiscHit discHit(const DiscScene& scene, const VinylPlan& plan, std::size_t index, Point at)
{
    const SidePlan& side = plan.sides[index];
    const double x = at.x - scene.centre.x, y = at.y - scene.centre.y;
    DiscHit hit{.radius = std::hypot(x, y) / scene.perMillimetre};
    for (const DiscDot& dot : scene.dots)
        if (std::hypot(at.x - dot.centre.x, at.y - dot.centre.y) <= dot.radius) hit.event = dot.event;
    for (const DiscTrack& t : scene.tracks)
        if (hit.radius <= t.outer && hit.radius > t.inner) hit.track = t.track;
    if (!hit.track) return hit;
    const double turn = secondsPerTurn(plan);
    const double around = secondsAt(side, radiiOf(plan.wish.format.size), hit.radius);
    const double wanted = std::atan2(-x, -y) / (2 * std::numbers::pi); // part of a turn
    const double turns = (around - side.stretch.cutBegin()) / turn;
    const double nearest = std::round(turns - wanted) + wanted;
    hit.seconds = std::clamp(side.stretch.cutBegin() + nearest * turn, side.stretch.begin, side.stretch.end);
    return hit;
}

} // namespace segue::picture
