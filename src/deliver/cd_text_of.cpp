#include "deliver/cd_text_of.h"

#include "core/text.h"
#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_rules.h"
#include "ddp/charset.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace segue {

namespace {

using ddp::CdTextBlock;
using ddp::Charset;

Charset charsetOf(Language language) { return language == japanese ? Charset::msJis : Charset::latin1; }

// cue2ddp 1.1 knows these three; its profile leaves the others out.
bool written(TextField field, ddp::Profile profile)
{
    return profile == ddp::Profile::standard || field == TextField::title || field == TextField::performer ||
           field == TextField::songwriter;
}

bool inheritable(TextField field)
{
    return field == TextField::performer || field == TextField::songwriter || field == TextField::composer ||
           field == TextField::arranger;
}

const Texts* textsIn(Language language, const Texts& own, Language ownLanguage,
                     const std::vector<Translation>& translations)
{
    if (language == ownLanguage) return &own;
    const auto at = std::ranges::find(translations, language, &Translation::language);
    return at == translations.end() ? nullptr : &at->texts;
}

std::vector<Language> languagesOf(const Album& album, const Piece& piece)
{
    std::set<Language> further;
    for (const Translation& t : album.info.translations) further.insert(t.language);
    for (const PlacedEntry& entry : piece.entries)
        for (const Translation& t : find(album, entry.track)->translations) further.insert(t.language);
    further.erase(album.info.language);
    std::vector<Language> all{album.info.language};
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

/// Brings one text into the form the block can hold and says what could not be done.
class Fitter {
public:
    Fitter(Charset charset, bool substitute, Findings& findings)
        : charset_{charset}, substitute_{substitute}, findings_{findings}
    {
    }
    std::string fit(const std::string& text, std::string_view field, int track)
    {
        std::string nfc = toNfc(text);
        const ddp::Substituted replaced = ddp::substitute(nfc, charset_);
        if (!replaced.made.empty()) {
            std::string list;
            for (const ddp::Substitution& s : replaced.made)
                list += fmt::format("{}\"{}\" by \"{}\"", list.empty() ? "" : ", ",
                                    toUtf8(std::u32string{s.from}), s.to);
            if (substitute_) {
                findings_.push_back(finding(ddp::rule("CDTEXT.SUBSTITUTED"),
                                            fmt::format("In the {} \"{}\", {} was replaced for CD-Text",
                                                        field, escapedForDisplay(text), list),
                                            {.track = track}));
                nfc = replaced.text;
            } else if (ddp::unencodable(replaced.text, charset_).empty()) {
                suggestion_ = fmt::format("change the text, or replace {}", list);
            }
        }
        const auto bad = ddp::unencodable(nfc, charset_);
        if (!bad.empty()) {
            std::string list;
            for (const ddp::Unencodable& u : bad)
                list += fmt::format("{}\"{}\" (character {})", list.empty() ? "" : ", ",
                                    escapedForDisplay(toUtf8(std::u32string{u.character})), u.position + 1);
            findings_.push_back(finding(
                ddp::rule("CDTEXT.CHARACTER"),
                fmt::format("The {} \"{}\" holds {}, which CD-Text in {} cannot hold", field,
                            escapedForDisplay(text), list, charsetName()),
                {.track = track},
                suggestion_.empty() ? "write it with other characters, or give it as a translation in a "
                                      "language with its own character set"
                                    : suggestion_));
        }
        suggestion_.clear();
        return nfc;
    }

private:
    [[nodiscard]] std::string_view charsetName() const
    {
        return charset_ == Charset::msJis ? "MS-JIS" : charset_ == Charset::ascii ? "ASCII" : "ISO 8859-1";
    }
    Charset charset_;
    bool substitute_;
    Findings& findings_;
    std::string suggestion_;
};

Texts fitTexts(const Texts& texts, int track, ddp::Profile profile, Fitter& fitter)
{
    Texts fitted;
    for (const TextField field : allTextFields)
        if (texts[field] && written(field, profile))
            fitted[field] = fitter.fit(*texts[field], name(field), track);
    return fitted;
}

Texts inherited(const Texts& track, const Texts& album, ddp::Profile profile)
{
    Texts all = track;
    if (profile == ddp::Profile::standard)
        for (const TextField field : allTextFields)
            if (inheritable(field) && !all[field]) all[field] = album[field];
    return all;
}

bool hasContent(const CdTextBlock& block)
{
    return !block.disc.empty() ||
           std::ranges::any_of(block.tracks, [](const Texts& t) { return !t.empty(); }) || block.discId ||
           block.genre || block.upc || !block.isrcs.empty();
}

void addAlbumWideFields(CdTextBlock& block, const Album& album, const CdSettings& settings,
                        const Piece& piece, Findings& findings)
{
    Fitter ascii{Charset::ascii, false, findings};
    if (!album.info.discId.empty()) block.discId = ascii.fit(album.info.discId, "disc id", 0);
    if (album.info.genreCode || !album.info.genreText.empty())
        block.genre =
            ddp::Genre{album.info.genreCode.value_or(1), ascii.fit(album.info.genreText, "genre", 0)};
    if (!settings.cdTextCodes) return;
    if (album.info.upc) block.upc = album.info.upc->digits();
    std::vector<std::optional<std::string>> isrcs;
    for (const PlacedEntry& entry : piece.entries) {
        const auto& isrc = find(album, entry.track)->isrc;
        isrcs.push_back(isrc ? std::optional{isrc->compact()} : std::nullopt);
    }
    if (std::ranges::any_of(isrcs, [](const auto& i) { return i.has_value(); }))
        block.isrcs = std::move(isrcs);
}

void noteLeftOut(const Album& album, const Piece& piece, const DiscOptions& options, Findings& findings)
{
    if (options.profile != ddp::Profile::cue2ddp) return;
    const auto note = [&](const Texts& texts, int track) {
        for (const TextField field : allTextFields)
            if (texts[field] && !written(field, options.profile))
                findings.push_back(
                    finding(deliverRule("DELIVER.TEXT_LEFT_OUT"),
                            fmt::format("Profile cue2ddp does not write the {} into CD-Text", name(field)),
                            {.track = track}, "use profile standard to have it on the disc"));
    };
    note(album.info.texts, 0);
    for (std::size_t i = 0; i < piece.entries.size(); ++i)
        note(find(album, piece.entries[i].track)->texts, static_cast<int>(i + 1));
}

void countPacks(const ddp::CdText& text, PlannedCdText& planned)
{
    for (const CdTextBlock& block : text.blocks) {
        const auto count = ddp::packCount(block);
        planned.packCounts.push_back(count.value_or(0));
        if (count && *count > ddp::maxPacksPerBlock)
            planned.findings.push_back(
                finding(ddp::rule("CDTEXT.TOO_MANY_PACKS"),
                        fmt::format("The {} CD-Text needs {} packs, a block holds {}", nameOf(block.language),
                                    *count, ddp::maxPacksPerBlock),
                        {},
                        fmt::format("shorten the texts by about {} characters",
                                    (*count - ddp::maxPacksPerBlock) * 12)));
    }
    if (text.blocks.size() > ddp::maxBlocks)
        planned.findings.push_back(
            finding(ddp::rule("CDTEXT.TOO_MANY_PACKS"),
                    fmt::format("The album has texts in {} languages, CD-Text holds {}", text.blocks.size(),
                                ddp::maxBlocks),
                    {}, "remove translations"));
}

} // namespace

std::optional<std::string> writableText(const std::string& text, Language language)
{
    const Charset charset = charsetOf(language);
    if (ddp::unencodable(text, charset).empty()) return {};
    std::string written = ddp::substitute(text, charset).text;
    if (!ddp::unencodable(written, charset).empty()) return {};
    return written;
}

PlannedCdText planCdText(const Album& album, const CdSettings& settings, const Piece& piece,
                         const DiscOptions& options)
{
    PlannedCdText planned;
    ddp::CdText text;
    for (const Language language : languagesOf(album, piece)) {
        CdTextBlock block;
        block.language = language;
        block.charset = charsetOf(language);
        Fitter fitter{block.charset, options.substitute, planned.findings};

        const Texts none;
        const Texts* found =
            textsIn(language, album.info.texts, album.info.language, album.info.translations);
        const Texts& albumTexts = found != nullptr ? *found : none;
        block.disc = fitTexts(albumTexts, 0, options.profile, fitter);
        for (std::size_t i = 0; i < piece.entries.size(); ++i) {
            const Track& track = *find(album, piece.entries[i].track);
            const Texts* own = textsIn(language, track.texts, album.info.language, track.translations);
            const Texts shown = inherited(own != nullptr ? *own : none, albumTexts, options.profile);
            if (language == album.info.language) planned.shown.push_back(shown);
            // What was inherited was judged once, with the album's text.
            Texts ownFitted =
                fitTexts(own != nullptr ? *own : none, static_cast<int>(i + 1), options.profile, fitter);
            block.tracks.push_back(inherited(ownFitted, block.disc, options.profile));
        }
        if (options.profile == ddp::Profile::standard && language == album.info.language)
            addAlbumWideFields(block, album, settings, piece, planned.findings);
        if (hasContent(block)) text.blocks.push_back(std::move(block));
    }
    if (!options.cdText) {
        planned.findings.clear();
        return planned;
    }
    noteLeftOut(album, piece, options, planned.findings);
    countPacks(text, planned);
    // Characters and packs have been judged above, in the album's own words.
    for (Finding& f : ddp::checkCdText(text))
        if (f.rule != "CDTEXT.CHARACTER" && f.rule != "CDTEXT.TOO_MANY_PACKS")
            planned.findings.push_back(std::move(f));
    if (!text.blocks.empty()) planned.text = std::move(text);
    return planned;
}

} // namespace segue
