/// \file
/// The bytes of a CD-Text pack and of the size information, stated once for writer and reader. Only the room
/// ddp itself uses this header; the public face is cd_text_packs.h.
#pragma once

#include "core/texts.h"
#include "ddp/cd_text.h"
#include "ddp/cd_text_packs.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace segue::ddp {

enum class PackType : std::uint8_t {
    title = 0x80,
    performer = 0x81,
    songwriter = 0x82,
    composer = 0x83,
    arranger = 0x84,
    message = 0x85,
    discId = 0x86,
    genre = 0x87,
    toc = 0x88,
    secondToc = 0x89,
    closedInformation = 0x8D,
    codes = 0x8E,
    sizeInformation = 0x8F,
};

inline constexpr std::size_t payloadSize = 12;
/// The position field has four bits; 15 means 15 or more.
inline constexpr std::size_t maxPosition = 15;
/// A string's bytes without its terminator: common readers collect it in 256 bytes.
inline constexpr std::size_t maxTextBytes = 254;
/// The two bytes of the genre code, in front of the genre's text in the same string.
inline constexpr std::size_t genreCodeSize = 2;
inline constexpr int maxTracks = 99;

/// Text in the block's character set, for the disc and every track.
[[nodiscard]] constexpr bool isText(PackType type) { return type <= PackType::message; }
[[nodiscard]] constexpr PackType packType(TextField field)
{
    return static_cast<PackType>(0x80 + static_cast<int>(field));
}
/// \pre isText(type)
[[nodiscard]] constexpr TextField textField(PackType type)
{
    return static_cast<TextField>(static_cast<int>(type) - 0x80);
}
/// The character set of a type's texts in a block of the given one.
[[nodiscard]] constexpr Charset charsetOf(PackType type, Charset block)
{
    if (isText(type)) return block;
    return type == PackType::closedInformation ? Charset::latin1 : Charset::ascii;
}
/// "title", "genre", "UPC or ISRC" ...
[[nodiscard]] std::string_view name(PackType type);
/// "the title of track 3", "the disc's title", "the disc's genre text"
[[nodiscard]] std::string describeText(PackType type, int track);
/// The same for the beginning of a sentence.
[[nodiscard]] std::string capitalized(std::string text);
/// "German", or "language 0x33" for a code without a name.
[[nodiscard]] std::string describeLanguage(Language language);

/// Calls visit(type, track, text) for every text that a block has, in the order of the packs. `Block` is a
/// CdTextBlock, const or not. Empty codes are no texts: an ISRC is there or not.
template <class Block, class Visit>
void visitTexts(Block& block, Visit visit)
{
    for (const TextField field : allTextFields) {
        if (auto& text = block.disc[field]) visit(packType(field), 0, *text);
        for (std::size_t i = 0; i < block.tracks.size(); ++i)
            if (auto& text = block.tracks[i][field]) visit(packType(field), static_cast<int>(i) + 1, *text);
    }
    if (block.discId) visit(PackType::discId, 0, *block.discId);
    if (block.genre) visit(PackType::genre, 0, block.genre->text);
    if (block.closedInformation) visit(PackType::closedInformation, 0, *block.closedInformation);
    if (block.upc && !block.upc->empty()) visit(PackType::codes, 0, *block.upc);
    for (std::size_t i = 0; i < block.isrcs.size(); ++i)
        if (block.isrcs[i] && !block.isrcs[i]->empty())
            visit(PackType::codes, static_cast<int>(i) + 1, *block.isrcs[i]);
}
/// False for a block that takes no packs.
[[nodiscard]] bool hasText(const CdTextBlock& block);

/// One pack, field by field.
struct Pack {
    std::uint8_t type = 0;  ///< byte 0: a PackType
    std::uint8_t track = 0; ///< byte 1: owner of the first payload byte; the part number in size information
    std::uint8_t sequence = 0; ///< byte 2: from 0 in each block
    bool doubleByte = false;   ///< byte 3, bit 7
    std::uint8_t block = 0;    ///< byte 3, bits 6-4
    std::uint8_t position = 0; ///< byte 3, bits 3-0: characters of the first string already in earlier packs
    std::array<std::uint8_t, payloadSize> payload{}; ///< bytes 4-15; bytes 16-17 are the CRC
    [[nodiscard]] friend bool operator==(const Pack&, const Pack&) = default;
};
[[nodiscard]] std::array<std::byte, packSize> packBytes(const Pack& pack);
[[nodiscard]] Pack parsePack(std::span<const std::byte, packSize> bytes);
[[nodiscard]] std::uint16_t storedCrc(std::span<const std::byte, packSize> bytes);

/// The 36 bytes of the three size information packs of a block.
struct SizeInformation {
    static constexpr std::size_t parts = 3;

    std::uint8_t charset = 0;              ///< byte 0
    std::uint8_t firstTrack = 1;           ///< byte 1
    std::uint8_t lastTrack = 0;            ///< byte 2
    std::uint8_t copyright = 0;            ///< byte 3: 0, or 3 for copyrighted
    std::array<std::uint8_t, 16> counts{}; ///< bytes 4-19: packs of type 0x80..0x8F in this block
    std::array<std::uint8_t, maxBlocks>
        lastSequence{};                              ///< bytes 20-27, equal in all blocks; 0: no such block
    std::array<std::uint8_t, maxBlocks> languages{}; ///< bytes 28-35, equal in all blocks
    [[nodiscard]] friend bool operator==(const SizeInformation&, const SizeInformation&) = default;
};
using SizeBytes = std::array<std::uint8_t, SizeInformation::parts * payloadSize>;
[[nodiscard]] SizeBytes sizeBytes(const SizeInformation& size);
[[nodiscard]] SizeInformation parseSize(const SizeBytes& bytes);

} // namespace segue::ddp
