/// \file
/// What the edits share: looking things up with a sentence when they are gone, the limits of times and gains,
/// new identities. Private to this room.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segue::edit {

/// No time in an album is longer: sums of all of them stay far inside 64 bits.
inline constexpr Duration longestTime = seconds(360'000);
inline constexpr std::size_t mostTracks = 9'999;

/// A clip with the track it is in. Pointers are good until the album's vectors change.
struct ClipPlace {
    Track* track = nullptr;
    std::size_t index = 0;
    [[nodiscard]] Clip& clip() const { return track->clips[index]; }
};

[[nodiscard]] Result<Track*> trackOf(Album& album, TrackId id);
[[nodiscard]] Result<ClipPlace> clipOf(Album& album, ClipId id);
[[nodiscard]] Result<Edition*> editionOf(Album& album, EditionId id);
/// Position of the track among the edition's entries.
[[nodiscard]] Result<std::size_t> positionOf(const Album& album, const Edition& edition, TrackId track);
[[nodiscard]] bool has(const Edition& edition, TrackId track);

[[nodiscard]] Result<std::uint32_t> newIdValue(Album& album);
template <class Id>
[[nodiscard]] Result<Id> newId(Album& album)
{
    const auto value = newIdValue(album);
    if (!value) return failure(value.error());
    return Id{*value};
}

/// `what` begins the sentence: "The gap", "The fade".
[[nodiscard]] Status checkTime(Duration time, std::string_view what, const std::string& where = {});
[[nodiscard]] Status checkGain(Decibels gain, const std::string& where = {});
/// Everything a clip must keep: its source, its edges inside it, its fades.
[[nodiscard]] Status checkClip(const Album& album, const Clip& clip, const std::string& where);
/// UTF-8 in composed form without control characters; line breaks and tabs only where `multiline`.
[[nodiscard]] Result<std::string> cleanText(std::string_view text, bool multiline = false);
/// Puts a text where its language has its place: the main texts or a translation, which comes and goes as
/// needed.
[[nodiscard]] Status setText(Texts& main, std::vector<Translation>& translations, bool isMainLanguage,
                             Language language, TextField field, const std::optional<std::string>& text);

/// The cut nearest to `at` on the track's time line, in source samples; in or before `in`, at or after its
/// end means that the clip lies wholly on one side.
[[nodiscard]] SampleCount cutNear(const Album& album, const Clip& clip, Duration at);
/// Cuts the clip in two at the source sample `cut`, the second right behind the first in the track's list.
/// Refuses inside a fade.
/// \pre in < cut < in + length
[[nodiscard]] Result<ClipId> cutClip(Album& album, ClipPlace place, SampleCount cut);

/// Takes the entry out. The pause before the first track belongs to the place: the next entry inherits it. So
/// does a break: it passes to the entry behind.
void dropEntry(Edition& edition, std::size_t position);
/// Takes the wish to be kept together from entries that were not kept with the one before them, nor with it
/// through others, in `before`, and from those that begin a side or disc now.
void partPairs(const std::vector<Entry>& before, std::vector<Entry>& after);
/// An overlap must be shorter than both tracks.
[[nodiscard]] Status checkOverlap(const Album& album, TrackId before, TrackId after, Duration overlap);

} // namespace segue::edit
