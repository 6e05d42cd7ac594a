/// \file
/// CD-Text packs: 18 bytes each, written and read by one layout. The file has no header and no trailer.
#pragma once

#include "core/finding.h"
#include "core/result.h"
#include "ddp/cd_text.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace segue::ddp {

inline constexpr std::size_t packSize = 18;
/// libburn refuses more than 255 packs in a block, so Segue stops there too (the sequence byte would allow
/// 256).
inline constexpr std::size_t maxPacksPerBlock = 255;
inline constexpr std::size_t maxBlocks = 8;

/// CRC of a pack's first 16 bytes as stored: polynomial 0x1021, start 0, inverted.
[[nodiscard]] std::uint16_t packCrc(std::span<const std::byte, 16> head);

/// How many packs `block` takes, the three size packs included; the budget to show before writing. May exceed
/// maxPacksPerBlock. Errors as encodePacks().
[[nodiscard]] Result<std::size_t> packCount(const CdTextBlock& block);
/// All blocks in order, ascending pack types, 0x8F last. A type that the disc or any track has is written for
/// the disc and all tracks, missing texts as empty ones. A block without any text takes no packs and no block
/// number; a CdText without any text gives no packs. Refuses, naming language, track and field, what cannot
/// be encoded, texts of 255 bytes and more, more than maxPacksPerBlock packs or maxBlocks blocks, and blocks
/// that do not all have the same 1 to 99 tracks; never shortens. Never writes the TAB that repeats a text.
[[nodiscard]] Result<std::vector<std::byte>> encodePacks(const CdText& text);
/// `text` as decodePacks() gives it back after encodePacks(): blocks without text left out, types completed,
/// every text in its storedForm(). Two values are the same on disc when their stored forms are equal.
[[nodiscard]] CdText asStored(const CdText& text);

struct DecodedPacks {
    CdText text;
    Findings findings;           ///< CRC, sequence, counts, characters: CDTEXT.* rules
    std::vector<std::byte> bare; ///< the packs without foreign header or trailing zero
};
/// Reads 18n, 18n+1 (one trailing zero) and 18n+4 (READ TOC header) bytes. Never fails on damage: what is
/// readable is returned and every deviation is a finding; `file` names the file in them. In messages packs
/// are counted from 1 and bytes from 0, the foreign header included. Of a rule that is broken many times the
/// first findings are given and the rest counted. A TAB is resolved: the value has the text it repeats. In a
/// type that is present every text is; those that the packs leave out are empty.
[[nodiscard]] DecodedPacks decodePacks(std::span<const std::byte> bytes, const std::string& file);

} // namespace segue::ddp
