#include "project/xml_document.h"

#include "core/text.h"
#include "project/xml_scan.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cassert>

namespace segue {

namespace {

constexpr unsigned int parseFlags = pugi::parse_cdata | pugi::parse_comments | pugi::parse_pi |
                                    pugi::parse_declaration | pugi::parse_ws_pcdata | pugi::parse_escapes |
                                    pugi::parse_eol | pugi::parse_wconv_attribute;

constexpr std::size_t lineBlock = 4096;

// The parser's own sentences do not say what would be right.
std::string parserWords(pugi::xml_parse_status status)
{
    switch (status) {
    case pugi::status_end_element_mismatch: return "An end tag does not match the element it should close";
    case pugi::status_bad_attribute: return "An attribute is not written as name=\"value\"";
    case pugi::status_bad_start_element: return "A start tag is malformed";
    case pugi::status_bad_end_element: return "An end tag is malformed";
    case pugi::status_bad_pi: return "An instruction or the XML declaration is malformed";
    case pugi::status_no_document_element: return "The file holds no XML element";
    case pugi::status_out_of_memory: return "There is not enough memory to read the file";
    default: return "The file is not well-formed XML";
    }
}

bool isElement(pugi::xml_node node) { return node.type() == pugi::node_element; }

Error treeError(const pugi::xml_node& node, std::string what, std::string where)
{
    return {fmt::format("The element <{}> {}", escapedForDisplay(node.name()), what), std::move(where)};
}

// The next node in document order; counts the levels itself, so that no depth can exhaust the stack.
pugi::xml_node following(pugi::xml_node node, int& depth)
{
    if (node.first_child()) return ++depth, node.first_child();
    while (node && !node.next_sibling()) {
        node = node.parent();
        --depth;
    }
    return node ? node.next_sibling() : node;
}

} // namespace

XmlNode::Kind XmlNode::kind() const
{
    switch (pugi::xml_node{node_}.type()) {
    case pugi::node_element: return Kind::element;
    case pugi::node_cdata: return Kind::cdata;
    case pugi::node_comment: return Kind::comment;
    case pugi::node_pi: return Kind::instruction;
    default: return Kind::text;
    }
}

std::string_view XmlNode::name() const { return pugi::xml_node{node_}.name(); }
std::string_view XmlNode::value() const { return pugi::xml_node{node_}.value(); }

std::vector<XmlAttribute> XmlNode::attributes() const
{
    std::vector<XmlAttribute> all;
    for (const auto attribute : pugi::xml_node{node_}.attributes())
        all.push_back({attribute.name(), attribute.value()});
    return all;
}

std::optional<std::string_view> XmlNode::attribute(std::string_view name) const
{
    for (const auto attribute : pugi::xml_node{node_}.attributes())
        if (attribute.name() == name) return attribute.value();
    return std::nullopt;
}

std::vector<XmlNode> XmlNode::children() const
{
    std::vector<XmlNode> all;
    for (const auto child : pugi::xml_node{node_}.children()) all.emplace_back(child.internal_object());
    return all;
}

std::size_t XmlNode::offset() const
{
    const auto offset = pugi::xml_node{node_}.offset_debug();
    return offset < 0 ? 0 : static_cast<std::size_t>(offset);
}

XmlDocument::XmlDocument() : tree_{std::make_unique<pugi::xml_document>()} {}
XmlDocument::~XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;

Result<XmlDocument> XmlDocument::parse(std::string_view text, const std::string& fileName)
{
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (const auto ok = scanXml(text, fileName); !ok) return failure(ok.error());

    XmlDocument document;
    document.text_ = text;
    int lines = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const auto block = rest.substr(0, lineBlock);
        rest.remove_prefix(block.size());
        document.linesBefore_.push_back(lines);
        lines += static_cast<int>(std::ranges::count(block, '\n'));
    }

    const auto result =
        document.tree_->load_buffer(text.data(), text.size(), parseFlags, pugi::encoding_utf8);
    if (!result) {
        const auto upTo =
            text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)));
        const auto line = 1 + std::ranges::count(upTo, '\n');
        return failure(parserWords(result.status), fileAndLine(fileName, static_cast<int>(line)));
    }
    if (const auto ok = document.checkTree(fileName); !ok) return failure(ok.error());
    return document;
}

Status XmlDocument::checkTree(const std::string& fileName) const
{
    std::size_t nodes = 0;
    int depth = 0, roots = 0;
    std::vector<std::string_view> names;
    for (auto node = tree_->first_child(); node; node = following(node, depth)) {
        const auto where = [&] { return fileAndLine(fileName, lineOf(XmlNode{node.internal_object()})); };
        if (node.type() == pugi::node_declaration) {
            const std::string_view encoding = node.attribute("encoding").value();
            if (!encoding.empty() && !equalsIgnoringAsciiCase(encoding, "utf-8"))
                return failure(fmt::format("The file says its encoding is {}; a project file is UTF-8",
                                           quotedForMessage(encoding)),
                               where());
        }
        if (!isElement(node)) continue;
        if (node.parent() == *tree_) ++roots;
        if (++nodes > maxXmlNodes)
            return failure(fmt::format("The file has more than {} elements", maxXmlNodes), fileName);
        if (depth >= maxXmlDepth)
            return failure(
                treeError(node, fmt::format("is nested deeper than {} levels", maxXmlDepth), where()));

        names.clear();
        for (const auto attribute : node.attributes()) {
            names.emplace_back(attribute.name());
            if (std::string_view{attribute.value()}.size() > maxXmlAttributeBytes)
                return failure(
                    treeError(node,
                              fmt::format("has an attribute \"{}\" of more than {} KiB",
                                          escapedForDisplay(attribute.name()), maxXmlAttributeBytes >> 10U),
                              where()));
        }
        if (names.size() > maxXmlAttributesOfOne)
            return failure(
                treeError(node, fmt::format("has more than {} attributes", maxXmlAttributesOfOne), where()));
        std::ranges::sort(names);
        const auto twice = std::ranges::adjacent_find(names);
        if (twice != names.end())
            return failure(treeError(
                node, fmt::format("has the attribute \"{}\" twice", escapedForDisplay(*twice)), where()));
    }
    if (roots != 1) return failure("A project file has exactly one root element, <segue>", fileName);
    return {};
}

XmlNode XmlDocument::root() const { return XmlNode{tree_->document_element().internal_object()}; }

std::vector<XmlNode> XmlDocument::topLevel() const
{
    std::vector<XmlNode> all;
    for (const auto node : tree_->children())
        if (node.type() != pugi::node_declaration) all.emplace_back(node.internal_object());
    return all;
}

int XmlDocument::lineOf(XmlNode node) const
{
    const std::size_t block = std::min(node.offset() / lineBlock, linesBefore_.size() - 1);
    const auto upTo = text_.substr(block * lineBlock, node.offset() - block * lineBlock);
    return 1 + linesBefore_[block] + static_cast<int>(std::ranges::count(upTo, '\n'));
}

std::string fileAndLine(const std::string& fileName, int line)
{
    return fmt::format("{}, line {}", fileName, line);
}

std::string quotedForMessage(std::string_view value)
{
    constexpr std::size_t longest = 60;
    if (value.size() <= longest) return fmt::format("\"{}\"", escapedForDisplay(value));
    // Not in the middle of a UTF-8 sequence.
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xC0U) == 0x80U) --cut;
    return fmt::format("\"{}...\"", escapedForDisplay(value.substr(0, cut)));
}

} // namespace segue
