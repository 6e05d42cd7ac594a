#include "picture/level_scene.h"

#include "vinyl/event_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace segue::picture {

namespace {

using namespace vinyl;

constexpr double leftRoom = 34;  // the scale's numbers
constexpr double headRoom = 33;  // name, level and limit of each side
constexpr double stripRoom = 18; // the tracks
constexpr double legendRoom = 20, between = 12, smallText = 10.5;
constexpr double step = 3, leastRange = 12, usefulRange = 24, mostRange = 30; // dB

std::optional<double> levelOf(const SidePlan& side)
{
    return side.fitsNowhere() ? std::nullopt : side.limit.gain;
}

/// Which of a ceiling's levels a curve shows, and how.
struct Curve {
    double (*level)(const LevelCeiling&);
    Ink area, line;
};
constexpr std::array curves{
    Curve{[](const LevelCeiling& c) { return c.treble(); }, Ink::laneBWave, Ink::laneBBody},
    Curve{[](const LevelCeiling& c) { return c.lift; }, Ink::laneAWave, Ink::laneABody}};

class LevelDrawing {
public:
    LevelDrawing(const Programme& programme, const VinylPlan& plan, const Rect& box, bool legend)
        : programme_{programme}, plan_{plan}, box_{box}, legend_{legend}
    {
        scene_.scale = levelScaleOf(plan);
        place();
    }

    LevelScene draw()
    {
        numbers();
        for (const LevelSide& s : scene_.sides) {
            add(Area{s.plot, Ink::panel});
            grid(s);
            spare(s);
            for (const Curve& curve : curves) ceiling(s, curve);
            own(s);
            head(s);
            tracks(s);
        }
        planned();
        for (const LevelSide& s : scene_.sides) {
            bindingMoment(s);
            add(Frame{.box = s.plot, .ink = Ink::line, .width = 0.6});
        }
        if (legend_) legend();
        return std::move(scene_);
    }

private:
    void add(Item item) { scene_.list.push_back(std::move(item)); }
    void words(const Rect& box, std::string text, Ink ink = Ink::dim, Weight weight = Weight::normal,
               Align align = Align::left)
    {
        add(Text{.box = box,
                 .words = std::move(text),
                 .ink = ink,
                 .size = smallText,
                 .align = align,
                 .weight = weight});
    }
    [[nodiscard]] const SidePlan& planOf(const LevelSide& s) const { return plan_.sides[s.side]; }

    // Side by side, each as wide as it plays long.
    void place()
    {
        double total = 0;
        for (const SidePlan& s : plan_.sides) total += std::max(s.stretch.length(), 1e-3);
        const auto gaps = static_cast<double>(plan_.sides.size() - 1) * between;
        const double width = std::max(1.0, box_.width - leftRoom - gaps),
                     height = std::max(1.0, box_.height - headRoom - stripRoom - (legend_ ? legendRoom : 0));
        double x = box_.x + leftRoom;
        for (std::size_t i = 0; i < plan_.sides.size(); ++i) {
            const SideStretch& stretch = plan_.sides[i].stretch;
            const double length = std::max(stretch.length(), 1e-3), own = length / total * width;
            scene_.sides.push_back(
                {i, {x, box_.y + headRoom, own, height}, stretch.begin, stretch.begin + length});
            x += own + between;
        }
    }

    void numbers()
    {
        words({box_.x, box_.y, leftRoom - 6, 16}, "dB", Ink::dim, Weight::normal, Align::right);
        for (double level = scene_.scale.bottom; level <= scene_.scale.top; level += step) {
            if (scene_.sides.front().plot.height < 110 && std::fmod(level, 2 * step) != 0) continue;
            add(Text{.box = {box_.x, scene_.y(level) - 7, leftRoom - 6, 14},
                     .words = fmt::format("{:+.0f}", level),
                     .ink = Ink::dim,
                     .size = smallText,
                     .align = Align::right,
                     .digits = true});
        }
    }

    void grid(const LevelSide& s)
    {
        for (double level = scene_.scale.bottom; level <= scene_.scale.top; level += step)
            add(Line{{s.plot.x, scene_.y(level)}, {s.plot.right(), scene_.y(level)}, Ink::line, 0.6});
        for (std::size_t t = planOf(s).first + 1; t < planOf(s).end; ++t) {
            const double x = s.x(programme_.tracks[t].start);
            add(Line{{x, s.plot.y}, {x, s.plot.bottom()}, Ink::dim, 0.6, true});
        }
    }

    // From what is planned to what the side would allow alone.
    void spare(const LevelSide& s)
    {
        const SidePlan& side = planOf(s);
        const bool nowhere = side.fitsNowhere();
        const auto level = levelOf(side);
        if (!nowhere && !level) return;
        const double own = nowhere ? s.plot.bottom() : scene_.y(*level), now = scene_.y(plan_.gain);
        const bool over = own > now;
        const Rect zone{s.plot.x, std::min(own, now), s.plot.width, std::fabs(own - now)};
        if (zone.height < 0.5) return;
        add(Area{.box = zone, .ink = over ? Ink::error : Ink::accent, .opacity = 0.18});
        if (zone.height >= 16 && zone.width >= 110 && !nowhere)
            words({zone.x, zone.y, zone.width, zone.height}, spareWords(plan_, s.side), Ink::text,
                  Weight::medium, Align::centre);
    }

    // What hangs down from above: the lowest of each column's moments.
    void ceiling(const LevelSide& s, const Curve& curve)
    {
        const auto columns = static_cast<int>(std::ceil(s.plot.width));
        Shape area{.points = {{s.plot.x, s.plot.y}}, .ink = curve.area, .width = 0, .opacity = 0.45};
        Shape line{.points = {}, .ink = curve.line, .width = 1.1};
        std::vector<Shape> lines;
        for (int i = 0; i < columns; ++i) {
            const double left = s.begin + (s.end - s.begin) * i / columns,
                         right = s.begin + (s.end - s.begin) * (i + 1) / columns;
            const double y = scene_.y(curve.level(planOf(s).ceiling.lowest(left, right)));
            const Point at{s.plot.x + std::min(i + 0.5, s.plot.width), y};
            area.points.push_back(at);
            // Above the scale there is nothing to draw; from its edge down there is, however short.
            const bool shown = y > s.plot.y + 0.01, before = !line.points.empty();
            if (shown && !before) line.points.push_back({std::max(at.x - 1, s.plot.x), s.plot.y});
            if (shown || before) line.points.push_back(at);
            if (shown || !before) continue;
            lines.push_back(line);
            line.points.clear();
        }
        if (!line.points.empty()) lines.push_back(std::move(line));
        if (lines.empty()) return;
        area.points.push_back({s.plot.right(), s.plot.y});
        add(std::move(area));
        for (Shape& l : lines)
            if (l.points.size() > 1) add(std::move(l));
    }

    void own(const LevelSide& s)
    {
        if (const auto level = levelOf(planOf(s)))
            add(Line{{s.plot.x, scene_.y(*level)}, {s.plot.right(), scene_.y(*level)}, Ink::text, 2.4});
    }

    void head(const LevelSide& s)
    {
        const SidePlan& side = planOf(s);
        const auto level = levelOf(side);
        const std::string gain = level                ? fmt::format("{:+.1f} dB", *level)
                                 : side.fitsNowhere() ? std::string{"does not fit"}
                                                      : std::string{"any level"};
        add(Text{.box = {s.plot.x, box_.y, s.plot.width, 16},
                 .words = sideName(s.side) + "  " + gain,
                 .ink = side.fitsNowhere() ? Ink::error : Ink::text,
                 .size = 12,
                 .weight = Weight::bold});
        if (!level) return;
        const bool wide = s.plot.width >= 250;
        std::string why = name(side.limit.limit);
        if (wide && side.limit.limit != Limit::space) {
            const std::size_t track = side.trackAt(programme_, side.limit.at);
            const auto seconds = std::llround(std::max(0.0, side.limit.at - programme_.tracks[track].start));
            why += fmt::format(" in {} at {}:{:02}", trackName(plan_, s.side, track), seconds / 60,
                               seconds % 60);
        }
        if (s.plot.width >= 150) why += " \u00b7 " + spareWords(plan_, s.side);
        words({s.plot.x, box_.y + 15, s.plot.width, 16}, std::move(why));
    }

    void tracks(const LevelSide& s)
    {
        const SidePlan& side = planOf(s);
        for (std::size_t t = side.first; t < side.end; ++t) {
            const double left = t == side.first ? s.plot.x : s.x(programme_.tracks[t].start),
                         right = t + 1 == side.end ? s.plot.right() : s.x(programme_.tracks[t + 1].start);
            const Rect block{left, s.plot.bottom() + 2, std::max(1.0, right - left - 1), stripRoom - 4};
            add(Area{.box = block, .ink = t % 2 == 0 ? Ink::laneAClip : Ink::laneBClip, .radius = 2});
            const std::string number = trackName(plan_, s.side, t);
            if (block.width >= 60)
                words({block.x + 4, block.y, block.width - 6, block.height},
                      number + "  " + programme_.tracks[t].title, Ink::text);
            else if (block.width >= 17)
                words(block, number, Ink::text, Weight::normal, Align::centre);
        }
    }

    void planned()
    {
        const double y = scene_.y(plan_.gain);
        const Rect first = scene_.sides.front().plot;
        add(Line{{first.x, y}, {scene_.sides.back().plot.right(), y}, Ink::accent, 1.5});
        const bool below = y + 15 <= first.bottom();
        const Rect label{first.x + 4, below ? y + 1.5 : y - 16.5, std::min(106.0, first.width - 6), 14};
        add(Area{.box = label, .ink = Ink::panel, .radius = 3});
        words({label.x + 2, label.y, label.width - 2, label.height},
              fmt::format("planned {:+.1f} dB", plan_.gain), Ink::accent, Weight::medium);
    }

    void bindingMoment(const LevelSide& s)
    {
        const SidePlan& side = planOf(s);
        const auto level = levelOf(side);
        if (!level || side.limit.limit == Limit::space) return;
        const Point at{s.x(std::clamp(side.limit.at, s.begin, s.end)), scene_.y(*level)};
        add(Disc{at, 4.6, Ink::panel});
        add(Disc{at, 3.4, Ink::text});
    }

    void legend()
    {
        const double y = box_.bottom() - 16;
        double x = box_.x + leftRoom;
        const auto entry = [&](std::string_view text, double width, const Curve* curve, Ink ink) {
            if (curve != nullptr) {
                add(Area{.box = {x, y + 4, 14, 8}, .ink = curve->area, .opacity = 0.45});
                add(Line{{x, y + 12}, {x + 14, y + 12}, curve->line, 1.1});
            } else {
                add(Line{{x, y + 8}, {x + 14, y + 8}, ink, ink == Ink::text ? 2.4 : 1.5});
            }
            words({x + 19, y, width, 16}, std::string{text});
            x += 19 + width + 10;
        };
        entry("planned for all", 92, nullptr, Ink::accent);
        entry("the side alone", 88, nullptr, Ink::text);
        entry("more than the bass allows", 160, &curves[1], {});
        entry("more than the treble allows", 170, &curves[0], {});
    }

    const Programme& programme_;
    const VinylPlan& plan_;
    Rect box_;
    bool legend_;
    LevelScene scene_{};
};

} // namespace

double LevelScene::y(double gain) const
{
    const Rect& plot = sides.front().plot;
    const double share = (scale.top - gain) / (scale.top - scale.bottom);
    return plot.y + std::clamp(share, 0.0, 1.0) * plot.height;
}

LevelScale levelScaleOf(const VinylPlan& plan)
{
    double lowest = plan.gain, highest = plan.gain;
    std::vector<double> ceilings;
    for (const SidePlan& side : plan.sides) {
        for (const LevelCeiling& turn : side.ceiling.turns)
            if (turn.binding() != Limit::none) ceilings.push_back(turn.lowest());
        if (const auto level = levelOf(side)) {
            lowest = std::min(lowest, *level);
            highest = std::max(highest, *level);
        }
    }
    LevelScale scale;
    scale.bottom = std::floor((lowest - 2) / step) * step;
    scale.top = std::ceil((highest + 4) / step) * step;
    // Half of the turns are in the picture, unless that leaves no room for what binds.
    if (!ceilings.empty()) {
        const auto middle = ceilings.begin() + static_cast<std::ptrdiff_t>(ceilings.size() / 2);
        std::ranges::nth_element(ceilings, middle);
        scale.top =
            std::max(scale.top, std::min(std::ceil(*middle / step) * step, scale.bottom + usefulRange));
    }
    scale.top = std::clamp(scale.top, scale.bottom + leastRange,
                           std::max(scale.bottom + mostRange, std::ceil(plan.gain / step) * step));
    return scale;
}

LevelScene levelScene(const Programme& programme, const VinylPlan& plan, const Rect& box, bool legend)
{
    return LevelDrawing{programme, plan, box, legend}.draw();
}

std::optional<LevelHit> levelHit(const LevelScene& scene, const VinylPlan& plan, Point at)
{
    for (const LevelSide& s : scene.sides) {
        const Rect reach{s.plot.x, s.plot.y, s.plot.width, s.plot.height + stripRoom};
        if (!reach.contains(at)) continue;
        const double perPixel = (s.end - s.begin) / s.plot.width,
                     seconds = s.begin + (at.x - s.plot.x) * perPixel;
        return LevelHit{s.side, seconds, plan.sides[s.side].ceiling.lowest(seconds, seconds + perPixel)};
    }
    return {};
}

} // namespace segue::picture
