#include "core/key_values.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace segue {

namespace {

bool isKeyCharacter(char c)
{
    return isUpper(c) || isLower(c) || isDigit(c) || c == '_' || c == '.' || c == '-';
}

bool hasControl(std::string_view line)
{
    return std::ranges::any_of(
        line, [](char c) { return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F); });
}

/// `[name]`, or nothing.
Result<std::string> sectionName(const KeyValues& values, std::string_view line, int number)
{
    if (!line.ends_with(']')) return failure(keyValueError(values, number, "A section's name ends with ]"));
    const std::string_view name = trimmed(line.substr(1, line.size() - 2));
    if (name.empty()) return failure(keyValueError(values, number, "A section needs a name between [ and ]"));
    if (findSection(values, name) != nullptr)
        return failure(keyValueError(
            values, number, fmt::format("There is already a section [{}]", escapedForDisplay(name))));
    return std::string{name};
}

Result<KeyValue> keyAndValue(const KeyValues& values, std::string_view line, int number)
{
    const auto equals = line.find('=');
    if (equals == std::string_view::npos)
        return failure(keyValueError(
            values, number,
            fmt::format("\"{}\" is neither a comment (#), a [section] nor a line \"key = value\"",
                        escapedForDisplay(line))));
    const std::string_view key = trimmed(line.substr(0, equals));
    if (key.empty() || !std::ranges::all_of(key, isKeyCharacter))
        return failure(keyValueError(values, number,
                                     fmt::format("\"{}\" is not a key: letters, digits and _ . - are allowed",
                                                 escapedForDisplay(key))));
    if (const KeyValue* earlier = find(values.sections.back(), key))
        return failure(keyValueError(values, number,
                                     fmt::format("{} was already given in line {}", key, earlier->line)));
    return KeyValue{std::string{key}, std::string{trimmed(line.substr(equals + 1))}, number};
}

} // namespace

Result<KeyValues> parseKeyValues(std::string_view text, std::string file)
{
    KeyValues values{.file = std::move(file), .sections = {KeyValueSection{}}};
    if (text.size() > maxKeyValueBytes)
        return failure("The file has more than 1 MiB and cannot be what it should be", values.file);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    int number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!isValidUtf8(line)) return failure(keyValueError(values, number, "The line is not UTF-8 text"));
        if (hasControl(line))
            return failure(keyValueError(values, number, "The line holds control characters"));
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with('[')) {
            auto name = sectionName(values, line, number);
            if (!name) return failure(std::move(name.error()));
            values.sections.push_back({.name = std::move(*name), .line = number});
            continue;
        }
        auto pair = keyAndValue(values, line, number);
        if (!pair) return failure(std::move(pair.error()));
        values.sections.back().values.push_back(std::move(*pair));
    }
    return values;
}

const KeyValue* find(const KeyValueSection& section, std::string_view key)
{
    const auto found = std::ranges::find(section.values, key, &KeyValue::key);
    return found == section.values.end() ? nullptr : &*found;
}

const KeyValueSection* findSection(const KeyValues& values, std::string_view name)
{
    const auto found = std::ranges::find(values.sections, name, &KeyValueSection::name);
    return found == values.sections.end() ? nullptr : &*found;
}

Error keyValueError(const KeyValues& values, int line, std::string what)
{
    return {.what = std::move(what), .where = fmt::format("{}, line {}", values.file, line)};
}

Result<double> numberOf(const KeyValues& values, const KeyValue& value, double low, double high)
{
    const auto number = parseNumber(value.value);
    if (!number || *number < low || *number > high)
        return failure(
            keyValueError(values, value.line,
                          fmt::format("{} is a number from {} to {}, not \"{}\"", value.key, shortest(low),
                                      shortest(high), escapedForDisplay(value.value))));
    return *number;
}

Result<bool> yesOrNo(const KeyValues& values, const KeyValue& value)
{
    if (value.value == "yes") return true;
    if (value.value == "no") return false;
    return failure(
        keyValueError(values, value.line,
                      fmt::format("{} is yes or no, not \"{}\"", value.key, escapedForDisplay(value.value))));
}

} // namespace segue
