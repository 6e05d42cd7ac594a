/// \file
/// Text without a locale: UTF-8, NFC, ASCII tests, numbers. <cctype>, strtod and printf depend on the
/// locale; nothing here does.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

[[nodiscard]] constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr char asciiUpper(char c) { return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
[[nodiscard]] std::string asciiUpper(std::string_view text);
[[nodiscard]] std::string asciiLower(std::string_view text);
[[nodiscard]] bool equalsIgnoringAsciiCase(std::string_view a, std::string_view b);
/// Without ASCII white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

[[nodiscard]] bool isValidUtf8(std::string_view text);
/// \pre valid UTF-8
[[nodiscard]] std::u32string toCodePoints(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::u32string_view codePoints);
[[nodiscard]] std::string latin1ToUtf8(std::string_view latin1);
/// Composed form (NFC). \pre valid UTF-8
[[nodiscard]] std::string toNfc(std::string_view utf8);
/// Columns on a terminal: wide characters count two, combining ones none.
[[nodiscard]] int displayWidth(std::string_view utf8);
/// `text` cut with an ellipsis to at most `columns`, then padded with blanks to exactly that many.
[[nodiscard]] std::string fitted(std::string_view utf8, int columns);
/// For messages and terminals: control, bidirectional and invalid bytes shown as \x1b, \u202e, \xff.
[[nodiscard]] std::string escapedForDisplay(std::string_view text);

/// The whole of `text` as a number, or nothing. No blanks, no plus sign, never the locale.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);
/// Finite numbers only, full stop as decimal separator.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);
/// The shortest text that parseNumber reads back to the same double.
[[nodiscard]] std::string shortest(double value);

} // namespace segue
