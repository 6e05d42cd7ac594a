#include "ddp/set_folder.h"

#include "core/text.h"
#include "ddp/cd_text_packs.h"
#include "ddp/checksum_list.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace segue::ddp {

namespace {

/// What leaves or confuses a folder on any system this set may be copied to.
std::optional<std::string> commonObjection(std::string_view name)
{
    if (name.empty()) return "it is empty";
    if (name == "." || name == "..") return "it names a folder";
    if (name.find('/') != std::string_view::npos) return "it holds a slash";
    if (name.find('\\') != std::string_view::npos) return "it holds a backslash";
    if (name.find(':') != std::string_view::npos) return "it holds a colon";
    const auto isControl = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
    if (std::ranges::any_of(name, isControl)) return "it holds a control character";
    return {};
}

bool isProblemOfTheSet(int error)
{
    constexpr std::array problems{ENOENT, EXDEV, ELOOP, EINVAL, EISDIR, ENOTDIR, ENXIO, ENAMETOOLONG};
    return std::ranges::find(problems, error) != problems.end();
}

std::string problemWords(int error)
{
    switch (error) {
    case ENOENT: return "the file is gone";
    case EXDEV:
    case ELOOP: return "it is a link that leads out of the folder";
    case EINVAL:
    case EISDIR:
    case ENXIO: return "it is not a file";
    default: return systemWords(error);
    }
}

} // namespace

std::optional<std::string> objectionToMapName(std::string_view name)
{
    if (auto objection = commonObjection(name)) return objection;
    if (std::ranges::any_of(name, [](char c) { return c < 0; }))
        return "it holds a character that is not ASCII";
    return {};
}

std::optional<std::string> objectionToListName(std::string_view name)
{
    if (auto objection = commonObjection(name)) return objection;
    if (!isValidUtf8(name)) return "it is not UTF-8";
    return {};
}

Result<SetFolder> SetFolder::open(FileOps& files, const Path& path)
{
    auto names = files.list(path);
    if (!names) return failure(fileError("Could not open the DDP folder", path, names.error()));
    return SetFolder{files, path, std::move(*names)};
}

std::optional<std::string> SetFolder::find(std::string_view name) const
{
    if (std::ranges::find(names_, name) != names_.end()) return std::string{name};
    const auto alike =
        std::ranges::find_if(names_, [&](const std::string& n) { return equalsIgnoringAsciiCase(n, name); });
    if (alike != names_.end()) return *alike;
    return {};
}

Error SetFolder::readError(const std::string& nameOnDisk, SystemError error) const
{
    Error said = fileError("Could not read the file", path_ / nameOnDisk, error);
    said.kind = ErrorKind::io;
    return said;
}

Result<SetFolder::Member> SetFolder::openMember(const std::string& nameOnDisk) const
{
    auto file = files_->openBeneath(path_, nameOnDisk);
    if (!file) {
        if (isProblemOfTheSet(file.error().code)) return Member{.problem = problemWords(file.error().code)};
        return failure(readError(nameOnDisk, file.error()));
    }
    const auto stat = (*file)->stat();
    if (!stat) return failure(readError(nameOnDisk, stat.error()));
    return Member{.file = std::move(*file), .size = stat->size};
}

Result<std::vector<std::byte>> SetFolder::read(const std::string& nameOnDisk, Member& member) const
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(member.size) + 1);
    const auto count = readFully(*member.file, 0, bytes);
    if (!count) return failure(readError(nameOnDisk, count.error()));
    if (*count != static_cast<std::size_t>(member.size))
        return failure("The file changed while it was read", (path_ / nameOnDisk).string(), ErrorKind::io);
    bytes.resize(*count);
    return bytes;
}

Findings checkNameCase(const std::vector<std::pair<std::string, std::string>>& wantedAndFound)
{
    const auto all = [&](auto same) { return std::ranges::all_of(wantedAndFound, same); };
    if (all([](const auto& pair) { return pair.first == pair.second; })) return {};
    // A name without letters, or already in that case, agrees with both.
    const bool lowered = all([](const auto& pair) { return pair.second == asciiLower(pair.first); });
    const bool raised = all([](const auto& pair) { return pair.second == asciiUpper(pair.first); });
    if (lowered || raised)
        return {
            finding(rule("SET.NAMES_RECASED"),
                    fmt::format("All names of the set are in {} case on the disk, DDPMS has them otherwise",
                                lowered ? "lower" : "upper"),
                    {}, "rename the files as DDPMS and the format have them: DDPID, DDPMS ...")};
    Findings found;
    for (const auto& [wanted, there] : wantedAndFound)
        if (wanted != there)
            found.push_back(
                finding(rule("SET.NAME_CASE"),
                        fmt::format("The file is called {} on the disk, the set names it {}", there, wanted),
                        Place{.file = wanted}, fmt::format("rename it to {}", wanted)));
    return found;
}

namespace {

bool endsWithAny(std::string_view upper, std::span<const std::string_view> endings)
{
    return std::ranges::any_of(endings, [&](std::string_view ending) { return upper.ends_with(ending); });
}

/// PQ sheets, cue sheets, pictures, lists: what people put beside a set, and what file managers leave behind.
bool isCompanion(std::string_view name, std::string_view upper)
{
    constexpr std::array<std::string_view, 22> endings{
        ".PDF",  ".TXT", ".HTM", ".HTML", ".CSV",  ".CUE", ".TOC",  ".RTF", ".DOC", ".DOCX", ".XLS",
        ".XLSX", ".ODS", ".ODT", ".XML",  ".JSON", ".JPG", ".JPEG", ".PNG", ".LOG", ".INI",  ".DB"};
    return name.starts_with('.') || isChecksumFileName(name) || endsWithAny(upper, endings);
}

/// Names that writers give to parts of a set.
bool hasDdpName(std::string_view upper)
{
    constexpr std::array<std::string_view, 5> endings{".DAT", ".BIN", ".CDT", ".IMG", ".PCM"};
    constexpr std::array<std::string_view, 8> starts{"DDPID",  "DDPMS",   "PQDESCR", "PQ_DESCR",
                                                     "CDTEXT", "SUBCODE", "IMAGE",   "AUDIO"};
    return endsWithAny(upper, endings) || upper == "SD" || upper == "PQ" ||
           std::ranges::any_of(starts, [&](std::string_view start) { return upper.starts_with(start); });
}

/// The first bytes of DDPID, a map packet, a PQ or text packet, or a whole CD-Text pack.
bool startsLikeDdp(std::span<const std::byte> head)
{
    const auto begins = [&](std::string_view text) {
        return head.size() >= text.size() &&
               std::ranges::equal(head.first(text.size()), std::as_bytes(std::span{text}));
    };
    if (begins("DDP ") || begins("VVVM") || begins("VVVS") || begins("VVVT")) return true;
    if (head.size() < packSize || std::to_integer<unsigned>(head[0]) < 0x80U) return false;
    const unsigned stored = std::to_integer<unsigned>(head[16]) << 8 | std::to_integer<unsigned>(head[17]);
    return packCrc(head.first<16>()) == stored;
}

} // namespace

Result<Findings> checkUnlisted(const SetFolder& folder, const std::vector<std::string>& used)
{
    Findings found;
    for (const std::string& name : folder.names()) {
        const std::string upper = asciiUpper(name);
        if (std::ranges::find(used, name) != used.end() || isCompanion(name, upper)) continue;
        bool suspicious = hasDdpName(upper);
        if (!suspicious) {
            auto member = folder.openMember(name);
            if (!member) return failure(member.error());
            if (member->file) {
                std::array<std::byte, packSize> head{};
                const auto count = readFully(*member->file, 0, head);
                if (!count) return failure(folder.readError(name, count.error()));
                suspicious = startsLikeDdp(std::span{head}.first(*count));
            }
        }
        const std::string shown = escapedForDisplay(name);
        if (suspicious)
            found.push_back(
                finding(rule("SET.EXTRA_FILE"),
                        fmt::format("{} looks like a part of a DDP set, but DDPMS does not name it", shown),
                        Place{.file = shown}, "take it out of the folder, or deliver the set it belongs to"));
        else
            found.push_back(finding(rule("SET.OTHER_FILE"),
                                    fmt::format("{} does not belong to the set", shown),
                                    Place{.file = shown}));
    }
    return found;
}

} // namespace segue::ddp
