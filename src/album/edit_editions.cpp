#include "album/edit.h"
#include "album/edit_support.h"
#include "album/timeline.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::edit {

namespace {

Status checkName(const Album& album, const std::string& name, EditionId except)
{
    if (name.empty()) return failure("An edition needs a name");
    for (const Edition& edition : album.editions)
        if (edition.name == name && edition.id != except)
            return failure(fmt::format("There is an edition \"{}\" already", name));
    return {};
}

Status checkRate(const std::optional<SampleRate>& rate)
{
    if (!rate || (rate->hertz() >= 44'100 && rate->hertz() <= 352'800)) return {};
    return failure(fmt::format("An edition runs at 44,100 to 352,800 Hz, not at {}", rate->hertz()));
}

Status cleanVinyl(VinylSettings& vinyl)
{
    if (vinyl.inches != 12 && vinyl.inches != 10 && vinyl.inches != 7)
        return failure(fmt::format("A record has 12, 10 or 7 inches, not {}", vinyl.inches));
    if (vinyl.speed != 33 && vinyl.speed != 45)
        return failure(fmt::format("A record turns at 33 or 45, not at {}", vinyl.speed));
    if (!(vinyl.reference >= lowestVinylReference && vinyl.reference <= highestVinylReference))
        return failure(fmt::format("The cutting reference lies between {:g} and {:g} dBFS",
                                   lowestVinylReference.value(), highestVinylReference.value()));
    for (std::string* profile : {&vinyl.lathe, &vinyl.plant}) {
        auto clean = cleanText(*profile);
        if (!clean) return failure(clean.error());
        if (clean->empty()) return failure("A profile is a name or a file");
        *profile = std::move(*clean);
    }
    return checkRate(vinyl.rate);
}

Status cleanMedium(Medium& medium)
{
    if (auto* vinyl = std::get_if<VinylSettings>(&medium)) return cleanVinyl(*vinyl);
    if (const auto* digital = std::get_if<DigitalSettings>(&medium)) return checkRate(digital->rate);
    auto& cd = std::get<CdSettings>(medium);
    for (const auto& [time, what] : {std::pair{cd.startOffset, "The start offset"},
                                     {cd.endOffset, "The end offset"},
                                     {cd.firstPause, "The first pause"},
                                     {cd.endSilence, "The silence at the end"}}) {
        if (time < Duration{}) return failure(fmt::format("{} cannot be negative", what));
        if (const auto s = checkTime(time, what); !s) return s;
    }
    if (cd.maxLength < CdFrameCount{1} || cd.maxLength.value() > lastAddressableFrame.value())
        return failure("The longest image must lie between one sector and 99:59:74");
    auto id = cleanText(cd.masterId);
    if (!id) return failure(id.error());
    cd.masterId = std::move(*id);
    return {};
}

/// \param before the track the joint follows; none when it stands first
Status checkJoint(const Album& album, const Joint& joint, std::optional<TrackId> before, TrackId track)
{
    const std::string title = displayTitle(*find(album, track));
    if (const auto s = checkTime(joint.gap, "The gap", title); !s) return s;
    if (joint.gap < Duration{} && !before)
        return failure("The first track has none before it to overlap with; its pause cannot be negative",
                       title);
    if (joint.gap >= Duration{} && joint.crossfade)
        return failure("A crossfade needs an overlap; make the gap negative", title);
    if (joint.gap < Duration{}) return checkOverlap(album, *before, track, -joint.gap);
    return {};
}

/// Which piece, counted by breaks of any kind, an entry lies in.
std::size_t pieceOf(const std::vector<Entry>& entries, TrackId track)
{
    std::size_t piece = 0;
    for (const Entry& entry : entries) {
        if (entry.breakBefore != Break::none) ++piece;
        if (entry.track == track) break;
    }
    return piece;
}

/// The pause stays with the first place; what the new first entry gives up goes to the one that made room.
void keepFirstPause(std::vector<Entry>& entries, TrackId formerFirst)
{
    if (entries.front().track == formerFirst) return;
    std::swap(entries.front().joint, std::ranges::find(entries, formerFirst, &Entry::track)->joint);
}

struct EntryPlace {
    Edition* edition = nullptr;
    std::size_t position = 0;
    [[nodiscard]] Entry& entry() const { return edition->entries[position]; }
    [[nodiscard]] std::optional<TrackId> before() const
    {
        return position == 0 ? std::nullopt : std::optional{edition->entries[position - 1].track};
    }
};

Result<EntryPlace> entryOf(Album& album, EditionId id, TrackId track)
{
    const auto edition = editionOf(album, id);
    if (!edition) return failure(edition.error());
    const auto position = positionOf(album, **edition, track);
    if (!position) return failure(position.error());
    return EntryPlace{*edition, *position};
}

Result<std::pair<Album, EditionId>> appendEdition(Album album, Edition edition)
{
    const auto name = cleanText(edition.name);
    if (!name) return failure(name.error());
    edition.name = *name;
    if (const auto s = checkName(album, edition.name, {}); !s) return failure(s.error());
    const auto id = newId<EditionId>(album);
    if (!id) return failure(id.error());
    edition.id = *id;
    album.editions.push_back(std::move(edition));
    return std::pair{std::move(album), *id};
}

} // namespace

Result<std::pair<Album, EditionId>> addEdition(Album album, std::string name, Medium medium)
{
    if (const auto s = cleanMedium(medium); !s) return failure(s.error());
    return appendEdition(std::move(album), {.name = std::move(name), .medium = std::move(medium)});
}

Result<std::pair<Album, EditionId>> copyEdition(Album album, EditionId id, std::string name)
{
    const auto edition = editionOf(album, id);
    if (!edition) return failure(edition.error());
    Edition copy = **edition;
    copy.name = std::move(name);
    return appendEdition(std::move(album), std::move(copy));
}

Result<Album> removeEdition(Album album, EditionId id)
{
    const auto edition = editionOf(album, id);
    if (!edition) return failure(edition.error());
    album.editions.erase(album.editions.begin() + (*edition - album.editions.data()));
    return album;
}

Result<Album> renameEdition(Album album, EditionId id, std::string_view name)
{
    const auto edition = editionOf(album, id);
    if (!edition) return failure(edition.error());
    auto clean = cleanText(name);
    if (!clean) return failure(clean.error());
    if (const auto s = checkName(album, *clean, id); !s) return failure(s.error());
    (*edition)->name = std::move(*clean);
    return album;
}

Result<Album> setMedium(Album album, EditionId id, Medium medium)
{
    const auto edition = editionOf(album, id);
    if (!edition) return failure(edition.error());
    if (const auto s = cleanMedium(medium); !s) return failure(s.error());
    (*edition)->medium = std::move(medium);
    return album;
}

Result<Album> insertEntry(Album album, EditionId id, TrackId track, std::size_t position, Joint joint)
{
    const auto found = editionOf(album, id);
    if (!found) return failure(found.error());
    if (const auto t = trackOf(album, track); !t) return failure(t.error());
    Edition& edition = **found;
    const std::string title = displayTitle(*find(album, track));
    if (has(edition, track))
        return failure(
            fmt::format("The edition \"{}\" has this track already; a track stands in it once", edition.name),
            title);
    if (position > edition.entries.size())
        return failure(fmt::format("The edition \"{}\" has {} tracks; there is no place {}", edition.name,
                                   edition.entries.size(), position + 1),
                       title);
    const auto before = position == 0 ? std::nullopt : std::optional{edition.entries[position - 1].track};
    if (const auto s = checkJoint(album, joint, before, track); !s) return failure(s.error());
    const std::vector<Entry> earlier = edition.entries;
    edition.entries.insert(edition.entries.begin() + static_cast<std::ptrdiff_t>(position),
                           {.track = track, .joint = joint});
    partPairs(earlier, edition.entries);
    return album;
}

Result<Album> removeEntry(Album album, EditionId id, TrackId track)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    dropEntry(*place->edition, place->position);
    return album;
}

Result<Album> moveEntry(Album album, EditionId id, TrackId track, std::size_t position)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    auto& entries = place->edition->entries;
    if (position >= entries.size())
        return failure(fmt::format("The edition \"{}\" has {} tracks; there is no place {}",
                                   place->edition->name, entries.size(), position + 1),
                       displayTitle(*find(album, track)));
    if (position == place->position) return album;

    const std::vector<Entry> before = entries;
    const TrackId formerFirst = before.front().track;
    Entry moved = before[place->position];
    const auto from = entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(place->position));
    if (from != entries.end()) from->breakBefore = std::max(from->breakBefore, moved.breakBefore);
    entries.front().breakBefore = Break::none;
    moved.breakBefore = Break::none;
    const auto to = entries.begin() + static_cast<std::ptrdiff_t>(position);
    // In front of a piece's first entry it stays in the piece it comes from.
    if (to != entries.end() && to->breakBefore != Break::none &&
        pieceOf(before, to->track) == pieceOf(before, track))
        std::swap(moved.breakBefore, to->breakBefore);
    entries.insert(to, moved);
    keepFirstPause(entries, formerFirst);
    partPairs(before, entries);
    return album;
}

Result<Album> reorder(Album album, EditionId id, std::span<const TrackId> order)
{
    const auto found = editionOf(album, id);
    if (!found) return failure(found.error());
    Edition& edition = **found;
    const std::vector<Entry> before = edition.entries;
    const auto position = [&before](TrackId track) {
        return std::ranges::find(before, track, &Entry::track);
    };
    std::vector<Entry> after;
    for (const TrackId track : order) {
        const auto at = position(track);
        const bool twice = std::ranges::find(after, track, &Entry::track) != after.end();
        if (at == before.end() || twice)
            return failure("The new order must have the same tracks, each once", edition.name);
        after.push_back(*at);
        after.back().breakBefore = before[after.size() - 1].breakBefore;
    }
    if (after.size() != before.size())
        return failure("The new order must have the same tracks, each once", edition.name);
    if (!after.empty()) keepFirstPause(after, before.front().track);
    partPairs(before, after);
    edition.entries = std::move(after);
    return album;
}

Result<Album> setGap(Album album, EditionId id, TrackId track, Duration gap)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    Joint joint{.gap = gap, .crossfade = place->entry().joint.crossfade};
    if (gap >= Duration{}) joint.crossfade.reset();
    if (const auto s = checkJoint(album, joint, place->before(), track); !s) return failure(s.error());
    place->entry().joint = joint;
    return album;
}

Result<Album> setCrossfade(Album album, EditionId id, TrackId track, Duration length,
                           std::optional<Crossfade> crossfade)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    const std::string title = displayTitle(*find(album, track));
    if (!place->before()) return failure("The first track has none before it to crossfade with", title);
    if (length < Duration{}) return failure("A crossfade cannot be shorter than nothing", title);
    if (const auto s = checkTime(length, "The crossfade", title); !s) return failure(s.error());
    Joint joint{.gap = -length, .crossfade = crossfade};
    if (length == Duration{}) joint.crossfade.reset();
    if (const auto s = checkJoint(album, joint, place->before(), track); !s) return failure(s.error());
    place->entry().joint = joint;
    return album;
}

Result<Album> setEntryGain(Album album, EditionId id, TrackId track, Decibels gain)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    if (const auto s = checkGain(gain, displayTitle(*find(album, track))); !s) return failure(s.error());
    place->entry().gain = gain;
    return album;
}

Result<Album> setBreak(Album album, EditionId id, TrackId track, Break breakBefore)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    const std::string title = displayTitle(*find(album, track));
    if (breakBefore != Break::none && place->position == 0)
        return failure("The first track begins the edition anyway; a break stands between two tracks", title);
    if (breakBefore == Break::side && !splitsPieces(place->edition->medium, breakBefore))
        return failure(
            fmt::format("The edition \"{}\" is not for vinyl; it has discs, not sides", place->edition->name),
            title);
    if (breakBefore != Break::none && place->entry().keepWithPrevious)
        return failure(fmt::format("It is kept together with \"{}\"; release the two before a {} begins here",
                                   displayTitle(*find(album, *place->before())),
                                   breakBefore == Break::side ? "side" : "disc"),
                       title);
    place->entry().breakBefore = breakBefore;
    return album;
}

Result<Album> setKeepWithPrevious(Album album, EditionId id, TrackId track, bool keep)
{
    const auto place = entryOf(album, id, track);
    if (!place) return failure(place.error());
    const std::string title = displayTitle(*find(album, track));
    if (keep && place->position == 0)
        return failure("The first track has none before it to be kept together with", title);
    if (keep && place->entry().breakBefore != Break::none)
        return failure(fmt::format("A {} begins here; join the two before keeping the tracks together",
                                   splitsPieces(place->edition->medium, Break::side) ? "side" : "disc"),
                       title);
    place->entry().keepWithPrevious = keep;
    return album;
}

} // namespace segue::edit
