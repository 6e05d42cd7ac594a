#include "ddp/checksum_check.h"

#include "core/text.h"
#include "ddp/red_book.h"
#include "ddp/set_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace segue::ddp {

namespace {

std::string_view name(ChecksumKind kind) { return kind == ChecksumKind::md5 ? "MD5" : "CRC-32"; }

const std::string& hashOf(const FileHash& hash, ChecksumKind kind)
{
    return kind == ChecksumKind::md5 ? hash.md5 : hash.crc32;
}

/// Where a list says something about a file.
struct Statement {
    const NamedList* list;
    const ChecksumEntry* entry;
    [[nodiscard]] bool agreesWith(const FileHash& hash) const
    {
        return hashOf(hash, entry->kind) == entry->hash;
    }
};

class ListJudge {
public:
    ListJudge(std::span<const NamedList> lists, std::span<const HashedFile> files)
        : lists_{lists}, files_{files}, statements_(files.size())
    {
    }

    Findings run()
    {
        for (const NamedList& list : lists_) judgeNames(list);
        for (std::size_t f = 0; f < files_.size(); ++f) judgeFile(f);
        judgeUnlisted();
        return std::move(found_);
    }

private:
    void report(std::string_view id, std::string message, Place where, std::string fix = {})
    {
        found_.push_back(finding(rule(id), std::move(message), std::move(where), std::move(fix)));
    }

    /// The file an entry means: by the set's spelling, by the disk's, else by a spelling that differs in
    /// case.
    [[nodiscard]] std::size_t fileOf(const std::string& wanted) const
    {
        for (std::size_t f = 0; f < files_.size(); ++f)
            if (files_[f].name == wanted || files_[f].nameOnDisk == wanted) return f;
        for (std::size_t f = 0; f < files_.size(); ++f)
            if (equalsIgnoringAsciiCase(files_[f].name, wanted)) return f;
        return files_.size();
    }

    void judgeNames(const NamedList& list)
    {
        std::vector<std::pair<std::string, std::string>> spelled;
        for (const ChecksumEntry& entry : list.list.entries) {
            const Place where{.file = list.file, .line = entry.line};
            const std::string shown = escapedForDisplay(entry.name);
            if (const auto objection = objectionToListName(entry.name)) {
                report(
                    "SET.NAME",
                    fmt::format("The list names the file \"{}\", which is not opened: {}", shown, *objection),
                    where);
                continue;
            }
            const std::size_t f = fileOf(entry.name);
            if (f == files_.size()) {
                report("SET.CHECKSUM_NO_FILE",
                       fmt::format("The list names {}, which is not in the folder", shown), where);
                continue;
            }
            statements_[f].push_back({&list, &entry});
            if (list.form == ChecksumForm::exact && entry.name != files_[f].name)
                report("SET.NAME_CASE", fmt::format("The list spells {} as {}", files_[f].name, shown),
                       where);
            else if (files_[f].ofTheSet && entry.name != files_[f].nameOnDisk)
                spelled.emplace_back(files_[f].name, entry.name);
            else if (files_[f].ofTheSet)
                spelled.emplace_back(files_[f].name, files_[f].name);
        }
        if (list.form == ChecksumForm::exact) return;
        for (Finding& each : checkNameCase(spelled)) {
            each.message = fmt::format("In {}: {}", list.file, each.message);
            each.where.file = list.file;
            found_.push_back(std::move(each));
        }
    }

    /// A list that another list contradicts is damaged itself; otherwise the file is.
    void judgeFile(std::size_t f)
    {
        const HashedFile& file = files_[f];
        if (file.hash == nullptr || statements_[f].empty()) return;
        const auto agreeing = std::ranges::find_if(
            statements_[f], [&](const Statement& s) { return s.agreesWith(*file.hash); });
        bool all = true;
        for (const Statement& s : statements_[f]) {
            if (s.agreesWith(*file.hash)) continue;
            all = false;
            std::string message =
                fmt::format("The {} of {} is {}, but {} has {} in line {}", name(s.entry->kind), file.name,
                            hashOf(*file.hash, s.entry->kind), s.list->file, s.entry->hash, s.entry->line);
            if (agreeing == statements_[f].end()) {
                report("SET.CHECKSUM", std::move(message), Place{.file = file.name},
                       "get the file again from where the set comes from");
            } else {
                message +=
                    fmt::format("; {} agrees with the file, so the list is wrong", agreeing->list->file);
                report("SET.CHECKSUM", std::move(message),
                       Place{.file = s.list->file, .line = s.entry->line});
            }
        }
        file.hash->listed = all;
    }

    [[nodiscard]] bool names(const NamedList& list, std::size_t f) const
    {
        return std::ranges::any_of(statements_[f], [&](const Statement& s) { return s.list == &list; });
    }

    /// Our own lists are complete each by itself; of others' it is enough that one names the file.
    void judgeUnlisted()
    {
        const bool understood = std::ranges::any_of(lists_, [](const NamedList& list) {
            return !list.list.entries.empty() || list.form == ChecksumForm::exact ||
                   asciiUpper(list.file).ends_with(".MD5");
        });
        if (!understood) {
            report("SET.CHECKSUM_MISSING",
                   lists_.empty()
                       ? "There is no checksum file: damage to the audio cannot be seen"
                       : fmt::format(
                             "{} holds no checksum that is understood: damage to the audio cannot be seen",
                             lists_.front().file),
                   {}, "ask for a set with MD5 checksums");
            return;
        }
        for (std::size_t f = 0; f < files_.size(); ++f) {
            if (!files_[f].ofTheSet || files_[f].hash == nullptr) continue;
            for (const NamedList& list : lists_)
                if (list.form == ChecksumForm::exact && !names(list, f)) reportUnlisted(f, list.file);
            const bool exactOnly = std::ranges::any_of(
                lists_, [](const NamedList& list) { return list.form == ChecksumForm::exact; });
            if (!exactOnly && statements_[f].empty()) reportUnlisted(f, lists_.front().file);
        }
    }
    void reportUnlisted(std::size_t f, const std::string& list)
    {
        report("SET.CHECKSUM_UNLISTED",
               fmt::format("{} does not name {}, a file of the set", list, files_[f].name),
               Place{.file = list});
    }

    std::span<const NamedList> lists_;
    std::span<const HashedFile> files_;
    std::vector<std::vector<Statement>> statements_;
    Findings found_{};
};

} // namespace

Findings checkLists(std::span<const NamedList> lists, std::span<const HashedFile> files)
{
    return ListJudge{lists, files}.run();
}

} // namespace segue::ddp
