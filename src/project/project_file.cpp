#include "project/project_file.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "project/foreign_content.h"
#include "project/project_parts.h"
#include "project/source_paths.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace segue {

namespace {

// The folder that relative paths count from: of the file itself, not of a link to it, so that a project means
// the same by whichever name it is opened.
Result<Path> folderOf(FileOps& files, const Path& file, std::string_view what)
{
    const auto real = files.realPath(file);
    if (real) return real->parent_path();
    if (real.error().code != ENOENT) return failure(fileError(what, file, real.error()));
    const Path parent = file.has_parent_path() ? file.parent_path() : Path{"."};
    const auto folder = files.realPath(parent);
    if (!folder) return failure(fileError(what, file, folder.error()));
    return *folder;
}

// As the album will be after it was read back.
Album withAbsolutePaths(Album album, const Path& folder)
{
    for (Source& source : album.sources) source.path = absolutePath(source.path, folder.native());
    return album;
}
std::vector<Version> withAbsolutePaths(std::span<const Version> versions, const Path& folder)
{
    std::vector<Version> all{versions.begin(), versions.end()};
    for (Version& version : all) version.album = withAbsolutePaths(std::move(version.album), folder);
    return all;
}

std::string displayName(const Path& file) { return escapedForDisplay(file.filename().native()); }

// Nothing may be written that would not come back as it is.
Status readsBackAs(std::string_view xml, const Album& expected, std::span<const Version> versions,
                   const Path& folder, const std::string& fileName, const char* otherwise)
{
    const auto back = parseProject(xml, folder, fileName);
    if (!back) return failure(back.error());
    if (back->album != expected || !std::ranges::equal(back->versions, versions))
        return failure(otherwise, fileName, ErrorKind::io);
    return {};
}

std::string textOf(std::span<const std::byte> bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (const std::byte b : bytes) text += static_cast<char>(b);
    return text;
}

} // namespace

Result<Project> parseProject(std::string_view xml, const Path& folder, const std::string& fileName)
{
    const auto document = XmlDocument::parse(xml, fileName);
    if (!document) return failure(document.error());
    Project project;
    auto read = readRoot(*document, folder.native(), fileName, project.findings);
    if (!read) return failure(read.error());
    project.album = std::move(read->album);
    project.versions = std::move(read->versions);
    project.version = read->version;
    project.foreign = collectForeign(*document, fileName, project.findings);
    return project;
}

Result<std::string> formatProject(const Album& album, const Path& folder, const ForeignContent* foreign,
                                  std::span<const Version> versions)
{
    XmlItem root = writeRoot(album, versions, folder.native());
    if (foreign != nullptr) mergeForeign(root, *foreign);
    static const std::vector<std::string> none;
    std::string xml = printXml(root, foreign != nullptr ? foreign->beforeRoot : none,
                               foreign != nullptr ? foreign->afterRoot : none);
    const auto same = readsBackAs(xml, withAbsolutePaths(album, folder), withAbsolutePaths(versions, folder),
                                  folder, "project", "The album holds something a project file cannot store");
    if (!same) {
        Error error = same.error();
        error.what = "The album cannot be stored: " + error.what;
        return failure(std::move(error));
    }
    return xml;
}

Result<Project> loadProject(FileOps& files, const Path& file)
{
    constexpr auto what = "Could not open the project";
    auto text = readTextFile(files, file, static_cast<std::int64_t>(maxXmlBytes));
    if (!text) return failure(text.error());
    const auto folder = folderOf(files, file, what);
    if (!folder) return failure(folder.error());
    return parseProject(*text, *folder, displayName(file));
}

Status saveProject(FileOps& files, const Path& file, const Project& project,
                   const std::function<Status()>& lastLook)
{
    if (project.version > projectVersion)
        return failure(
            fmt::format(
                "The project was written by a newer version of Segue (file version {}, this one writes "
                "{}); saving it here would lose what this version does not know. Use the newer version",
                project.version, projectVersion),
            displayName(file));
    const auto folder = folderOf(files, file, "Could not save the project");
    if (!folder) return failure(folder.error());
    const auto xml = formatProject(project.album, *folder, project.foreign.get(), project.versions);
    if (!xml) {
        Error error = xml.error();
        error.where = displayName(file) + ", " + error.where;
        return failure(std::move(error));
    }
    const Album expected = withAbsolutePaths(project.album, *folder);
    const std::vector<Version> versions = withAbsolutePaths(project.versions, *folder);
    return saveAtomically(
        files, file, bytesOf(*xml),
        [&](std::span<const std::byte> written) {
            auto same = readsBackAs(textOf(written), expected, versions, *folder, displayName(file),
                                    "What was read back from the disk is not the album that was written");
            return same && lastLook ? lastLook() : same;
        },
        randomToken());
}

} // namespace segue
