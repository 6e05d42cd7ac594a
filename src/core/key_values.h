/// \file
/// The one reader of `key = value` files: profiles of plants, thresholds of checks, rules of services. It
/// knows lines, sections and numbers; which keys there are and what they mean is the reader's business, who
/// also says which ones he does not know.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

inline constexpr std::size_t maxKeyValueBytes = 1U << 20U;

/// One line `key = value`, without blanks around either. The value may be empty and may hold '=' and '#'.
struct KeyValue {
    std::string key{}, value{};
    int line = 0; ///< from 1
    [[nodiscard]] friend bool operator==(const KeyValue&, const KeyValue&) = default;
};

/// What follows a line `[name]`, in the file's order; every key occurs once.
struct KeyValueSection {
    std::string name{}; ///< empty: before the first section
    int line = 0;       ///< of `[name]`; 0 for the one before
    std::vector<KeyValue> values{};
    [[nodiscard]] friend bool operator==(const KeyValueSection&, const KeyValueSection&) = default;
};

struct KeyValues {
    std::string file{};                      ///< named in errors
    std::vector<KeyValueSection> sections{}; ///< the first is the nameless one, even when it is empty
    [[nodiscard]] friend bool operator==(const KeyValues&, const KeyValues&) = default;
};

/// Lines end with LF or CR LF; a line whose first character is '#' and an empty one are passed over; keys are
/// letters, digits and `_.-`, told apart by their case. Text is UTF-8, with or without a byte order mark. An
/// Error names file and line: not UTF-8, control characters, a line without '=', a key or section that
/// occurs twice, more than 1 MiB.
[[nodiscard]] Result<KeyValues> parseKeyValues(std::string_view text, std::string file);

/// nullptr when the section has no such key.
[[nodiscard]] const KeyValue* find(const KeyValueSection& section, std::string_view key);
/// nullptr when the file has no such section.
[[nodiscard]] const KeyValueSection* findSection(const KeyValues& values, std::string_view name);

/// An Error about one line, with file and line: "faults.conf, line 7: ...".
[[nodiscard]] Error keyValueError(const KeyValues& values, int line, std::string what);
/// The value as a number from low to high. An Error with file, line, key and range when it is none.
[[nodiscard]] Result<double> numberOf(const KeyValues& values, const KeyValue& value, double low,
                                      double high);
/// "yes" or "no".
[[nodiscard]] Result<bool> yesOrNo(const KeyValues& values, const KeyValue& value);

} // namespace segue
