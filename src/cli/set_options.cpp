#include "cli/set_options.h"

#include "album/edit.h"
#include "app/open_input.h"
#include "cli/context.h"
#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::cli {

namespace {

using Texted = std::optional<std::string>;

Result<Duration> timeOf(const std::string& text, const char* option)
{
    const auto time = parseTime(text);
    if (!time) return failure(time.error().what, fmt::format("{} {}", option, text));
    return time;
}

/// Applies edits one after the other and stops at the first that fails.
class Edits {
public:
    explicit Edits(Album album) : album_{std::move(album)} {}
    template <class Edit>
    Edits& then(Edit edit)
    {
        if (album_) album_ = edit(std::move(*album_));
        return *this;
    }
    template <class Value, class Edit>
    Edits& when(const std::optional<Value>& value, Edit edit)
    {
        if (album_ && value) album_ = edit(std::move(*album_), *value);
        return *this;
    }
    Result<Album> take() { return std::move(album_); }

private:
    Result<Album> album_;
};

Result<Language> textLanguage(const Album& album, const SetOptions& o)
{
    if (!o.inLanguage) return album.info.language;
    const auto language = parseLanguage(*o.inLanguage);
    if (!language)
        return failure("CD-Text has no such language; give its English name, two letters or a 0x code",
                       "--in-language " + *o.inLanguage);
    return *language;
}

Result<Album> setTexts(Album album, const SetOptions& o, std::optional<TrackId> track)
{
    const auto language = textLanguage(album, o);
    if (!language) return failure(language.error());
    Edits edits{std::move(album)};
    for (const TextField field : allTextFields) {
        const bool cleared = std::ranges::find(o.clear, name(field)) != o.clear.end();
        if (!o.texts[field] && !cleared) continue;
        edits.then([&](Album a) {
            return track ? edit::setTrackText(std::move(a), *track, field, *language, o.texts[field])
                         : edit::setAlbumText(std::move(a), field, *language, o.texts[field]);
        });
    }
    return edits.take();
}

bool cleared(const SetOptions& o, std::string_view what)
{
    return std::ranges::find(o.clear, what) != o.clear.end();
}

Status checkClear(const SetOptions& o)
{
    for (const std::string& what : o.clear) {
        const bool text = std::ranges::any_of(allTextFields, [&](TextField f) { return name(f) == what; });
        const bool ofTrack = what == "isrc" || what == "end" || what == "indexes";
        const bool ofAlbum = what == "upc" || what == "genre";
        if (!text && !ofTrack && !ofAlbum)
            return failure(
                "There is nothing of this name to remove; there are title, performer, songwriter, composer, "
                "arranger, message, isrc, end, indexes, upc and genre",
                "--clear " + what);
        if ((ofTrack && !o.track) || (ofAlbum && o.track))
            return failure(ofTrack ? "This belongs to a track; say which with -t"
                                   : "This belongs to the album; leave -t away",
                           "--clear " + what);
    }
    return {};
}

/// Options that belong to the other half of the command.
Status checkScope(const SetOptions& o)
{
    const std::pair<const char*, bool> trackOnly[] = {{"--isrc", o.isrc.has_value()},
                                                      {"--gap", o.gap.has_value()},
                                                      {"--crossfade", o.crossfade.has_value()},
                                                      {"--fade-in", o.fadeIn.has_value()},
                                                      {"--fade-out", o.fadeOut.has_value()},
                                                      {"--gain", o.gain.has_value()},
                                                      {"--entry-gain", o.entryGain.has_value()},
                                                      {"--offset", o.offset.has_value()},
                                                      {"--index", !o.indexes.empty()},
                                                      {"--end", o.end.has_value()},
                                                      {"--flags", o.flags.has_value()}};
    const std::pair<const char*, bool> albumOnly[] = {{"--genre", o.genre.has_value()},
                                                      {"--language", o.language.has_value()},
                                                      {"--disc-id", o.discId.has_value()},
                                                      {"--catalog", o.catalog.has_value()},
                                                      {"--label", o.label.has_value()},
                                                      {"--date", o.date.has_value()},
                                                      {"--studio", o.studio.has_value()},
                                                      {"--engineer", o.engineer.has_value()},
                                                      {"--contact", o.contact.has_value()},
                                                      {"--master-version", o.masterVersion.has_value()},
                                                      {"--upc", o.upc.has_value()},
                                                      {"--master-id", o.masterId.has_value()},
                                                      {"--start-offset", o.startOffset.has_value()},
                                                      {"--end-offset", o.endOffset.has_value()},
                                                      {"--first-pause", o.firstPause.has_value()},
                                                      {"--end-silence", o.endSilence.has_value()},
                                                      {"--max-length", o.maxLength.has_value()},
                                                      {"--isrc-placement", o.isrcPlacement.has_value()},
                                                      {"--cd-text-codes", o.cdTextCodes.has_value()}};
    if (!o.track)
        for (const auto& [option, given] : trackOnly)
            if (given) return failure("This belongs to a track; say which with -t", option);
    if (o.track)
        for (const auto& [option, given] : albumOnly)
            if (given) return failure("This belongs to the whole album; leave -t away", option);
    return {};
}

Result<Album> setTrack(Album album, const SetOptions& o, const std::string& edition)
{
    const auto choice = chooseTrack(album, edition, *o.track);
    if (!choice) return failure(choice.error());
    const TrackId id = choice->track;
    auto texted = setTexts(std::move(album), o, id);
    if (!texted) return texted;

    Edits edits{std::move(*texted)};
    if (cleared(o, "isrc"))
        edits.then([&](Album a) { return edit::setIsrc(std::move(a), id, std::nullopt); });
    if (cleared(o, "end"))
        edits.then([&](Album a) { return edit::setEndMark(std::move(a), id, std::nullopt); });
    if (cleared(o, "indexes")) edits.then([&](Album a) { return edit::setIndexes(std::move(a), id, {}); });
    edits.when(o.isrc, [&](Album a, const std::string& text) -> Result<Album> {
        auto isrc = Isrc::parse(text);
        if (!isrc) return failure(isrc.error().what, "--isrc " + text);
        return edit::setIsrc(std::move(a), id, *isrc);
    });
    edits.when(o.flags, [&](Album a, const std::string& text) -> Result<Album> {
        const auto flags = parseFlags(text);
        if (!flags) return failure(flags.error().what, "--flags");
        return edit::setFlags(std::move(a), id, *flags);
    });
    edits.when(o.gain, [&](Album a, double dB) -> Result<Album> {
        if (!std::isfinite(dB)) return failure("The gain must be a number of dB", "--gain");
        return edit::setHandGain(std::move(a), id, Decibels{dB});
    });
    edits.when(o.entryGain, [&](Album a, double dB) -> Result<Album> {
        if (!std::isfinite(dB)) return failure("The gain must be a number of dB", "--entry-gain");
        return edit::setEntryGain(std::move(a), choice->edition, id, Decibels{dB});
    });
    edits.when(o.offset, [&](Album a, double units) -> Result<Album> {
        if (!std::isfinite(units)) return failure("The offset must be a number of LU", "--offset");
        return edit::setWantedOffset(std::move(a), id, Decibels{units});
    });
    edits.when(o.end, [&](Album a, const std::string& text) -> Result<Album> {
        const auto end = timeOf(text, "--end");
        if (!end) return failure(end.error());
        return edit::setEndMark(std::move(a), id, *end);
    });
    if (!o.indexes.empty())
        edits.then([&](Album a) -> Result<Album> {
            std::vector<Duration> places;
            for (const std::string& text : o.indexes) {
                const auto place = timeOf(text, "--index");
                if (!place) return failure(place.error());
                places.push_back(*place);
            }
            return edit::setIndexes(std::move(a), id, std::move(places));
        });
    edits.when(o.fadeIn, [&](Album a, const std::string& text) -> Result<Album> {
        const auto fade = parseFade(text);
        if (!fade) return failure(fade.error().what, "--fade-in " + text);
        return edit::setTrackFadeIn(std::move(a), id, *fade);
    });
    edits.when(o.fadeOut, [&](Album a, const std::string& text) -> Result<Album> {
        const auto fade = parseFade(text);
        if (!fade) return failure(fade.error().what, "--fade-out " + text);
        return edit::setTrackFadeOut(std::move(a), id, *fade);
    });
    edits.when(o.gap, [&](Album a, const std::string& text) -> Result<Album> {
        const auto gap = timeOf(text, "--gap");
        if (!gap) return failure(gap.error());
        return edit::setGap(std::move(a), choice->edition, id, *gap);
    });
    edits.when(o.crossfade, [&](Album a, const std::string& text) -> Result<Album> {
        const auto fade = parseFade(text);
        if (!fade) return failure(fade.error().what, "--crossfade " + text);
        if (choice->position == 0)
            return failure("Track 1 has no track before it to crossfade with", "--crossfade");
        Crossfade curves;
        if (text.find(':') != std::string::npos) curves = {.out = fade->curve, .in = fade->curve};
        return edit::setCrossfade(std::move(a), choice->edition, id, fade->length, curves);
    });
    edits.when(o.note,
               [&](Album a, const std::string& text) { return edit::setNote(std::move(a), id, text); });
    return edits.take();
}

Status setCdSettings(CdSettings& cd, const SetOptions& o)
{
    const auto time = [](const Texted& text, const char* option, Duration& into) -> Status {
        if (!text) return {};
        const auto value = timeOf(*text, option);
        if (!value) return failure(value.error());
        if (*value < Duration{}) return failure("This must not be negative", option);
        into = *value;
        return {};
    };
    if (const auto s = time(o.startOffset, "--start-offset", cd.startOffset); !s) return s;
    if (const auto s = time(o.endOffset, "--end-offset", cd.endOffset); !s) return s;
    if (const auto s = time(o.firstPause, "--first-pause", cd.firstPause); !s) return s;
    if (const auto s = time(o.endSilence, "--end-silence", cd.endSilence); !s) return s;
    Duration longest = durationOf(cd.maxLength);
    if (const auto s = time(o.maxLength, "--max-length", longest); !s) return s;
    cd.maxLength = wholeFramesIn(longest);
    if (o.isrcPlacement)
        cd.isrcPlacement = *o.isrcPlacement == "both" ? IsrcRepeat::alsoOnIndex01 : IsrcRepeat::firstPacket;
    if (o.cdTextCodes) cd.cdTextCodes = *o.cdTextCodes == "on";
    if (o.masterId) cd.masterId = *o.masterId;
    return {};
}

Result<Album> setEditionSettings(Album album, const SetOptions& o, const std::string& editionName)
{
    const bool any = o.startOffset || o.endOffset || o.firstPause || o.endSilence || o.maxLength ||
                     o.isrcPlacement || o.cdTextCodes || o.masterId;
    if (!any) return album;
    const auto edition = chooseCdEdition(album, editionName);
    if (!edition) return failure(edition.error());
    const Edition& chosen = *find(album, *edition);
    auto cd = std::get<CdSettings>(chosen.medium);
    if (const auto s = setCdSettings(cd, o); !s) return failure(s.error());
    const std::optional<TrackId> first =
        chosen.entries.empty() ? std::nullopt : std::optional{chosen.entries.front().track};
    auto changed = edit::setMedium(std::move(album), *edition, cd);
    if (changed && o.firstPause && first)
        changed = edit::setGap(std::move(*changed), *edition, *first, cd.firstPause);
    return changed;
}

Result<Album> setAlbum(Album album, const SetOptions& o, const std::string& edition)
{
    Edits edits{std::move(album)};
    edits.when(o.language, [&](Album a, const std::string& text) -> Result<Album> {
        const auto language = parseLanguage(text);
        if (!language)
            return failure("CD-Text has no such language; give its English name, two letters or a 0x code",
                           "--language " + text);
        return edit::setLanguage(std::move(a), *language);
    });
    edits.then([&](Album a) { return setTexts(std::move(a), o, std::nullopt); });
    if (cleared(o, "upc")) edits.then([&](Album a) { return edit::setUpc(std::move(a), std::nullopt); });
    edits.when(o.upc, [&](Album a, const std::string& text) -> Result<Album> {
        auto upc = UpcEan::parse(text);
        if (!upc) return failure(upc.error().what, "--upc " + text);
        return edit::setUpc(std::move(a), *upc);
    });
    edits.then([&](Album a) {
        return edit::setInfo(std::move(a), [&](AlbumInfo& info) {
            const auto set = [](const Texted& text, std::string& into) {
                if (text) into = toNfc(*text);
            };
            set(o.discId, info.discId);
            set(o.catalog, info.catalog);
            set(o.label, info.label);
            set(o.date, info.date);
            set(o.studio, info.studio);
            set(o.engineer, info.engineer);
            set(o.contact, info.contact);
            set(o.masterVersion, info.masterVersion);
            set(o.note, info.note);
            if (o.genre || cleared(o, "genre")) {
                info.genreCode = o.genre ? parseGenre(*o.genre) : std::nullopt;
                info.genreText = o.genre && !info.genreCode ? toNfc(*o.genre) : std::string{};
            }
        });
    });
    edits.then([&](Album a) { return setEditionSettings(std::move(a), o, edition); });
    return edits.take();
}

Status checkUtf8(const SetOptions& o)
{
    for (const TextField field : allTextFields)
        if (o.texts[field] && !isValidUtf8(*o.texts[field]))
            return failure("This text is not UTF-8", "--" + std::string{name(field)});
    for (const Texted* text : {&o.discId, &o.catalog, &o.label, &o.date, &o.studio, &o.engineer, &o.contact,
                               &o.masterVersion, &o.note, &o.genre, &o.masterId})
        if (*text && !isValidUtf8(**text))
            return failure("This text is not UTF-8", escapedForDisplay(**text));
    return {};
}

} // namespace

Result<Fade> parseFade(const std::string& text)
{
    // m:s:f has colons too: a curve is what stands behind the last one and begins with a letter.
    const std::size_t colon = text.rfind(':');
    const bool named = colon != std::string::npos && colon + 1 < text.size() &&
                       isLower(asciiLower(text.substr(colon + 1))[0]);
    Fade fade;
    if (named) {
        const auto curve = parseCurve(text.substr(colon + 1));
        if (!curve) return failure(curve.error());
        fade.curve = *curve;
    }
    const auto length = parseTime(named ? text.substr(0, colon) : text);
    if (!length) return failure(length.error());
    if (*length < Duration{}) return failure("A fade cannot be shorter than nothing");
    fade.length = *length;
    return fade;
}

Result<Album> applySet(Album album, const SetOptions& options, const std::string& edition)
{
    if (const auto s = checkScope(options); !s) return failure(s.error());
    if (const auto s = checkClear(options); !s) return failure(s.error());
    if (const auto s = checkUtf8(options); !s) return failure(s.error());
    return options.track ? setTrack(std::move(album), options, edition)
                         : setAlbum(std::move(album), options, edition);
}

} // namespace segue::cli
