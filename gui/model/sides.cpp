#include "gui/model/sides.h"

#include "album/edit.h"
#include "core/time_text.h"
#include "gui/model/strip.h"
#include "vinyl/event_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace segue::gui {

using namespace picture;
using vinyl::PlannedRecord;
using vinyl::Radii;
using vinyl::sideName;
using vinyl::SidePlan;

namespace {

constexpr double nameWidth = 34, wordsWidth = 325, barInset = 7;

Duration durationOfSeconds(double seconds)
{
    return Duration{std::llround(seconds * static_cast<double>(flicksPerSecond))};
}

std::string levelWords(const PlannedRecord& record, std::size_t side)
{
    const SidePlan& s = record.plan.sides[side];
    if (!s.limit.gain) return "any level";
    if (s.fitsNowhere()) return "does not fit";
    const std::string spare = spareWords(record.plan, side);
    return fmt::format("{:+.1f} dB ({}){}{}", *s.limit.gain, name(s.limit.limit),
                       spare.empty() || spare.starts_with("sets") ? " " : ", ", spare);
}

void drawWords(SidesScene& scene, const PlannedRecord& record, std::size_t side, const Rect& box, bool over)
{
    const SidePlan& s = record.plan.sides[side];
    const Radii radii = radiiOf(record.plan.wish.format.size);
    scene.list.emplace_back(Text{.box = {box.x, box.y + 4, box.width, 18},
                                 .words = fmt::format("{} \u00b7 {:.1f} of {:.0f} mm",
                                                      clockTime(durationOfSeconds(s.stretch.length())),
                                                      s.groove.used, radii.width()),
                                 .ink = over ? Ink::error : Ink::text,
                                 .size = 12,
                                 .digits = true});
    scene.list.emplace_back(
        Text{.box = {box.x, box.y + 22, box.width, 18},
             .words = vinyl::endWords(record.plan, side) + " \u00b7 " + levelWords(record, side),
             .ink = Ink::dim,
             .size = 11});
}

} // namespace

SidesScene sidesScene(const PlannedRecord& record, const Rect& box, std::size_t chosenSide,
                      std::optional<SideDrag> drag)
{
    SidesScene scene;
    scene.list.emplace_back(Area{.box = box, .ink = Ink::background});
    const vinyl::Radii radii = radiiOf(record.plan.wish.format.size);
    const double barWidth = std::max(60.0, box.width - nameWidth - wordsWidth);
    // Room for what does not fit: a tenth of the surface.
    const double perMillimetre = barWidth / (radii.width() * 1.1);
    for (std::size_t i = 0; i < record.plan.sides.size(); ++i) {
        const SidePlan& side = record.plan.sides[i];
        const Rect row{box.x, box.y + static_cast<double>(i) * sideRowHeight, box.width, sideRowHeight};
        scene.rows.push_back(row);
        if (i == chosenSide) scene.list.emplace_back(Area{.box = row, .ink = Ink::selection, .opacity = 0.5});
        scene.list.emplace_back(Text{.box = {row.x, row.y, nameWidth, row.height},
                                     .words = sideName(i),
                                     .size = 15,
                                     .align = Align::centre,
                                     .weight = Weight::bold});
        const Rect bar{row.x + nameWidth, row.y + barInset, radii.width() * perMillimetre,
                       row.height - 2 * barInset};
        scene.list.emplace_back(Area{.box = bar, .ink = Ink::raised, .radius = 3});
        // The last millimetres lie where the treble suffers most.
        const double quality = bar.x + (radii.outer - radii.quality) * perMillimetre;
        const auto x = [&](double seconds) {
            return bar.x + (radii.outer - side.groove.radiusAt(seconds, radii)) * perMillimetre;
        };
        const double limit = bar.x + barWidth;
        for (std::size_t t = side.first; t < side.end; ++t) {
            const auto& track = record.programme.tracks[t];
            const double left = t == side.first ? bar.x : std::min(limit, x(track.start));
            const double right = std::min(limit, t + 1 == side.end ? x(side.stretch.cutEnd())
                                                                   : x(record.programme.tracks[t + 1].start));
            const Rect block{left, bar.y, std::max(2.0, right - left - 1), bar.height};
            const bool even = t % 2 == 0;
            scene.blocks.push_back({i, t, block});
            scene.list.emplace_back(Area{.box = block,
                                         .ink = even ? Ink::laneAHead : Ink::laneBHead,
                                         .radius = 2,
                                         .opacity = drag && drag->track == t ? 0.4 : 1});
            if (t > side.first && track.keptWithPrevious)
                scene.list.emplace_back(claspBetween(left - 1, left, block.bottom() - 6));
            if (block.width > 24)
                scene.list.emplace_back(Text{
                    .box = block.inset(4), .words = fmt::format("{} {}", t + 1, track.title), .size = 11});
        }
        scene.list.emplace_back(Line{
            .from = {quality, bar.y}, .to = {quality, bar.bottom()}, .ink = Ink::accent, .dashed = true});
        const bool over = side.groove.used > radii.width();
        if (over)
            scene.list.emplace_back(
                Area{.box = {bar.right(), bar.y, std::min(limit, x(side.stretch.cutEnd())) - bar.right(),
                             bar.height},
                     .ink = Ink::error,
                     .opacity = 0.8});
        scene.list.emplace_back(
            picture::Frame{.box = bar, .ink = over ? Ink::error : Ink::line, .radius = 3});
        drawWords(scene, record, i, {row.right() - wordsWidth + 14, row.y, wordsWidth - 14, row.height},
                  over);
    }
    if (drag) {
        const auto to = rowAt(scene, drag->at);
        if (to && *to < scene.rows.size())
            scene.list.emplace_back(
                picture::Frame{.box = scene.rows[*to], .ink = Ink::accent, .radius = 4, .width = 2});
        else if (to && !scene.rows.empty()) {
            Rect below = scene.rows.back();
            below.y += sideRowHeight;
            below.height = 18;
            scene.list.emplace_back(
                Text{.box = below, .words = "A side of its own", .ink = Ink::accent, .size = 12});
        }
        const std::string& title = record.programme.tracks[drag->track].title;
        const Rect ghost{drag->at.x + 8, drag->at.y - 10, 150, 20};
        scene.list.emplace_back(Area{.box = ghost, .ink = Ink::accent, .radius = 4});
        scene.list.emplace_back(Text{
            .box = ghost.inset(3), .words = title, .ink = Ink::onAccent, .size = 11, .align = Align::centre});
    }
    return scene;
}

const SideBlock* hitTest(const SidesScene& scene, Point at)
{
    const auto hit =
        std::ranges::find_if(scene.blocks, [&](const SideBlock& b) { return b.box.contains(at); });
    return hit == scene.blocks.end() ? nullptr : &*hit;
}

std::optional<std::size_t> rowAt(const SidesScene& scene, Point at)
{
    if (scene.rows.empty() || at.y < scene.rows.front().y) return {};
    return std::min(scene.rows.size(),
                    static_cast<std::size_t>((at.y - scene.rows.front().y) / sideRowHeight));
}

Proposal breakBefore(const Album& album, const PlannedRecord& record, const std::vector<std::size_t>& firsts)
{
    const std::string label =
        firsts.empty() ? "Put all on one side" : fmt::format("Divide over {} sides", firsts.size() + 1);
    Result<Album> changed = album;
    const Edition* edition = find(album, record.edition);
    for (std::size_t t = 1; t < record.programme.tracks.size() && changed; ++t) {
        const TrackId id = record.programme.tracks[t].id;
        const Entry* entry = edition == nullptr ? nullptr : find(*edition, id);
        if (entry == nullptr) return {label, failure("The album changed meanwhile; wait for the new plan")};
        const Break wanted = std::ranges::find(firsts, t) != firsts.end() ? Break::side : Break::none;
        if (entry->breakBefore != wanted)
            changed = edit::setBreak(std::move(*changed), record.edition, id, wanted);
    }
    return {label, std::move(changed)};
}

Proposal moveToSide(const Album& album, const PlannedRecord& record, std::size_t track, std::size_t side)
{
    assert(track < record.programme.tracks.size());
    const auto& sides = record.plan.sides;
    std::vector<std::size_t> firsts;
    for (std::size_t i = 1; i < sides.size(); ++i) firsts.push_back(sides[i].first);
    std::size_t from = 0;
    while (from + 1 < sides.size() && sides[from].end <= track) ++from;
    const std::string label =
        fmt::format("Move \u201c{}\u201d to side {}", record.programme.tracks[track].title, sideName(side));
    if (side == from) return {label, album};
    // Tracks that it is kept together with go along.
    const auto kept = [&](std::size_t t) { return record.programme.tracks[t].keptWithPrevious; };
    std::size_t first = track, end = track + 1;
    while (first > sides[from].first && kept(first)) --first;
    while (end < sides[from].end && kept(end)) ++end;
    const bool fromFirst = first == sides[from].first, toLast = end == sides[from].end;
    const bool opens = fromFirst && !toLast && track > first, ends = toLast && !fromFirst && track + 1 < end;
    if ((side == from + 1 && opens) || (side + 1 == from && ends))
        return {label, failure(fmt::format("It is kept together with the side's {} track; release the tracks "
                                           "before one of them moves alone",
                                           opens ? "first" : "last"))};
    if (side == from + 1 && first > sides[from].first) {
        // The rest of the side goes along.
        if (side < sides.size())
            firsts[side - 1] = first;
        else
            firsts.push_back(first);
    } else if (side + 1 == from && end < sides[from].end) {
        firsts[from - 1] = end;
    } else if (side + 1 == from || side == from + 1) {
        // The whole side: it is one with its neighbour then.
        if (side >= sides.size()) return {label, failure("The tracks before it would leave an empty side")};
        firsts.erase(firsts.begin() + static_cast<std::ptrdiff_t>(std::min(from, side)));
    } else {
        return {label, failure("The order stays, so a track moves to the side before or behind its own")};
    }
    Proposal proposal = breakBefore(album, record, firsts);
    proposal.label = label;
    return proposal;
}

MomentInTrack momentAt(const PlannedRecord& record, std::size_t side, double seconds)
{
    const std::size_t track = record.plan.sides[side].trackAt(record.programme, seconds);
    const auto& t = record.programme.tracks[track];
    return {t.id, durationOfSeconds(seconds - t.start)};
}

std::vector<VinylEventRow> vinylEvents(const Layout& layout, const PlannedRecord& record)
{
    std::vector<VinylEventRow> rows;
    for (std::size_t i = 0; i < record.plan.sides.size(); ++i) {
        const SidePlan& side = record.plan.sides[i];
        for (std::size_t e = 0; e < side.events.size(); ++e) {
            const vinyl::VinylEvent& event = side.events[e];
            const MomentInTrack moment = momentAt(record, i, event.begin);
            const auto place = placeOf(layout, moment.track);
            rows.push_back({.side = i,
                            .event = e,
                            .level = name(event.severity),
                            .side_ = sideName(i),
                            .track = place ? fmt::format("{}", numberOf(layout, *place)) : "",
                            .time = clockTime(moment.inTrack),
                            .radius = fmt::format("{:.1f} mm", event.radius),
                            .what = event.message,
                            .at = moment.track,
                            .inTrack = moment.inTrack});
        }
    }
    return rows;
}

std::string levelPlaceWords(const PlannedRecord& record, const LevelHit& hit)
{
    const SidePlan& side = record.plan.sides[hit.side];
    const std::size_t track = side.trackAt(record.programme, hit.seconds);
    const double inTrack = std::max(0.0, hit.seconds - record.programme.tracks[track].start);
    std::string words = fmt::format("{} {}", trackName(record.plan, hit.side, track),
                                    clockTime(durationOfSeconds(std::floor(inTrack * 10) / 10)));
    if (hit.ceiling.binding() == vinyl::Limit::none) return words + " \u00b7 nothing limits the level here";
    const double spare = hit.ceiling.lowest() - record.plan.gain;
    return words + fmt::format(" \u00b7 would allow {:+.1f} dB by itself ({}), {:.1f} dB {} the plan",
                               hit.ceiling.lowest(), name(hit.ceiling.binding()), std::fabs(spare),
                               spare < 0 ? "below" : "above");
}

std::string recordWords(const PlannedRecord& record)
{
    const vinyl::VinylPlan& plan = record.plan;
    const bool slow = plan.wish.format.speed == vinyl::Speed::rpm33;
    std::string words =
        fmt::format("{}\u2033 at {}, lathe {}, reference {:g} dBFS", inches(plan.wish.format.size),
                    slow ? "33\u2153" : "45", plan.wish.lathe.name, plan.wish.reference.dbfs);
    if (!plan.highest)
        words += " \u00b7 nothing limits the level";
    else if (plan.sides[plan.decisive].fitsNowhere())
        words += fmt::format(" \u00b7 side {} does not fit at any level", sideName(plan.decisive));
    else
        words += fmt::format(" \u00b7 highest level {:+.1f} dB, set by side {}; events at {:+.1f} dB",
                             *plan.highest, sideName(plan.decisive), plan.gain);
    if (plan.imbalance >= 0.05)
        words += fmt::format(" \u00b7 sides of one length would gain {:.1f} dB", plan.imbalance);
    return words;
}

} // namespace segue::gui
