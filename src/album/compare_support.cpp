#include "album/compare_support.h"

#include "album/compare_albums.h"
#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

std::pair<std::string, std::string> differingTimes(Duration before, Duration after)
{
    const std::string a = clockTime(before), b = clockTime(after);
    if (a != b || before == after) return {a, b};
    const auto exact = [](Duration d) {
        const auto flicks = d.value();
        const std::string seconds =
            shortest(static_cast<double>(flicks) / static_cast<double>(flicksPerSecond));
        return fmt::format("{} s ({} flicks)", seconds, flicks);
    };
    return {exact(before), exact(after)};
}

} // namespace segue

namespace segue::detail {

namespace {

std::string decibelText(Decibels d)
{
    return d == Decibels::silence() ? "silence" : shortest(d.value()) + " dB";
}

} // namespace

std::string quoted(std::string_view text)
{
    constexpr std::size_t longest = 80;
    if (text.size() <= longest) return fmt::format("\"{}\"", escapedForDisplay(text));
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return fmt::format("\"{}...\"", escapedForDisplay(text.substr(0, cut)));
}

std::string Differences::subject(std::string_view what) const
{
    return owner_.empty() ? fmt::format("The {}", what) : fmt::format("The {} of {}", what, owner_);
}

void Differences::value(std::string_view what, const std::string& before, const std::string& after)
{
    if (before != after) say(fmt::format("{} was {} and is {}", subject(what), before, after));
}

void Differences::text(std::string_view what, const std::string& before, const std::string& after)
{
    const auto optional = [](const std::string& s) { return s.empty() ? std::nullopt : std::optional{s}; };
    text(what, optional(before), optional(after));
}

void Differences::text(std::string_view what, const std::optional<std::string>& before,
                       const std::optional<std::string>& after)
{
    if (before == after) return;
    if (!before)
        say(fmt::format("{} is {}; there was none", subject(what), quoted(*after)));
    else if (!after)
        say(fmt::format("{} was {}; there is none now", subject(what), quoted(*before)));
    else if (quoted(*before) == quoted(*after))
        say(fmt::format("{} differs behind {}", subject(what), quoted(*before)));
    else
        value(what, quoted(*before), quoted(*after));
}

void Differences::time(std::string_view what, Duration before, Duration after)
{
    if (before == after) return;
    const auto [a, b] = differingTimes(before, after);
    value(what, a, b);
}

void Differences::gain(std::string_view what, Decibels before, Decibels after)
{
    if (before != after) value(what, decibelText(before), decibelText(after));
}

void Differences::yes(std::string_view what, bool before, bool after)
{
    value(what, before ? "on" : "off", after ? "on" : "off");
}

void Differences::texts(const Texts& before, const Texts& after, const std::string& language)
{
    for (const TextField field : allTextFields)
        text(fmt::format("{}{}", name(field), language), before[field], after[field]);
}

void Differences::translations(const std::vector<Translation>& before, const std::vector<Translation>& after)
{
    const auto words = [](Language language) { return fmt::format(" in language 0x{:02x}", language.code); };
    for (const Translation& was : before) {
        const auto now = std::ranges::find(after, was.language, &Translation::language);
        if (now != after.end())
            texts(was.texts, now->texts, words(was.language));
        else
            say(fmt::format("The texts{} of {} are gone", words(was.language),
                            owner_.empty() ? "the album" : owner_));
    }
    for (const Translation& now : after)
        if (std::ranges::find(before, now.language, &Translation::language) == before.end()) {
            say(fmt::format("There are texts{} of {} now", words(now.language),
                            owner_.empty() ? "the album" : owner_));
            texts({}, now.texts, words(now.language));
        }
}

} // namespace segue::detail
