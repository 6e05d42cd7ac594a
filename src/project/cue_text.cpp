#include "project/cue_text.h"

#include "core/text.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

// Bytes 80-9F of Windows-1252; 0 where it has none (unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT).
constexpr std::array<char32_t, 32> windows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr bool isC1(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) <= 0x9F;
}
constexpr bool isBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
        if (text.starts_with("\r\n"))
            text.remove_prefix(2);
        else if (!text.empty())
            text.remove_prefix(1);
    }
    return lines;
}

Result<std::string> fromWindows1252(std::string_view line, const std::string& where)
{
    std::u32string text;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        const char32_t code = isC1(c) ? windows1252[byte - 0x80U] : byte;
        if (code == 0 && byte != 0)
            return failure(
                fmt::format(
                    "The byte 0x{:02X} is neither UTF-8 nor a character of Windows-1252; save the cue "
                    "sheet as UTF-8",
                    byte),
                where);
        text += code;
    }
    return toUtf8(text);
}

Status checkLine(std::string_view line, const std::string& where)
{
    if (line.size() > maxCueLineBytes)
        return failure(fmt::format("The line has {} bytes; a line of a cue sheet has at most {}", line.size(),
                                   maxCueLineBytes),
                       where);
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0) return failure("There is a NUL byte; a cue sheet is plain text", where);
        if ((byte < 0x20 && c != '\t') || byte == 0x7F)
            return failure(
                fmt::format("There is a control character (0x{:02X}); a cue sheet is plain text", byte),
                where);
    }
    return {};
}

} // namespace

Result<CueText> decodeCue(std::string_view bytes, const std::string& fileName)
{
    if (bytes.size() > maxCueBytes)
        return failure(
            fmt::format("The file is larger than {} MiB; cue sheets are small", maxCueBytes >> 20U),
            fileName);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return failure("The cue sheet is UTF-16; save it as UTF-8", fileName);
    const bool marked = bytes.starts_with("\xEF\xBB\xBF");
    if (marked) bytes.remove_prefix(3);
    if (bytes.ends_with('\x1A')) bytes.remove_suffix(1);

    CueText result;
    const bool plain = std::ranges::none_of(bytes, isBeyondAscii);
    const bool utf8 = marked || isValidUtf8(bytes);
    result.encoding = plain                              ? "ASCII"
                      : utf8                             ? "UTF-8"
                      : std::ranges::any_of(bytes, isC1) ? "Windows-1252"
                                                         : "ISO 8859-1";
    int number = 0;
    for (const std::string_view line : splitLines(bytes)) {
        const std::string where = fileAndLine(fileName, ++number);
        if (const auto ok = checkLine(line, where); !ok) return failure(ok.error());
        if (result.firstBeyondAscii == 0 && std::ranges::any_of(line, isBeyondAscii))
            result.firstBeyondAscii = number;
        if (utf8) {
            if (!isValidUtf8(line))
                return failure("The cue sheet says it is UTF-8, but this line is not", where);
            result.lines.emplace_back(line);
            continue;
        }
        auto text = fromWindows1252(line, where);
        if (!text) return failure(text.error());
        result.lines.push_back(std::move(*text));
    }
    return result;
}

CueArgument cueArgument(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('"')) {
        const auto last = text.rfind('"');
        if (last == 0) return {.text = std::string{text.substr(1)}, .quoted = true, .unclosed = true};
        return {.text = std::string{text.substr(1, last - 1)},
                .quoted = true,
                .rest = std::string{trimmed(text.substr(last + 1))}};
    }
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    return {.text = std::string{text.substr(0, end)}, .rest = std::string{trimmed(text.substr(end))}};
}

CueFileArgument cueFileArgument(std::string_view text)
{
    static constexpr std::array<std::string_view, 6> known{"WAVE", "AIFF",   "MP3",
                                                           "FLAC", "BINARY", "MOTOROLA"};
    CueArgument argument = cueArgument(text);
    if (argument.quoted) return {std::move(argument.text), cueArgument(argument.rest).text};
    const auto words = cueWords(text);
    if (words.empty()) return {};
    // A last word with a dot is the end of a name, not a type.
    const bool typed =
        words.size() > 1 && (std::ranges::find(known, asciiUpper(words.back())) != known.end() ||
                             words.back().find('.') == std::string_view::npos);
    text = trimmed(text);
    if (!typed) return {std::string{text}, {}};
    const std::string type{words.back()};
    return {std::string{trimmed(text.substr(0, text.size() - type.size()))}, type};
}

std::vector<std::string_view> cueWords(std::string_view text)
{
    std::vector<std::string_view> words;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const auto end = std::min(text.find_first_of(" \t"), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

} // namespace segue
