/// \file
/// What a project file is written from: a small tree of elements, printed one to a line.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segue {

struct XmlItem {
    std::string name{};
    std::vector<std::pair<std::string, std::string>> attributes{}; ///< UTF-8, without forbidden characters
    std::vector<XmlItem> children{};
    std::string verbatim{}; ///< markup that goes out as it is; then everything else is empty
};

/// An attribute's value with what XML cannot hold as it is written as references; tab and line ends too,
/// because a reader would make blanks of them.
[[nodiscard]] std::string escapedAttribute(std::string_view value);
/// The same for text between tags.
[[nodiscard]] std::string escapedText(std::string_view text);
/// With declaration; one element a line, two blanks a level, LF.
[[nodiscard]] std::string printXml(const XmlItem& root, const std::vector<std::string>& beforeRoot,
                                   const std::vector<std::string>& afterRoot);

} // namespace segue
