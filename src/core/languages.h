/// \file
/// CD-Text languages (EBU Tech 3264) and genres (as in libcdio and libburn), by code and by name.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace segue {

/// An EBU Tech 3264 language code; 0x09 is English.
struct Language {
    std::uint8_t code = 0x09;
    [[nodiscard]] friend constexpr auto operator<=>(Language, Language) = default;
};
inline constexpr Language english{0x09};
inline constexpr Language japanese{0x69};

/// English name, "" for a code without one.
[[nodiscard]] std::string_view nameOf(Language language);
/// By English name (any case), by ISO 639-1 ("de", "ja") or by hexadecimal code ("0x08").
[[nodiscard]] std::optional<Language> parseLanguage(std::string_view text);

/// CD-Text genre codes 0..27; anything else travels as text.
[[nodiscard]] std::string_view genreName(int code);
[[nodiscard]] std::optional<int> parseGenre(std::string_view text);

} // namespace segue
