#include "project/recovery.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "project/journal.h"
#include "project/state_folder.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <tuple>

namespace segue {

namespace {

constexpr std::int64_t mostJournalBytes = std::int64_t{1} << 30;
constexpr std::size_t mostLast = 10;
constexpr std::string_view discarded = "discarded-";
// One empty file for each replay begun and not ended: made and removed in one step each.
constexpr std::string_view replaying = "replaying-";

int failedReplays(FileOps& files, const Path& folder)
{
    const auto names = files.list(folder);
    if (!names) return 0;
    return static_cast<int>(
        std::ranges::count_if(*names, [](const std::string& n) { return n.starts_with(replaying); }));
}

std::vector<RecordedEdit> editsOf(const ReadJournal& journal)
{
    std::vector<RecordedEdit> all;
    for (const JournalRecord& record : journal.records) {
        if (record.continues && !all.empty()) all.pop_back();
        all.push_back({record.label, record.time});
    }
    return all;
}

// Behind the last record with a document nothing can be had back.
void dropEndWithoutDocument(ReadJournal& journal)
{
    while (!journal.records.empty() && journal.records.back().document.empty()) {
        journal.records.pop_back();
        journal.stoppedEarly = true;
    }
}

std::optional<ReadJournal> read(FileOps& files, const Path& folder)
{
    const auto bytes = readTextFile(files, folder / journalName, mostJournalBytes);
    if (!bytes) return std::nullopt;
    auto journal = readJournal(*bytes);
    if (journal) dropEndWithoutDocument(*journal);
    return journal;
}

std::optional<Recovery> lookAt(FileOps& files, const Path& folder)
{
    const auto journal = read(files, folder);
    if (!journal || journal->records.empty()) return std::nullopt;
    Recovery found{.folder = folder, .origin = journal->origin, .stoppedEarly = journal->stoppedEarly};
    auto edits = editsOf(*journal);
    found.edits = edits.size();
    const auto kept = std::min(edits.size(), mostLast);
    found.last.assign(edits.end() - static_cast<std::ptrdiff_t>(kept), edits.end());
    found.failedReplays = failedReplays(files, folder);
    if (found.origin.project.empty()) return found;
    const auto saved = readTextFile(files, found.origin.project, static_cast<std::int64_t>(maxXmlBytes));
    const std::string now = saved ? sha256(bytesOf(*saved)) : std::string{};
    found.projectChanged = now != found.origin.savedHash;
    found.alreadySaved = saved && now == sha256(bytesOf(journal->records.back().document));
    return found;
}

std::string shown(const Path& path) { return escapedForDisplay(path.native()); }

// The documents from the last one on, until one can be read.
Result<Recovered> replay(ReadJournal journal)
{
    Recovered result{.origin = journal.origin, .stoppedEarly = journal.stoppedEarly};
    const std::string name =
        journal.origin.project.empty() ? "recovered album" : shown(journal.origin.project.filename());
    std::optional<Error> first;
    while (!journal.records.empty()) {
        auto project = parseProject(journal.records.back().document, journal.origin.folder, name);
        if (project) {
            result.project = std::move(*project);
            result.edits = editsOf(journal).size();
            return result;
        }
        if (!first) first = project.error();
        journal.records.pop_back();
        ++result.lost;
        dropEndWithoutDocument(journal);
    }
    if (first) return failure(*first);
    return failure("There is nothing in this recovery journal that can be read", name);
}

} // namespace

std::vector<Recovery> findRecovery(FileOps& files, const Path& state, const Path& project,
                                   const StillRuns& stillRuns)
{
    std::vector<Recovery> all;
    if (state.empty()) return all;
    const Path place = state / "recovery" / (project.empty() ? unsavedId : projectId(files, project));
    const auto names = files.list(place);
    if (!names) return all;
    for (const std::string& name : *names) {
        if (name.starts_with(discarded)) continue;
        const Path folder = place / name;
        if (lockHolder(files, folder / journalOwnerName, stillRuns)) continue;
        if (auto found = lookAt(files, folder)) all.push_back(std::move(*found));
    }
    std::ranges::stable_sort(all, {}, [](const Recovery& r) { return r.last.back().time; });
    return all;
}

Result<Recovered> recover(FileOps& files, const Recovery& recovery, const LockOwner& self,
                          const StillRuns& stillRuns)
{
    const auto owner = LockFile::take(files, recovery.folder / journalOwnerName, self, stillRuns);
    if (owner.other)
        return failure(fmt::format("The edits are just being recovered by {}", displayName(*owner.other)), {},
                       ErrorKind::refused);
    const int failed = failedReplays(files, recovery.folder);
    if (failed >= 2)
        return failure("Recovering these edits ended badly twice, so the journal is left aside and not tried "
                       "again; the saved project is as it was. The journal is kept until you discard it",
                       shown(recovery.folder), ErrorKind::refused);
    const Path mark = recovery.folder / fmt::format("{}{}", replaying, failed + 1);
    // A full or read-only disk must not keep anybody from his edits; then only the count is missing.
    if (files.createNew(mark)) std::ignore = files.syncDirectory(recovery.folder);
    auto journal = read(files, recovery.folder);
    auto result = journal ? replay(std::move(*journal))
                          : Result<Recovered>{failure("The recovery journal cannot be read",
                                                      shown(recovery.folder), ErrorKind::io)};
    std::ignore = files.unlink(mark);
    return result;
}

Status discardRecovery(FileOps& files, const Recovery& recovery, std::chrono::year_month_day today)
{
    const Path to = recovery.folder.parent_path() /
                    fmt::format("{}{:04}-{:02}-{:02}-{}", discarded, static_cast<int>(today.year()),
                                static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()),
                                recovery.folder.filename().native());
    if (const auto s = files.renameNoReplace(recovery.folder, to); !s)
        return failure(fileError("Could not discard the recovery journal", recovery.folder, s.error()));
    std::ignore = files.syncDirectory(to.parent_path());
    return {};
}

Status removeRecovery(FileOps& files, const Recovery& recovery)
{
    auto done = removeTree(files, recovery.folder);
    if (done) std::ignore = files.removeDirectory(recovery.folder.parent_path());
    return done;
}

void removeOldDiscarded(FileOps& files, const Path& state, std::chrono::year_month_day today)
{
    constexpr std::chrono::days kept{30};
    const auto ids = files.list(state / "recovery");
    if (!ids) return;
    for (const std::string& id : *ids) {
        const Path place = state / "recovery" / id;
        const auto names = files.list(place);
        if (!names) continue;
        for (const std::string_view name : *names) {
            if (!name.starts_with(discarded) || name.size() < discarded.size() + 10) continue;
            const auto date = name.substr(discarded.size(), 10);
            const auto year = parseInteger(date.substr(0, 4)), month = parseInteger(date.substr(5, 2)),
                       day = parseInteger(date.substr(8, 2));
            if (!year || !month || !day || *month < 1 || *day < 1) continue;
            const std::chrono::year_month_day then{std::chrono::year{static_cast<int>(*year)},
                                                   std::chrono::month{static_cast<unsigned>(*month)},
                                                   std::chrono::day{static_cast<unsigned>(*day)}};
            if (!then.ok() || std::chrono::sys_days{then} + kept >= std::chrono::sys_days{today}) continue;
            std::ignore = removeTree(files, place / name);
        }
        std::ignore = files.removeDirectory(place); // when it is empty now
    }
}

} // namespace segue
