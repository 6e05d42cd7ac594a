#include "album/edit.h"
#include "album/edit_support.h"
#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::edit {

namespace {

Status checkSource(const NewSource& source)
{
    const std::string where = escapedForDisplay(source.path);
    if (source.path.empty()) return failure("A source needs the path of its file");
    if (!isValidUtf8(source.path)) return failure("The path of this source is not UTF-8", where);
    if (source.rate.hertz() < 8'000 || source.rate.hertz() > 384'000)
        return failure(
            fmt::format("The sample rate is {} Hz; it can be 8,000 to 384,000", source.rate.hertz()), where);
    if (source.channels != 1 && source.channels != 2)
        return failure(fmt::format("The file has {} channels; mono and stereo can be used", source.channels),
                       where);
    if (source.length < SampleCount{1}) return failure("The file has no audio in it", where);
    if (source.length > nearestSamples(longestTime, source.rate))
        return failure("The file is longer than 100 hours, which is more than an album can hold", where);
    return {};
}

Source sourceOf(SourceId id, NewSource&& source)
{
    return {.id = id,
            .path = std::move(source.path),
            .rate = source.rate,
            .length = source.length,
            .channels = source.channels,
            .format = std::move(source.format),
            .fingerprint = std::move(source.fingerprint)};
}

/// What makes two files the same audio; the one that was never measured cannot differ in its samples.
Status checkSameAudio(const Source& old, const NewSource& source)
{
    const std::string where = escapedForDisplay(source.path);
    if (old.rate != source.rate)
        return failure(fmt::format("This is another file: its sample rate is {} Hz, {} Hz is needed",
                                   source.rate.hertz(), old.rate.hertz()),
                       where);
    if (old.length != source.length)
        return failure(fmt::format("This is another file: it has {} samples, {} are needed",
                                   source.length.value(), old.length.value()),
                       where);
    if (old.channels != source.channels)
        return failure(fmt::format("This is another file: it has {} channels, {} are needed", source.channels,
                                   old.channels),
                       where);
    if (!old.fingerprint.xxh3.empty() && old.fingerprint != source.fingerprint)
        return failure("This is another file: it is as long as the one before but sounds different", where);
    return {};
}

/// The same stretch of time at another rate.
void recountClip(Clip& clip, SampleRate from, SampleRate to)
{
    const SampleCount end = nearestSamples(nearestDuration(clip.in + clip.length, from), to);
    clip.in = nearestSamples(nearestDuration(clip.in, from), to);
    clip.length = std::max(SampleCount{1}, end - clip.in);
}

Result<std::pair<Album, TrackId>> addTrackOf(Album album, std::vector<Clip> clips, Texts texts)
{
    if (album.tracks.size() >= mostTracks)
        return failure(fmt::format("An album holds {} tracks at most", mostTracks));
    const auto id = newId<TrackId>(album);
    if (!id) return failure(id.error());
    Track track{.id = *id};
    for (const TextField field : allTextFields) {
        if (!texts[field]) continue;
        auto text = cleanText(*texts[field]);
        if (!text) return failure(text.error());
        track.texts[field] = std::move(*text);
    }
    for (Clip& clip : clips) {
        const auto clipId = newId<ClipId>(album);
        if (!clipId) return failure(clipId.error());
        clip.id = *clipId;
        if (const auto s = checkClip(album, clip, displayTitle(track)); !s) return failure(s.error());
    }
    track.clips = std::move(clips);
    track.origin.noise = *id;
    album.tracks.push_back(std::move(track));
    return std::pair{std::move(album), *id};
}

/// For edits of one field: finds the track and lets `change` have it.
template <class Change>
Result<Album> withTrack(Album album, TrackId id, Change change)
{
    const auto track = trackOf(album, id);
    if (!track) return failure(track.error());
    if (const Status s = change(**track); !s) return failure(s.error());
    return album;
}

} // namespace

Result<std::pair<Album, SourceId>> addSource(Album album, NewSource source)
{
    if (const auto s = checkSource(source); !s) return failure(s.error());
    for (const Source& known : album.sources)
        if (known.path == source.path && known.fingerprint == source.fingerprint) {
            const SourceId id = known.id;
            return std::pair{std::move(album), id};
        }
    const auto id = newId<SourceId>(album);
    if (!id) return failure(id.error());
    album.sources.push_back(sourceOf(*id, std::move(source)));
    return std::pair{std::move(album), *id};
}

Result<Album> relinkSource(Album album, SourceId id, NewSource source, bool sameAudio)
{
    const auto at = std::ranges::find(album.sources, id, &Source::id);
    if (at == album.sources.end()) return failure(fmt::format("There is no source {} any more", id.value));
    if (const auto s = checkSource(source); !s) return failure(s.error());
    if (sameAudio)
        if (const auto s = checkSameAudio(*at, source); !s) return failure(s.error());
    if (at->rate != source.rate)
        for (Track& track : album.tracks)
            for (Clip& clip : track.clips)
                if (clip.source == id) recountClip(clip, at->rate, source.rate);
    *at = sourceOf(id, std::move(source));
    return album;
}

Result<std::pair<Album, TrackId>> addTrack(Album album, SourceId source, Texts texts)
{
    const Source* known = find(album, source);
    if (!known) return failure(fmt::format("There is no source {} any more", source.value));
    const Clip whole{.source = source, .length = known->length};
    return addTrackOf(std::move(album), {whole}, std::move(texts));
}

Result<std::pair<Album, TrackId>> addTrack(Album album, std::vector<Clip> clips, Texts texts)
{
    return addTrackOf(std::move(album), std::move(clips), std::move(texts));
}

Result<Album> removeTrack(Album album, TrackId id)
{
    if (const auto track = trackOf(album, id); !track) return failure(track.error());
    for (Edition& edition : album.editions)
        if (has(edition, id)) dropEntry(edition, *positionOf(album, edition, id));
    std::erase_if(album.tracks, [id](const Track& t) { return t.id == id; });
    std::erase_if(album.signOffs, [id](const SignOff& s) { return s.track == id; });
    return album;
}

Album removeUnusedSources(Album album)
{
    std::erase_if(album.sources, [&album](const Source& source) {
        return std::ranges::none_of(album.tracks, [&source](const Track& track) {
            return std::ranges::find(track.clips, source.id, &Clip::source) != track.clips.end();
        });
    });
    return album;
}

Result<Album> setHandGain(Album album, TrackId id, Decibels gain)
{
    return withTrack(std::move(album), id, [gain](Track& track) -> Status {
        if (const auto s = checkGain(gain, displayTitle(track)); !s) return s;
        track.gain.hand = gain;
        return {};
    });
}

Result<Album> setBalanceGain(Album album, TrackId id, Decibels gain)
{
    return withTrack(std::move(album), id, [gain](Track& track) -> Status {
        if (const auto s = checkGain(gain, displayTitle(track)); !s) return s;
        track.gain.balance = gain;
        return {};
    });
}

Result<Album> setWantedOffset(Album album, TrackId id, Decibels offset)
{
    return withTrack(std::move(album), id, [offset](Track& track) -> Status {
        if (!(std::fabs(offset.value()) <= mostWantedOffset.value()))
            return failure("A wanted offset is between -24 and 24 LU", displayTitle(track));
        track.wantedOffset = offset;
        return {};
    });
}

Result<Album> setTrackText(Album album, TrackId id, TextField field, Language language,
                           std::optional<std::string> text)
{
    const bool isMain = language == album.info.language;
    return withTrack(std::move(album), id, [&](Track& track) {
        return setText(track.texts, track.translations, isMain, language, field, text);
    });
}

Result<Album> setIsrc(Album album, TrackId id, std::optional<Isrc> isrc)
{
    return withTrack(std::move(album), id, [&isrc](Track& track) -> Status {
        track.isrc = std::move(isrc);
        return {};
    });
}

Result<Album> setFlags(Album album, TrackId id, ControlFlags flags)
{
    return withTrack(std::move(album), id, [flags](Track& track) -> Status {
        if (flags.copyPermitted && flags.scms)
            return failure(
                "DCP (copying is free) and SCMS (one generation of copies) exclude each other; choose one",
                displayTitle(track));
        track.flags = flags;
        return {};
    });
}

Result<Album> setNote(Album album, TrackId id, std::string note)
{
    return withTrack(std::move(album), id, [&note](Track& track) -> Status {
        auto text = cleanText(note, true);
        if (!text) return failure(text.error());
        track.note = std::move(*text);
        return {};
    });
}

} // namespace segue::edit
