#include "gui/model/timeline_scene.h"

#include <fmt/format.h>

#include <array>

namespace segue::gui {

using picture::Point;
using picture::Rect;

namespace {

constexpr TimelineSizes sizes{};

class Builder {
public:
    Builder(const Layout& layout, const View& view, Rect bounds) : layout_{layout}, view_{view}
    {
        scene_.bounds = bounds;
        scene_.piece = view.piece;
    }

    TimelineScene build()
    {
        for (const int lane : {0, 1}) add(LanePart{lane}, scene_.lane(lane));
        add(RulerPart{}, {scene_.bounds.x, scene_.bounds.y, scene_.bounds.width, sizes.ruler + sizes.flags});
        if (const Piece* piece = layout_.piece(view_.piece)) {
            for (std::size_t i = 0; i < piece->entries.size(); ++i) addPause(*piece, i);
            for (std::size_t i = 0; i < piece->entries.size(); ++i) addTrack(*piece, i);
            for (std::size_t i = 1; i < piece->entries.size(); ++i) addOverlap(*piece, i);
            addDiscMarks(*piece);
            for (std::size_t i = 0; i < piece->entries.size(); ++i) addFlags(*piece, i);
        }
        return std::move(scene_);
    }

private:
    void add(Part part, Rect bounds, std::string label = {}, Instant at = {})
    {
        // What is far outside would be drawn for nothing.
        if (bounds.right() < scene_.bounds.x - 100 || bounds.x > scene_.bounds.right() + 100) return;
        scene_.items.push_back({part, bounds, std::move(label), at});
    }
    [[nodiscard]] double x(Instant at) const { return scene_.bounds.x + view_.axis.x(at); }
    [[nodiscard]] static int laneOf(const PlacedEntry& entry) { return static_cast<int>(entry.position % 2); }

    void addPause(const Piece& piece, std::size_t i)
    {
        const PlacedEntry& entry = piece.entries[i];
        const Instant before = i == 0 ? Instant{} : piece.entries[i - 1].end;
        if (entry.start <= before) return;
        const Rect lane = scene_.lane(laneOf(entry));
        add(PausePart{entry.track}, {x(before), lane.y, x(entry.start) - x(before), lane.height},
            fmt::format("{} s", shownSeconds(entry.start - before)), before);
    }

    void addTrack(const Piece& piece, std::size_t i)
    {
        const PlacedEntry& entry = piece.entries[i];
        const Track& track = *find(*layout_.album, entry.track);
        const Rect lane = scene_.lane(laneOf(entry));
        const double top = lane.y + sizes.header;
        for (const Clip& clip : track.clips) {
            const Instant begin = entry.start + clip.at;
            const double left = x(begin), right = x(begin + lengthOf(*layout_.album, clip));
            add(ClipPart{track.id, clip.id}, {left, top, right - left, lane.bottom() - top}, {}, begin);
        }
        const Instant first = std::min(entry.soundStart, entry.start),
                      last = std::max(entry.soundEnd, entry.end);
        const int number = numberOf(layout_, {view_.piece, i});
        add(HeaderPart{track.id}, {x(first), lane.y, x(last) - x(first), sizes.header},
            fmt::format("{} {}", number, displayTitle(track)), first);
        for (const Clip& clip : track.clips) addHandles(entry, clip, top, lane.bottom());
    }

    void addHandles(const PlacedEntry& entry, const Clip& clip, double top, double bottom)
    {
        const Instant begin = entry.start + clip.at;
        const Instant end = begin + lengthOf(*layout_.album, clip);
        const double left = x(begin), right = x(end);
        // Too small to be told apart from the clip itself.
        if (right - left < 24) return;
        add(ClipEdgePart{entry.track, clip.id, Edge::begin}, {left - 2, top, 6, bottom - top}, {}, begin);
        add(ClipEdgePart{entry.track, clip.id, Edge::end}, {right - 4, top, 6, bottom - top}, {}, end);
        const auto handle = [&](Edge edge, Instant at) {
            add(FadePart{entry.track, clip.id, edge},
                {x(at) - sizes.handle, top, 2 * sizes.handle, 2 * sizes.handle}, {}, at);
        };
        handle(Edge::begin, begin + clip.fadeIn.length);
        handle(Edge::end, end - clip.fadeOut.length);
    }

    void addOverlap(const Piece& piece, std::size_t i)
    {
        const PlacedEntry& entry = piece.entries[i];
        if (entry.overlap() == Duration{}) return;
        const double left = x(entry.start), right = x(piece.entries[i - 1].end);
        const Rect a = scene_.lane(0), b = scene_.lane(1);
        const Rect zone{left, a.y + sizes.header, right - left, b.bottom() - a.y - sizes.header};
        add(OverlapPart{entry.track}, zone, fmt::format("overlap {} s", shownSeconds(entry.overlap())),
            entry.start);
        const Rect incoming = scene_.lane(laneOf(entry)),
                   outgoing = scene_.lane(laneOf(piece.entries[i - 1]));
        add(OverlapEdgePart{entry.track, Edge::begin},
            {left - 3, incoming.y + sizes.header, 6, incoming.height - sizes.header}, {}, entry.start);
        add(OverlapEdgePart{entry.track, Edge::end},
            {right - 3, outgoing.y + sizes.header, 6, outgoing.height - sizes.header}, {},
            piece.entries[i - 1].end);
    }

    /// What the disc makes of the album's marks. Below the marks that are taken hold of.
    void addDiscMarks(const Piece& piece)
    {
        const auto* cd = std::get_if<CdSettings>(&layout_.edition->medium);
        if (cd == nullptr || piece.entries.empty()) return;
        const DiscMarks marks = cdMarks(*layout_.album, *cd, piece);
        const double top = scene_.bounds.y + sizes.ruler + 2;
        const auto flag = [&](TrackId track, FlagKind kind, Instant at, std::string label, double width) {
            add(FlagPart{track, kind, 0}, {x(at), top, width, sizes.flagHeight}, std::move(label), at);
        };
        for (std::size_t i = 0; i < marks.tracks.size(); ++i) {
            const TrackMarks& track = marks.tracks[i];
            const double room =
                track.pauseStart ? x(piece.entries[i].start) - x(instantOf(*track.pauseStart)) : 0;
            // Where there is no room for its number the end's flag stands for both.
            if (room > 30)
                flag(track.track, FlagKind::pauseStart, instantOf(*track.pauseStart),
                     fmt::format("{}.0", i + 1), 28);
        }
        flag(piece.entries.back().track, FlagKind::leadOut, instantOf(marks.leadOut), "AA",
             24); // its number on the disc
    }

    void addFlags(const Piece& piece, std::size_t i)
    {
        const PlacedEntry& entry = piece.entries[i];
        const Track& track = *find(*layout_.album, entry.track);
        const double top = scene_.bounds.y + sizes.ruler + 2;
        const int number = numberOf(layout_, {view_.piece, i});
        const auto flag = [&](FlagKind kind, Instant at, std::string label, double width,
                              std::size_t index = 0) {
            add(FlagPart{track.id, kind, index}, {x(at), top, width, sizes.flagHeight}, std::move(label), at);
        };
        const bool last = i + 1 == piece.entries.size();
        const bool endsBeforeNext = last || entry.end < piece.entries[i + 1].start;
        if (endsBeforeNext) flag(FlagKind::end, entry.end, {}, 10);
        for (std::size_t k = 0; k < track.indexes.size(); ++k)
            flag(FlagKind::index, entry.start + track.indexes[k], fmt::format("{}.{}", number, k + 2), 32, k);
        flag(FlagKind::start, entry.start, fmt::format("{}", number), 34);
    }

    const Layout& layout_;
    const View& view_;
    TimelineScene scene_;
};

} // namespace

Rect TimelineScene::lane(int number) const
{
    constexpr double gap = 4;
    const double height = std::max(40.0, (bounds.height - sizes.ruler - sizes.flags - 2 * gap) / 2);
    return {bounds.x, bounds.y + sizes.ruler + sizes.flags + number * (height + gap), bounds.width, height};
}

TimelineScene buildTimelineScene(const Layout& layout, const View& view, Rect bounds)
{
    return Builder{layout, view, bounds}.build();
}

const SceneItem* hitTest(const TimelineScene& scene, Point at)
{
    if (!scene.bounds.contains(at)) return nullptr;
    for (auto item = scene.items.rbegin(); item != scene.items.rend(); ++item)
        if (item->bounds.contains(at)) return &*item;
    return nullptr;
}

std::vector<RulerMark> rulerMarks(const TimeAxis& axis, double width, bool cdFrames, double least)
{
    struct Step {
        std::int64_t flicks;
        int parts; ///< unlabelled marks stand at these fractions
    };
    constexpr std::int64_t s = flicksPerSecond, ms = flicksPerSecond / 1000;
    constexpr std::array frames{Step{flicksPerCdFrame, 3}, Step{5 * flicksPerCdFrame, 5},
                                Step{15 * flicksPerCdFrame, 3}, Step{25 * flicksPerCdFrame, 5}};
    constexpr std::array clock{Step{ms, 5},       Step{2 * ms, 4},   Step{5 * ms, 5},
                               Step{10 * ms, 5},  Step{20 * ms, 4},  Step{50 * ms, 5},
                               Step{100 * ms, 5}, Step{200 * ms, 4}, Step{500 * ms, 5}};
    constexpr std::array whole{Step{s, 5},        Step{2 * s, 4},     Step{5 * s, 5},    Step{10 * s, 5},
                               Step{15 * s, 3},   Step{30 * s, 3},    Step{60 * s, 4},   Step{120 * s, 4},
                               Step{300 * s, 5},  Step{600 * s, 5},   Step{1800 * s, 3}, Step{3600 * s, 4},
                               Step{7200 * s, 4}, Step{18'000 * s, 5}};
    std::vector<Step> steps;
    if (cdFrames)
        steps.assign(frames.begin(), frames.end());
    else
        steps.assign(clock.begin(), clock.end());
    steps.insert(steps.end(), whole.begin(), whole.end());
    Step step = steps.back();
    for (const Step& candidate : steps)
        if (static_cast<double>(candidate.flicks) / axis.flicksPerPixel >= least) {
            step = candidate;
            break;
        }
    std::vector<RulerMark> marks;
    // From one labelled mark before the left edge on, so that its label may reach in.
    std::int64_t n = detail::scaleFloor(axis.left.value(), 1, step.flicks) * step.parts;
    for (;; ++n) {
        const Instant at{detail::scaleFloor(n, step.flicks, step.parts)};
        if (axis.x(at) > width) break;
        if (at >= Instant{}) marks.push_back({at, n % step.parts == 0});
    }
    return marks;
}

} // namespace segue::gui
