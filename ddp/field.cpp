#include "ddp/field.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

template <std::size_t Size>
Status Record<Size>::putText(const Field& field, std::string_view text)
{
    if (text.size() > field.length)
        return failure(fmt::format("The field {} holds {} characters, \"{}\" has {}", field.name,
                                   field.length, escapedForDisplay(text), text.size()));
    for (const char c : text)
        if (c < 0x20 || c > 0x7E)
            return failure(fmt::format("The field {} holds printable ASCII only, not \"{}\"", field.name,
                                       escapedForDisplay(text)));
    std::ranges::copy(text, bytes_.begin() + static_cast<std::ptrdiff_t>(field.offset));
    return {};
}

template <std::size_t Size>
Status Record<Size>::putNumber(const Field& field, std::int64_t value, Padding padding)
{
    const std::string digits = fmt::format("{}", value);
    if (value < 0 || digits.size() > field.length)
        return failure(
            fmt::format("The field {} holds {} digits, {} does not fit", field.name, field.length, value));
    const std::string padded(field.length - digits.size(), padding == Padding::zeros ? '0' : ' ');
    std::ranges::copy(padded + digits, bytes_.begin() + static_cast<std::ptrdiff_t>(field.offset));
    return {};
}

template class Record<64>;
template class Record<128>;

std::string_view raw(std::string_view record, const Field& field)
{
    return record.substr(field.offset, field.length);
}

std::string_view text(std::string_view record, const Field& field)
{
    std::string_view bytes = raw(record, field);
    while (!bytes.empty() && bytes.back() == ' ') bytes.remove_suffix(1);
    return bytes;
}

Result<std::optional<std::int64_t>> number(std::string_view record, const Field& field)
{
    std::string_view digits = raw(record, field);
    while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
    if (digits.empty()) return std::optional<std::int64_t>{};
    if (!std::ranges::all_of(digits, isDigit))
        return failure(fmt::format("The field {} should be a number or blank, it is \"{}\"", field.name,
                                   escapedForDisplay(raw(record, field))));
    return parseInteger(digits);
}

std::optional<Padding> paddingOf(std::string_view record, const Field& field)
{
    const std::string_view bytes = raw(record, field);
    if (bytes.size() < 2 || text(record, field).empty()) return {};
    if (bytes.front() == ' ') return Padding::spaces;
    if (bytes.front() == '0') return Padding::zeros;
    return {};
}

bool isPaddedTwice(std::string_view record, const Field& field)
{
    const std::string_view bytes = raw(record, field);
    const std::size_t first = bytes.find_first_not_of(' ');
    return first != 0 && first != std::string_view::npos && first + 1 < bytes.size() && bytes[first] == '0';
}

} // namespace segue::ddp
