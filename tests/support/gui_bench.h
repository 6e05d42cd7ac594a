/// \file
/// The editor's model on a table: a timeline with a hand that presses, drags and lets go at things by what
/// they are, and an editor over an album in memory.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/timeline_tool.h"
#include "support/album_builder.h"

#include <memory>

namespace segue::test {

/// An editor over an album that has no file and no journal.
struct EditorBench {
    explicit EditorBench(Album album)
        : session{Session::newAlbum(SessionSetup{}, std::move(album))},
          editor{*session, [this] { ++changes; }}
    {
    }
    std::unique_ptr<Session> session;
    int changes = 0;
    gui::Editor editor;
    [[nodiscard]] const Album& album() const { return *session->album(); }
    /// Nothing selected, focused or open that is not in the edition; a piece that is there.
    [[nodiscard]] bool viewIsValid() const
    {
        const gui::View& view = editor.view;
        const Edition* edition = editor.edition();
        const auto there = [&](TrackId t) { return edition != nullptr && find(*edition, t) != nullptr; };
        if (edition == nullptr) return view.selected.empty() && !view.focus && !view.joint;
        const std::size_t pieces = editor.layout().timeline.pieces.size();
        return std::ranges::all_of(view.selected, there) && (!view.focus || there(*view.focus)) &&
               (!view.joint || there(*view.joint)) && (pieces == 0 ? view.piece == 0 : view.piece < pieces) &&
               view.axis.flicksPerPixel > 0;
    }
};

/// A timeline of 1000 x 300 pixels, 20 pixels a second, with an editor behind it as the window has it.
struct TimelineBench : EditorBench {
    explicit TimelineBench(Album album) : EditorBench{std::move(album)}
    {
        editor.view.axis = {Instant{}, 705'600'000.0 / 20};
        editor.view.snapping = {.cdFrames = false, .edges = false, .zeroCrossings = false};
    }
    gui::TimelineTool tool{};
    gui::Waves* waves = nullptr; ///< for zero crossings
    picture::Rect bounds{10, 20, 1000, 300};
    std::string words{};

    [[nodiscard]] gui::TimelineScene scene() const
    {
        return buildTimelineScene(editor.layout(), editor.view, bounds);
    }
    [[nodiscard]] double x(Instant at) const { return bounds.x + editor.view.axis.x(at); }
    [[nodiscard]] double x(double seconds) const { return x(Instant{} + time(seconds)); }
    /// The first thing of this kind that `is` says yes to.
    template <class P>
    [[nodiscard]] static const gui::SceneItem& item(const gui::TimelineScene& scene, auto&& is)
    {
        for (const gui::SceneItem& i : scene.items)
            if (const P* part = std::get_if<P>(&i.part); part != nullptr && is(*part)) return i;
        throw std::runtime_error("nothing of this kind is on the timeline");
    }

    /// Presses on the thing itself, whatever may cover it, in the middle of its bounds.
    template <class P>
    void take(auto&& is, gui::Pointer with = {})
    {
        const gui::TimelineScene now = scene();
        const gui::SceneItem& hit = item<P>(now, is);
        pointer_ = with;
        pointer_.at = hit.bounds.centre();
        tool.press(session->album(), editor.layout(), now, &hit, editor.view, pointer_);
    }
    template <class P>
    void take(TrackId track, gui::Pointer with = {})
    {
        take<P>([&](const P& p) { return p.track == track; }, with);
    }
    /// Presses where nothing but this place counts.
    void pressAt(picture::Point at, gui::Pointer with = {})
    {
        const gui::TimelineScene now = scene();
        pointer_ = with;
        pointer_.at = at;
        tool.press(session->album(), editor.layout(), now, hitTest(now, at), editor.view, pointer_);
    }
    /// Moves the hand on by this many pixels from where it is. \return whether an edit was done
    bool dragBy(double dx, double dy = 0)
    {
        pointer_.at.x += dx;
        pointer_.at.y += dy;
        gui::ToolResult result = tool.drag(editor.view, pointer_, waves);
        words = result.words;
        return result.edit && editor.take(std::move(*result.edit));
    }
    gui::ToolResult letGo()
    {
        gui::ToolResult result = tool.release(editor.view, pointer_);
        editor.endGesture();
        return result;
    }
    /// Esc, as the window does it.
    void escape()
    {
        if (tool.cancel()) editor.takeBackGesture();
    }

    [[nodiscard]] const PlacedEntry& placed(TrackId track) const
    {
        const auto place = placeOf(editor.layout(), track);
        return editor.layout().timeline.pieces.at(place->piece).entries.at(place->entry);
    }
    [[nodiscard]] Instant start(int number) const { return placed(track(album(), number)).start; }
    [[nodiscard]] Instant end(int number) const { return placed(track(album(), number)).end; }

private:
    gui::Pointer pointer_{};
};

/// Where every clip of the edition's pieces sounds, in samples at 44.1 kHz, and with which noise: what a mark
/// may not move.
struct SoundingClip {
    ClipId clip{};
    std::size_t piece = 0;
    SamplePos begin{}, end{}, anchor{};
    [[nodiscard]] friend bool operator==(const SoundingClip&, const SoundingClip&) = default;
};
[[nodiscard]] inline std::vector<SoundingClip> soundingClips(const Album& album, EditionId edition)
{
    std::vector<SoundingClip> clips;
    const Timeline timeline = buildTimeline(album, *find(album, edition));
    for (std::size_t p = 0; p < timeline.pieces.size(); ++p)
        for (const PlacedTrackSamples& entry : samplePlaces(album, timeline.pieces[p], cdRate).entries)
            for (const PlacedClip& clip : entry.clips)
                clips.push_back({clip.clip, p, clip.begin, clip.end, clip.anchor});
    std::ranges::sort(clips, {}, [](const SoundingClip& c) { return std::pair{c.piece, c.clip.value}; });
    return clips;
}

} // namespace segue::test
