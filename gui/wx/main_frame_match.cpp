// Levels matched by ear: begun when they are measured, nudged while they are heard, kept or taken back.

#include "gui/wx/main_frame.h"

namespace segue::gui {

void MainFrame::matchByEar(std::vector<TrackId> tracks)
{
    if (sound_->matching()) return sound_->endMatch();
    if (const Edition* edition = editor_.edition()) toMatch_ = comparedTracks(*edition, tracks);
    if (toMatch_.empty()) return editor_.tell("Select the tracks that are to be matched by ear", true);
    beginMatch();
}

/// Now, or when the levels are there: whoever measures them calls again.
void MainFrame::beginMatch()
{
    const std::shared_ptr<const Album> album = editor_.album();
    const EditionId edition = editor_.view.edition;
    readers_->measurer.put(album, edition);
    const auto measured = readers_->measurer.newest();
    if (const auto error = readers_->measurer.error()) {
        toMatch_.clear();
        return editor_.tell(sentence(*error), true);
    }
    if (measured == nullptr || measured->album != album || measured->edition != edition)
        return showInfo("The levels are being measured first\u2026");
    const auto match = earMatch(toMatch_, editor_.layout(), measured->scan, sound_->state().equallyLoud);
    toMatch_.clear();
    if (!match) return editor_.tell(sentence(match.error()), true);
    editor_.endGesture();
    matchShown_.reset();
    sound_->matchByEar(*match);
    syncAll();
}

/// While levels are matched some keys mean something else. \return whether it was one of them
bool MainFrame::takenByMatch(Action action)
{
    if (!sound_->matching()) return false;
    switch (action) {
    case Action::louder:
    case Action::softer:
        if (const auto track = sound_->matched()) {
            editor_.take(nudgedByEar(*editor_.album(), *track, action == Action::louder ? 0.1 : -0.1));
            matchShown_.reset(); // its gain is in the words
        }
        return true;
    case Action::placeByEar: sound_->endMatch(); return true;
    case Action::equallyLoud: {
        static_cast<void>(sound_->run(action));
        std::vector<TrackId> tracks = sound_->matchedTracks();
        sound_->endMatch();
        matchByEar(std::move(tracks));
        return true;
    }
    default: return false;
    }
}

/// The info line says who is heard.
void MainFrame::showMatch()
{
    if (const auto heard = sound_->matched()) {
        if (matchShown_ == heard) return;
        matchShown_ = heard;
        showInfo(earMatchWords(editor_.layout(), *heard));
    } else if (matchShown_ && !sound_->matching()) {
        matchShown_.reset();
        editor_.endGesture();
        editor_.tell("Matched by ear");
    }
}

} // namespace segue::gui
