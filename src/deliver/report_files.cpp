#include "deliver/report_files.h"

#include "core/hash.h"
#include "deliver/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <map>

namespace segue {

namespace {

constexpr std::int64_t reportLimit = 64 << 20;

Result<std::string> md5OfFile(FileOps& files, const Path& path)
{
    auto file = files.openForReading(path);
    if (!file)
        return failure(
            fileError("Could not read a file of the set that would be replaced", path, file.error()));
    const auto hasher = makeMd5();
    std::vector<std::byte> buffer(1 << 20);
    for (std::int64_t at = 0;;) {
        const auto read = readFully(**file, at, buffer);
        if (!read)
            return failure(
                fileError("Could not read a file of the set that would be replaced", path, read.error()));
        if (*read == 0) return hasher->finish();
        hasher->update(std::span<const std::byte>{buffer}.first(*read));
        at += static_cast<std::int64_t>(*read);
    }
}

/// Every file below `folder`, one level of subfolders deep (CD1, CD2), as "CD1/DDPID".
Result<std::vector<std::string>> filesBelow(FileOps& files, const Path& folder)
{
    std::vector<std::string> found;
    const auto names = files.list(folder);
    if (!names)
        return failure(fileError("Could not list the folder that would be replaced", folder, names.error()));
    for (const std::string& name : *names) {
        const auto stat = files.stat(folder / name);
        if (!stat)
            return failure(
                fileError("Could not look at a file that would be replaced", folder / name, stat.error()));
        if (stat->type != FileStat::Type::directory) {
            found.push_back(name);
            continue;
        }
        const auto inner = files.list(folder / name);
        if (!inner)
            return failure(
                fileError("Could not list the folder that would be replaced", folder / name, inner.error()));
        if (inner->empty()) found.push_back(name + "/");
        for (const std::string& file : *inner) found.push_back(name + "/" + file);
    }
    return found;
}

std::unexpected<Error> notOurs(const std::string& what, const Path& where)
{
    return failure(what + "; nothing was replaced. Move it away or choose another folder", where.string(),
                   ErrorKind::input);
}

} // namespace

Path reportPath(const Path& out, std::string_view ending)
{
    Path folder = out;
    if (!folder.has_filename()) folder = folder.parent_path(); // "OUT/" is OUT
    folder += fmt::format(".report.{}", ending);
    return folder;
}

Status mayBeReplaced(FileOps& files, const Path& out, const KnownMd5& known)
{
    const auto stat = files.stat(out);
    if (!stat && stat.error().code == ENOENT) return {};
    if (!stat)
        return failure(fileError("Could not look at the folder that would be replaced", out, stat.error()));
    if (stat->type != FileStat::Type::directory) return notOurs("This is not a folder that Segue wrote", out);

    const Path report = reportPath(out, "json");
    const auto json = readTextFile(files, report, reportLimit);
    // A disk that fails is no reason to send the user looking for another folder.
    if (!json && json.error().kind == ErrorKind::io) return failure(json.error());
    if (!json)
        return notOurs(fmt::format("There is no readable report {} that describes this folder",
                                   report.filename().string()),
                       out);
    const auto listed = filesOfReport(*json, report.filename().string());
    if (!listed) return failure(listed.error());
    std::map<std::string, const DeliveredFile*> expected;
    for (const DeliveredFile& file : *listed) expected.emplace(file.name, &file);

    const auto present = filesBelow(files, out);
    if (!present) return failure(present.error());
    for (const std::string& name : *present) {
        const auto at = expected.find(name);
        if (at == expected.end())
            return notOurs("This file is not part of the set that the report describes", out / name);
        const auto fileStat = files.stat(out / name);
        if (!fileStat)
            return failure(
                fileError("Could not look at a file that would be replaced", out / name, fileStat.error()));
        if (fileStat->type != FileStat::Type::regular || fileStat->size != at->second->size)
            return notOurs("This file is no longer what the report describes", out / name);
        const auto remembered = known ? known(out / name) : std::nullopt;
        const auto hash = remembered ? Result<std::string>{*remembered} : md5OfFile(files, out / name);
        if (!hash) return failure(hash.error());
        if (*hash != at->second->md5)
            return notOurs("This file is no longer what the report describes", out / name);
    }
    return {};
}

} // namespace segue
