/// \file
/// A kept version of the album heard against the open one: at the same place of the same track, and equally
/// loud, so that what differs is the sound. Nothing in either album is changed.
#pragma once

#include "gui/model/view.h"
#include "measure/edition_scan.h"

#include <string>

namespace segue::gui {

/// A place of an album that can be heard.
struct AlbumPlace {
    std::size_t piece = 0; ///< index of the disc or side
    Instant at{};          ///< on the piece
    TrackId track{};       ///< that sounds there
    [[nodiscard]] friend bool operator==(const AlbumPlace&, const AlbumPlace&) = default;
};

/// Where the other state of the album has what this one has at `at`: the same sample of the same source where
/// it plays that, too, else the same time after the track's start, before its end mark.
/// \param from,to the same edition of two states
/// \return an Error when nothing is at `at`, or `to` does not have the track
[[nodiscard]] Result<AlbumPlace> samePlace(const Layout& from, std::size_t piece, Instant at,
                                           const Layout& to);

/// How much each is turned down for listening: the louder one to the softer one, by the integrated loudness
/// of the track as rendered in each; one of them is 0.
struct EqualLoudness {
    Decibels album{}, version{};
    [[nodiscard]] friend bool operator==(const EqualLoudness&, const EqualLoudness&) = default;
};
/// \return an Error when the track is silent in one of them, or not there
[[nodiscard]] Result<EqualLoudness> equalLoudness(const EditionScan& album, const EditionScan& version,
                                                  TrackId track);

/// "Listening to \"Monday\": 3 Blue, 1.8 dB softer, as loud as the album"
/// \param of what is heard \param name of the version that is heard; empty: the album
[[nodiscard]] std::string versionHeardWords(const Layout& of, TrackId track, const std::string& name,
                                            Decibels gain);

} // namespace segue::gui
