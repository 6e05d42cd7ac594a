/// \file
/// From UTF-8 to the bytes of a CD-Text block and back, and the documented substitutions for characters that
/// a character set lacks. Nothing is substituted unless asked, and every substitution is listed.
#pragma once

#include "core/result.h"
#include "ddp/cd_text.h"

#include <cstddef>
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

/// The bytes; an Error naming the first unencodable character, in words that go behind "The title of track 3:
/// ". MS-JIS is CP932, two bytes per character (single-byte characters are made full width, see storedForm).
[[nodiscard]] Result<std::string> encodeText(std::string_view utf8, Charset charset);
/// UTF-8 (NFC) of `bytes`, without a terminator; bytes that mean nothing, control characters included, become
/// U+FFFD and are counted.
struct DecodedText {
    std::string utf8;
    int unreadable = 0;
    int singleByte = 0; ///< characters of one byte in MS-JIS, which CD-Text does not allow there
};
[[nodiscard]] DecodedText decodeText(std::string_view bytes, Charset charset);

/// `utf8` as decodeText() gives it back after encodeText(): NFC and, for MS-JIS, full width and Microsoft's
/// choice among equal characters. Characters that cannot be encoded stay as they are.
[[nodiscard]] std::string storedForm(std::string_view utf8, Charset charset);

/// Characters of `utf8` whose MS-JIS codes lie in the rows that vendors added (NEC row 13, NEC and IBM
/// extensions): players without these rows show something else. See rule CDTEXT.VENDOR_ROWS.
[[nodiscard]] std::vector<Unencodable> inVendorRows(std::string_view utf8);
[[nodiscard]] bool usesVendorRows(std::string_view utf8);

/// "ISO 8859-1", "ASCII", "MS-JIS"
[[nodiscard]] std::string_view name(Charset charset);

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
/// a plain form). What the table lacks stays, and unencodable() still reports it. Positions are those of the
/// NFC form of `utf8`, before any replacement.
[[nodiscard]] Substituted substitute(std::string_view utf8, Charset charset);

struct SubstitutionEntry {
    char32_t from;
    std::string_view to; ///< UTF-8; may itself need the table again in a smaller character set
};
/// The whole table in order of code points, as docs/formats/cd-text.md prints it.
[[nodiscard]] std::span<const SubstitutionEntry> substitutionTable();

} // namespace segue::ddp
