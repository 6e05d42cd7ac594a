#include "core/control_flags.h"

#include "core/text.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace segue {

namespace {

constexpr std::array words{
    std::pair{"dcp", &ControlFlags::copyPermitted},
    std::pair{"pre", &ControlFlags::preEmphasis},
    std::pair{"4ch", &ControlFlags::fourChannel},
    std::pair{"scms", &ControlFlags::scms},
};

} // namespace

std::string flagsText(ControlFlags flags)
{
    std::string text;
    for (const auto& [word, flag] : words)
        if (flags.*flag) text += (text.empty() ? "" : ", ") + std::string{word};
    return text;
}

Result<ControlFlags> parseFlags(std::string_view text)
{
    ControlFlags flags;
    if (equalsIgnoringAsciiCase(trimmed(text), "none")) return flags;
    const auto separates = [](char c) { return c == ',' || isSpace(c); };
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && !separates(text[length])) ++length;
        const std::string word = asciiLower(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
        if (word.empty()) continue;
        bool known = false;
        for (const auto& [name, flag] : words)
            if (word == name) {
                flags.*flag = true;
                known = true;
            }
        if (!known)
            return failure(fmt::format("\"{}\" is no flag; there are pre, dcp, 4ch, scms and none", word));
    }
    return flags;
}

} // namespace segue
