#include "support/random_cd_text.h"

#include "core/text.h"
#include "ddp/charset.h"

#include <fmt/format.h>

#include <array>

namespace segue::test {

using ddp::CdText;
using ddp::CdTextBlock;
using ddp::Charset;

std::string RandomCdText::ascii(std::size_t maxLength)
{
    std::string text;
    for (std::size_t n = below(maxLength + 1); n > 0; --n) text += static_cast<char>(0x20 + below(0x5F));
    return text;
}

std::string RandomCdText::latin1(std::size_t maxLength)
{
    std::string bytes;
    for (std::size_t n = below(maxLength + 1); n > 0; --n)
        bytes += static_cast<char>(chance(70) ? 0x20 + below(0x5F) : 0xA0 + below(0x60));
    return latin1ToUtf8(bytes);
}

std::string RandomCdText::japanese(std::size_t maxLength, bool narrow)
{
    std::string text;
    for (std::size_t n = below(maxLength / 2 + 1); n > 0; --n) {
        const std::size_t kind = below(narrow ? 5 : 3);
        if (kind == 0) text += toUtf8(std::u32string(1, static_cast<char32_t>(0x3041 + below(0x53))));
        if (kind == 1) text += toUtf8(std::u32string(1, static_cast<char32_t>(0x30A1 + below(0x56))));
        if (kind == 2) {
            // Kanji of level 1: leads 0x89..0x97 are full but for the trail 0x7F.
            std::string code{static_cast<char>(0x89 + below(15)), static_cast<char>(0x40 + below(0x3F))};
            text += ddp::decodeText(code, Charset::msJis).utf8;
        }
        if (kind == 3) text += static_cast<char>(0x20 + below(0x5F));
        if (kind == 4) text += toUtf8(std::u32string(1, static_cast<char32_t>(0xFF61 + below(0x3F))));
    }
    return text;
}

std::string RandomCdText::text(const Wish& wish, Charset charset)
{
    std::string made;
    switch (charset) {
    case Charset::latin1: made = latin1(wish.maxLength); break;
    case Charset::ascii: made = ascii(wish.maxLength); break;
    case Charset::msJis: made = japanese(wish.maxLength, wish.narrowInMsJis); break;
    }
    if (made.empty() && !wish.emptyTexts) made = charset == Charset::msJis ? "曲" : "x";
    if (!wish.repeats) {
        // A serial number, in the character set's own width.
        const std::string serial = fmt::format("{}", ++serial_);
        made += charset == Charset::msJis ? ddp::storedForm(serial, charset) : serial;
    }
    return made;
}

CdTextBlock RandomCdText::block(const Wish& wish, std::size_t tracks, std::size_t number)
{
    static constexpr std::array<std::uint8_t, 8> languages{0x09, 0x08, 0x69, 0x0F, 0x20, 0x1B, 0x22, 0x29};
    CdTextBlock block;
    const std::size_t kind = below(10);
    block.charset = kind < 6 ? Charset::latin1 : kind < 8 && wish.msJis ? Charset::msJis : Charset::ascii;
    block.language = {languages[number]};
    block.copyrighted = chance(30);
    block.tracks.resize(tracks);
    for (const TextField field : allTextFields) {
        if (!chance(field == TextField::title ? 90 : 40)) continue;
        if (chance(85) || !wish.emptyTexts) block.disc[field] = text(wish, block.charset);
        for (std::size_t i = 0; i < tracks; ++i) {
            if (wish.repeats && i > 0 && chance(20))
                block.tracks[i][field] = block.tracks[i - 1][field];
            else if (chance(85) || !wish.emptyTexts)
                block.tracks[i][field] = text(wish, block.charset);
        }
    }
    if (chance(30)) block.discId = ascii(20) + "1";
    if (chance(30)) block.genre = ddp::Genre{static_cast<int>(below(28)), ascii(30)};
    if (chance(20)) block.closedInformation = latin1(60) + "z";
    if (chance(40)) block.upc = fmt::format("{:013}", below(10'000'000'000'000));
    if (chance(40))
        for (std::size_t i = 0; i < tracks; ++i) {
            block.isrcs.emplace_back();
            if (chance(80)) block.isrcs.back() = fmt::format("USABC{:07}", below(10'000'000));
        }
    return block;
}

CdText RandomCdText::cdText(const Wish& wish)
{
    CdText made;
    const std::size_t tracks = 1 + below(static_cast<std::size_t>(wish.maxTracks));
    for (std::size_t number = 0; number < 1 + below(static_cast<std::size_t>(wish.maxBlocks)); ++number)
        made.blocks.push_back(block(wish, tracks, number));
    return made;
}

} // namespace segue::test
