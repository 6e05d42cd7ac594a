#include "album/edit.h"
#include "gui/model/editor.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

namespace segue::gui {

void Editor::eachSelected(const std::string& label, const std::function<Result<Album>(Album, TrackId)>& edit)
{
    Result<Album> album = *album_;
    for (const TrackId track : selection()) {
        album = edit(std::move(*album), track);
        if (!album) break;
    }
    take({label, std::move(album)});
}

void Editor::nudge(Duration by)
{
    const PlacedEntry* entry = focused();
    if (entry == nullptr) return;
    // What follows comes along, so several that are chosen move when the first of them does.
    const std::vector<TrackId> chosen = selection();
    const bool several = chosen.size() > 1;
    const TrackId track = several ? chosen.front() : entry->track;
    take({several ? fmt::format("Nudge {} tracks", chosen.size()) : fmt::format("Nudge {}", who(track)),
          moveSound(*album_, view.edition, track, by, false)});
}

void Editor::moveInOrder(int by)
{
    const PlacedEntry* entry = focused();
    if (entry == nullptr) return;
    const auto target = static_cast<std::int64_t>(entry->position) + by;
    if (target < 0 || target >= static_cast<std::int64_t>(edition()->entries.size())) return;
    const TrackId track = entry->track;
    take({fmt::format("Move {} {}", who(track), by < 0 ? "earlier" : "later"),
          edit::moveEntry(*album_, view.edition, track, static_cast<std::size_t>(target))});
    revealFocus();
}

/// To the start of the track `by` further than the one under the cursor.
void Editor::goTo(int by)
{
    const Piece* piece = layout().piece(view.piece);
    if (piece == nullptr || piece->entries.empty()) return;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < piece->entries.size(); ++i)
        if (piece->entries[i].start <= view.cursor) at = static_cast<std::int64_t>(i);
    // Back first goes to the start of the track it is in.
    const bool inside = view.cursor > piece->entries[static_cast<std::size_t>(at)].start;
    if (by < 0 && inside) by = 0;
    at = std::clamp<std::int64_t>(at + by, 0, static_cast<std::int64_t>(piece->entries.size()) - 1);
    const PlacedEntry& entry = piece->entries[static_cast<std::size_t>(at)];
    view.cursor = entry.start;
    view.select(entry.track);
    reveal(view.cursor);
}

bool Editor::run(Action action)
{
    if (!enabled(action, {})) return true;
    const PlacedEntry* entry = focused();
    const auto cursorInTrack = [&] { return view.cursor - entry->start; };
    switch (action) {
    case Action::undo: {
        const std::string label{session_.undoLabel()};
        say(session_.undo() ? "Undone: " + label : "Nothing to undo");
        break;
    }
    case Action::redo: {
        const std::string label{session_.redoLabel()};
        say(session_.redo() ? "Done again: " + label : "Nothing to do again");
        break;
    }
    case Action::remove:
        if (view.mark)
            removeIndex();
        else
            removeSelected("Remove");
        break;
    case Action::duplicate: duplicate(); break;
    case Action::selectAll:
        view.selected.clear();
        view.mark.reset();
        if (const Edition* e = edition())
            for (const Entry& en : e->entries) view.selected.push_back(en.track);
        if (!view.focus && !view.selected.empty()) view.focus = view.selected.front();
        break;
    case Action::isrcSeries: take(isrcSeries(table(), selectedRows())); break;
    case Action::splitAtCursor: {
        if (entry == nullptr) break;
        auto split = edit::splitTrack(*album_, entry->track, cursorInTrack());
        const std::string label = fmt::format("Split {}", who(entry->track));
        if (!split) {
            take({label, failure(split.error())});
            break;
        }
        const TrackId second = split->second;
        if (take({label, std::move(split->first)})) view.select(second);
        break;
    }
    case Action::addIndex: {
        if (entry == nullptr) break;
        std::vector<Duration> indexes = find(*album_, entry->track)->indexes;
        indexes.push_back(cursorInTrack());
        take({fmt::format("Add an index mark to {}", who(entry->track)),
              edit::setIndexes(*album_, entry->track, std::move(indexes))});
        break;
    }
    case Action::moveEarlier: moveInOrder(-1); break;
    case Action::moveLater: moveInOrder(1); break;
    case Action::startMarkHere:
        if (entry != nullptr)
            take({fmt::format("Move the start mark of {}", who(entry->track)),
                  edit::setStartMark(*album_, entry->track, cursorInTrack())});
        break;
    case Action::endMarkHere:
        if (entry != nullptr)
            take({fmt::format("Move the end mark of {}", who(entry->track)),
                  edit::setEndMark(*album_, entry->track, cursorInTrack())});
        break;
    case Action::fadeInHere:
        if (entry != nullptr)
            take({fmt::format("Fade in {}", who(entry->track)),
                  edit::setTrackFadeIn(*album_, entry->track,
                                       {std::max(Duration{}, cursorInTrack()), Curve::equalPower})});
        break;
    case Action::fadeOutHere:
        if (entry != nullptr)
            take(
                {fmt::format("Fade out {}", who(entry->track)),
                 edit::setTrackFadeOut(*album_, entry->track,
                                       {std::max(Duration{}, entry->end - view.cursor), Curve::equalPower})});
        break;
    case Action::louder:
    case Action::softer:
        eachSelected(
            action == Action::louder ? "Louder by 0.1 dB" : "Softer by 0.1 dB", [&](Album a, TrackId t) {
                const double now = find(a, t)->gain.hand.value() + (action == Action::louder ? 0.1 : -0.1);
                return edit::setHandGain(std::move(a), t, Decibels{std::round(now * 10) / 10});
            });
        break;
    case Action::nudgeEarlierFrame: nudge(-durationOf(CdFrameCount{1})); break;
    case Action::nudgeLaterFrame: nudge(durationOf(CdFrameCount{1})); break;
    case Action::nudgeEarlierMillisecond: nudge(-milliseconds(1)); break;
    case Action::nudgeLaterMillisecond: nudge(milliseconds(1)); break;
    case Action::nudgeEarlierSample: nudge(-nearestDuration(SampleCount{1}, cdRate)); break;
    case Action::nudgeLaterSample: nudge(nearestDuration(SampleCount{1}, cdRate)); break;
    case Action::crossfade:
        if (entry != nullptr && placeOf(layout(), entry->track)->entry == 0)
            say(fmt::format("A {} begins with {}: there is nothing before it to crossfade with",
                            layout().isCd() ? "disc" : "side", who(entry->track)),
                true);
        else if (entry != nullptr)
            take({fmt::format("Crossfade into {}", who(entry->track)),
                  edit::setCrossfade(*album_, view.edition, entry->track, seconds(2), Crossfade{})});
        break;
    case Action::removeOverlap:
        if (entry != nullptr)
            take({fmt::format("Remove the overlap before {}", who(entry->track)),
                  edit::setGap(*album_, view.edition, entry->track, Duration{})});
        break;
    case Action::openJoint:
        if (view.joint) {
            view.joint.reset();
            view.jointPoint.reset();
        } else

            showJoint();
        break;
    case Action::zoomIn: zoom(1.5, std::clamp(view.axis.x(view.cursor), 0.0, width)); break;
    case Action::zoomOut: zoom(1 / 1.5, std::clamp(view.axis.x(view.cursor), 0.0, width)); break;
    case Action::zoomTrack: {
        if (entry == nullptr) break;
        const TimeRange range = view.range.value_or(TimeRange{entry->start, entry->end});
        view.axis.flicksPerPixel =
            static_cast<double>(std::max(milliseconds(1), range.end - range.begin).value()) /
            std::max(100.0, width * 0.9);
        view.axis.left = range.begin - view.axis.length(width * 0.05);
        view.wholeDisc = false;
        break;
    }
    case Action::zoomAlbum: showAlbum(); break;
    case Action::taller: view.amplitude = std::min(64.0, view.amplitude * 1.5); break;
    case Action::lower: view.amplitude = std::max(0.25, view.amplitude / 1.5); break;
    case Action::follow: view.follow = !view.follow; break;
    case Action::snapFrames: view.snapping.cdFrames = !view.snapping.cdFrames; break;
    case Action::snapEdges: view.snapping.edges = !view.snapping.edges; break;
    case Action::snapZeroCrossings: view.snapping.zeroCrossings = !view.snapping.zeroCrossings; break;
    case Action::timesInTrack:
        view.times = view.times == TimesShown::absolute ? TimesShown::inTrack : TimesShown::absolute;
        rebuild();
        break;
    case Action::nextDisc:
    case Action::previousDisc: {
        const std::size_t pieces = empty() ? 0 : layout().timeline.pieces.size();
        if (action == Action::nextDisc && view.piece + 1 < pieces) ++view.piece;
        if (action == Action::previousDisc && view.piece > 0) --view.piece;
        view.cursor = {};
        view.range.reset();
        view.joint.reset();
        // Keys act on the focused track: one that is seen.
        if (const Piece* piece = empty() ? nullptr : layout().piece(view.piece);
            piece != nullptr && !piece->entries.empty())
            view.select(piece->entries.front().track);
        showAlbum();
        break;
    }
    case Action::previousMark: goTo(-1); return false;
    case Action::nextMark: goTo(1); return false;
    case Action::goToStart:
        view.cursor = {};
        reveal(view.cursor);
        return false;
    case Action::goToEnd:
        if (const Piece* piece = empty() ? nullptr : layout().piece(view.piece);
            piece != nullptr && !piece->entries.empty()) {
            view.cursor = piece->entries.back().start;
            view.select(piece->entries.back().track);
            reveal(view.cursor);
        }
        return false;
    default:
        if (!runOnBreaks(action) && !runOnClips(action)) return false;
    }
    changed_();
    return true;
}

bool Editor::enabled(Action action, const PlayState&) const
{
    const PlacedEntry* entry = focused();
    switch (action) {
    case Action::undo: return !session_.undoLabel().empty();
    case Action::redo: return !session_.redoLabel().empty();
    case Action::save: return session_.modified() || session_.path().empty();
    case Action::moveEarlier: return entry != nullptr && entry->position > 0;
    case Action::moveLater: return entry != nullptr && entry->position + 1 < edition()->entries.size();
    case Action::openJoint:
        if (view.joint) return true; // closes it
        [[fallthrough]];
    case Action::crossfade:
    case Action::hearJoint:
    case Action::hearOutgoing:
    case Action::hearIncoming:
    case Action::discBreak: return entry != nullptr && entry->position > 0;
    case Action::keepTogether: return !followersToKeep().empty();
    case Action::removeIndex: return entry != nullptr && !find(*album_, entry->track)->indexes.empty();
    case Action::removeOverlap: return entry != nullptr && entry->overlap() > Duration{};
    case Action::isrcSeries:
    case Action::fillDown: return selection().size() > 1;
    case Action::cut:
    case Action::copy:
    case Action::duplicate:
    case Action::remove:
    case Action::splitAtCursor:
    case Action::addIndex:
    case Action::startMarkHere:
    case Action::endMarkHere:
    case Action::fadeInHere:
    case Action::fadeOutHere:
    case Action::louder:
    case Action::softer:
    case Action::nudgeEarlierFrame:
    case Action::nudgeLaterFrame:
    case Action::nudgeEarlierMillisecond:
    case Action::nudgeLaterMillisecond:
    case Action::nudgeEarlierSample:
    case Action::nudgeLaterSample:
    case Action::trimBeginHere:
    case Action::trimEndHere:
    case Action::fadeInCurve:
    case Action::fadeOutCurve:
    case Action::clipLouder:
    case Action::clipSofter:
    case Action::slipEarlier:
    case Action::slipLater:
    case Action::zoomTrack: return entry != nullptr;
    case Action::saveAs:
    case Action::deliverDdp:
    case Action::selectAll:
    case Action::zoomAlbum:
    case Action::playStop:
    case Action::hearAllJoints:
    case Action::hearAsFiles:
    case Action::matchByEar:
    case Action::previousJoint:
    case Action::previousMark:
    case Action::nextMark:
    case Action::nextJoint: return !empty();
    case Action::nextDisc: return !empty() && view.piece + 1 < layout().timeline.pieces.size();
    case Action::previousDisc: return view.piece > 0;
    default: return true;
    }
}

bool Editor::ticked(Action action, const PlayState& play) const
{
    switch (action) {
    case Action::discBreak:
        return focused() != nullptr && find(*edition(), focused()->track)->breakBefore != Break::none;
    case Action::keepTogether: return keptTogether();
    case Action::openJoint: return view.joint.has_value();
    case Action::loop: return play.loop;
    case Action::mono: return play.mono;
    case Action::side: return play.side;
    case Action::smallSpeaker: return play.smallSpeaker;
    case Action::equallyLoud: return play.equallyLoud;
    case Action::dim: return play.dim;
    case Action::asDelivered: return play.asDelivered;
    case Action::follow: return view.follow;
    case Action::snapFrames: return view.snapping.cdFrames;
    case Action::snapEdges: return view.snapping.edges;
    case Action::snapZeroCrossings: return view.snapping.zeroCrossings;
    case Action::timesInTrack: return view.times == TimesShown::inTrack;
    default: return false;
    }
}

} // namespace segue::gui
