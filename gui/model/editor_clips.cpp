#include "album/edit.h"
#include "gui/model/editor.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

#include <cmath>

namespace segue::gui {

/// The uppermost clip that sounds there.
const Clip* Editor::clipAt(Duration inTrack) const
{
    const Track& track = *find(*album_, focused()->track);
    for (auto clip = track.clips.rbegin(); clip != track.clips.rend(); ++clip)
        if (!clip->muted && inTrack >= clip->at && inTrack < clip->at + lengthOf(*album_, *clip))
            return &*clip;
    return nullptr;
}

/// Of several clips the first one that goes on behind the cursor, or the last one that begins before it.
void Editor::trimHere(bool begin)
{
    const PlacedEntry& entry = *focused();
    const Track& track = *find(*album_, entry.track);
    const Duration at = view.cursor - entry.start;
    const Clip* found = nullptr;
    for (const Clip& clip : track.clips) {
        const Duration end = clip.at + lengthOf(*album_, clip);
        if (clip.muted || (begin ? end <= at : clip.at >= at)) continue;
        const auto edge = [&](const Clip& c) { return begin ? c.at : -(c.at + lengthOf(*album_, c)); };
        if (found == nullptr || edge(clip) < edge(*found)) found = &clip;
    }
    if (found == nullptr) return say(fmt::format("{} has no sound there", who(entry.track)), true);
    const ClipId id = found->id;
    take({fmt::format("Trim the {} of {}", begin ? "beginning" : "end", who(entry.track)),
          trimEdge(*album_, view.edition, entry.track, id, begin, at, false)});
}

/// Of the fade that the track begins or ends with.
void Editor::nextCurve(bool in)
{
    const PlacedEntry& entry = *focused();
    const Track& track = *find(*album_, entry.track);
    const Clip* found = nullptr;
    for (const Clip& clip : track.clips) {
        const auto edge = [&](const Clip& c) { return in ? c.at : -(c.at + lengthOf(*album_, c)); };
        if (!clip.muted && (found == nullptr || edge(clip) < edge(*found))) found = &clip;
    }
    const char* const which = in ? "fade in" : "fade out";
    Fade fade = found == nullptr ? Fade{} : in ? found->fadeIn : found->fadeOut;
    if (fade.length == Duration{})
        return say(fmt::format("There is no {} in {} whose curve could change", which, who(entry.track)),
                   true);
    const auto now = static_cast<std::size_t>(std::ranges::find(allCurves, fade.curve) - allCurves.begin());
    fade.curve = allCurves[(now + 1) % allCurves.size()];
    const ClipId id = found->id;
    if (take({fmt::format("Change the curve of the {} of {}", which, who(entry.track)),
              in ? edit::setFadeIn(*album_, id, fade) : edit::setFadeOut(*album_, id, fade)}))
        say(fmt::format("{}, {}", message_, name(fade.curve)));
}

void Editor::removeIndex()
{
    const PlacedEntry& entry = *focused();
    std::vector<Duration> indexes = find(*album_, entry.track)->indexes;
    std::size_t at = indexes.size();
    if (view.mark)
        at = view.mark->index;
    else
        for (std::size_t i = 0; i < indexes.size(); ++i)
            if (entry.start + indexes[i] <= view.cursor) at = i;
    if (at >= indexes.size()) return say("No index mark stands here or before the cursor", true);
    indexes.erase(indexes.begin() + static_cast<std::ptrdiff_t>(at));
    view.mark.reset();
    take({fmt::format("Remove index {} of {}", at + 2, who(entry.track)),
          edit::setIndexes(*album_, entry.track, std::move(indexes))});
}

bool Editor::runOnClips(Action action)
{
    // What runs is enabled, so a track is focused.
    switch (action) {
    case Action::removeIndex: removeIndex(); return true;
    case Action::trimBeginHere: trimHere(true); return true;
    case Action::trimEndHere: trimHere(false); return true;
    case Action::fadeInCurve: nextCurve(true); return true;
    case Action::fadeOutCurve: nextCurve(false); return true;
    case Action::clipLouder:
    case Action::clipSofter:
    case Action::slipEarlier:
    case Action::slipLater: break;
    default: return false;
    }
    const PlacedEntry& entry = *focused();
    const Clip* clip = clipAt(view.cursor - entry.start);
    if (clip == nullptr) {
        say(fmt::format("Put the cursor on a clip of {} first", who(entry.track)), true);
        return true;
    }
    const ClipId id = clip->id;
    if (action == Action::slipEarlier || action == Action::slipLater) {
        take({"Slip the audio", slipAudio(*album_, id, milliseconds(action == Action::slipLater ? 1 : -1))});
        return true;
    }
    const double gain = clip->gain.value() + (action == Action::clipLouder ? 0.1 : -0.1);
    const Decibels rounded{std::round(gain * 10) / 10};
    if (take({"Set the clip's gain", edit::setClipGain(*album_, id, rounded)}))
        say(fmt::format("Clip gain {} dB", shownDecibels(rounded)));
    return true;
}

} // namespace segue::gui
