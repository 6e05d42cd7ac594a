#include "album/edit.h"
#include "album/edit_support.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::edit {

namespace {

bool hasTranslation(const std::vector<Translation>& translations, Language language)
{
    return std::ranges::find(translations, language, &Translation::language) != translations.end();
}

Status cleanInfo(AlbumInfo& info)
{
    for (std::string* text : {&info.genreText, &info.discId, &info.catalog, &info.label, &info.date,
                              &info.studio, &info.engineer, &info.contact, &info.masterVersion}) {
        auto clean = cleanText(*text);
        if (!clean) return failure(clean.error());
        *text = std::move(*clean);
    }
    auto note = cleanText(info.note, true);
    if (!note) return failure(note.error());
    info.note = std::move(*note);
    if (info.genreCode && genreName(*info.genreCode).empty())
        return failure(
            fmt::format("CD-Text has no genre {}; there are 0 to 27, and free text", *info.genreCode));
    return {};
}

} // namespace

Result<Album> setAlbumText(Album album, TextField field, Language language,
                           const std::optional<std::string>& text)
{
    AlbumInfo& info = album.info;
    const bool isMain = language == info.language;
    if (const auto s = setText(info.texts, info.translations, isMain, language, field, text); !s)
        return failure(s.error());
    return album;
}

Result<Album> setLanguage(Album album, Language language)
{
    const auto taken = [language](const Track& t) { return hasTranslation(t.translations, language); };
    if (hasTranslation(album.info.translations, language) || std::ranges::any_of(album.tracks, taken))
        return failure(
            fmt::format("There is a translation into {} already; remove it first", nameOf(language)));
    album.info.language = language;
    return album;
}

Result<Album> setUpc(Album album, std::optional<UpcEan> upc)
{
    album.info.upc = std::move(upc);
    return album;
}

Result<Album> setInfo(Album album, const std::function<void(AlbumInfo&)>& change)
{
    AlbumInfo info = album.info;
    change(info);
    if (const auto s = cleanInfo(info); !s) return failure(s.error());
    // What has an edit of its own, with its own checks, stays.
    info.texts = album.info.texts;
    info.language = album.info.language;
    info.translations = album.info.translations;
    info.upc = album.info.upc;
    album.info = std::move(info);
    return album;
}

} // namespace segue::edit
