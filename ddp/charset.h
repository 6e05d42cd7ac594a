/// \file
/// From UTF-8 to the bytes of a CD-Text block and back, and the documented substitutions for characters that
/// a character set lacks. Nothing is substituted unless asked, and every substitution is listed.
#pragma once

#include "core/result.h"
#include "ddp/cd_text.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

/// A character that the character set lacks, counted in characters from 0.
struct Unencodable {
    char32_t character = 0;
    std::size_t position = 0;
    [[nodiscard]] friend bool operator==(const Unencodable&, const Unencodable&) = default;
};

/// Characters of `utf8` (brought to NFC first) that have no code in `charset`; control characters count too.
[[nodiscard]] std::vector<Unencodable> unencodable(std::string_view utf8, Charset charset);

/// The bytes; an Error naming the first unencodable character. MS-JIS is CP932, two bytes per character
/// (single-byte characters are made full width).
[[nodiscard]] Result<std::string> encodeText(std::string_view utf8, Charset charset);
/// UTF-8 of `bytes`, without a terminator; bytes that mean nothing become U+FFFD and are counted.
struct DecodedText {
    std::string utf8;
    int unreadable = 0;
};
[[nodiscard]] DecodedText decodeText(std::string_view bytes, Charset charset);

struct Substitution {
    char32_t from = 0;
    std::string to; ///< UTF-8
    std::size_t position = 0;
    [[nodiscard]] friend bool operator==(const Substitution&, const Substitution&) = default;
};
struct Substituted {
    std::string text;
    std::vector<Substitution> made;
};
/// Replaces what `charset` lacks by the documented table (typographic quotes, dashes, ligatures, letters with
/// a plain form). What the table lacks stays, and unencodable() still reports it.
[[nodiscard]] Substituted substitute(std::string_view utf8, Charset charset);

} // namespace segue::ddp
