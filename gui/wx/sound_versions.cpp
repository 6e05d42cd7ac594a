// A kept version heard in turn with the album: another programme in the player, until something else is
// played.

#include "gui/wx/sound.h"

namespace segue::gui {

void Sound::compareVersions(std::shared_ptr<const Album> version, const AlbumPlace& place, Decibels gain)
{
    match_.reset();
    version_ = std::move(version);
    versionPiece_ = place.piece;
    edition_ = editor_.view.edition;
    album_.reset(); // the programme is another one
    SampleCount length{};
    if (version_) {
        const Programme programme{.album = version_,
                                  .edition = editor_.view.edition,
                                  .piece = place.piece,
                                  .render = {.rate = rate()}};
        length = lengthOf(programme, rate());
        player_.setLoop({});
        player_.setProgramme(programme);
        versionLayout_ = layoutOf(*version_, edition_);
    } else {
        programmeChanged();
        if (const auto where = places()) length = where->length;
    }
    const SamplePos from = nearestSample(place.at, rate());
    SamplePos end = SamplePos{} + length;
    PlayList list;
    if (const auto round = loopIn(place)) {
        const SamplePos begin = nearestSample(round->begin, rate());
        end = std::min(end, nearestSample(round->end, rate()));
        list = {.segments = {{.begin = begin, .end = end, .rampIn = true, .rampOut = true, .gain = gain}},
                .repeatFrom = 0};
    }
    if (from >= end) return;
    if (list.segments.empty() || from > list.segments.front().begin) {
        list.segments.insert(list.segments.begin(),
                             {.begin = from, .end = end, .rampIn = true, .gain = gain});
        if (list.repeatFrom) list.repeatFrom = 1;
    }
    player_.play(std::move(list));
    state_.playing = true;
}

void Sound::endVersion()
{
    if (!version_) return;
    version_.reset();
    album_.reset();
    programmeChanged();
}

std::optional<Sound::Stretch> Sound::loopIn(const AlbumPlace& place) const
{
    auto round = loop();
    if (!round || editor_.empty()) return {};
    if (version_) {
        const auto begin = samePlace(editor_.layout(), editor_.view.piece, round->begin, versionLayout_);
        if (!begin || begin->piece != place.piece) return {};
        round = Stretch{begin->at, begin->at + (round->end - round->begin)};
    }
    // What is heard behind the loop goes on to the end.
    if (place.at >= round->end) return {};
    return round;
}

std::optional<Instant> Sound::albumPlaceOf(Instant heard) const
{
    if (editor_.empty()) return {};
    const auto place = match_ ? samePlace(onePieceLayout_, 0, heard, editor_.layout())
                              : samePlace(versionLayout_, versionPiece_, heard, editor_.layout());
    if (!place || place->piece != editor_.view.piece) return {};
    return place->at;
}

} // namespace segue::gui
