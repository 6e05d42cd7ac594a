/// \file
/// What the three record parsers share: findings that point at a byte, and bytes that should be blank.
#pragma once

#include "core/finding.h"
#include "ddp/field.h"

#include <string>
#include <string_view>

namespace segue::ddp {

/// Where one record lies in its file.
struct RecordPlace {
    std::string file;
    std::size_t start = 0; ///< byte of the record's first byte
};

void reportField(Findings& findings, std::string_view rule, const RecordPlace& place, const Field& field,
                 std::string message);
/// SET.RESERVED when the field is not blank.
void checkBlank(Findings& findings, const RecordPlace& place, std::string_view record, const Field& field);
/// The number, or nothing; SET.NUMBER when it is neither number nor blank, or padded with blanks and zeros.
[[nodiscard]] std::optional<std::int64_t> numberField(Findings& findings, const RecordPlace& place,
                                                      std::string_view record, const Field& field);
/// The text; SET.CHARACTER when it holds anything but printable ASCII.
[[nodiscard]] std::string textField(Findings& findings, const RecordPlace& place, std::string_view record,
                                    const Field& field);

} // namespace segue::ddp
