#include "core/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace segue {

namespace {

constexpr char32_t replacementCharacter = 0xFFFD;

struct Decoded {
    char32_t codePoint = 0;
    std::size_t length = 0; // 0: not UTF-8
};

// One character at `at`, by the table of well-formed sequences (Unicode 15, table 3-7): no overlong forms, no
// surrogates, nothing above U+10FFFF.
Decoded decode(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return {first, 1};
    std::size_t length = 0;
    char32_t value = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        value = first & 0x1Fu;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        value = first & 0x0Fu;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        value = first & 0x07u;
    } else {
        return {};
    }
    if (text.size() - at < length) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0u) != 0x80u) return {};
        value = (value << 6) | (byte(at + i) & 0x3Fu);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, length};
}

void append(std::string& to, char32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacementCharacter;
    const auto put = [&to](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

// Invalid bytes count as one column each, as terminals show them.
int widthOf(const Decoded& d)
{
    return d.length == 0 ? 1 : utf8proc_charwidth(static_cast<utf8proc_int32_t>(d.codePoint));
}

// Characters that move the cursor, end a line or turn the direction of what follows.
bool mustBeEscaped(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

// Eight bytes at a time: nearly every text is ASCII, and is then valid, composed and its own code points.
bool isAscii(std::string_view text)
{
    std::uint64_t seen = 0;
    for (; text.size() >= sizeof seen; text.remove_prefix(sizeof seen)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data(), sizeof eight);
        seen |= eight;
    }
    for (const char c : text) seen |= static_cast<unsigned char>(c);
    return (seen & 0x8080'8080'8080'8080U) == 0;
}

} // namespace

std::string asciiUpper(std::string_view text)
{
    std::string upper{text};
    for (char& c : upper) c = asciiUpper(c);
    return upper;
}

std::string asciiLower(std::string_view text)
{
    std::string lower{text};
    for (char& c : lower)
        if (isUpper(c)) c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool equalsIgnoringAsciiCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (asciiUpper(a[i]) != asciiUpper(b[i])) return false;
    return true;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

bool isValidUtf8(std::string_view text)
{
    if (isAscii(text)) return true;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode(text, at);
        if (d.length == 0) return false;
        at += d.length;
    }
    return true;
}

std::u32string toCodePoints(std::string_view utf8)
{
    if (isAscii(utf8)) return {utf8.begin(), utf8.end()};
    std::u32string points;
    points.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const Decoded d = decode(utf8, at);
        assert(d.length != 0);
        points += d.length == 0 ? replacementCharacter : d.codePoint;
        at += d.length == 0 ? 1 : d.length;
    }
    return points;
}

std::string toUtf8(std::u32string_view codePoints)
{
    std::string text;
    text.reserve(codePoints.size());
    for (const char32_t c : codePoints) append(text, c);
    return text;
}

std::string latin1ToUtf8(std::string_view latin1)
{
    std::string text;
    text.reserve(latin1.size());
    for (const char c : latin1) append(text, static_cast<unsigned char>(c));
    return text;
}

std::string toNfc(std::string_view utf8)
{
    if (isAscii(utf8)) return std::string{utf8};
    // Everything below U+0300 is composed already; its lead bytes lie below 0xCC.
    if (std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0xCC; }))
        return std::string{utf8};
    struct Free {
        void operator()(utf8proc_uint8_t* p) const { std::free(p); }
    };
    utf8proc_uint8_t* raw = nullptr;
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                     static_cast<utf8proc_ssize_t>(utf8.size()), &raw,
                                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, Free> composed{raw};
    assert(length >= 0);
    if (length < 0) return std::string{utf8};
    return {reinterpret_cast<const char*>(composed.get()), static_cast<std::size_t>(length)};
}

int displayWidth(std::string_view utf8)
{
    int width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Decoded d = decode(utf8, at);
        width += widthOf(d);
        at += d.length == 0 ? 1 : d.length;
    }
    return width;
}

std::string fitted(std::string_view utf8, int columns)
{
    if (columns <= 0) return {};
    const int all = displayWidth(utf8);
    if (all <= columns) return std::string{utf8} + std::string(static_cast<std::size_t>(columns - all), ' ');
    std::string text;
    int width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Decoded d = decode(utf8, at);
        const std::size_t length = d.length == 0 ? 1 : d.length;
        if (width + widthOf(d) > columns - 1) break; // one column stays for the ellipsis
        width += widthOf(d);
        text += utf8.substr(at, length);
        at += length;
    }
    return text + "\u2026" + std::string(static_cast<std::size_t>(columns - 1 - width), ' ');
}

std::string escapedForDisplay(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode(text, at);
        if (d.length == 0)
            safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
        else if (!mustBeEscaped(d.codePoint))
            safe += text.substr(at, d.length);
        else if (d.codePoint < 0x80)
            safe += fmt::format("\\x{:02x}", static_cast<unsigned>(d.codePoint));
        else
            safe += fmt::format("\\u{:04x}", static_cast<unsigned>(d.codePoint));
        at += d.length == 0 ? 1 : d.length;
    }
    return safe;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::optional<double> parseNumber(std::string_view text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string shortest(double value)
{
    std::array<char, 32> buffer{}; // the longest shortest double has 24 characters
    const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    assert(problem == std::errc{});
    return {buffer.data(), end};
}

} // namespace segue
