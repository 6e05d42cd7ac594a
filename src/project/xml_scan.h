/// \file
/// The look at the raw bytes of an XML file before a parser gets them.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace segue {

/// Refuses, with file and line: too large, UTF-16 and UTF-32, invalid UTF-8, NUL and other control
/// characters, document type declarations, entities other than XML's five, references to impossible
/// characters, '<' in a value, content outside the root, a second root, nesting deeper than 64, more markup
/// than the limits allow.
/// \param text without byte order mark
[[nodiscard]] Status scanXml(std::string_view text, const std::string& fileName);

/// True for text that XML 1.0 can hold: valid UTF-8 without control characters other than tab and line ends.
[[nodiscard]] bool fitsXml(std::string_view text);

} // namespace segue
