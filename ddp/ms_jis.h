/// \file
/// MS-JIS, the double-byte character set of CD-Text: code page 932 without its user-defined area, as two
/// tables made once from the system's iconv. Only the room ddp itself uses this header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace segue::ddp::msjis {

/// False when the system's iconv does not know code page 932; no character has a code then.
[[nodiscard]] bool available();

/// The character of a two-byte code, nothing when the code has none.
[[nodiscard]] std::optional<char32_t> character(std::uint8_t lead, std::uint8_t trail);
/// The code of a character in NFC. Among several the one in the JIS rows is taken, then NEC row 13, then
/// IBM's extension, so that every code that can be read can be written.
[[nodiscard]] std::optional<std::uint16_t> code(char32_t character);

/// True for the codes that vendors added to JIS X 0208: NEC row 13, NEC's selection of IBM characters, and
/// IBM's extension.
[[nodiscard]] constexpr bool isVendorCode(std::uint16_t code)
{
    const int lead = code >> 8;
    return lead == 0x87 || lead == 0xED || lead == 0xEE || (lead >= 0xFA && lead <= 0xFC);
}
[[nodiscard]] constexpr bool isLead(std::uint8_t byte)
{
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}
/// Half-width katakana and punctuation in one byte, U+FF61..U+FF9F.
[[nodiscard]] constexpr bool isHalfWidthKana(std::uint8_t byte) { return byte >= 0xA1 && byte <= 0xDF; }

/// ASCII and half-width katakana made full width (a voiced mark joins its kana), and characters for which
/// Microsoft chose another code point than others do (wave dash, minus, ...) brought to Microsoft's.
/// \pre `text` is in NFC
[[nodiscard]] std::u32string fullWidth(std::u32string_view text);

} // namespace segue::ddp::msjis
