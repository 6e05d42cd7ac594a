#include "ddp/record_checks.h"

#include "core/text.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

void reportField(Findings& findings, std::string_view ruleId, const RecordPlace& place, const Field& field,
                 std::string message)
{
    findings.push_back(
        finding(rule(ruleId), std::move(message),
                {.file = place.file, .byte = static_cast<std::int64_t>(place.start + field.offset)}));
}

void checkBlank(Findings& findings, const RecordPlace& place, std::string_view record, const Field& field)
{
    if (std::ranges::any_of(raw(record, field), [](char c) { return c != ' '; }))
        reportField(findings, "SET.RESERVED", place, field,
                    fmt::format("The field {} should be blank, it is \"{}\"", field.name,
                                escapedForDisplay(raw(record, field))));
}

std::optional<std::int64_t> numberField(Findings& findings, const RecordPlace& place, std::string_view record,
                                        const Field& field)
{
    const auto value = number(record, field);
    if (!value) {
        reportField(findings, "SET.NUMBER", place, field, value.error().what);
        return std::nullopt;
    }
    // No writer mixes them, and a blank is one bit away from a zero: this is damage.
    if (isPaddedTwice(record, field))
        reportField(findings, "SET.NUMBER", place, field,
                    fmt::format("The field {} is padded with blanks and with zeros: \"{}\"", field.name,
                                escapedForDisplay(raw(record, field))));
    return *value;
}

std::string textField(Findings& findings, const RecordPlace& place, std::string_view record,
                      const Field& field)
{
    const std::string_view value = text(record, field);
    if (std::ranges::any_of(value, [](char c) { return c < 0x20 || c > 0x7E; }))
        reportField(findings, "SET.CHARACTER", place, field,
                    fmt::format("The field {} holds characters other than printable ASCII: \"{}\"",
                                field.name, escapedForDisplay(value)));
    return std::string{value};
}

} // namespace segue::ddp
