#include "project/attribute_reader.h"

#include "core/text.h"
#include "project/exact_time.h"
#include "project/project_schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

} // namespace

std::string toHex(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += hexDigits[byte >> 4U];
        out += hexDigits[byte & 15U];
    }
    return out;
}

std::optional<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hexDigits.find(text[i]);
        const auto low = hexDigits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    }
    return out;
}

void AttributeReader::fail(const XmlNode& node, std::string what)
{
    if (error_) return;
    const auto id = node.attribute("id");
    const std::string element =
        id ? fmt::format("<{} id={}>", node.name(), quotedForMessage(*id)) : fmt::format("<{}>", node.name());
    error_ = Error{std::move(what), fmt::format("{}, {}", fileAndLine(fileName_, lineOf(node)), element)};
}

void AttributeReader::wrong(const XmlNode& node, std::string_view name, std::string_view value,
                            std::string_view expected)
{
    fail(node, fmt::format("The attribute \"{}\" is {}; {} belongs there", name, quotedForMessage(value),
                           expected));
}

std::optional<std::string> AttributeReader::optionalText(const XmlNode& node, std::string_view name)
{
    const auto plain = node.attribute(name);
    const std::string hexName = std::string{name} + std::string{hexSuffix};
    const auto hex = node.attribute(hexName);
    if (plain && hex) {
        fail(node, fmt::format("The attributes \"{}\" and \"{}\" exclude each other", name, hexName));
        return std::nullopt;
    }
    if (!hex) return plain ? std::optional{std::string{*plain}} : std::nullopt;
    auto text = fromHex(*hex);
    if (!text) wrong(node, hexName, *hex, "pairs of the digits 0-9 and a-f");
    return text;
}

std::string AttributeReader::text(const XmlNode& node, std::string_view name)
{
    return optionalText(node, name).value_or(std::string{});
}

std::string AttributeReader::requiredText(const XmlNode& node, std::string_view name)
{
    auto text = optionalText(node, name);
    if (!text) fail(node, fmt::format("The attribute \"{}\" is missing", name));
    return text.value_or(std::string{});
}

std::optional<std::int64_t> AttributeReader::optionalInteger(const XmlNode& node, std::string_view name,
                                                             std::int64_t least, std::int64_t most)
{
    const auto value = node.attribute(name);
    if (!value) return std::nullopt;
    const auto number = parseInteger(*value);
    if (number && *number >= least && *number <= most) return number;
    wrong(node, name, *value, fmt::format("a whole number from {} to {}", least, most));
    return std::nullopt;
}

std::int64_t AttributeReader::integer(const XmlNode& node, std::string_view name, std::int64_t least,
                                      std::int64_t most)
{
    if (!node.attribute(name)) fail(node, fmt::format("The attribute \"{}\" is missing", name));
    return optionalInteger(node, name, least, most).value_or(least);
}

std::optional<Duration> AttributeReader::optionalTime(const XmlNode& node, std::string_view name)
{
    const auto value = node.attribute(name);
    if (!value) return std::nullopt;
    const auto time = parseExactTime(*value);
    if (!time)
        wrong(node, name, *value,
              "a time within 100 hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\",");
    return time;
}

Duration AttributeReader::time(const XmlNode& node, std::string_view name)
{
    if (!node.attribute(name)) fail(node, fmt::format("The attribute \"{}\" is missing", name));
    return optionalTime(node, name).value_or(Duration{});
}

Decibels AttributeReader::decibels(const XmlNode& node, std::string_view name)
{
    const auto value = node.attribute(name);
    if (!value) return {};
    if (*value == "-inf") return Decibels::silence();
    if (const auto number = parseNumber(*value)) return Decibels{*number};
    wrong(node, name, *value, "a number of decibels, such as \"-1.5\", or \"-inf\"");
    return {};
}

bool AttributeReader::yes(const XmlNode& node, std::string_view name)
{
    return choice(node, name, {"no", "yes"}) == 1;
}

std::size_t AttributeReader::choice(const XmlNode& node, std::string_view name,
                                    std::initializer_list<std::string_view> choices)
{
    const auto value = node.attribute(name);
    if (!value) return 0;
    const auto found = std::ranges::find(choices, *value);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    wrong(node, name, *value,
          fmt::format("one of \"{}\"", fmt::join(choices.begin(), choices.end(), "\", \"")));
    return 0;
}

std::vector<std::byte> AttributeReader::bytes(const XmlNode& node, std::string_view name)
{
    const auto value = node.attribute(name).value_or("");
    const auto raw = fromHex(value);
    if (!raw) wrong(node, name, value, "pairs of the digits 0-9 and a-f");
    std::vector<std::byte> all;
    for (const char c : raw.value_or(std::string{})) all.push_back(static_cast<std::byte>(c));
    return all;
}

} // namespace segue
