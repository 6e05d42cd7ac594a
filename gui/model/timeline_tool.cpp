#include "gui/model/timeline_tool.h"

#include "album/edit.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

#include <cmath>

namespace segue::gui {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

constexpr double decibelsPerPixel = 0.05, stillness = 3;

std::optional<TrackId> trackOf(const Part& part)
{
    return std::visit(
        []<class P>(const P& p) -> std::optional<TrackId> {
            if constexpr (requires { p.track; })
                return p.track;
            else
                return {};
        },
        part);
}

Decibels tenths(double db) { return Decibels{std::round(db * 10) / 10}; }

std::string trackWords(const Layout& layout, TrackId track)
{
    const auto place = placeOf(layout, track);
    return place ? fmt::format("track {}", numberOf(layout, *place)) : "the track";
}

} // namespace

Instant TimelineTool::under(const View&, Pointer pointer) const
{
    return start_.axis.at(pointer.at.x - start_.bounds.x);
}

ToolResult TimelineTool::press(const std::shared_ptr<const Album>& album, const Layout& layout,
                               const TimelineScene& scene, const SceneItem* hit, View& view, Pointer pointer)
{
    base_ = album;
    edition_ = layout.edition->id;
    moved_ = edited_ = false;
    ++gestures_;
    view.mark.reset();
    start_ = {
        hit == nullptr ? Part{LanePart{}} : hit->part, pointer,   view.axis.at(pointer.at.x - scene.bounds.x),
        hit == nullptr ? Instant{} : hit->at,          view.axis, scene.bounds};
    if (const auto track = trackOf(start_.part)) {
        const bool several = pointer.control && std::holds_alternative<HeaderPart>(start_.part);
        if (several && !view.isSelected(*track))
            view.selected.push_back(*track);
        else if (!several && !view.isSelected(*track))
            view.selected = {*track};
        view.focus = track;
    }
    return {};
}

std::optional<Proposal> TimelineTool::proposalFor(const Layout& layout, const View& view, Pointer pointer,
                                                  Waves* waves, std::string& words) const
{
    const Instant at = under(view, pointer);
    const Duration by = at - start_.at;
    const std::string gesture = fmt::format("drag {}", gestures_);
    const auto place = [&](TrackId track) { return placeOf(layout, track); };
    const auto startOf = [&](TrackId track) {
        const auto p = place(track);
        return p ? layout.timeline.pieces[p->piece].entries[p->entry].start : Instant{};
    };
    // What is held never keeps to the place it was taken from.
    const auto keep = [&](std::optional<TrackId> track, std::optional<Instant> zero = {}) {
        return snapped(layout, view, start_.item + by, {track, start_.item, zero});
    };
    const auto keepStart = [&](TrackId track) {
        return snapped(layout, view, startOf(track) + by, {.track = track});
    };
    const auto make = [&](std::string label, Result<Album> album) {
        return Proposal{std::move(label), std::move(album), gesture};
    };
    return std::visit(
        Overloaded{
            [&](const HeaderPart& p) -> std::optional<Proposal> {
                const std::string who = trackWords(layout, p.track);
                if (start_.pointer.control) {
                    const Track& track = *find(*base_, p.track);
                    const Decibels gain = tenths(track.gain.hand.value() +
                                                 (start_.pointer.at.y - pointer.at.y) * decibelsPerPixel);
                    words = fmt::format("gain of {}: {} dB", who, shownDecibels(gain));
                    return make(fmt::format("Set the gain of {}", who),
                                edit::setHandGain(*base_, p.track, gain));
                }
                if (start_.pointer.alt) {
                    const Piece* piece = layout.piece(view.piece);
                    if (piece == nullptr || piece->entries.empty()) return {};
                    std::size_t position = piece->entries.front().position;
                    for (const PlacedEntry& entry : piece->entries)
                        if (at > entry.start + Duration{(entry.end - entry.start).value() / 2})
                            position = entry.position + 1;
                    auto album = moveTracks(*base_, edition_, {p.track}, position);
                    if (album) {
                        const Layout then = layoutOf(*album, edition_);
                        words =
                            fmt::format("{} becomes track {}", who, numberOf(then, *placeOf(then, p.track)));
                    }
                    return make("Reorder the tracks", std::move(album));
                }
                const Instant start = startOf(p.track);
                const Instant wanted = keepStart(p.track);
                words = fmt::format("{} at {}", who, shownTime(layout, wanted));
                return make(fmt::format("Move {}", who),
                            moveSound(*base_, edition_, p.track, wanted - start, pointer.shift));
            },
            [&](const PausePart& p) -> std::optional<Proposal> {
                const Instant start = startOf(p.track);
                const Instant wanted = keepStart(p.track);
                words = fmt::format("pause {} s", shownSeconds(wanted - start_.item));
                return make(fmt::format("Set the pause before {}", trackWords(layout, p.track)),
                            moveSound(*base_, edition_, p.track, wanted - start, pointer.shift));
            },
            [&](const ClipPart& p) -> std::optional<Proposal> {
                if (start_.pointer.alt) {
                    words = fmt::format("slip {} s", shownSeconds(by));
                    return make("Slip the audio", slipAudio(*base_, p.clip, by));
                }
                if (start_.pointer.control) {
                    const Track& track = *find(*base_, p.track);
                    const auto clip = std::ranges::find(track.clips, p.clip, &Clip::id);
                    const Decibels gain =
                        tenths(clip->gain.value() + (start_.pointer.at.y - pointer.at.y) * decibelsPerPixel);
                    words = fmt::format("clip gain {} dB", shownDecibels(gain));
                    return make("Set the clip's gain", edit::setClipGain(*base_, p.clip, gain));
                }
                return {};
            },
            [&](const ClipEdgePart& p) -> std::optional<Proposal> {
                const auto zero = waves == nullptr
                                      ? std::nullopt
                                      : nearestZero(layout, view, *waves, p.track, p.clip, start_.item + by);
                const Instant wanted = keep(std::nullopt, zero);
                words = fmt::format("{} at {}", p.edge == Edge::begin ? "begins" : "ends",
                                    shownTime(layout, wanted));
                return make("Trim the clip",
                            trimEdge(*base_, edition_, p.track, p.clip, p.edge == Edge::begin,
                                     wanted - startOf(p.track), pointer.shift));
            },
            [&](const FadePart& p) -> std::optional<Proposal> {
                auto album = fadeTo(*base_, p.track, p.clip, p.edge == Edge::begin,
                                    start_.item + by - startOf(p.track));
                if (album) {
                    const auto clip = std::ranges::find(find(*album, p.track)->clips, p.clip, &Clip::id);
                    const Fade& fade = p.edge == Edge::begin ? clip->fadeIn : clip->fadeOut;
                    words = fmt::format("fade {} s, {}", shownSeconds(fade.length), name(fade.curve));
                }
                return make(p.edge == Edge::begin ? "Set the fade in" : "Set the fade out", std::move(album));
            },
            [&](const OverlapPart& p) -> std::optional<Proposal> {
                const Instant start = startOf(p.track);
                return make(fmt::format("Change the overlap before {}", trackWords(layout, p.track)),
                            moveSound(*base_, edition_, p.track, keepStart(p.track) - start, pointer.shift));
            },
            [&](const OverlapEdgePart& p) -> std::optional<Proposal> {
                const std::string label =
                    fmt::format("Change the overlap before {}", trackWords(layout, p.track));
                const Duration moved = keep(p.track) - start_.item;
                if (p.edge == Edge::begin)
                    return make(label, moveSound(*base_, edition_, p.track, moved, true));
                return make(label, moveOverlapEnd(*base_, edition_, p.track, moved));
            },
            [&](const FlagPart& p) -> std::optional<Proposal> {
                const std::string who = trackWords(layout, p.track);
                // A disc counts in frames; a file is cut at its marks.
                const auto zero = waves == nullptr || layout.isCd()
                                      ? std::nullopt
                                      : nearestZero(layout, view, *waves, p.track, start_.item + by);
                const Instant wanted = keep(p.track, zero);
                const Duration moved = wanted - start_.item;
                words = shownTime(layout, wanted);
                switch (p.kind) {
                case FlagKind::pauseStart:
                case FlagKind::leadOut: return {};
                case FlagKind::start:
                    return make(fmt::format("Move the start mark of {}", who),
                                edit::setStartMark(*base_, p.track, moved));
                case FlagKind::end:
                    return make(fmt::format("Move the end mark of {}", who),
                                edit::setEndMark(*base_, p.track, wanted - startOf(p.track)));
                case FlagKind::index: {
                    std::vector<Duration> indexes = find(*base_, p.track)->indexes;
                    if (p.index >= indexes.size()) return {};
                    indexes[p.index] += moved;
                    return make(fmt::format("Move index {} of {}", p.index + 2, who),
                                edit::setIndexes(*base_, p.track, std::move(indexes)));
                }
                }
                return {};
            },
            [](const auto&) -> std::optional<Proposal> { return {}; },
        },
        start_.part);
}

ToolResult TimelineTool::drag(View& view, Pointer pointer, Waves* waves)
{
    if (!active()) return {};
    const double dx = pointer.at.x - start_.pointer.at.x, dy = pointer.at.y - start_.pointer.at.y;
    if (!moved_ && std::hypot(dx, dy) < stillness) return {};
    moved_ = true;
    const Layout layout = layoutOf(*base_, edition_, view.timeStyle);
    ToolResult result;
    result.edit = proposalFor(layout, view, pointer, waves, result.words);
    if (result.edit) {
        edited_ = true;
        return result;
    }
    if (const auto* flag = std::get_if<FlagPart>(&start_.part); flag != nullptr && isDerived(flag->kind)) {
        result.words = flag->kind == FlagKind::leadOut ? "The lead-out follows the last track's end mark"
                                                       : "INDEX 00 follows the pause: drag that, or type it";
        return result;
    }
    // Everything that cannot be moved marks a range.
    Instant a = start_.at, b = under(view, pointer);
    if (b < a) std::swap(a, b);
    view.range = TimeRange{std::max(Instant{}, a), std::max(Instant{}, b)};
    result.words =
        fmt::format("{} to {}, {} s", shownTime(layout, a), shownTime(layout, b), shownSeconds(b - a));
    return result;
}

ToolResult TimelineTool::release(View& view, Pointer pointer)
{
    if (!active()) return {};
    ToolResult result;
    if (!moved_) {
        view.range.reset();
        const bool places =
            std::holds_alternative<RulerPart>(start_.part) || std::holds_alternative<LanePart>(start_.part) ||
            std::holds_alternative<ClipPart>(start_.part) || std::holds_alternative<PausePart>(start_.part) ||
            std::holds_alternative<OverlapPart>(start_.part);
        if (places) {
            view.cursor = std::max(Instant{}, start_.at);
            result.seek = true;
        }
        const auto track = trackOf(start_.part);
        if (track && !pointer.control && !pointer.shift) view.select(*track);
        const auto* flag = std::get_if<FlagPart>(&start_.part);
        if (flag != nullptr && flag->kind == FlagKind::index && view.focus == flag->track)
            view.mark = IndexMark{flag->track, flag->index};
    }
    base_.reset();
    return result;
}

bool TimelineTool::cancel()
{
    const bool edited = edited_ && active();
    base_.reset();
    edited_ = false;
    return edited;
}

void chooseForMenu(View& view, const SceneItem& item)
{
    const auto track = trackOf(item.part);
    if (!track) return;
    if (!view.isSelected(*track)) view.select(*track);
    view.focus = track;
    view.mark.reset();
    if (const auto* flag = std::get_if<FlagPart>(&item.part);
        flag != nullptr && flag->kind == FlagKind::index)
        view.mark = IndexMark{flag->track, flag->index};
}

std::string hintFor(const SceneItem* item, const Layout& layout)
{
    if (item == nullptr) return {};
    const auto who = [&](TrackId track) { return trackWords(layout, track); };
    return std::visit(
        Overloaded{
            [](const RulerPart&) -> std::string {
                return "Click: play from here \u00b7 Drag: mark a range \u00b7 Wheel: zoom \u00b7 "
                       "Shift+wheel: scroll";
            },
            [](const LanePart&) -> std::string {
                return "Click: set the cursor \u00b7 Drag: mark a range \u00b7 Drop files here to add tracks";
            },
            [&](const PausePart& p) {
                return fmt::format("Drag: length of the pause before {}, what follows keeps its distance "
                                   "\u00b7 Shift: without ripple",
                                   who(p.track));
            },
            [](const ClipPart&) -> std::string {
                return "Click: set the cursor \u00b7 Drag: mark a range \u00b7 Alt: slip the audio under its "
                       "edges \u00b7 Ctrl: clip gain";
            },
            [&](const HeaderPart& p) {
                return fmt::format("Drag: move {}, what follows keeps its distance \u00b7 Shift: without "
                                   "ripple \u00b7 Ctrl: gain \u00b7 Alt: another place in the order",
                                   who(p.track));
            },
            [](const ClipEdgePart&) -> std::string {
                return "Drag: trim, what stays keeps its place \u00b7 Shift: what follows stays too";
            },
            [](const FadePart&) -> std::string {
                return "Drag: length of the fade \u00b7 Right click: curve";
            },
            [](const OverlapPart&) -> std::string {
                return "Drag: move the incoming track \u00b7 Right click: curves \u00b7 F: open joint";
            },
            [](const OverlapEdgePart& p) -> std::string {
                return p.edge == Edge::begin ? "Drag: where the incoming track enters"
                                             : "Drag: where the outgoing track ends";
            },
            [&](const FlagPart& p) -> std::string {
                if (p.kind == FlagKind::pauseStart)
                    return fmt::format("INDEX 00: the pause before {} begins here; it follows the pause",
                                       who(p.track));
                if (p.kind == FlagKind::leadOut)
                    return "Lead-out (AA): the end of the disc; it follows the last track's end mark";
                if (p.kind == FlagKind::index)
                    return fmt::format("Drag: move the index mark of {} \u00b7 Click, then Delete: remove it",
                                       who(p.track));
                return fmt::format("Drag: move the {} mark of {}; the sound stays",
                                   p.kind == FlagKind::end ? "end" : "start", who(p.track));
            },
        },
        item->part);
}

Grip gripFor(const SceneItem* item, const Pointer& pointer)
{
    if (item == nullptr) return Grip::arrow;
    return std::visit(
        Overloaded{
            [&](const HeaderPart&) { return pointer.control ? Grip::upDown : Grip::hand; },
            [&](const ClipPart&) {
                return pointer.control ? Grip::upDown : pointer.alt ? Grip::leftRight : Grip::text;
            },
            [](const RulerPart&) { return Grip::text; },
            [](const LanePart&) { return Grip::text; },
            [](const OverlapPart&) { return Grip::hand; },
            [](const FlagPart& p) { return isDerived(p.kind) ? Grip::arrow : Grip::leftRight; },
            [](const auto&) { return Grip::leftRight; },
        },
        item->part);
}

} // namespace segue::gui
