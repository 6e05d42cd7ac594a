#include "gui/model/strip.h"

#include "core/time_text.h"

#include <fmt/format.h>

namespace segue::gui {

using namespace picture;

namespace {

constexpr double padding = 14, blockTop = 12, blockHeight = 42, chipHeight = 15, dividerGap = 16;
constexpr double summaryWidth = 150;

std::string gapLabel(const PlacedEntry& entry)
{
    if (entry.joint.gap < Duration{}) return "\u00d7 " + shownSeconds(-entry.joint.gap, 1);
    if (entry.joint.gap == Duration{}) return "0";
    return shownSeconds(entry.joint.gap, 1) + " s";
}

/// Tracks that no side comes between hold each other.
void drawClasps(DrawList& list, const Layout& layout, const StripScene& scene)
{
    for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p) {
        const auto& entries = layout.timeline.pieces[p].entries;
        for (std::size_t i = 1; i < entries.size(); ++i)
            if (layout.edition->entries[entries[i].position].keepWithPrevious)
                list.emplace_back(claspBetween(scene.x(p, entries[i - 1].end), scene.x(p, entries[i].start),
                                               scene.bounds.y + blockTop + blockHeight - 6));
    }
}

} // namespace

Area claspBetween(double from, double to, double y)
{
    const double middle = (from + to) / 2, half = std::max(5.0, (to - from) / 2 + 4);
    return {.box = {middle - half, y, 2 * half, 4}, .ink = Ink::accent, .radius = 2};
}

double StripScene::x(std::size_t piece, Instant at) const
{
    return pieces[piece].x + static_cast<double>(at.value()) * pieces[piece].pixelsPerFlick;
}

StripScene buildStrip(const Layout& layout, Rect bounds)
{
    StripScene scene{.bounds = bounds};
    scene.summary = {bounds.right() - summaryWidth - padding, bounds.y + 8, summaryWidth, bounds.height - 12};
    const auto& pieces = layout.timeline.pieces;
    double total = 0;
    for (const Piece& piece : pieces) total += static_cast<double>((piece.end - Instant{}).value());
    const double room = scene.summary.x - 2 * padding - bounds.x -
                        dividerGap * static_cast<double>(pieces.empty() ? 0 : pieces.size() - 1);
    const double scale = total > 0 ? std::max(0.0, room) / total : 0;
    double left = bounds.x + padding;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        scene.pieces.push_back({left, scale});
        const double end = scene.x(p, pieces[p].end);
        double chipsEnd = left - 100;
        for (const PlacedEntry& entry : pieces[p].entries) {
            const double from = std::round(scene.x(p, entry.start)), to = std::round(scene.x(p, entry.end));
            scene.items.push_back({StripTrack{entry.track},
                                   {from, bounds.y + blockTop, std::max(2.0, to - from - 1), blockHeight},
                                   displayTitle(*find(*layout.album, entry.track))});
        }
        for (const PlacedEntry& entry : pieces[p].entries) {
            const double middle =
                scene.x(p, entry.start - (entry.joint.gap > Duration{} ? Duration{entry.joint.gap.value() / 2}
                                                                       : Duration{}));
            StripItem chip{
                StripGap{entry.track},
                {std::max(bounds.x + 2, middle - 18), bounds.y + blockTop + blockHeight + 3, 36, chipHeight},
                gapLabel(entry)};
            chip.shown = chip.bounds.x >= chipsEnd + 2;
            if (chip.shown) chipsEnd = chip.bounds.right();
            scene.items.push_back(std::move(chip));
        }
        if (p + 1 < pieces.size()) scene.dividers.push_back(end + dividerGap / 2);
        left = end + dividerGap;
    }
    return scene;
}

const StripItem* hitTest(const StripScene& scene, Point at)
{
    for (auto item = scene.items.rbegin(); item != scene.items.rend(); ++item)
        if (item->shown && item->bounds.contains(at)) return &*item;
    return nullptr;
}

std::size_t dropPosition(const Layout& layout, const StripScene& scene, TrackId dragged, double x)
{
    std::size_t position = 0;
    for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p)
        for (const PlacedEntry& entry : layout.timeline.pieces[p].entries) {
            if (entry.track == dragged) continue;
            const double middle = (scene.x(p, entry.start) + scene.x(p, entry.end)) / 2;
            if (x > middle) ++position;
        }
    return position;
}

DrawList drawStrip(const Layout& layout, const View& view, const StripScene& scene,
                   const TrackMarksByFinding& findings, std::optional<StripDrag> drag)
{
    DrawList list;
    list.emplace_back(Area{scene.bounds, Ink::background});
    for (const StripItem& item : scene.items) {
        if (std::holds_alternative<StripGap>(item.part)) {
            if (!item.shown) continue;
            const bool overlap = item.label.starts_with("\u00d7");
            list.emplace_back(Area{item.bounds, Ink::raised, 7});
            list.emplace_back(Text{.box = item.bounds,
                                   .words = item.label,
                                   .ink = overlap ? Ink::accent : Ink::dim,
                                   .size = 10.5,
                                   .align = Align::centre});
            continue;
        }
        const TrackId track = std::get<StripTrack>(item.part).track;
        const std::optional<EntryPlace> place = placeOf(layout, track);
        const PlacedEntry& entry = layout.timeline.pieces[place->piece].entries[place->entry];
        const bool laneA = entry.position % 2 == 0, selected = view.isSelected(track);
        list.emplace_back(Area{item.bounds,
                               selected ? Ink::selection
                               : laneA  ? Ink::laneAClip
                                        : Ink::laneBClip,
                               4});
        if (selected) list.emplace_back(Frame{item.bounds, Ink::accent, 4, 1.5});
        const Rect inner = {item.bounds.x + 7, item.bounds.y + 4, item.bounds.width - 14, 18};
        const std::string number = fmt::format("{}", numberOf(layout, *place));
        const double numberWidth = 7.5 * static_cast<double>(number.size());
        if (item.bounds.width > numberWidth + 6)
            list.emplace_back(Text{.box = {item.bounds.width > 34 ? inner.x : item.bounds.x, inner.y,
                                           item.bounds.width > 34 ? numberWidth + 2 : item.bounds.width, 18},
                                   .words = number,
                                   .ink = Ink::text,
                                   .size = 11.5,
                                   .align = item.bounds.width > 34 ? Align::left : Align::centre,
                                   .weight = Weight::bold});
        const auto found = findings.find(track);
        const double dot = found != findings.end() ? 12 : 0;
        const bool titled = inner.width > numberWidth + 24 + dot;
        if (titled) {
            list.emplace_back(
                Text{.box = {inner.x + numberWidth + 7, inner.y, inner.width - numberWidth - 7 - dot, 18},
                     .words = item.label,
                     .size = 11.5,
                     .weight = Weight::medium});
            list.emplace_back(Text{.box = {inner.x, inner.y + 18, inner.width, 16},
                                   .words = shownTime(layout, entry.end - entry.start),
                                   .ink = Ink::dim,
                                   .size = 10.5,
                                   .digits = true});
        }
        if (found != findings.end()) {
            const Ink ink = found->second == Finding::Level::error     ? Ink::error
                            : found->second == Finding::Level::warning ? Ink::accent
                                                                       : Ink::note;
            // Beside the title; where there is none, under the number.
            const Point at = titled ? Point{item.bounds.right() - 8, inner.y + 9}
                                    : Point{item.bounds.x + item.bounds.width / 2, item.bounds.bottom() - 10};
            list.emplace_back(picture::Disc{at, 3.5, ink});
        }
    }
    drawClasps(list, layout, scene);
    for (const double x : scene.dividers)
        list.emplace_back(
            Area{{std::round(x) - 1, scene.bounds.y + 6, 3, scene.bounds.height - 12}, Ink::faint, 1.5});
    // What the strip shows of the timeline below.
    if (view.piece < scene.pieces.size()) {
        const Instant at = view.playing.value_or(view.cursor);
        const double x = std::round(scene.x(view.piece, at));
        list.emplace_back(Area{{x, scene.bounds.y + blockTop - 4, 1, blockHeight + 8}, Ink::accent});
        // And how much of it: a bracket over the blocks, when that is not all.
        const double from = std::max(scene.bounds.x, scene.x(view.piece, view.axis.left));
        const double to = std::min(scene.summary.x, scene.x(view.piece, view.axis.at(scene.bounds.width)));
        if (!view.wholeDisc && to > from)
            list.emplace_back(Area{{from, scene.bounds.y + 4, std::max(3.0, to - from), 2}, Ink::dim, 1});
    }
    if (drag) {
        const std::size_t position = dropPosition(layout, scene, drag->track, drag->x);
        std::size_t i = 0;
        double mark = scene.bounds.x + padding - 1;
        for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p)
            for (const PlacedEntry& entry : layout.timeline.pieces[p].entries) {
                if (entry.track == drag->track) continue;
                if (i++ < position) mark = scene.x(p, entry.end);
            }
        list.emplace_back(
            Area{{std::round(mark) - 1, scene.bounds.y + 4, 3, blockHeight + 16}, Ink::accent, 1.5});
    }
    const Piece* piece = layout.piece(view.piece);
    if (piece != nullptr) {
        const Rect s = scene.summary;
        list.emplace_back(Text{.box = {s.x, s.y, s.width, 22},
                               .words = shownTime(layout, piece->end),
                               .size = 16,
                               .align = Align::right,
                               .weight = Weight::medium,
                               .digits = true});
        std::string left;
        if (const auto* cd = std::get_if<CdSettings>(&layout.edition->medium)) {
            const Duration free = durationOf(cd->maxLength) - (piece->end - Instant{});
            const bool over = free < Duration{};
            left = fmt::format("{} {} {}", cdTime(wholeFramesIn(over ? -free : free)).substr(0, 5),
                               over ? "over" : "left of", cdTime(cd->maxLength).substr(0, 5));
            list.emplace_back(Text{.box = {s.x, s.y + 23, s.width, 16},
                                   .words = left,
                                   .ink = over ? Ink::error : Ink::dim,
                                   .size = 11,
                                   .align = Align::right});
        }
        std::string count =
            fmt::format("{} {}", piece->entries.size(), piece->entries.size() == 1 ? "track" : "tracks");
        if (layout.timeline.pieces.size() > 1)
            count = fmt::format("{} {} of {} \u00b7 {}", layout.isCd() ? "disc" : "side", piece->number,
                                layout.timeline.pieces.size(), count);
        list.emplace_back(Text{.box = {s.x, s.y + 40, s.width, 16},
                               .words = count,
                               .ink = Ink::dim,
                               .size = 11,
                               .align = Align::right});
    }
    return list;
}

} // namespace segue::gui
