// A kept version and the album heard in turn: begun when both are measured, from where the other one was.

#include "gui/wx/main_frame.h"
#include "gui/wx/versions_panel.h"

namespace segue::gui {

void MainFrame::listenToVersion(std::size_t version)
{
    if (version >= session_->versions().size()) return;
    const Version& chosen = session_->versions()[version];
    if (comparedAlbum_ == nullptr || *comparedAlbum_ != chosen.album)
        comparedAlbum_ = std::make_shared<const Album>(chosen.album);
    comparedName_ = chosen.name;
    toCompare_ = true;
    hearOther();
}

/// Now, or when the levels are there: whoever measures them calls again.
void MainFrame::hearOther()
{
    const std::shared_ptr<const Album> album = editor_.album();
    const EditionId edition = editor_.view.edition;
    const auto sayNot = [this](const Error& why) {
        toCompare_ = false;
        editor_.tell(sentence(why), true);
    };
    if (editor_.empty() || find(*comparedAlbum_, edition) == nullptr)
        return sayNot({"That version of the album does not have this edition", comparedName_});
    readers_->measurer.put(album, edition);
    readers_->versionMeasurer.put(comparedAlbum_, edition);
    for (const EditionMeasurer* measurer : {&readers_->measurer, &readers_->versionMeasurer})
        if (const auto error = measurer->error()) return sayNot(*error);
    const auto now = readers_->measurer.newest(), kept = readers_->versionMeasurer.newest();
    if (now == nullptr || now->album != album || now->edition != edition || kept == nullptr ||
        kept->album != comparedAlbum_ || kept->edition != edition)
        return showInfo("The levels are being measured first\u2026");
    toCompare_ = false;

    const std::shared_ptr<const Album> heard = sound_->versionHeard();
    const bool toVersion = heard != comparedAlbum_;
    const gui::Layout from = heard ? layoutOf(*heard, edition) : editor_.layout();
    const gui::Layout to = toVersion ? layoutOf(*comparedAlbum_, edition) : editor_.layout();
    // What is matched by ear lies elsewhere than on the piece.
    const bool played = sound_->state().playing && !sound_->matching();
    const Instant at = played ? sound_->heard() : editor_.view.playing.value_or(editor_.view.cursor);
    const auto place = samePlace(from, heard ? sound_->pieceHeard() : editor_.view.piece, at, to);
    if (!place) return sayNot(place.error());
    const auto gains = equalLoudness(now->scan, kept->scan, place->track);
    if (!gains) return sayNot(gains.error());
    const Decibels gain = toVersion ? gains->version : gains->album;
    if (!toVersion) editor_.view.piece = place->piece;
    sound_->compareVersions(toVersion ? comparedAlbum_ : nullptr, *place, gain);
    syncAll();
    showInfo(versionHeardWords(to, place->track, toVersion ? comparedName_ : "", gain));
}

} // namespace segue::gui
