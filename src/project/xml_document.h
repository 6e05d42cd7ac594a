/// \file
/// One small owner around pugixml: an XML file as a checked tree that knows its lines. What pugixml lets pass
/// and a project file must not have (two roots, duplicate attributes, entities, other encodings, endless
/// nesting) is refused here, by name and line, before anything is believed.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_document;
struct xml_node_struct;
} // namespace pugi

namespace segue {

/// Limits of what is read. Above them a file is refused, never cut.
inline constexpr std::size_t maxXmlBytes = 64U << 20U;
inline constexpr std::size_t maxXmlNodes = 1'000'000;
inline constexpr std::size_t maxXmlAttributes = 4'000'000;
inline constexpr std::size_t maxXmlAttributesOfOne = 256;
inline constexpr std::size_t maxXmlAttributeBytes = 64U << 10U;
inline constexpr int maxXmlDepth = 64;

struct XmlAttribute {
    std::string_view name, value;
};

/// A node of the tree. Cheap to copy; valid as long as its document.
class XmlNode {
public:
    enum class Kind { element, text, cdata, comment, instruction };

    explicit XmlNode(pugi::xml_node_struct* node) : node_{node} {}
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] std::string_view name() const;  ///< of an element or an instruction
    [[nodiscard]] std::string_view value() const; ///< of everything else, references resolved
    [[nodiscard]] std::vector<XmlAttribute> attributes() const;
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
    /// All children, white space between elements included.
    [[nodiscard]] std::vector<XmlNode> children() const;
    /// Byte offset in the file.
    [[nodiscard]] std::size_t offset() const;

private:
    pugi::xml_node_struct* node_;
};

class XmlDocument {
public:
    /// `text` has to be UTF-8 (a byte order mark is taken off) and well-formed, within the limits above, and
    /// has to outlive the document. An Error says file, line and rule.
    [[nodiscard]] static Result<XmlDocument> parse(std::string_view text, const std::string& fileName);
    ~XmlDocument();
    XmlDocument(XmlDocument&&) noexcept;
    XmlDocument& operator=(XmlDocument&&) noexcept;

    [[nodiscard]] XmlNode root() const;
    /// Everything at the top: comments, instructions and the root, in order, without the XML declaration.
    [[nodiscard]] std::vector<XmlNode> topLevel() const;
    [[nodiscard]] int lineOf(XmlNode node) const;

private:
    XmlDocument();
    [[nodiscard]] Status checkTree(const std::string& fileName) const;
    std::unique_ptr<pugi::xml_document> tree_;
    std::string_view text_{};
    std::vector<int>
        linesBefore_{}; // each block of the text; a full list of line starts could be larger than it
};

/// "album.segue, line 12".
[[nodiscard]] std::string fileAndLine(const std::string& fileName, int line);
/// A value for a message: escaped, and cut when it is long.
[[nodiscard]] std::string quotedForMessage(std::string_view value);

} // namespace segue
