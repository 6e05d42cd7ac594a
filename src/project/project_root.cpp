// The root of a project file: the album itself, and the versions of it that were given names.
#include "project/attribute_reader.h"
#include "project/project_parts.h"
#include "project/project_rules.h"
#include "project/project_schema.h"
#include "project/xml_scan.h"

#include <fmt/format.h>

#include <limits>
#include <set>

namespace segue {

namespace {

std::vector<XmlNode> named(const XmlNode& parent, std::string_view name)
{
    auto all = parent.children();
    std::erase_if(all,
                  [&](const XmlNode& n) { return n.kind() != XmlNode::Kind::element || n.name() != name; });
    return all;
}

std::pair<std::string, std::string> textAttribute(std::string_view name, const std::string& value)
{
    if (fitsXml(value)) return {std::string{name}, value};
    return {fmt::format("{}{}", name, hexSuffix), toHex(value)};
}

XmlItem versionItem(const Version& version, std::string_view folder)
{
    XmlItem item = writeAlbum(version.album, folder);
    item.name = "version";
    std::vector<std::pair<std::string, std::string>> attributes{textAttribute("name", version.name)};
    if (!version.date.empty()) attributes.push_back(textAttribute("date", version.date));
    if (!version.note.empty()) attributes.push_back(textAttribute("note", version.note));
    item.attributes.insert(item.attributes.begin(), attributes.begin(), attributes.end());
    return item;
}

// What a version's sources and clips lack is said about the album itself, if it still holds.
Result<std::vector<Version>> readVersions(const XmlDocument& document, AttributeReader& in,
                                          std::string_view folder, const std::string& fileName)
{
    std::vector<Version> all;
    const auto lists = named(document.root(), "versions");
    if (lists.size() > 1) in.fail(lists[1], "<versions> stands twice in <segue>; once is right");
    if (lists.empty() || in.error()) return all;
    std::set<std::string> names;
    for (const XmlNode& node : named(lists[0], "version")) {
        Version version{.name = in.requiredText(node, "name"),
                        .date = in.text(node, "date"),
                        .note = in.text(node, "note")};
        if (version.name.empty()) in.wrong(node, "name", version.name, "the name of a version");
        if (!names.insert(version.name).second)
            in.fail(node, fmt::format("There are two versions called {}", quotedForMessage(version.name)));
        if (in.error()) return failure(*in.error());
        Findings past;
        auto album = readAlbum(document, node, folder, fileName, past);
        if (!album) return failure(album.error());
        version.album = std::move(*album);
        all.push_back(std::move(version));
    }
    return all;
}

} // namespace

Result<ReadRoot> readRoot(const XmlDocument& document, std::string_view folder, const std::string& fileName,
                          Findings& findings)
{
    AttributeReader in{document, fileName};
    const XmlNode root = document.root();
    if (root.name() != "segue")
        in.fail(root, "This is not a Segue project: its root element should be <segue>");
    if (in.error()) return failure(*in.error());
    ReadRoot result;
    result.version = static_cast<int>(in.integer(root, "version", 1, std::numeric_limits<int>::max()));
    if (in.error()) return failure(*in.error());
    auto album = readAlbum(document, root, folder, fileName, findings);
    if (!album) return failure(album.error());
    auto versions = readVersions(document, in, folder, fileName);
    if (in.error()) return failure(*in.error());
    if (!versions) return failure(versions.error());
    result.album = std::move(*album);
    result.versions = std::move(*versions);
    if (result.version > projectVersion)
        findings.push_back(
            finding(projectRule("PROJECT.NEWER"),
                    fmt::format("The project was written by a newer version of Segue (file version {}, "
                                "this one knows {}); it can be read, but not saved",
                                result.version, projectVersion),
                    {.file = fileName, .line = document.lineOf(root)}));
    return result;
}

XmlItem writeRoot(const Album& album, std::span<const Version> versions, std::string_view folder)
{
    XmlItem root = writeAlbum(album, folder);
    root.attributes.insert(root.attributes.begin(), {"version", fmt::format("{}", projectVersion)});
    if (versions.empty()) return root;
    XmlItem list{.name = "versions"};
    for (const Version& version : versions) list.children.push_back(versionItem(version, folder));
    root.children.push_back(std::move(list));
    return root;
}

} // namespace segue
