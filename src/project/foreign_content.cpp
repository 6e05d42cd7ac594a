#include "project/foreign_content.h"

#include "core/text.h"
#include "project/exact_time.h"
#include "project/project_rules.h"
#include "project/project_schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

// Numbers and times are compared by value: 007 is 7.
std::string normalised(std::string_view identity)
{
    if (const auto number = parseInteger(identity)) return fmt::format("{}", *number);
    if (const auto time = parseExactTime(identity)) return fmt::format("{}fl", time->value());
    return std::string{identity};
}

// Tells brothers apart: "clip#17", "texts", "pack#3".
class BrotherNames {
public:
    std::string nameOf(const ElementKind& kind, std::string_view identity)
    {
        if (kind.repeated) return fmt::format("{}#{}", kind.name, count_[kind.name]++);
        if (kind.identity.empty()) return std::string{kind.name};
        return fmt::format("{}#{}", kind.name, normalised(identity));
    }

private:
    std::map<std::string_view, int> count_{};
};

// A version repeats the identities of the album it is one of, so what is unique is so within it.
struct Place {
    std::string album{}, path{};
};
Place placeOf(const Place& parent, const ElementKind& kind, const std::string& name)
{
    if (kind.unique) return {parent.album, parent.album + name};
    const std::string path = parent.path + "/" + name;
    return {kind.name == "version" ? path + "/" : parent.album, path};
}
const Place rootPlace{"", "segue"};

bool isBlank(std::string_view text) { return trimmed(text).empty(); }

// At most maxXmlDepth levels, which the document has checked.
void appendMarkup(const XmlNode& node, std::string& out)
{
    switch (node.kind()) {
    case XmlNode::Kind::text: out += escapedText(node.value()); return;
    case XmlNode::Kind::cdata: out.append("<![CDATA[").append(node.value()).append("]]>"); return;
    case XmlNode::Kind::comment: out.append("<!--").append(node.value()).append("-->"); return;
    case XmlNode::Kind::instruction:
        out.append("<?").append(node.name());
        if (!node.value().empty()) out.append(" ").append(node.value());
        out += "?>";
        return;
    case XmlNode::Kind::element: break;
    }
    out.append("<").append(node.name());
    for (const auto& [name, value] : node.attributes())
        out.append(" ").append(name).append("=\"").append(escapedAttribute(value)).append("\"");
    const auto children = node.children();
    if (children.empty()) {
        out += "/>";
        return;
    }
    out += '>';
    for (const XmlNode& child : children) appendMarkup(child, out);
    out.append("</").append(node.name()).append(">");
}

std::string markupOf(const XmlNode& node)
{
    std::string markup;
    appendMarkup(node, markup);
    // Text among known elements gets a line of its own each time; its surrounding blanks would grow.
    return node.kind() == XmlNode::Kind::text ? std::string{trimmed(markup)} : markup;
}

class Collector {
public:
    Collector(const XmlDocument& document, ForeignContent& content) : document_{document}, content_{content}
    {
    }

    // As deep as the schema, whose elements do not contain themselves.
    void visit(const XmlNode& node, const ElementKind& kind, const Place& place)
    {
        ForeignContent::Slots slots;
        bool any = false;
        for (const auto& [name, value] : node.attributes()) {
            const bool known = knowsAttribute(kind, name);
            slots.attributes.push_back(
                {std::string{name}, known ? std::nullopt : std::optional{std::string{value}}});
            if (known) continue;
            any = true;
            note(node, fmt::format("the attribute \"{}\" of <{}>", escapedForDisplay(name), kind.name));
        }
        BrotherNames names;
        for (const XmlNode& child : node.children()) {
            const bool element = child.kind() == XmlNode::Kind::element;
            const ElementKind* known =
                element && knowsChild(kind, child.name()) ? elementKind(child.name()) : nullptr;
            if (known != nullptr) {
                const auto identity = child.attribute(known->identity);
                const std::string name = names.nameOf(*known, identity.value_or(""));
                slots.children.push_back({name});
                visit(child, *known, placeOf(place, *known, name));
            } else if (child.kind() != XmlNode::Kind::text || !isBlank(child.value())) {
                any = true;
                slots.children.push_back({"", markupOf(child)});
                if (element)
                    note(child,
                         fmt::format("the element <{}> in <{}>", escapedForDisplay(child.name()), kind.name));
                else if (child.kind() == XmlNode::Kind::text || child.kind() == XmlNode::Kind::cdata)
                    note(child, fmt::format("text in <{}>", kind.name));
            }
        }
        if (any) content_.elements.emplace(place.path, std::move(slots));
    }

    [[nodiscard]] const std::map<std::string, std::pair<int, int>>& unknown() const { return unknown_; }

private:
    void note(const XmlNode& node, const std::string& what)
    {
        auto place = unknown_.find(what);
        if (place == unknown_.end()) {
            if (unknown_.size() >= mostKinds) return;
            place = unknown_.emplace(what, std::pair{document_.lineOf(node), 0}).first;
        }
        ++place->second.second;
    }

    static constexpr std::size_t mostKinds = 50; // a longer list says nothing more

    const XmlDocument& document_;
    ForeignContent& content_;
    std::map<std::string, std::pair<int, int>> unknown_{}; // what -> first line, how often
};

void mergeAttributes(XmlItem& item, const std::vector<ForeignContent::AttributeSlot>& slots)
{
    std::size_t next = 0;
    for (const auto& slot : slots) {
        if (slot.value) {
            item.attributes.emplace(item.attributes.begin() + static_cast<std::ptrdiff_t>(next), slot.name,
                                    *slot.value);
            ++next;
            continue;
        }
        const auto found =
            std::ranges::find(item.attributes, slot.name, &std::pair<std::string, std::string>::first);
        if (found != item.attributes.end())
            next = static_cast<std::size_t>(found - item.attributes.begin()) + 1;
    }
}

void mergeChildren(XmlItem& item, const std::vector<std::string>& names,
                   const std::vector<ForeignContent::ChildSlot>& slots)
{
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < names.size(); ++i) places.emplace(names[i], i);
    std::vector<std::vector<XmlItem>> before(names.size() +
                                             1); // before[i]: foreign pieces in front of child i
    std::size_t next = 0;
    for (const auto& slot : slots) {
        if (slot.known.empty())
            before[next].push_back({.verbatim = slot.markup});
        else if (const auto found = places.find(slot.known); found != places.end())
            next = found->second + 1;
    }
    std::vector<XmlItem> merged;
    for (std::size_t i = 0; i <= names.size(); ++i) {
        std::ranges::move(before[i], std::back_inserter(merged));
        if (i < names.size()) merged.push_back(std::move(item.children[i]));
    }
    item.children = std::move(merged);
}

void mergeInto(XmlItem& item, const Place& place, const ForeignContent& foreign)
{
    BrotherNames brothers;
    std::vector<std::string> names;
    for (XmlItem& child : item.children) {
        const ElementKind& kind = *elementKind(child.name);
        const auto identity =
            std::ranges::find(child.attributes, kind.identity, &std::pair<std::string, std::string>::first);
        names.push_back(brothers.nameOf(kind, identity == child.attributes.end() ? "" : identity->second));
        mergeInto(child, placeOf(place, kind, names.back()), foreign);
    }
    const auto found = foreign.elements.find(place.path);
    if (found == foreign.elements.end()) return;
    mergeAttributes(item, found->second.attributes);
    mergeChildren(item, names, found->second.children);
}

} // namespace

std::shared_ptr<const ForeignContent> collectForeign(const XmlDocument& document, const std::string& fileName,
                                                     Findings& findings)
{
    auto content = std::make_shared<ForeignContent>();
    Collector collector{document, *content};
    bool before = true;
    for (const XmlNode& node : document.topLevel()) {
        if (node.kind() == XmlNode::Kind::element) {
            collector.visit(node, *elementKind("segue"), rootPlace);
            before = false;
        } else {
            (before ? content->beforeRoot : content->afterRoot).push_back(markupOf(node));
        }
    }
    for (const auto& [what, seen] : collector.unknown()) {
        const auto [line, times] = seen;
        const std::string often = times > 1 ? fmt::format(" ({} times)", times) : "";
        findings.push_back(
            finding(projectRule("PROJECT.UNKNOWN"),
                    fmt::format("This version does not know {}{}; it is kept as it is", what, often),
                    {.file = fileName, .line = line}));
    }
    return content;
}

void mergeForeign(XmlItem& root, const ForeignContent& foreign) { mergeInto(root, rootPlace, foreign); }

} // namespace segue
