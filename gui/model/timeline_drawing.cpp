#include "gui/model/timeline_drawing.h"

#include "audio/fade_curve.h"
#include "gui/model/clip_wave.h"

#include <fmt/format.h>

namespace segue::gui {

using namespace picture;

namespace {

class Artist {
public:
    Artist(const Layout& layout, const View& view, const TimelineScene& scene, Waves& waves,
           const SceneItem* hovered)
        : layout_{layout}, view_{view}, scene_{scene}, waves_{waves}, hovered_{hovered},
          piece_{layout.piece(scene.piece)}
    {
    }

    DrawList draw()
    {
        add(BeginClip{scene_.bounds});
        add(Area{scene_.bounds, Ink::background});
        drawRange();
        drawGhosts();
        for (const SceneItem& item : scene_.items) {
            current_ = &item;
            std::visit([&](const auto& part) { draw(part, item); }, item.part);
        }
        drawRangeOver();
        drawLine(view_.cursor, view_.playing ? Ink::dim : Ink::accent);
        if (view_.playing) drawLine(*view_.playing, Ink::accent);
        add(EndClip{});
        return std::move(list_);
    }

private:
    void add(Item item) { list_.push_back(std::move(item)); }
    /// Of a box that may reach hours out of sight what is near the window: painters count in pixels that end.
    [[nodiscard]] Rect near(const Rect& box) const
    {
        const double left = std::max(box.x, nearLeft()), right = std::min(box.right(), nearRight());
        return {left, box.y, std::max(0.0, right - left), box.height};
    }
    [[nodiscard]] double nearLeft() const { return scene_.bounds.x - 100; }
    [[nodiscard]] double nearRight() const { return scene_.bounds.right() + 100; }
    [[nodiscard]] double x(Instant at) const { return scene_.bounds.x + view_.axis.x(at); }
    [[nodiscard]] double lanesTop() const { return scene_.lane(0).y; }
    [[nodiscard]] double lanesBottom() const { return scene_.lane(1).bottom(); }

    void drawRange()
    {
        if (!view_.range) return;
        const double left = x(view_.range->begin), right = x(view_.range->end);
        add(Area{near({left, scene_.bounds.y, right - left, scene_.bounds.height}), Ink::selection, 0, 0.6});
    }

    /// Over the clips it is a tint between two lines.
    void drawRangeOver()
    {
        if (!view_.range) return;
        const double left = std::round(x(view_.range->begin)), right = std::round(x(view_.range->end));
        add(Area{{left, lanesTop(), right - left, lanesBottom() - lanesTop()}, Ink::text, 0, 0.12});
        for (const double at : {left, right})
            add(Line{{at, lanesTop()}, {at, lanesBottom()}, Ink::text, 1, false, 0.7});
    }

    /// In the joint editor: what both tracks have beyond the joint.
    void drawGhosts()
    {
        const auto place = view_.joint ? placeOf(layout_, *view_.joint) : std::nullopt;
        if (!place || place->piece != scene_.piece || place->entry == 0) return;
        const PlacedEntry& incoming = piece_->entries[place->entry];
        const PlacedEntry& outgoing = piece_->entries[place->entry - 1];
        const auto body = [&](const PlacedEntry& entry) {
            Rect lane = scene_.lane(static_cast<int>(entry.position % 2));
            lane.y += TimelineSizes{}.header;
            lane.height -= TimelineSizes{}.header;
            return lane;
        };
        const Album& album = *layout_.album;
        const Clip* first = nullptr;
        for (const Clip& clip : find(album, incoming.track)->clips)
            if (!clip.muted && (first == nullptr || clip.at < first->at)) first = &clip;
        const Clip* last = nullptr;
        for (const Clip& clip : find(album, outgoing.track)->clips)
            if (!clip.muted &&
                (last == nullptr || clip.at + lengthOf(album, clip) > last->at + lengthOf(album, *last)))
                last = &clip;
        if (last != nullptr)
            drawGhost(list_, layout_, view_, outgoing, *last, false, body(outgoing), scene_.bounds, waves_);
        if (first != nullptr)
            drawGhost(list_, layout_, view_, incoming, *first, true, body(incoming), scene_.bounds, waves_);
    }

    void drawLine(Instant at, Ink ink)
    {
        const double place = std::round(x(at));
        if (place < scene_.bounds.x || place > scene_.bounds.right()) return;
        add(Line{{place, scene_.bounds.y + 6}, {place, scene_.bounds.bottom()}, ink, 1});
        add(Shape{
            {{place - 5, scene_.bounds.y}, {place + 6, scene_.bounds.y}, {place + 0.5, scene_.bounds.y + 7}},
            ink,
            0});
    }

    void draw(const RulerPart&, const SceneItem& item)
    {
        Rect r = item.bounds;
        r.height = TimelineSizes{}.ruler;
        add(Area{r, Ink::panel});
        for (const RulerMark& mark : rulerMarks(view_.axis, r.width, layout_.countsFrames())) {
            const double at = std::round(x(mark.at));
            if (at + 115 < r.x) continue; // its label does not reach in
            add(Line{{at, r.bottom() - (mark.labelled ? 9 : 5)}, {at, r.bottom()}, Ink::faint});
            if (mark.labelled)
                add(Text{.box = {at + 5, r.y, 110, r.height - 5},
                         .words = shownTime(layout_, mark.at),
                         .ink = Ink::dim,
                         .size = 11,
                         .digits = true});
        }
        add(Line{{r.x, r.bottom() - 1}, {r.right(), r.bottom() - 1}, Ink::line});
    }

    void draw(const LanePart&, const SceneItem&) {}

    void draw(const PausePart&, const SceneItem& item)
    {
        const Rect& r = item.bounds;
        const double middle = r.centre().y;
        if (r.width < 8) return;
        const Ink ink = isHovered() ? Ink::dim : Ink::faint;
        const Rect seen = near(r);
        add(Line{{seen.x + 4, std::round(middle)}, {seen.right() - 4, std::round(middle)}, ink, 1, true});
        const Rect chip{r.centre().x - 34, middle - 10, 68, 20};
        if (r.width < 60 || !chip.overlaps(scene_.bounds)) return;
        add(Area{chip, Ink::raised, 10});
        add(Text{.box = chip,
                 .words = item.label,
                 .ink = Ink::dim,
                 .size = 11,
                 .align = Align::centre,
                 .digits = true});
    }

    void draw(const ClipPart& part, const SceneItem& item)
    {
        const PlacedEntry& entry = entryOf(part.track);
        const bool a = entry.position % 2 == 0;
        const Rect seen = near(item.bounds);
        add(Area{seen, a ? Ink::laneAClip : Ink::laneBClip});
        const auto index = static_cast<std::size_t>(&entry - piece_->entries.data());
        const PlacedEntry* before = index > 0 ? &piece_->entries[index - 1] : nullptr;
        const PlacedEntry* after = index + 1 < piece_->entries.size() ? &piece_->entries[index + 1] : nullptr;
        drawClipWave(list_, layout_, view_, entry, before, after, clipOf(part.track, part.clip),
                     item.bounds.inset(1), scene_.bounds, waves_);
        const Clip& clip = clipOf(part.track, part.clip);
        const Source* source = find(*layout_.album, clip.source);
        if (source != nullptr && source->channels > 1) {
            const double y = std::round(item.bounds.centre().y);
            add(Line{{seen.x, y}, {seen.right(), y}, a ? Ink::laneAHead : Ink::laneBHead, 1, false, 0.5});
        }
        drawFade(part, Edge::begin, clip.fadeIn, item.bounds);
        drawFade(part, Edge::end, clip.fadeOut, item.bounds);
    }

    /// With the clip and not with its handle, which may be out of sight while the curve is not.
    void drawFade(const ClipPart& part, Edge edge, const Fade& fade, const Rect& box)
    {
        const double width = static_cast<double>(fade.length.value()) / view_.axis.flicksPerPixel;
        if (width < 2 || box.width < 24) return;
        const double outer = edge == Edge::begin ? box.x : box.right();
        const double inner = edge == Edge::begin ? outer + width : outer - width;
        const auto* handle = hovered_ == nullptr ? nullptr : std::get_if<FadePart>(&hovered_->part);
        const bool held = handle != nullptr && handle->clip == part.clip && handle->edge == edge;
        drawCurve(fade.curve, {outer, box.bottom()}, {inner, box.y + 1},
                  held || view_.isSelected(part.track) ? Ink::accent : Ink::dim);
    }

    void draw(const HeaderPart& part, const SceneItem& item)
    {
        const PlacedEntry& entry = entryOf(part.track);
        const bool a = entry.position % 2 == 0;
        const Rect seen = near(item.bounds);
        add(Area{seen, a ? Ink::laneAHead : Ink::laneBHead});
        // The name stays in sight while its track reaches in from the left.
        const double left = std::max(item.bounds.x, scene_.bounds.x) + 8;
        const double right = std::min(item.bounds.right(), scene_.bounds.right()) - 8;
        const Track& track = *find(*layout_.album, part.track);
        const bool roomForGain = right - left > 110;
        add(Text{.box = {left, item.bounds.y, right - left - (roomForGain ? 62 : 0), item.bounds.height},
                 .words = item.label,
                 .size = 11.5,
                 .weight = Weight::medium});
        if (roomForGain)
            add(Text{.box = {right - 60, item.bounds.y, 60, item.bounds.height},
                     .words = shownDecibels(track.gain.sum() + entry.gain) + " dB",
                     .ink = Ink::text,
                     .size = 11,
                     .align = Align::right,
                     .digits = true});
        if (view_.isSelected(part.track)) {
            const Rect lane = scene_.lane(static_cast<int>(entry.position % 2));
            add(Frame{{seen.x, lane.y, seen.width, lane.height},
                      Ink::accent,
                      0,
                      view_.focus == part.track ? 1.5 : 1});
        }
    }

    void draw(const ClipEdgePart&, const SceneItem& item)
    {
        if (isHovered())
            add(Area{{std::round(x(item.at)) - 1, item.bounds.y, 2, item.bounds.height}, Ink::accent});
    }

    void draw(const FadePart& part, const SceneItem& item)
    {
        const Rect lane = scene_.lane(static_cast<int>(entryOf(part.track).position % 2));
        const double top = item.bounds.y, inner = x(item.at);
        const bool selected = view_.isSelected(part.track);
        if (isHovered() || (selected && lane.height > 60))
            add(picture::Disc{{std::clamp(inner, scene_.bounds.x - 50, scene_.bounds.right() + 50), top + 5},
                              isHovered() ? 5.0 : 4.0,
                              Ink::accent});
    }

    void draw(const OverlapPart& part, const SceneItem& item)
    {
        const PlacedEntry& entry = entryOf(part.track);
        const auto index = static_cast<std::size_t>(&entry - piece_->entries.data());
        const PlacedEntry& before = piece_->entries[index - 1];
        add(Area{near(item.bounds), Ink::accent, 0, 0.08});
        for (const double at : {item.bounds.x, item.bounds.right()})
            if (at >= nearLeft() && at <= nearRight())
                add(Line{{std::round(at), lanesTop()},
                         {std::round(at), lanesBottom()},
                         Ink::accent,
                         1,
                         true,
                         0.6});
        // The point that an open joint's two sides are counted from.
        if (view_.joint == part.track && view_.jointPoint) {
            const double at = std::round(x(before.start + *view_.jointPoint));
            const double middle = std::round((scene_.lane(0).bottom() + scene_.lane(1).y) / 2);
            add(Line{{at, lanesTop()}, {at, lanesBottom()}, Ink::accent, 1, false, 0.5});
            add(Shape{
                {{at, middle - 6}, {at + 6, middle}, {at, middle + 6}, {at - 6, middle}}, Ink::accent, 0});
        }
        if (entry.joint.crossfade && item.bounds.width >= 4) {
            const Rect in = scene_.lane(static_cast<int>(entry.position % 2));
            const Rect out = scene_.lane(static_cast<int>(before.position % 2));
            constexpr double head = TimelineSizes{}.header;
            const Crossfade& cross = *entry.joint.crossfade;
            drawCurve(cross.in.value_or(Curve::equalPower), {item.bounds.x, in.bottom()},
                      {item.bounds.right(), in.y + head}, Ink::accent);
            drawCurve(cross.out.value_or(Curve::equalPower), {item.bounds.right(), out.bottom()},
                      {item.bounds.x, out.y + head}, Ink::accent);
        }
        const std::string words =
            item.label + (entry.joint.crossfade ? crossfadeWords(*entry.joint.crossfade) : " · sum");
        const double width = 9.0 * static_cast<double>(words.size()) * 0.72 + 20;
        const Rect chip{std::min(item.bounds.right() + 10, scene_.bounds.right() - width - 8),
                        lanesBottom() - 26, width, 20};
        add(Area{chip, Ink::raised, 4});
        add(Text{.box = chip.inset(8), .words = words, .ink = Ink::text, .size = 11});
    }

    void draw(const OverlapEdgePart&, const SceneItem& item)
    {
        if (isHovered())
            add(Area{{std::round(x(item.at)) - 1, item.bounds.y, 2, item.bounds.height}, Ink::accent});
    }

    void draw(const FlagPart& part, const SceneItem& item)
    {
        const Rect& r = item.bounds;
        const double at = std::round(r.x);
        if (isDerived(part.kind)) {
            // Hollow and quiet: nothing to take hold of.
            add(Frame{{at + 0.5, r.y + 0.5, r.width, r.height - 3}, Ink::faint, 2});
            add(Text{.box = {at, r.y, r.width, r.height - 2},
                     .words = item.label,
                     .ink = Ink::dim,
                     .size = 10.5,
                     .align = Align::centre});
            add(Line{{at, r.bottom() - 2}, {at, lanesBottom()}, Ink::faint, 1, true});
            return;
        }
        const Ink ink = isHovered() || view_.focus == part.track ? Ink::accent : Ink::text;
        if (part.kind == FlagKind::end) {
            add(Area{{at - 1, r.y, 2, r.height}, Ink::dim});
            add(Line{{at, r.bottom()}, {at, lanesBottom()}, Ink::faint, 1, true});
            return;
        }
        const Rect box{at, r.y,
                       part.kind == FlagKind::start ? 16.0 + 7.0 * static_cast<double>(item.label.size())
                                                    : r.width,
                       r.height - 2};
        if (part.kind == FlagKind::start) {
            add(Shape{{{box.x, box.y},
                       {box.right() - 5, box.y},
                       {box.right(), box.centre().y},
                       {box.right() - 5, box.bottom()},
                       {box.x, box.bottom()}},
                      ink,
                      0});
            add(Text{.box = {box.x + 4, box.y, box.width - 8, box.height},
                     .words = item.label,
                     .ink = Ink::background,
                     .size = 11,
                     .weight = Weight::bold});
            add(Line{{at, box.bottom()}, {at, lanesBottom()}, ink, 1});
        } else {
            const bool chosen = view_.mark == IndexMark{part.track, part.index};
            add(Area{box, chosen ? Ink::accent : Ink::panel, 2});
            add(Frame{box, ink, 2});
            add(Text{.box = box,
                     .words = item.label,
                     .ink = chosen ? Ink::onAccent : ink,
                     .size = 11,
                     .align = Align::centre});
            add(Line{{at, box.bottom()}, {at, lanesBottom()}, Ink::dim, 1, true});
        }
    }

    static std::string crossfadeWords(const Crossfade& cross)
    {
        const Curve out = cross.out.value_or(Curve::equalPower), in = cross.in.value_or(Curve::equalPower);
        if (out == in) return fmt::format(" · {}", name(out));
        return fmt::format(" · {} / {}", name(out), name(in));
    }

    /// From silence at `zero` to full level at `one`: what can be seen of it.
    void drawCurve(Curve shape, Point zero, Point one, Ink ink)
    {
        constexpr int steps = 32;
        const auto part = [&](double x) { return std::clamp((x - zero.x) / (one.x - zero.x), 0.0, 1.0); };
        const double from = part(nearLeft()), to = part(nearRight());
        if (from == to) return;
        Shape line{.points = {}, .ink = ink, .width = 1.5};
        for (int i = 0; i <= steps; ++i) {
            const double t = from + (to - from) * i / steps;
            line.points.push_back(
                {zero.x + (one.x - zero.x) * t, zero.y + (one.y - zero.y) * fadeGain(shape, t)});
        }
        add(std::move(line));
    }

    [[nodiscard]] bool isHovered() const { return hovered_ == current_; }
    [[nodiscard]] const PlacedEntry& entryOf(TrackId track) const
    {
        return *std::ranges::find(piece_->entries, track, &PlacedEntry::track);
    }
    [[nodiscard]] const Clip& clipOf(TrackId track, ClipId clip) const
    {
        return *std::ranges::find(find(*layout_.album, track)->clips, clip, &Clip::id);
    }

    const Layout& layout_;
    const View& view_;
    const TimelineScene& scene_;
    Waves& waves_;
    const SceneItem* hovered_;
    const SceneItem* current_ = nullptr;
    const Piece* piece_;
    DrawList list_;
};

} // namespace

DrawList drawTimeline(const Layout& layout, const View& view, const TimelineScene& scene, Waves& waves,
                      const SceneItem* hovered)
{
    return Artist{layout, view, scene, waves, hovered}.draw();
}

} // namespace segue::gui
