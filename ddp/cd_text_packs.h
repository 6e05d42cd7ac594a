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
/// libburn refuses more than 255 packs in a block, so Segue stops there too (the sequence byte would allow 256).
inline constexpr std::size_t maxPacksPerBlock = 255;
inline constexpr std::size_t maxBlocks = 8;

/// CRC of a pack's first 16 bytes as stored: polynomial 0x1021, start 0, inverted.
[[nodiscard]] std::uint16_t packCrc(std::span<const std::byte, 16> head);

/// How many packs `block` takes, the three size packs included; the budget to show before writing.
[[nodiscard]] Result<std::size_t> packCount(const CdTextBlock& block);
/// All blocks in order, ascending pack types, 0x8F last. Refuses what cannot be encoded, more than
/// maxPacksPerBlock packs or maxBlocks blocks, and never shortens. A CdText without any text gives no packs.
[[nodiscard]] Result<std::vector<std::byte>> encodePacks(const CdText& text);

struct DecodedPacks {
    CdText text;
    Findings findings;                 ///< CRC, sequence, counts, characters: CDTEXT.* rules
    std::vector<std::byte> bare;       ///< the packs without foreign header or trailing zero
};
/// Reads 18n, 18n+1 (one trailing zero) and 18n+4 (READ TOC header) bytes. Never fails on damage: what is
/// readable is returned and every deviation is a finding; `file` names the file in them.
[[nodiscard]] DecodedPacks decodePacks(std::span<const std::byte> bytes, const std::string& file);

} // namespace segue::ddp
