#include "album/edit_paste.h"

#include "album/edit.h"
#include "album/edit_support.h"

#include <algorithm>
#include <map>

namespace segue::edit {

namespace {

/// The pause of a track that was copied without the one it overlapped.
constexpr Joint insteadOfOverlap{.gap = seconds(2)};

/// The texts by language, put where the other album has its main language. Without any in that language the
/// main ones stay the main ones.
void translate(Track& track, Language fromMain, Language main)
{
    if (fromMain == main) return;
    const auto known = std::ranges::find(track.translations, main, &Translation::language);
    if (known == track.translations.end()) return;
    std::swap(track.texts, known->texts);
    known->language = fromMain;
    std::ranges::sort(track.translations, {}, &Translation::language);
}

/// A track that was cut and comes back is the one it was: same identity, same dither.
bool isStillThere(const Album& album, const Album& from, const Track& track)
{
    const Track* known = find(album, track.id);
    return known != nullptr && *known == track && std::ranges::all_of(track.clips, [&](const Clip& clip) {
               const Source *a = find(album, clip.source), *b = find(from, clip.source);
               return a != nullptr && b != nullptr && *a == *b;
           });
}

class Paste {
public:
    Paste(Album album, EditionId edition, const Album& from) : edition_{edition}, from_{from}
    {
        pasted_.album = std::move(album);
    }

    Result<Pasted> run(std::size_t position)
    {
        for (const Entry& entry : from_.editions.front().entries) {
            const Track* track = find(from_, entry.track);
            if (track == nullptr) continue;
            const auto id = idFor(*track);
            if (!id) return failure(id.error());
            // An overlap is with a certain neighbour.
            const bool lost = entry.joint.gap < Duration{} && pasted_.tracks.empty();
            auto placed =
                insertEntry(std::move(pasted_.album), edition_, *id, position + pasted_.tracks.size(),
                            lost ? insteadOfOverlap : entry.joint);
            if (!placed) return failure(placed.error());
            pasted_.album = std::move(*placed);
            Entry& pasted = entries()[position + pasted_.tracks.size()];
            pasted.gain = entry.gain;
            pasted.keepWithPrevious = entry.keepWithPrevious && !pasted_.tracks.empty();
            pasted_.tracks.push_back(*id);
        }
        freeFollower(position + pasted_.tracks.size());
        return std::move(pasted_);
    }

private:
    [[nodiscard]] std::vector<Entry>& entries()
    {
        return std::ranges::find(pasted_.album.editions, edition_, &Edition::id)->entries;
    }

    Result<TrackId> idFor(const Track& track)
    {
        const Edition* edition = find(pasted_.album, edition_);
        if (edition == nullptr) return failure("The edition is not in the album any more");
        if (!has(*edition, track.id) && isStillThere(pasted_.album, from_, track)) return track.id;
        std::vector<Clip> clips = track.clips;
        for (Clip& clip : clips) {
            const Source* source = find(from_, clip.source);
            if (source == nullptr)
                return failure("A clip of this track has lost its source", displayTitle(track));
            auto added =
                addSource(std::move(pasted_.album), {source->path, source->rate, source->length,
                                                     source->channels, source->format, source->fingerprint});
            if (!added) return failure(added.error());
            pasted_.album = std::move(added->first);
            clip.source = added->second;
        }
        auto made = addTrack(std::move(pasted_.album), std::move(clips), {});
        if (!made) return failure(made.error());
        pasted_.album = std::move(made->first);
        const TrackId id = made->second;
        // Everything it has, but who it is.
        Track& place = *std::ranges::find(pasted_.album.tracks, id, &Track::id);
        Track copy = track;
        copy.id = id;
        copy.clips = std::move(place.clips);
        translate(copy, from_.info.language, pasted_.album.info.language);
        // Parts of one recording stay parts of one, with a noise of their own.
        copy.origin = {noises_.try_emplace(track.origin.noise, id).first->second, track.origin.shift};
        if (track.isrc && codeIsTaken(*track.isrc)) {
            ++pasted_.isrcsLeftOut;
            copy.isrc.reset();
        }
        place = std::move(copy);
        return id;
    }

    [[nodiscard]] bool codeIsTaken(const Isrc& isrc) const
    {
        return std::ranges::any_of(find(pasted_.album, edition_)->entries, [&](const Entry& entry) {
            const Track* track = find(pasted_.album, entry.track);
            return track != nullptr && track->isrc == isrc;
        });
    }

    /// What stood there may overlap the new neighbour by more than that is long.
    void freeFollower(std::size_t position)
    {
        if (pasted_.tracks.empty() || position >= entries().size()) return;
        Entry& next = entries()[position];
        if (next.joint.gap < Duration{} &&
            !checkOverlap(pasted_.album, pasted_.tracks.back(), next.track, -next.joint.gap))
            next.joint = {};
    }

    EditionId edition_;
    const Album& from_;
    Pasted pasted_{};
    std::map<TrackId, TrackId> noises_{};
};

} // namespace

Album onlyTracks(const Album& album, EditionId edition, std::span<const TrackId> tracks)
{
    Album only{.info = {.language = album.info.language}, .nextId = album.nextId};
    const Edition* from = find(album, edition);
    if (from == nullptr) return only;
    Edition kept{.id = from->id, .name = from->name, .medium = from->medium};
    for (const Entry& entry : from->entries) {
        const Track* track = find(album, entry.track);
        if (track == nullptr || std::ranges::find(tracks, entry.track) == tracks.end()) continue;
        Entry copy = entry;
        // Without the track it overlapped, the overlap means nothing.
        const std::size_t position = static_cast<std::size_t>(&entry - from->entries.data());
        const bool follows = !kept.entries.empty() &&
                             kept.entries.back().track == from->entries[position - 1].track &&
                             entry.breakBefore == Break::none;
        copy.breakBefore = Break::none;
        copy.keepWithPrevious = entry.keepWithPrevious && follows;
        if (copy.joint.gap < Duration{} && !follows) copy.joint = insteadOfOverlap;
        kept.entries.push_back(copy);
        only.tracks.push_back(*track);
        for (const Clip& clip : track->clips)
            if (const Source* source = find(album, clip.source);
                source != nullptr && find(only, clip.source) == nullptr)
                only.sources.push_back(*source);
    }
    only.editions.push_back(std::move(kept));
    return only;
}

Result<Pasted> pasteTracks(Album album, EditionId edition, std::size_t position, const Album& from)
{
    if (from.editions.empty() || from.editions.front().entries.empty())
        return failure("There is no track to paste");
    return Paste{std::move(album), edition, from}.run(position);
}

} // namespace segue::edit
