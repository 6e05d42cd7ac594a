/// \file
/// The document: one album as a plain value. Edits (edit.h) take it and return a new one; nothing here
/// opens a file, keeps a selection or knows what is on the screen. Positions and lengths are flicks on the
/// track's own time line, whose 0 is the track's start mark; positions inside a source are its own samples.
#pragma once

#include "album/fade.h"
#include "album/ids.h"
#include "album/sign_off.h"
#include "core/codes.h"
#include "core/control_flags.h"
#include "core/decibels.h"
#include "core/languages.h"
#include "core/texts.h"
#include "core/units.h"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace segue {

/// What a source's samples are on disk.
struct SampleFormat {
    std::string container{}; ///< "WAV", "FLAC", ...
    std::string encoding{};  ///< "PCM", "float", "MP3", ...
    int bits = 16;           ///< of one stored sample; 0 where that means nothing
    [[nodiscard]] friend bool operator==(const SampleFormat&, const SampleFormat&) = default;
};

/// What a full pass over a source's decoded samples found. Empty hash: not measured yet.
struct Fingerprint {
    std::string xxh3{}; ///< XXH3-128 of the decoded samples (docs/formats/project.md), 32 hex digits
    bool sixteenBitExact = false; ///< every sample is exactly k/32768
    [[nodiscard]] friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// An audio file on disk, never changed by Segue.
struct Source {
    SourceId id{};
    std::string path{}; ///< UTF-8, absolute, or relative to the project file's folder when saved
    SampleRate rate{};
    SampleCount length{};
    int channels = 2;
    SampleFormat format{};
    Fingerprint fingerprint{};
    [[nodiscard]] friend bool operator==(const Source&, const Source&) = default;
};

/// How a clip's source channels reach left and right.
enum class ChannelMap { normal, swapped, leftToBoth, rightToBoth, monoSum };

/// A region of one source, placed in a track. May lie before time 0, overlap others, or be longer than the
/// track.
struct Clip {
    ClipId id{};
    SourceId source{};
    SampleCount in{};     ///< first sample used, in the source
    SampleCount length{}; ///< source samples used
    Duration at{};        ///< of the first sample, on the track's time line
    Decibels gain{};
    Fade fadeIn{}, fadeOut{};
    bool inverted = false, muted = false;
    ChannelMap map = ChannelMap::normal;
    [[nodiscard]] friend bool operator==(const Clip&, const Clip&) = default;
};

/// Gain has two visible parts: the engineer's own, and what Segue proposed and the engineer accepted.
struct TrackGain {
    Decibels hand{}, balance{};
    [[nodiscard]] Decibels sum() const { return hand + balance; }
    [[nodiscard]] friend bool operator==(const TrackGain&, const TrackGain&) = default;
};

/// Texts in a further language.
struct Translation {
    Language language{};
    Texts texts{};
    [[nodiscard]] friend bool operator==(const Translation&, const Translation&) = default;
};

/// From where a track's samples and its dither are counted, so that splitting a track or moving its start
/// mark changes no sample. `noise` is the track the dither sequence belongs to (its own id at first, after a
/// split the parent's); `shift` is how far this track's time 0 lies after that track's original time 0.
struct Origin {
    TrackId noise{};
    Duration shift{};
    [[nodiscard]] friend bool operator==(const Origin&, const Origin&) = default;
};

inline constexpr Decibels mostWantedOffset{24};

/// One piece of music, the same in every edition.
struct Track {
    TrackId id{};
    Texts texts{};                           ///< in the album's language
    std::vector<Translation> translations{}; ///< by ascending language code
    std::optional<Isrc> isrc{};
    ControlFlags flags{};
    TrackGain gain{};
    Decibels wantedOffset{}; ///< how much louder than the rest it is meant to be, in LU: no sample depends
                             ///< on it, balancing keeps it
    std::vector<Clip> clips{};
    std::optional<Duration> end{};   ///< end mark; absent: with the last sounding clip
    std::vector<Duration> indexes{}; ///< INDEX 02, 03, ... from time 0, ascending
    Origin origin{};
    std::string note{};
    [[nodiscard]] friend bool operator==(const Track&, const Track&) = default;
};

enum class Break { none, side, disc };

/// How an entry follows the one before. A negative gap is an overlap.
struct Joint {
    Duration gap{};
    std::optional<Crossfade> crossfade{}; ///< only meaningful in an overlap; absent: a plain sum
    [[nodiscard]] friend bool operator==(const Joint&, const Joint&) = default;
};

/// A track's place in an edition. A track occurs at most once in an edition, so its id names the entry too.
struct Entry {
    TrackId track{};
    Joint joint{};
    Decibels gain{};
    Break breakBefore = Break::none;
    bool keepWithPrevious = false; ///< the entry before is to stay on the same side: no break comes between
    [[nodiscard]] friend bool operator==(const Entry&, const Entry&) = default;
};

enum class IsrcRepeat { firstPacket, alsoOnIndex01 };

struct CdSettings {
    Duration startOffset{}; ///< INDEX 01 stands this much before the music
    Duration endOffset{};   ///< INDEX 00 stands this much after the end before it
    Duration firstPause =
        seconds(2);        ///< of every disc after the first (the first entry's gap rules the first)
    Duration endSilence{}; ///< after the last track
    CdFrameCount maxLength{359'775}; ///< 79:57
    IsrcRepeat isrcPlacement = IsrcRepeat::firstPacket;
    bool cdTextCodes = false; ///< UPC and ISRC also as CD-Text packs 0x8E
    std::string masterId{};
    /// CD-Text packs taken from a file, written as they are instead of the album's texts.
    std::optional<std::vector<std::byte>> cdTextPacks{};
    [[nodiscard]] friend bool operator==(const CdSettings&, const CdSettings&) = default;
};
struct VinylSettings {
    std::optional<SampleRate> rate{};                      ///< absent: the sources' common one
    int inches = 12;                                       ///< 12, 10 or 7
    int speed = 33;                                        ///< 33 (and a third) or 45 revolutions a minute
    std::string lathe = "standard", plant = "recommended"; ///< profiles, by name or as files
    Decibels reference{-14}; ///< dBFS of the tone that is cut at the reference level (vinyl/riaa.h)
    [[nodiscard]] friend bool operator==(const VinylSettings&, const VinylSettings&) = default;
};
struct DigitalSettings {
    std::optional<SampleRate> rate{};
    [[nodiscard]] friend bool operator==(const DigitalSettings&, const DigitalSettings&) = default;
};
using Medium = std::variant<CdSettings, VinylSettings, DigitalSettings>;

inline constexpr Decibels lowestVinylReference{-60}, highestVinylReference{20};

/// One order of tracks for one medium.
struct Edition {
    EditionId id{};
    std::string name{};
    Medium medium{};
    std::vector<Entry> entries{};
    [[nodiscard]] friend bool operator==(const Edition&, const Edition&) = default;
};

struct AlbumInfo {
    Texts texts{}; ///< in `language`
    Language language = english;
    std::vector<Translation> translations{}; ///< by ascending language code
    std::optional<UpcEan> upc{};
    std::optional<int> genreCode{};
    std::string genreText{};
    std::string discId{}; ///< CD-Text 0x86
    std::string catalog{}, label{}, date{};
    std::string studio{}, engineer{}, contact{}, masterVersion{}; ///< for the PQ sheet's head
    std::string note{};
    [[nodiscard]] friend bool operator==(const AlbumInfo&, const AlbumInfo&) = default;
};

struct Album {
    AlbumInfo info{};
    std::vector<Source> sources{};
    std::vector<Track> tracks{};
    std::vector<Edition> editions{};
    std::vector<SignOff> signOffs{}; ///< in the order they were made; no two about the same
    std::uint32_t nextId = 1;        ///< every identity is taken from here, once
    [[nodiscard]] friend bool operator==(const Album&, const Album&) = default;
};

/// nullptr when there is none.
[[nodiscard]] const Source* find(const Album& album, SourceId id);
[[nodiscard]] const Track* find(const Album& album, TrackId id);
[[nodiscard]] const Edition* find(const Album& album, EditionId id);
[[nodiscard]] const Entry* find(const Edition& edition, TrackId track);
/// Where the track ends on its own time line: its end mark, else the end of its last unmuted clip, else 0;
/// without an end mark never before 0.
[[nodiscard]] Duration endOf(const Album& album, const Track& track);
/// The clip's length in time: between its edges, each at the nearest flick from the source's first sample, so
/// that the lengths of a split clip's halves add up. 0 when its source is missing.
[[nodiscard]] Duration lengthOf(const Album& album, const Clip& clip);
/// How the user knows the track: its title, else "untitled".
[[nodiscard]] std::string displayTitle(const Track& track);

} // namespace segue
