/// \file
/// Every edit of an album: a pure function from an album to a new one, or an Error that says what forbids it.
/// Nothing else changes a document. An edit never leaves a dangling identity and never moves sound it does
/// not name; one that changes nothing returns an equal album. No time may pass 100 hours.
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
/// A moved or replaced file. With `sameAudio` the fingerprint, rate, length and channels must be equal (an
/// unmeasured source has no fingerprint to hold against). At another rate clips keep their stretch of time;
/// clips that a shorter file no longer fills stay and are an error of checkEdition.
[[nodiscard]] Result<Album> relinkSource(Album album, SourceId id, NewSource source, bool sameAudio);
/// A track with one clip over the whole source; joins no edition yet.
[[nodiscard]] Result<std::pair<Album, TrackId>> addTrack(Album album, SourceId source, Texts texts);
/// A track of the caller's clips (identities are given anew).
[[nodiscard]] Result<std::pair<Album, TrackId>> addTrack(Album album, std::vector<Clip> clips, Texts texts);
/// From the album and every edition, as removeEntry does it.
[[nodiscard]] Result<Album> removeTrack(Album album, TrackId id);
/// Drops sources that no clip uses.
[[nodiscard]] Album removeUnusedSources(Album album);
/// Two tracks with no gap between them, in every edition that has the track; not a sample changes. The first
/// keeps the ISRC and the id; titles become "X" and "X (2)", splitting that again "X (3)". Clips before time
/// 0 stay with the first, sound behind the end mark goes with the second. Clips are cut at the source sample
/// nearest to `at`. Refused inside a clip's fade and inside an overlap with a neighbour.
[[nodiscard]] Result<std::pair<Album, TrackId>> splitTrack(Album album, TrackId id, Duration at);
/// @}

/// \name Marks: the sound stays where it is in every edition
/// @{
/// Moves time 0 by `by`; clips, indexes, end and gaps are counted anew. Refused where the mark is one end of
/// a crossfade. Where the track opens a disc or side behind a break, that piece begins with its start mark,
/// so the whole piece moves against its beginning; nothing in it moves against anything else.
[[nodiscard]] Result<Album> setStartMark(Album album, TrackId id, Duration by);
/// Moves (or with nullopt removes) the end mark; the following gap is counted anew. Refused where the mark is
/// one end of a crossfade.
[[nodiscard]] Result<Album> setEndMark(Album album, TrackId id, std::optional<Duration> end);
/// INDEX 02 and on; any order, sorted here; each inside the track, no two equal.
[[nodiscard]] Result<Album> setIndexes(Album album, TrackId id, std::vector<Duration> indexes);
/// @}

/// \name Clips
/// @{
[[nodiscard]] Result<std::pair<Album, ClipId>> addClip(Album album, TrackId track, Clip clip);
[[nodiscard]] Result<Album> removeClip(Album album, ClipId id);
/// Cuts at the source sample nearest to `at` on the track's time line. Refused inside a fade.
[[nodiscard]] Result<Album> splitClip(Album album, ClipId id, Duration at);
/// New edges in source samples; what stays keeps its place in time. Refused when the fades no longer fit.
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
/// Fades the first sounding clip in from time 0 on (it is split where it begins earlier). Clips that begin
/// together fade together. Length 0 removes the fade.
[[nodiscard]] Result<Album> setTrackFadeIn(Album album, TrackId id, Fade fade);
/// Fades the last sounding clip so that the fade ends at the track's end. A clip that sounds on behind the
/// end mark is split there and its rest muted: nothing comes back after a fade-out. Length 0 removes the
/// fade.
[[nodiscard]] Result<Album> setTrackFadeOut(Album album, TrackId id, Fade fade);
[[nodiscard]] Result<Album> setHandGain(Album album, TrackId id, Decibels gain);
[[nodiscard]] Result<Album> setBalanceGain(Album album, TrackId id, Decibels gain);
/// How much louder than the rest the track is meant to be, in LU; -24 to 24.
[[nodiscard]] Result<Album> setWantedOffset(Album album, TrackId id, Decibels offset);
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
                                         const std::optional<std::string>& text);
/// The language of AlbumInfo::texts and Track::texts; refused when a translation has it already.
[[nodiscard]] Result<Album> setLanguage(Album album, Language language);
[[nodiscard]] Result<Album> setUpc(Album album, std::optional<UpcEan> upc);
/// Everything else in AlbumInfo: `change` gets a copy. What it does to texts, language, translations and UPC
/// is dropped.
[[nodiscard]] Result<Album> setInfo(Album album, const std::function<void(AlbumInfo&)>& change);
/// @}

/// \name Editions
/// @{
[[nodiscard]] Result<std::pair<Album, EditionId>> addEdition(Album album, std::string name, Medium medium);
[[nodiscard]] Result<std::pair<Album, EditionId>> copyEdition(Album album, EditionId id, std::string name);
[[nodiscard]] Result<Album> removeEdition(Album album, EditionId id);
[[nodiscard]] Result<Album> renameEdition(Album album, EditionId id, std::string_view name);
[[nodiscard]] Result<Album> setMedium(Album album, EditionId id, Medium medium);
/// Puts the track at `position` (0 = first) with the given joint; the entry that was first keeps its gap as a
/// joint. In front of an entry with a break the track ends the piece before it.
[[nodiscard]] Result<Album> insertEntry(Album album, EditionId id, TrackId track, std::size_t position,
                                        Joint joint);
/// The first place's pause and a break stay where they are: the entry behind takes them over.
[[nodiscard]] Result<Album> removeEntry(Album album, EditionId id, TrackId track);
/// `position` counts in the new order. Every entry takes its joint along, with one exception: the pause
/// before track 1 belongs to the place. When another track becomes the first, it takes over that pause, and
/// the track that was first gets the joint which the new first one has no more use for; moving back restores
/// both. Breaks stay between the same neighbours: the entry behind takes over the break of one that leaves,
/// and a track moved in front of its own piece's first opens it.
[[nodiscard]] Result<Album> moveEntry(Album album, EditionId id, TrackId track, std::size_t position);
/// The whole order at once; the same tracks. Joints as in moveEntry; breaks stay at their places in the
/// count.
[[nodiscard]] Result<Album> reorder(Album album, EditionId id, std::span<const TrackId> order);
/// Negative: an overlap, shorter than either track, with the crossfade the joint had. Otherwise the crossfade
/// goes. For the first entry the pause from the piece's beginning, never negative.
[[nodiscard]] Result<Album> setGap(Album album, EditionId id, TrackId track, Duration gap);
/// An overlap of `length` with a crossfade (nullopt: a plain sum); shorter than either track. Length 0
/// removes it and leaves no gap.
[[nodiscard]] Result<Album> setCrossfade(Album album, EditionId id, TrackId track, Duration length,
                                         std::optional<Crossfade> crossfade);
[[nodiscard]] Result<Album> setEntryGain(Album album, EditionId id, TrackId track, Decibels gain);
/// Not before the first entry; sides only on vinyl; not between tracks that are kept together.
[[nodiscard]] Result<Album> setBreak(Album album, EditionId id, TrackId track, Break breakBefore);
/// The entry and the one before it are to stay on one side, whichever way the edition is divided. Not before
/// the first entry, nor where a break stands. Edits that put another entry between them, or behind them, end
/// it: tracks are kept together as long as they follow each other, in either order.
[[nodiscard]] Result<Album> setKeepWithPrevious(Album album, EditionId id, TrackId track, bool keep);
/// @}

/// \name Findings: "heard and accepted"
/// @{
/// Makes a sign-off part of the album (signOffFor() makes it of a finding); one about the same gets the new
/// note. The note may have several lines.
[[nodiscard]] Result<Album> acceptFinding(Album album, SignOff signOff);
/// Takes back the one about the same, whatever its note.
[[nodiscard]] Result<Album> withdrawAcceptance(Album album, const SignOff& signOff);
/// @}

} // namespace segue::edit
