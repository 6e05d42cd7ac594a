#include "picture/loudness_scene.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace segue::picture {

namespace {

constexpr double leftRoom = 40;   ///< for the scale's numbers
constexpr double bottomRoom = 20; ///< for the minutes
constexpr double topRoom = 20;    ///< for the tracks' numbers and names
constexpr double smallText = 10.5;
constexpr Duration halfWindow = milliseconds(1'500);
constexpr Duration hop = milliseconds(100);

double secondsIn(Duration d) { return static_cast<double>(d.value()) / static_cast<double>(flicksPerSecond); }

Rect plotOf(const Rect& box)
{
    return {box.x + leftRoom, box.y + topRoom, std::max(1.0, box.width - leftRoom),
            std::max(1.0, box.height - topRoom - bottomRoom)};
}

double yOf(const LoudScale& scale, const Rect& plot, double loudness)
{
    const double share = (scale.top - loudness) / (scale.top - scale.bottom);
    return plot.y + std::clamp(share, 0.0, 1.0) * plot.height;
}

/// Whole minutes, or a part of one, so that the numbers keep their distance.
double minuteStep(double seconds, double width)
{
    constexpr double least = 34;
    for (const double step : {10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1'200.0, 3'600.0})
        if (step / seconds * width >= least) return step;
    return 7'200;
}

std::string minuteText(double seconds)
{
    const auto s = static_cast<int>(std::lround(seconds));
    return s % 60 == 0 ? fmt::format("{}'", s / 60) : fmt::format("{}:{:02}", s / 60, s % 60);
}

void drawScale(DrawList& list, const LoudScale& scale, const Rect& plot, bool numbers)
{
    for (double v = scale.bottom; v <= scale.top; v += 6) {
        const double y = yOf(scale, plot, v);
        list.emplace_back(Line{{plot.x, y}, {plot.right(), y}, Ink::line, 0.6});
        if (numbers)
            list.emplace_back(Text{.box = {plot.x - leftRoom, y - 7, leftRoom - 6, 14},
                                   .words = fmt::format("{:.0f}", v),
                                   .ink = Ink::dim,
                                   .size = smallText,
                                   .align = Align::right,
                                   .digits = true});
    }
}

/// The curve of one stretch as an area down to the bottom and a line on top of it.
void drawCurve(DrawList& list, const LoudProgramme& programme, const LoudScale& scale, const Rect& plot,
               Duration from, Duration to, bool laneA)
{
    const double total = std::max(secondsIn(programme.length), 1e-3);
    const auto hopOf = [](Duration at) {
        return static_cast<std::ptrdiff_t>((at - halfWindow).value() / hop.value());
    };
    const std::ptrdiff_t count = std::ssize(programme.shortTerm);
    const std::ptrdiff_t first = std::clamp<std::ptrdiff_t>(hopOf(from), 0, count),
                         last = std::clamp<std::ptrdiff_t>(hopOf(to) + 1, first, count);
    // Several windows to a point of the drawing: the loudest counts, so that no peak goes missing.
    const double hopsToPoint = std::max(1.0, total * 10 / (plot.width * 2));
    Shape line{.ink = laneA ? Ink::laneABody : Ink::laneBBody, .width = 1.1};
    for (double k = static_cast<double>(first); k < static_cast<double>(last); k += hopsToPoint) {
        const auto begin = static_cast<std::size_t>(k);
        const auto end = std::min(static_cast<std::size_t>(k + hopsToPoint), static_cast<std::size_t>(last));
        double loudest = programme.shortTerm[begin];
        for (std::size_t i = begin; i < end; ++i) loudest = std::max(loudest, programme.shortTerm[i]);
        const double seconds = (static_cast<double>(begin) + hopsToPoint / 2) * 0.1 + secondsIn(halfWindow);
        line.points.push_back({plot.x + std::min(1.0, seconds / total) * plot.width,
                               yOf(scale, plot, std::max(loudest, scale.bottom))});
    }
    if (line.points.size() < 2) return;
    Shape area{
        .points = line.points, .ink = laneA ? Ink::laneAWave : Ink::laneBWave, .width = 0, .opacity = 0.45};
    area.points.push_back({line.points.back().x, plot.bottom()});
    area.points.push_back({line.points.front().x, plot.bottom()});
    list.emplace_back(std::move(area));
    list.emplace_back(std::move(line));
}

void drawTrack(DrawList& list, const LoudProgramme& programme, std::size_t i, const LoudScale& scale,
               const Rect& plot)
{
    const double total = std::max(secondsIn(programme.length), 1e-3);
    const LoudTrack& track = programme.tracks[i];
    const auto xOf = [&](Duration at) { return plot.x + secondsIn(at) / total * plot.width; };
    const double left = xOf(track.begin), right = xOf(track.begin + track.length);
    const double next = i + 1 < programme.tracks.size() ? xOf(programme.tracks[i + 1].begin) : plot.right();
    const bool laneA = i % 2 == 0, opensPiece = i > 0 && programme.tracks[i - 1].piece != track.piece;
    list.emplace_back(Area{.box = {left, plot.y - topRoom, std::max(0.5, next - left), topRoom - 2},
                           .ink = laneA ? Ink::laneAClip : Ink::laneBClip});
    if (next - left > 9) {
        const bool named = next - left > 44;
        list.emplace_back(
            Text{.box = {left + 2, plot.y - topRoom, std::max(1.0, next - left - 3), topRoom - 2},
                 .words = named ? fmt::format("{}  {}", track.number, track.name)
                                : fmt::format("{}", track.number),
                 .size = smallText,
                 .align = named ? Align::left : Align::centre});
    }
    drawCurve(list, programme, scale, plot, track.begin, track.begin + track.length, laneA);
    if (i > 0)
        list.emplace_back(Line{{left, plot.y - topRoom},
                               {left, plot.bottom()},
                               opensPiece ? Ink::text : Ink::dim,
                               opensPiece ? 1.2 : 0.6,
                               !opensPiece});
    if (!track.figures.integrated) return;
    const double y = yOf(scale, plot, *track.figures.integrated);
    list.emplace_back(Line{{left + 1, y}, {std::max(left + 2, right - 1), y}, Ink::text, 1.4});
    if (right - left > 26)
        list.emplace_back(Text{.box = {left + 2, y + 2, right - left - 4, 14},
                               .words = fmt::format("{:.1f}", *track.figures.integrated),
                               .size = smallText,
                               .align = Align::centre,
                               .weight = Weight::medium,
                               .digits = true});
}

void drawTime(DrawList& list, const LoudProgramme& programme, const Rect& plot)
{
    const double total = std::max(secondsIn(programme.length), 1e-3), step = minuteStep(total, plot.width);
    for (double s = 0; s <= total; s += step) {
        const double x = plot.x + s / total * plot.width;
        list.emplace_back(Line{{x, plot.bottom()}, {x, plot.bottom() + 3}, Ink::dim, 0.6});
        list.emplace_back(Text{.box = {x - 20, plot.bottom() + 4, 40, 14},
                               .words = minuteText(s),
                               .ink = Ink::dim,
                               .size = smallText,
                               .align = Align::centre,
                               .digits = true});
    }
}

Duration timeOf(const LoudnessSteps& steps) { return Duration{milliseconds(20).value() * std::ssize(steps)}; }

std::string shown(const std::optional<double>& value, int decimals, std::string_view unit)
{
    return value ? fmt::format("{:.{}f} {}", *value, decimals, unit) : "-";
}

} // namespace

LoudProgramme loudProgramme(std::span<const NamedPassage> passages)
{
    LoudProgramme made;
    LoudnessSteps steps;
    std::vector<Passage> all;
    for (const NamedPassage& p : passages) {
        // Counted as the figures count: in the whole 20 ms that there are.
        const Duration begin = timeOf(steps);
        const Passage own{p.passage.sound, p.passage.gain};
        if (own.sound != nullptr) addSteps(steps, *own.sound, own.gain.gain());
        const Duration end = timeOf(steps);
        if (p.passage.silence > Duration{}) addSilence(steps, p.passage.silence);
        if (own.sound != nullptr)
            made.tracks.push_back({.name = p.name,
                                   .number = p.number,
                                   .piece = p.piece,
                                   .begin = begin,
                                   .length = end - begin,
                                   .figures = figuresOf({&own, 1})});
        all.push_back(p.passage);
    }
    made.length = timeOf(steps);
    made.shortTerm = shortTermCurve(steps);
    made.album = figuresOf(all);
    return made;
}

std::vector<NamedPassage> namedPassages(const Album& album, const EditionScan& scan)
{
    std::vector<NamedPassage> all;
    for (const EntryScan& entry : scan.entries)
        all.push_back({.name = displayTitle(*find(album, entry.track)),
                       .number = static_cast<int>(all.size()) + 1,
                       .piece = entry.piece,
                       .passage = entry.passage()});
    return all;
}

std::optional<LoudMoment> momentAt(const LoudProgramme& programme, const Rect& box, Point at)
{
    const Rect plot = plotOf(box);
    if (programme.tracks.empty() || at.x < plot.x || at.x >= plot.right() || at.y < box.y ||
        at.y >= plot.bottom())
        return {};
    const double share = (at.x - plot.x) / plot.width;
    const Duration when{std::llround(share * static_cast<double>(programme.length.value()))};
    std::size_t track = 0;
    while (track + 1 < programme.tracks.size() && programme.tracks[track + 1].begin <= when) ++track;
    const LoudTrack& t = programme.tracks[track];
    return LoudMoment{track, std::clamp(when - t.begin, Duration{}, t.length)};
}

LoudScale scaleOf(const LoudProgramme& programme)
{
    constexpr double step = 6, least = 36;
    double loudest = -70;
    for (const double v : programme.shortTerm) loudest = std::max(loudest, v);
    if (loudest <= -70) return {};
    const double top = std::ceil((loudest + 1) / step) * step;
    // Low enough for the softer tracks' means.
    double softest = top - least;
    for (const LoudTrack& t : programme.tracks)
        if (t.figures.integrated) softest = std::min(softest, *t.figures.integrated - 4);
    return {std::max(std::floor(softest / step) * step, -72.0), top};
}

DrawList loudnessCurve(const LoudProgramme& programme, const LoudScale& scale, const Rect& box)
{
    const Rect plot = plotOf(box);
    DrawList list;
    list.emplace_back(Area{plot, Ink::panel});
    drawScale(list, scale, plot, true);
    list.emplace_back(Text{.box = {box.x, box.y, leftRoom - 6, topRoom - 2},
                           .words = "LUFS",
                           .ink = Ink::dim,
                           .size = smallText,
                           .align = Align::right});
    for (std::size_t i = 0; i < programme.tracks.size(); ++i) drawTrack(list, programme, i, scale, plot);
    const double total = std::max(secondsIn(programme.length), 1e-3);
    if (const auto& loudest = programme.album.shortTerm) {
        const Point at{plot.x + std::min(1.0, secondsIn(loudest->at + halfWindow) / total) * plot.width,
                       yOf(scale, plot, loudest->value)};
        list.emplace_back(Disc{at, 2.4, Ink::error});
        const bool room = at.x + 66 < plot.right();
        list.emplace_back(Text{.box = {room ? at.x + 5 : at.x - 65, std::max(plot.y, at.y - 15), 60, 14},
                               .words = fmt::format("{:.1f}", loudest->value),
                               .ink = Ink::error,
                               .size = smallText,
                               .align = room ? Align::left : Align::right,
                               .weight = Weight::medium,
                               .digits = true});
    }
    if (programme.album.integrated) {
        const double y = yOf(scale, plot, *programme.album.integrated);
        list.emplace_back(Line{{plot.x, y}, {plot.right(), y}, Ink::accent, 1.2, true});
    }
    drawTime(list, programme, plot);
    list.emplace_back(Frame{.box = plot, .ink = Ink::line, .width = 0.6});
    return list;
}

std::vector<double> loudnessShares(std::span<const double> shortTerm, const LoudScale& scale)
{
    std::vector<double> shares(static_cast<std::size_t>(std::lround(scale.top - scale.bottom)));
    std::size_t sounding = 0;
    for (const double v : shortTerm) {
        if (!(v > -70)) continue;
        ++sounding;
        const double bin = std::floor(v - scale.bottom);
        if (bin >= 0 && bin < static_cast<double>(shares.size())) shares[static_cast<std::size_t>(bin)] += 1;
    }
    for (double& share : shares) share /= static_cast<double>(std::max<std::size_t>(1, sounding));
    return shares;
}

DrawList loudnessHistogram(const LoudProgramme& programme, const LoudScale& scale, const Rect& box)
{
    const Rect plot{box.x, box.y + topRoom, box.width, std::max(1.0, box.height - topRoom - bottomRoom)};
    DrawList list;
    list.emplace_back(Area{plot, Ink::panel});
    drawScale(list, scale, plot, false);
    const auto shares = loudnessShares(programme.shortTerm, scale);
    const double most = std::max(1e-9, *std::ranges::max_element(shares));
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double upper = yOf(scale, plot, scale.bottom + static_cast<double>(i + 1));
        const double lower = yOf(scale, plot, scale.bottom + static_cast<double>(i));
        if (shares[i] > 0)
            list.emplace_back(
                Area{.box = {plot.x, upper + 0.5, shares[i] / most * plot.width * 0.94, lower - upper - 1},
                     .ink = Ink::laneAWave,
                     .opacity = 0.85});
    }
    if (programme.album.integrated) {
        const double y = yOf(scale, plot, *programme.album.integrated);
        list.emplace_back(Line{{plot.x, y}, {plot.right(), y}, Ink::accent, 1.2, true});
        list.emplace_back(Text{.box = {plot.x, y - 15, plot.width - 4, 14},
                               .words = fmt::format("album {:.1f}", *programme.album.integrated),
                               .ink = Ink::accent,
                               .size = smallText,
                               .align = Align::right,
                               .weight = Weight::medium});
    }
    list.emplace_back(Text{.box = {plot.x, box.y, plot.width, topRoom - 2},
                           .words = "share of the time",
                           .ink = Ink::dim,
                           .size = smallText});
    list.emplace_back(Text{.box = {plot.x, plot.bottom() + 4, plot.width, 14},
                           .words = fmt::format("longest bar {:.0f} %", most * 100),
                           .ink = Ink::dim,
                           .size = smallText,
                           .align = Align::right});
    list.emplace_back(Frame{.box = plot, .ink = Ink::line, .width = 0.6});
    return list;
}

DrawList figureTiles(const SoundFigures& f, const Rect& box)
{
    const auto of = [](const std::optional<Highest>& h) {
        return h ? std::optional{h->value} : std::nullopt;
    };
    const std::array<std::pair<std::string, std::string>, 6> tiles{{
        {"Integrated", shown(f.integrated, 1, "LUFS")},
        {"Range", shown(f.range, 1, "LU")},
        {"Short-term max", shown(of(f.shortTerm), 1, "LUFS")},
        {"Momentary max", shown(of(f.momentary), 1, "LUFS")},
        {"True peak", shown(of(f.truePeak), 2, "dBTP")},
        {"Peak to loudness", shown(f.plr, 1, "dB")},
    }};
    constexpr double between = 6;
    const auto count = static_cast<double>(tiles.size());
    const double width = (box.width - (count - 1) * between) / count;
    DrawList list;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const Rect tile{box.x + static_cast<double>(i) * (width + between), box.y, width, box.height};
        const bool over = i == 4 && f.truePeak && f.truePeak->value > 0;
        list.emplace_back(Area{.box = tile, .ink = Ink::raised, .radius = 3});
        list.emplace_back(Text{.box = {tile.x + 7, tile.y + 5, width - 10, 14},
                               .words = tiles[i].first,
                               .ink = Ink::dim,
                               .size = smallText});
        list.emplace_back(Text{.box = {tile.x + 7, tile.y + 21, width - 10, box.height - 26},
                               .words = tiles[i].second,
                               .ink = over ? Ink::error : Ink::text,
                               .size = 14,
                               .weight = Weight::bold});
    }
    return list;
}

} // namespace segue::picture
