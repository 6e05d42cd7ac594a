/// \file
/// A fixed-width text record as DDP uses it: one table of fields states the layout, and writer, reader and
/// error messages all read that table. Text is left-aligned, numbers right-aligned; unused bytes are blanks.
#pragma once

#include "core/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace segue::ddp {

struct Field {
    std::string_view name;
    std::size_t offset;
    std::size_t length;
};

/// True when the fields follow each other without gap or overlap and fill exactly `Size` bytes.
template <std::size_t Size, std::size_t N>
consteval bool tiles(const std::array<Field, N>& layout)
{
    std::size_t at = 0;
    for (const Field& field : layout) {
        if (field.offset != at || field.length == 0) return false;
        at += field.length;
    }
    return at == Size;
}

enum class Padding : std::uint8_t { spaces, zeros };

/// A record of `Size` blanks that fields are put into. Values that do not fit are an Error naming the field.
template <std::size_t Size>
class Record {
public:
    Record() { bytes_.fill(' '); }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
    [[nodiscard]] Status putText(const Field& field, std::string_view text);
    [[nodiscard]] Status putNumber(const Field& field, std::int64_t value, Padding padding);

private:
    std::array<char, Size> bytes_;
};

/// The field's bytes in a record.
[[nodiscard]] std::string_view raw(std::string_view record, const Field& field);
/// The field's text without trailing blanks.
[[nodiscard]] std::string_view text(std::string_view record, const Field& field);
/// A blank field is no number; blanks or zeros may stand in front. An Error for anything else.
[[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view record, const Field& field);
/// How a number was padded; nothing when it is blank or needs no padding.
[[nodiscard]] std::optional<Padding> paddingOf(std::string_view record, const Field& field);
/// True when zeros follow blanks in front of a number, as in "  0126".
[[nodiscard]] bool isPaddedTwice(std::string_view record, const Field& field);

} // namespace segue::ddp
