#include "ddp/charset.h"

#include "core/text.h"
#include "ddp/ms_jis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace segue::ddp {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::uint8_t byteOf(char c) { return static_cast<std::uint8_t>(c); }

/// The characters of `utf8` in the form that is stored. \pre valid UTF-8
std::u32string storedCharacters(std::string_view utf8, Charset charset)
{
    std::u32string text = toCodePoints(toNfc(utf8));
    return charset == Charset::msJis ? msjis::fullWidth(text) : text;
}

/// True when a character in its stored form has a code.
bool hasCode(char32_t c, Charset charset)
{
    switch (charset) {
    case Charset::ascii: return c >= 0x20 && c < 0x7F;
    case Charset::latin1: return (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF);
    case Charset::msJis: return msjis::code(c).has_value();
    }
    return false;
}

/// Characters of valid UTF-8 in front of the first invalid byte.
std::size_t validCharacters(std::string_view text)
{
    std::size_t valid = text.size();
    while (valid > 0 && !isValidUtf8(text.substr(0, valid))) --valid;
    return toCodePoints(text.substr(0, valid)).size();
}

template <class Pick>
std::vector<Unencodable> characters(std::string_view utf8, Pick pick)
{
    std::vector<Unencodable> found;
    const std::u32string text = toCodePoints(toNfc(utf8));
    for (std::size_t i = 0; i < text.size(); ++i)
        if (pick(text[i])) found.push_back({text[i], i});
    return found;
}

bool encodable(char32_t c, Charset charset)
{
    if (charset != Charset::msJis) return hasCode(c, charset);
    const std::u32string wide = msjis::fullWidth(std::u32string_view{&c, 1});
    return std::ranges::all_of(wide, [](char32_t w) { return msjis::code(w).has_value(); });
}

DecodedText decodeMsJis(std::string_view bytes)
{
    DecodedText decoded;
    std::u32string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t lead = byteOf(bytes[i]);
        std::optional<char32_t> c;
        if (lead >= 0x20 && lead < 0x7F) {
            c = lead;
            ++decoded.singleByte;
        } else if (msjis::isHalfWidthKana(lead)) {
            c = static_cast<char32_t>(0xFF61 + lead - 0xA1);
            ++decoded.singleByte;
        } else if (msjis::isLead(lead) && i + 1 < bytes.size()) {
            c = msjis::character(lead, byteOf(bytes[++i]));
        }
        if (!c) ++decoded.unreadable;
        text += c.value_or(replacement);
    }
    decoded.utf8 = toNfc(toUtf8(text));
    return decoded;
}

} // namespace

std::string_view name(Charset charset)
{
    switch (charset) {
    case Charset::latin1: return "ISO 8859-1";
    case Charset::ascii: return "ASCII";
    case Charset::msJis: break;
    }
    return "MS-JIS";
}

std::vector<Unencodable> unencodable(std::string_view utf8, Charset charset)
{
    if (!isValidUtf8(utf8)) return {{replacement, validCharacters(utf8)}};
    return characters(utf8, [charset](char32_t c) { return !encodable(c, charset); });
}

Result<std::string> encodeText(std::string_view utf8, Charset charset)
{
    if (!isValidUtf8(utf8))
        return failure(fmt::format("character {} is not valid UTF-8", validCharacters(utf8) + 1), {},
                       ErrorKind::refused);
    if (charset == Charset::msJis && !msjis::available())
        return failure("this system's C library does not know MS-JIS (code page 932)", {}, ErrorKind::io);
    if (const auto missing = unencodable(utf8, charset); !missing.empty()) {
        const auto [c, position] = missing.front();
        const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
        return failure(control ? fmt::format("character {} is the control character U+{:04X}, which CD-Text "
                                             "does not allow",
                                             position + 1, static_cast<std::uint32_t>(c))
                               : fmt::format("character {} is {} (U+{:04X}), which {} lacks", position + 1,
                                             escapedForDisplay(toUtf8(std::u32string(1, c))),
                                             static_cast<std::uint32_t>(c), name(charset)),
                       {}, ErrorKind::refused);
    }
    std::string bytes;
    for (const char32_t c : storedCharacters(utf8, charset)) {
        if (charset == Charset::msJis) {
            const std::uint16_t code = msjis::code(c).value();
            bytes += static_cast<char>(code >> 8);
            bytes += static_cast<char>(code & 0xFF);
        } else {
            bytes += static_cast<char>(c);
        }
    }
    return bytes;
}

DecodedText decodeText(std::string_view bytes, Charset charset)
{
    if (charset == Charset::msJis) return decodeMsJis(bytes);
    DecodedText decoded;
    std::u32string text;
    for (const char byte : bytes) {
        const char32_t c = byteOf(byte);
        const bool known = hasCode(c, charset);
        if (!known) ++decoded.unreadable;
        text += known ? c : replacement;
    }
    decoded.utf8 = toUtf8(text);
    return decoded;
}

std::string storedForm(std::string_view utf8, Charset charset)
{
    if (!isValidUtf8(utf8)) return std::string{utf8};
    return toNfc(toUtf8(storedCharacters(utf8, charset)));
}

std::vector<Unencodable> inVendorRows(std::string_view utf8)
{
    if (!isValidUtf8(utf8)) return {};
    return characters(utf8, [](char32_t c) {
        const std::u32string wide = msjis::fullWidth(std::u32string_view{&c, 1});
        return std::ranges::any_of(wide, [](char32_t w) {
            const auto code = msjis::code(w);
            return code && msjis::isVendorCode(*code);
        });
    });
}

bool usesVendorRows(std::string_view utf8) { return !inVendorRows(utf8).empty(); }

} // namespace segue::ddp
