/// \file
/// CD-Text as a value: up to eight language blocks. What the packs look like is in cd_text_packs.h.
/// Field names and meanings: docs/formats/cd-text.md.
#pragma once

#include "core/codes.h"
#include "core/languages.h"
#include "core/texts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segue::ddp {

/// The character set byte of the size information pack.
enum class Charset : std::uint8_t { latin1 = 0x00, ascii = 0x01, msJis = 0x80 };

struct Genre {
    int code = 0;       ///< 0..27, see core/languages.h
    std::string text{}; ///< supplementary text, ASCII
    [[nodiscard]] friend bool operator==(const Genre&, const Genre&) = default;
};

/// One language's texts, UTF-8 in NFC. `tracks` has one entry per track of the disc.
struct CdTextBlock {
    Language language = english;
    Charset charset = Charset::latin1;
    bool copyrighted = false; ///< 8F byte 3: 0x03
    Texts disc{};
    std::vector<Texts> tracks{};
    std::optional<std::string> discId{};             ///< pack 0x86, ASCII
    std::optional<Genre> genre{};                    ///< pack 0x87
    std::optional<std::string> closedInformation{};  ///< pack 0x8D, Latin-1
    std::optional<std::string> upc{};                ///< pack 0x8E of the disc, as written
    std::vector<std::optional<std::string>> isrcs{}; ///< pack 0x8E of the tracks; empty when there are none

    [[nodiscard]] friend bool operator==(const CdTextBlock&, const CdTextBlock&) = default;
};

struct CdText {
    std::vector<CdTextBlock> blocks{};
    [[nodiscard]] friend bool operator==(const CdText&, const CdText&) = default;
};

} // namespace segue::ddp
