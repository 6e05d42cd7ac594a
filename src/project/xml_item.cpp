#include "project/xml_item.h"

namespace segue {

namespace {

std::string escaped(std::string_view text, bool attribute)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#13;"; break;
        case '"': out += attribute ? "&quot;" : "\""; break;
        case '\t': out += attribute ? "&#9;" : "\t"; break;
        case '\n': out += attribute ? "&#10;" : "\n"; break;
        default: out += c;
        }
    }
    return out;
}

// Depth is that of the schema, not of a file: a handful of levels.
void print(const XmlItem& item, std::size_t depth, std::string& out)
{
    out.append(depth * 2, ' ');
    if (!item.verbatim.empty()) {
        out += item.verbatim + '\n';
        return;
    }
    out += '<' + item.name;
    for (const auto& [name, value] : item.attributes)
        out += ' ' + name + "=\"" + escapedAttribute(value) + '"';
    if (item.children.empty()) {
        out += "/>\n";
        return;
    }
    out += ">\n";
    for (const XmlItem& child : item.children) print(child, depth + 1, out);
    out.append(depth * 2, ' ');
    out += "</" + item.name + ">\n";
}

} // namespace

std::string escapedAttribute(std::string_view value) { return escaped(value, true); }
std::string escapedText(std::string_view text) { return escaped(text, false); }

std::string printXml(const XmlItem& root, const std::vector<std::string>& beforeRoot,
                     const std::vector<std::string>& afterRoot)
{
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    for (const std::string& line : beforeRoot) out += line + '\n';
    print(root, 0, out);
    for (const std::string& line : afterRoot) out += line + '\n';
    return out;
}

} // namespace segue
