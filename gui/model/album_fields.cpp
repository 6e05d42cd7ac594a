#include "gui/model/album_fields.h"

#include "album/edit.h"
#include "core/languages.h"
#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue::gui {

namespace {

constexpr std::array fields{
    AlbumFieldInfo{AlbumField::title, "Title", "The album's title, also for CD-Text"},
    AlbumFieldInfo{AlbumField::performer, "Performer", "Tracks without their own inherit it"},
    AlbumFieldInfo{AlbumField::upc, "UPC/EAN", "12 or 13 digits; the last one is a check digit"},
    AlbumFieldInfo{AlbumField::catalog, "Catalogue", "The label's number"},
    AlbumFieldInfo{AlbumField::label, "Label", "Who publishes the album"},
    AlbumFieldInfo{AlbumField::date, "Date", "As it is to stand on the PQ sheet"},
    AlbumFieldInfo{AlbumField::language, "Language", "Of the texts, for CD-Text"},
    AlbumFieldInfo{AlbumField::genre, "Genre", "A CD-Text genre such as Jazz or Classical"},
    AlbumFieldInfo{AlbumField::songwriter, "Songwriter", "CD-Text"},
    AlbumFieldInfo{AlbumField::composer, "Composer", "CD-Text"},
    AlbumFieldInfo{AlbumField::arranger, "Arranger", "CD-Text"},
    AlbumFieldInfo{AlbumField::message, "Message", "CD-Text"},
    AlbumFieldInfo{AlbumField::discId, "Disc id", "CD-Text disc identification"},
    AlbumFieldInfo{AlbumField::studio, "Studio", "For the PQ sheet"},
    AlbumFieldInfo{AlbumField::engineer, "Engineer", "For the PQ sheet"},
    AlbumFieldInfo{AlbumField::contact, "Contact", "For the PQ sheet"},
    AlbumFieldInfo{AlbumField::masterVersion, "Master version", "For the PQ sheet"},
};

std::optional<TextField> textField(AlbumField field)
{
    switch (field) {
    case AlbumField::title: return TextField::title;
    case AlbumField::performer: return TextField::performer;
    case AlbumField::songwriter: return TextField::songwriter;
    case AlbumField::composer: return TextField::composer;
    case AlbumField::arranger: return TextField::arranger;
    case AlbumField::message: return TextField::message;
    default: return {};
    }
}

std::string AlbumInfo::* plainField(AlbumField field)
{
    switch (field) {
    case AlbumField::catalog: return &AlbumInfo::catalog;
    case AlbumField::label: return &AlbumInfo::label;
    case AlbumField::date: return &AlbumInfo::date;
    case AlbumField::discId: return &AlbumInfo::discId;
    case AlbumField::studio: return &AlbumInfo::studio;
    case AlbumField::engineer: return &AlbumInfo::engineer;
    case AlbumField::contact: return &AlbumInfo::contact;
    case AlbumField::masterVersion: return &AlbumInfo::masterVersion;
    default: return nullptr;
    }
}

} // namespace

std::span<const AlbumFieldInfo> albumFields() { return fields; }

std::string textOf(const Album& album, AlbumField field)
{
    if (const auto text = textField(field)) return album.info.texts[*text].value_or("");
    if (const auto plain = plainField(field)) return album.info.*plain;
    switch (field) {
    case AlbumField::upc: return album.info.upc ? album.info.upc->digits() : "";
    case AlbumField::language: return std::string{nameOf(album.info.language)};
    case AlbumField::genre: return album.info.genreCode ? std::string{genreName(*album.info.genreCode)} : "";
    default: return {};
    }
}

Proposal typed(const Album& album, AlbumField field, const std::string& typedText)
{
    const auto about = std::ranges::find(fields, field, &AlbumFieldInfo::field);
    const std::string label = fmt::format("Set the album's {}", asciiLower(about->label));
    const std::string text{trimmed(typedText)};
    const auto say = [&](Result<Album> result) { return Proposal{label, std::move(result)}; };
    if (text == textOf(album, field)) return say(album);
    if (const auto which = textField(field))
        return say(edit::setAlbumText(album, *which, album.info.language,
                                      text.empty() ? std::nullopt : std::optional{text}));
    if (const auto plain = plainField(field))
        return say(edit::setInfo(album, [&](AlbumInfo& info) { info.*plain = text; }));
    switch (field) {
    case AlbumField::upc: {
        if (text.empty()) return say(edit::setUpc(album, std::nullopt));
        const auto code = UpcEan::parse(text);
        if (!code) return say(failure(code.error()));
        return say(edit::setUpc(album, *code));
    }
    case AlbumField::language: {
        const auto language = parseLanguage(text);
        if (!language)
            return say(failure(fmt::format(
                "\"{}\" is no CD-Text language; English, German, Japanese and the like are", text)));
        return say(edit::setLanguage(album, *language));
    }
    case AlbumField::genre: {
        if (text.empty()) return say(edit::setInfo(album, [](AlbumInfo& info) { info.genreCode.reset(); }));
        const auto genre = parseGenre(text);
        if (!genre)
            return say(failure(
                fmt::format("\"{}\" is no CD-Text genre; Jazz, Classical, Rock and the like are", text)));
        return say(edit::setInfo(album, [&](AlbumInfo& info) { info.genreCode = *genre; }));
    }
    default: return say(album);
    }
}

} // namespace segue::gui
