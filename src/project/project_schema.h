/// \file
/// Every element and attribute of a project file, stated once: the reader tells by it what it does not know,
/// the writer where such content goes. docs/formats/project.md says what each means.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace segue {

struct ElementKind {
    std::string_view name;
    std::span<const std::string_view> attributes; ///< in the order they are written
    std::span<const std::string_view> children;   ///< likewise
    /// How one is told from its brothers: by this attribute; "" for an element that stands alone.
    std::string_view identity{};
    /// The identity is unique in the whole album (the file's, or a version's), not only among brothers.
    bool unique = false;
    /// Brothers are told apart by position only.
    bool repeated = false;
};

/// nullptr for an element this version does not know.
[[nodiscard]] const ElementKind* elementKind(std::string_view name);
/// `name` or, for a text that XML cannot hold, `name` + "-hex".
[[nodiscard]] bool knowsAttribute(const ElementKind& kind, std::string_view name);
[[nodiscard]] bool knowsChild(const ElementKind& kind, std::string_view name);

/// Suffix of an attribute that holds the bytes of a text in hexadecimal.
inline constexpr std::string_view hexSuffix = "-hex";

} // namespace segue
