/// \file
/// The text level of cue sheets: encoding, lines, quotes. What the commands mean is cue_sheet.cpp's business.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

inline constexpr std::size_t maxCueBytes = 1U << 20U;
inline constexpr std::size_t maxCueLineBytes = 4096;

struct CueText {
    std::vector<std::string> lines{}; ///< UTF-8, without line ends
    std::string encoding{};           ///< "ASCII", "UTF-8", "ISO 8859-1" or "Windows-1252"
    int firstBeyondAscii = 0;         ///< line of the first character beyond ASCII; 0: none
};

/// A byte order mark or valid UTF-8 means UTF-8; else Windows-1252, called ISO 8859-1 when no byte of 80-9F
/// occurs. Lines end with LF, CR LF or CR. An Error names the line: more than 1 MiB, a line of more than
/// 4,096 bytes, UTF-16, NUL and other control characters (a last 0x1A, DOS's end of file, is taken off),
/// bytes without a meaning.
[[nodiscard]] Result<CueText> decodeCue(std::string_view bytes, const std::string& fileName);

/// What follows a command.
struct CueArgument {
    std::string text{}; ///< between the first and the line's last quote, else the first word
    bool quoted = false;
    bool unclosed = false; ///< a quote was opened and never closed; `text` is all that follows it
    std::string rest{};    ///< what comes after `text`, without blanks around
};
[[nodiscard]] CueArgument cueArgument(std::string_view text);
/// A file's name and the type that follows it ("" when none does). A bare name may hold blanks when a type
/// ends the line.
struct CueFileArgument {
    std::string name{}, type{};
};
[[nodiscard]] CueFileArgument cueFileArgument(std::string_view text);
/// Split at blanks and tabs.
[[nodiscard]] std::vector<std::string_view> cueWords(std::string_view text);

} // namespace segue
