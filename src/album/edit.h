/// \file
/// Every edit of an album: a pure function from an album to a new one, or an Error that says what forbids it.
/// Nothing else changes a document. An edit never leaves a dangling identity and never moves sound it does not
/// name.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <functional>
#include <span>

namespace segue::edit {

/// \name Sources and tracks
/// @{
struct NewSource {
    std::string path{};
    SampleRate rate{};
    SampleCount length{};
    int channels = 2;
    SampleFormat format{};
    Fingerprint fingerprint{};
};
/// The same path and fingerprint twice gives the source that is there.
[[nodiscard]] Result<std::pair<Album, SourceId>> addSource(Album album, NewSource source);
/// A moved or replaced file. With `sameAudio` the fingerprint, rate, length and channels must be equal.
[[nodiscard]] Result<Album> relinkSource(Album album, SourceId id, NewSource source, bool sameAudio);
/// A track with one clip over the whole source; joins no edition yet.
[[nodiscard]] Result<std::pair<Album, TrackId>> addTrack(Album album, SourceId source, Texts texts);
/// A track of the caller's clips (identities are given anew).
[[nodiscard]] Result<std::pair<Album, TrackId>> addTrack(Album album, std::vector<Clip> clips, Texts texts);
/// From the album and every edition.
[[nodiscard]] Result<Album> removeTrack(Album album, TrackId id);
/// Drops sources that no clip uses.
[[nodiscard]] Album removeUnusedSources(Album album);
/// Two tracks with no gap between them, in every edition that has the track; not a sample changes. The first keeps
/// the ISRC and the id; titles become "X" and "X (2)".
[[nodiscard]] Result<std::pair<Album, TrackId>> splitTrack(Album album, TrackId id, Duration at);
/// @}

/// \name Marks: the sound stays where it is in every edition
/// @{
/// Moves time 0 by `by`; clips, indexes, end and gaps are counted anew.
[[nodiscard]] Result<Album> setStartMark(Album album, TrackId id, Duration by);
/// Moves (or with nullopt removes) the end mark; the following gap is counted anew.
[[nodiscard]] Result<Album> setEndMark(Album album, TrackId id, std::optional<Duration> end);
/// INDEX 02 and on; any order, sorted here; each inside the track, no two equal.
[[nodiscard]] Result<Album> setIndexes(Album album, TrackId id, std::vector<Duration> indexes);
/// @}

/// \name Clips
/// @{
[[nodiscard]] Result<std::pair<Album, ClipId>> addClip(Album album, TrackId track, Clip clip);
[[nodiscard]] Result<Album> removeClip(Album album, ClipId id);
[[nodiscard]] Result<Album> splitClip(Album album, ClipId id, Duration at);
/// New edges in source samples; what stays keeps its place in time.
[[nodiscard]] Result<Album> trimClip(Album album, ClipId id, SampleCount in, SampleCount length);
/// Other audio under the same edges: moves `in` by `by` source samples.
[[nodiscard]] Result<Album> slipClip(Album album, ClipId id, SampleCount by);
[[nodiscard]] Result<Album> moveClip(Album album, ClipId id, Duration at);
[[nodiscard]] Result<Album> setClipGain(Album album, ClipId id, Decibels gain);
/// A fade is at most the clip; both together may not overlap.
[[nodiscard]] Result<Album> setFadeIn(Album album, ClipId id, Fade fade);
[[nodiscard]] Result<Album> setFadeOut(Album album, ClipId id, Fade fade);
[[nodiscard]] Result<Album> setInverted(Album album, ClipId id, bool inverted);
[[nodiscard]] Result<Album> setMuted(Album album, ClipId id, bool muted);
[[nodiscard]] Result<Album> setChannelMap(Album album, ClipId id, ChannelMap map);
/// @}

/// \name A whole track, as the command line speaks of it
/// @{
/// Fades the first sounding clip in from time 0 on (it is split where it begins earlier).
[[nodiscard]] Result<Album> setTrackFadeIn(Album album, TrackId id, Fade fade);
/// Fades the last sounding clip so that the fade ends at the track's end.
[[nodiscard]] Result<Album> setTrackFadeOut(Album album, TrackId id, Fade fade);
[[nodiscard]] Result<Album> setHandGain(Album album, TrackId id, Decibels gain);
[[nodiscard]] Result<Album> setBalanceGain(Album album, TrackId id, Decibels gain);
/// nullopt removes the text. The text is brought to NFC; control characters are refused.
[[nodiscard]] Result<Album> setTrackText(Album album, TrackId id, TextField field, Language language,
                                         std::optional<std::string> text);
[[nodiscard]] Result<Album> setIsrc(Album album, TrackId id, std::optional<Isrc> isrc);
/// Refuses DCP with SCMS.
[[nodiscard]] Result<Album> setFlags(Album album, TrackId id, ControlFlags flags);
[[nodiscard]] Result<Album> setNote(Album album, TrackId id, std::string note);
/// @}

/// \name The album
/// @{
[[nodiscard]] Result<Album> setAlbumText(Album album, TextField field, Language language,
                                         std::optional<std::string> text);
/// The language of AlbumInfo::texts and Track::texts; refused when a translation has it already.
[[nodiscard]] Result<Album> setLanguage(Album album, Language language);
[[nodiscard]] Result<Album> setUpc(Album album, std::optional<UpcEan> upc);
/// Everything else in AlbumInfo: `change` gets a copy.
[[nodiscard]] Result<Album> setInfo(Album album, const std::function<void(AlbumInfo&)>& change);
/// @}

/// \name Editions
/// @{
[[nodiscard]] Result<std::pair<Album, EditionId>> addEdition(Album album, std::string name, Medium medium);
[[nodiscard]] Result<std::pair<Album, EditionId>> copyEdition(Album album, EditionId id, std::string name);
[[nodiscard]] Result<Album> removeEdition(Album album, EditionId id);
[[nodiscard]] Result<Album> renameEdition(Album album, EditionId id, std::string name);
[[nodiscard]] Result<Album> setMedium(Album album, EditionId id, Medium medium);
/// Puts the track at `position` (0 = first) with the given joint; the entry that was first keeps its gap as a joint.
[[nodiscard]] Result<Album> insertEntry(Album album, EditionId id, TrackId track, std::size_t position, Joint joint);
[[nodiscard]] Result<Album> removeEntry(Album album, EditionId id, TrackId track);
/// Every entry takes its joint along, except that the first place's pause and the moved-away first entry's
/// joint stay sensible: the pause before track 1 belongs to the place, not to the track.
[[nodiscard]] Result<Album> moveEntry(Album album, EditionId id, TrackId track, std::size_t position);
/// The whole order at once; the same tracks.
[[nodiscard]] Result<Album> reorder(Album album, EditionId id, std::span<const TrackId> order);
[[nodiscard]] Result<Album> setGap(Album album, EditionId id, TrackId track, Duration gap);
/// An overlap of `length` with a crossfade; shorter than either track. Length 0 removes it and leaves no gap.
[[nodiscard]] Result<Album> setCrossfade(Album album, EditionId id, TrackId track, Duration length,
                                         std::optional<Crossfade> crossfade);
[[nodiscard]] Result<Album> setEntryGain(Album album, EditionId id, TrackId track, Decibels gain);
[[nodiscard]] Result<Album> setBreak(Album album, EditionId id, TrackId track, Break breakBefore);
/// @}

} // namespace segue::edit
