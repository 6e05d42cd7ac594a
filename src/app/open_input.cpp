#include "app/open_input.h"

#include "core/text.h"
#include "project/source_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

std::string quotedNames(const std::vector<const Edition*>& editions)
{
    std::string list;
    for (const Edition* e : editions) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", e->name);
    return list;
}

Result<EditionId> choose(const Album& album, const std::vector<const Edition*>& fitting,
                         const std::string& name, std::string_view what)
{
    if (!name.empty()) {
        const auto named = std::ranges::find(album.editions, name, &Edition::name);
        if (named == album.editions.end()) {
            std::vector<const Edition*> all;
            for (const Edition& e : album.editions) all.push_back(&e);
            return failure(
                fmt::format("There is no edition \"{}\"; the album has {}", name, quotedNames(all)),
                "--edition");
        }
        if (std::ranges::none_of(fitting, [&](const Edition* e) { return e->id == named->id; }))
            return failure(fmt::format("The edition \"{}\" is not {}", name, what), "--edition");
        return named->id;
    }
    if (fitting.size() == 1) return fitting.front()->id;
    if (fitting.empty()) return failure(fmt::format("The album has no edition that is {}", what));
    return failure(
        fmt::format("The album has several editions: {}. Choose one of them", quotedNames(fitting)),
        "--edition");
}

std::vector<const Edition*> cdEditions(const Album& album)
{
    std::vector<const Edition*> found;
    for (const Edition& e : album.editions)
        if (std::holds_alternative<CdSettings>(e.medium)) found.push_back(&e);
    return found;
}

} // namespace

Result<InputKind> inputKind(FileOps& files, const Path& path)
{
    const auto real = files.realPath(path);
    if (!real) return failure(fileError("Could not open the input", path, real.error()));
    const auto stat = files.stat(*real);
    if (!stat) return failure(fileError("Could not open the input", path, stat.error()));
    if (stat->type == FileStat::Type::directory) return InputKind::ddpFolder;
    if (stat->type != FileStat::Type::regular)
        return failure("This is neither a file nor a folder", path.string());
    const std::string ending = asciiLower(path.extension().string());
    if (ending == ".cue") return InputKind::cueSheet;
    if (ending == ".segue") return InputKind::album;
    auto file = files.openForReading(path);
    if (!file) return failure(fileError("Could not open the input", path, file.error()));
    std::array<std::byte, 512> head{};
    const auto read = readFully(**file, 0, head);
    if (!read) return failure(fileError("Could not read the input", path, read.error()));
    const std::string_view text{reinterpret_cast<const char*>(head.data()), *read};
    if (text.find("<segue") != std::string_view::npos) return InputKind::album;
    if (asciiUpper(text).find("FILE ") != std::string::npos) return InputKind::cueSheet;
    return failure("This is not an album (.segue), a cue sheet (.cue) or a DDP folder", path.string());
}

Result<OpenedInput> openInput(FileOps& files, const Path& path, const CueImportOptions& options)
{
    const auto kind = inputKind(files, path);
    if (!kind) return failure(kind.error());
    OpenedInput input{.kind = *kind};
    switch (*kind) {
    case InputKind::album: {
        auto project = loadProject(files, path);
        if (!project) return failure(project.error());
        input.findings = project->findings;
        input.project = std::move(*project);
        return input;
    }
    case InputKind::cueSheet: {
        auto imported = importCue(files, path, options);
        if (!imported) return failure(imported.error());
        input.findings = std::move(imported->findings);
        input.project.album = std::move(imported->album);
        return input;
    }
    case InputKind::ddpFolder: break;
    }
    return failure("This is a DDP folder; this command needs an album or a cue sheet", path.string());
}

void nameFilesFrom(Findings& findings, const Path& folder)
{
    for (Finding& f : findings) f.where.file = storedPath(f.where.file, folder.native());
}

Result<EditionId> chooseCdEdition(const Album& album, const std::string& name)
{
    return choose(album, cdEditions(album), name, "for CD");
}

Result<EditionId> chooseAnyEdition(const Album& album, const std::string& name)
{
    std::vector<const Edition*> all;
    for (const Edition& e : album.editions) all.push_back(&e);
    if (name.empty() && all.size() > 1) {
        const auto cds = cdEditions(album);
        if (cds.size() == 1) return cds.front()->id;
    }
    return choose(album, all, name, "there");
}

} // namespace segue
