#include "ddp/cd_text_layout.h"
#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_rules.h"
#include "ddp/charset.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace segue::ddp {
namespace {

std::string shown(char32_t c) { return escapedForDisplay(toUtf8(std::u32string(1, c))); }

/// "“ (U+201C)", or just the number for what has no glyph.
std::string describeCharacter(char32_t c)
{
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const auto number = static_cast<std::uint32_t>(c);
    return control ? fmt::format("the control character U+{:04X}", number)
                   : fmt::format("{} (U+{:04X})", shown(c), number);
}

/// "“ (U+201C), … (U+2026) and 3 more", each once.
std::string listCharacters(const std::vector<Unencodable>& characters)
{
    std::vector<char32_t> each;
    for (const Unencodable& found : characters)
        if (std::ranges::find(each, found.character) == each.end()) each.push_back(found.character);
    constexpr std::size_t most = 5;
    std::string list;
    for (std::size_t i = 0; i < std::min(each.size(), most); ++i)
        list += (i == 0 ? "" : ", ") + describeCharacter(each[i]);
    if (each.size() > most) list += fmt::format(" and {} more", each.size() - most);
    return list;
}

/// Findings of one block, which all name its language.
class BlockCheck {
public:
    BlockCheck(const CdTextBlock& block, Findings& findings) : block_{block}, findings_{findings} {}

    void check()
    {
        visitTexts(block_, [this](PackType type, int track, const std::string& text) {
            checkText(type, track, text);
        });
        const std::size_t tracks = block_.tracks.size();
        const bool trackCountFits = tracks >= 1 && tracks <= maxTracks;
        if (!trackCountFits)
            add("CDTEXT.TRACK_COUNT", fmt::format("CD-Text is for 1 to 99 tracks, here are {}", tracks));
        const bool isrcsFit = block_.isrcs.empty() || block_.isrcs.size() == tracks;
        if (!isrcsFit)
            add("CDTEXT.TRACK_COUNT",
                fmt::format("The list of ISRCs has {} entries for {} tracks", block_.isrcs.size(), tracks));
        if (block_.genre) checkGenre(block_.genre->code);
        const auto count = packCount(block_);
        if (count && *count > maxPacksPerBlock)
            add("CDTEXT.TOO_MANY_PACKS",
                fmt::format("The texts take {} packs, {} fit", *count, maxPacksPerBlock), 0,
                "Shorten or leave out texts; messages are the longest as a rule");
    }

private:
    void add(std::string_view rule, std::string message, int track = 0, std::string fix = {})
    {
        findings_.push_back(finding(cdTextRule(rule),
                                    fmt::format("{} (CD-Text, {})", capitalized(std::move(message)),
                                                describeLanguage(block_.language)),
                                    {.track = track}, std::move(fix)));
    }

    void checkText(PackType type, int track, const std::string& text)
    {
        const Charset charset = charsetOf(type, block_.charset);
        const std::string what = describeText(type, track);
        if (const auto missing = unencodable(text, charset); !missing.empty()) {
            const Substituted offer = substitute(text, charset);
            const bool helps = unencodable(offer.text, charset).empty();
            add("CDTEXT.CHARACTER",
                fmt::format("{} has {}, which {} lacks", what, listCharacters(missing), name(charset)), track,
                helps ? fmt::format("Write \"{}\"", offer.text) : "Write it with other characters");
            return;
        }
        const auto bytes = encodeText(text, charset);
        const std::size_t most = maxTextBytes - (type == PackType::genre ? genreCodeSize : 0);
        if (bytes && bytes->size() > most)
            add("CDTEXT.TEXT_LENGTH", fmt::format("{} takes {} bytes, {} fit", what, bytes->size(), most),
                track,
                fmt::format("Shorten it by {} {}", bytes->size() - most,
                            bytes->size() - most == 1 ? "byte" : "bytes"));
        if (charset == Charset::msJis) checkMsJis(what, track, text);
        if (type == PackType::codes) {
            const bool right = track == 0 ? text.size() == 13 && std::ranges::all_of(text, isDigit)
                                          : text.size() == 12 && std::ranges::all_of(text, [](char c) {
                                                return isDigit(c) || isUpper(c);
                                            });
            if (!right) add("CDTEXT.CODE", fmt::format("{} is {}", what, escapedForDisplay(text)), track);
        }
    }

    void checkMsJis(const std::string& what, int track, const std::string& text)
    {
        if (const auto vendor = inVendorRows(text); !vendor.empty())
            add("CDTEXT.VENDOR_ROWS",
                fmt::format("{} has {}, which some players do not have", what, listCharacters(vendor)), track,
                "Ask the plant, or write it with common characters");
        const std::string stored = storedForm(text, Charset::msJis);
        if (stored != toNfc(text))
            add("CDTEXT.FULL_WIDTH", fmt::format("{} is written as \"{}\"", what, stored), track);
    }

    void checkGenre(int code)
    {
        if (code < 0 || code > 0xFFFF)
            add("CDTEXT.GENRE_CODE", fmt::format("The genre code {} does not fit in 16 bits", code));
        else if (code > 27)
            add("CDTEXT.GENRE", fmt::format("The genre code is {}; codes run from 0 to 27", code), 0,
                "Use code 1 (not defined) and a genre text");
    }

    const CdTextBlock& block_;
    Findings& findings_;
};

} // namespace

Findings checkCdText(const CdText& text)
{
    Findings findings;
    std::vector<const CdTextBlock*> blocks;
    std::set<Language> languages;
    for (const CdTextBlock& block : text.blocks) {
        if (!hasText(block)) continue;
        blocks.push_back(&block);
        if (!languages.insert(block.language).second)
            findings.push_back(
                finding(cdTextRule("CDTEXT.DUPLICATE_LANGUAGE"),
                        fmt::format("{} occurs twice in the CD-Text", describeLanguage(block.language)), {},
                        "Keep one of them; players choose by language"));
        if (block.tracks.size() != blocks.front()->tracks.size())
            findings.push_back(
                finding(cdTextRule("CDTEXT.TRACK_COUNT"),
                        fmt::format("{} has {} tracks, {} has {}", describeLanguage(block.language),
                                    block.tracks.size(), describeLanguage(blocks.front()->language),
                                    blocks.front()->tracks.size())));
        BlockCheck{block, findings}.check();
    }
    if (blocks.size() > maxBlocks)
        findings.push_back(finding(
            cdTextRule("CDTEXT.TOO_MANY_PACKS"),
            fmt::format("CD-Text holds at most {} languages, here are {}", maxBlocks, blocks.size())));
    return findings;
}

SubstitutedCdText substituteCharacters(const CdText& text)
{
    SubstitutedCdText result{text, {}};
    for (CdTextBlock& block : result.text.blocks)
        visitTexts(block, [&](PackType type, int track, std::string& each) {
            Substituted made = substitute(each, charsetOf(type, block.charset));
            if (made.made.empty()) return;
            result.findings.push_back(
                finding(cdTextRule("CDTEXT.SUBSTITUTED"),
                        fmt::format("{} is written \"{}\" instead of \"{}\" (CD-Text, {})",
                                    capitalized(describeText(type, track)), made.text, each,
                                    describeLanguage(block.language)),
                        {.track = track}));
            each = std::move(made.text);
        });
    return result;
}

} // namespace segue::ddp
