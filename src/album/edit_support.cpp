#include "album/edit_support.h"

#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace segue::edit {

namespace {

constexpr double mostGain = 200; // dB; keeps every sum of gains finite

bool isControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

} // namespace

Result<Track*> trackOf(Album& album, TrackId id)
{
    const auto at = std::ranges::find(album.tracks, id, &Track::id);
    if (at == album.tracks.end()) return failure(fmt::format("There is no track {} any more", id.value));
    return &*at;
}

Result<ClipPlace> clipOf(Album& album, ClipId id)
{
    for (Track& track : album.tracks) {
        const auto at = std::ranges::find(track.clips, id, &Clip::id);
        if (at != track.clips.end())
            return ClipPlace{&track, static_cast<std::size_t>(at - track.clips.begin())};
    }
    return failure(fmt::format("There is no clip {} any more", id.value));
}

Result<Edition*> editionOf(Album& album, EditionId id)
{
    const auto at = std::ranges::find(album.editions, id, &Edition::id);
    if (at == album.editions.end()) return failure(fmt::format("There is no edition {} any more", id.value));
    return &*at;
}

bool has(const Edition& edition, TrackId track) { return find(edition, track) != nullptr; }

Result<std::size_t> positionOf(const Album& album, const Edition& edition, TrackId track)
{
    const auto at = std::ranges::find(edition.entries, track, &Entry::track);
    if (at != edition.entries.end()) return static_cast<std::size_t>(at - edition.entries.begin());
    const Track* known = find(album, track);
    if (!known) return failure(fmt::format("There is no track {} any more", track.value));
    return failure(fmt::format("The edition \"{}\" does not have this track", edition.name),
                   displayTitle(*known));
}

Result<std::uint32_t> newIdValue(Album& album)
{
    if (album.nextId == 0 || album.nextId == std::numeric_limits<std::uint32_t>::max())
        return failure("The album has no identities left; copy its tracks into a new one");
    return album.nextId++;
}

Status checkTime(Duration time, std::string_view what, const std::string& where)
{
    if (time <= longestTime && time >= -longestTime) return {};
    return failure(fmt::format("{} is longer than 100 hours, which is more than an album can hold", what),
                   where);
}

Status checkGain(Decibels gain, const std::string& where)
{
    // Not a number fails both comparisons.
    if (gain == Decibels::silence() || (gain.value() >= -mostGain && gain.value() <= mostGain)) return {};
    return failure("A gain lies between -200 and +200 dB", where);
}

Status checkClip(const Album& album, const Clip& clip, const std::string& where)
{
    const Source* source = find(album, clip.source);
    if (!source) return failure(fmt::format("There is no source {} any more", clip.source.value), where);
    if (clip.length < SampleCount{1}) return failure("A clip needs at least one sample", where);
    if (clip.in < SampleCount{} || clip.in > source->length || clip.length > source->length - clip.in)
        return failure(fmt::format("The clip would use samples that \"{}\" does not have: there are {}",
                                   source->path, source->length.value()),
                       where);
    if (auto s = checkTime(clip.at, "The clip's place", where); !s) return s;
    if (auto s = checkGain(clip.gain, where); !s) return s;
    const Duration length = lengthOf(album, clip);
    for (const Duration fade : {clip.fadeIn.length, clip.fadeOut.length}) {
        if (fade < Duration{}) return failure("A fade cannot be shorter than nothing", where);
        if (fade > length)
            return failure(
                fmt::format("The fade is {} long, the clip only {}", clockTime(fade), clockTime(length)),
                where);
    }
    if (clip.fadeIn.length > length - clip.fadeOut.length)
        return failure(
            fmt::format("The fades of the clip, {} in and {} out, would run into each other: the clip is {} "
                        "long",
                        clockTime(clip.fadeIn.length), clockTime(clip.fadeOut.length), clockTime(length)),
            where);
    return {};
}

Result<std::string> cleanText(std::string_view text, bool multiline)
{
    if (!isValidUtf8(text)) return failure("This text is not UTF-8", escapedForDisplay(text));
    const auto refused = [multiline](char32_t c) {
        return isControl(c) && !(multiline && (c == U'\n' || c == U'\t'));
    };
    const std::u32string points = toCodePoints(text);
    if (std::ranges::any_of(points, refused))
        return failure("A text cannot hold control characters such as tabs or line breaks",
                       escapedForDisplay(text));
    return toNfc(text);
}

Status setText(Texts& main, std::vector<Translation>& translations, bool isMainLanguage, Language language,
               TextField field, const std::optional<std::string>& text)
{
    std::optional<std::string> clean;
    if (text) {
        auto result = cleanText(*text);
        if (!result) return failure(result.error());
        clean = std::move(*result);
    }
    if (isMainLanguage) {
        main[field] = std::move(clean);
        return {};
    }
    auto at = std::ranges::lower_bound(translations, language, {}, &Translation::language);
    const bool there = at != translations.end() && at->language == language;
    if (!there && !clean) return {};
    if (!there) at = translations.insert(at, {.language = language, .texts = {}});
    at->texts[field] = std::move(clean);
    if (at->texts.empty()) translations.erase(at);
    return {};
}

SampleCount cutNear(const Album& album, const Clip& clip, Duration at)
{
    const Source* source = find(album, clip.source);
    if (!source) return clip.in;
    const Duration sourceStart = clip.at - nearestDuration(clip.in, source->rate);
    return nearestSamples(at - sourceStart, source->rate);
}

Result<ClipId> cutClip(Album& album, ClipPlace place, SampleCount cut)
{
    const Clip whole = place.clip();
    const SampleRate rate = find(album, whole.source)->rate;
    Clip first = whole, second = whole;
    first.length = cut - whole.in;
    first.fadeOut = {};
    second.in = cut;
    second.length = whole.in + whole.length - cut;
    second.at = whole.at + (nearestDuration(cut, rate) - nearestDuration(whole.in, rate));
    second.fadeIn = {};
    if (second.at < whole.at + whole.fadeIn.length || lengthOf(album, second) < whole.fadeOut.length)
        return failure(
            "There is a fade here, which a cut would break; cut before or after it, or remove the fade first",
            displayTitle(*place.track));
    const auto id = newId<ClipId>(album);
    if (!id) return id;
    second.id = *id;
    auto& clips = place.track->clips;
    clips[place.index] = first;
    clips.insert(clips.begin() + static_cast<std::ptrdiff_t>(place.index) + 1, second);
    return id;
}

void dropEntry(Edition& edition, std::size_t position)
{
    const std::vector<Entry> before = edition.entries;
    auto& entries = edition.entries;
    const Entry dropped = entries[position];
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(position));
    if (position < entries.size()) {
        Entry& next = entries[position];
        if (position == 0) {
            next.joint = {.gap = dropped.joint.gap, .crossfade = {}};
            next.breakBefore = Break::none;
        } else {
            // A disc break ends a side, too.
            next.breakBefore = std::max(next.breakBefore, dropped.breakBefore);
        }
    }
    partPairs(before, entries);
}

void partPairs(const std::vector<Entry>& before, std::vector<Entry>& after)
{
    // Entries that are kept together, however many, have one number.
    std::map<TrackId, std::size_t> group;
    std::size_t number = 0;
    for (const Entry& entry : before) {
        if (!entry.keepWithPrevious || entry.breakBefore != Break::none) ++number;
        group[entry.track] = number;
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto groupOf = [&](std::size_t at) {
            const auto known = group.find(after[at].track);
            return known == group.end() ? std::nullopt : std::optional{known->second};
        };
        after[i].keepWithPrevious =
            i > 0 && after[i].breakBefore == Break::none && groupOf(i) && groupOf(i) == groupOf(i - 1);
    }
}

Status checkOverlap(const Album& album, TrackId before, TrackId after, Duration overlap)
{
    for (const TrackId id : {before, after}) {
        const Track* track = find(album, id);
        if (track && overlap >= endOf(album, *track))
            return failure(
                fmt::format("An overlap of {} must be shorter than both tracks, and this one is {} long",
                            clockTime(overlap), clockTime(endOf(album, *track))),
                displayTitle(*track));
    }
    return {};
}

} // namespace segue::edit
