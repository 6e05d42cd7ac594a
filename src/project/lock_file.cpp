#include "project/lock_file.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "project/state_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <tuple>

namespace segue {

namespace {

constexpr std::int64_t mostBytes = 4096;
constexpr int mostAttempts = 8; // each loses against another window that did the same in between

std::string textOf(const LockOwner& owner)
{
    return fmt::format("segue-lock 1\n{}\n{}\n{}\n{}\n", owner.host, owner.process, owner.started,
                       owner.token);
}

// Locks get their name with their content in them, so one that cannot be read is a lost one.
std::optional<LockOwner> ownerOf(std::string_view text)
{
    std::array<std::string_view, 5> lines{};
    for (auto& line : lines) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        line = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    const auto process = parseInteger(lines[2]);
    if (lines[0] != "segue-lock 1" || !process || !text.empty()) return std::nullopt;
    return LockOwner{std::string{lines[1]}, *process, std::string{lines[3]}, std::string{lines[4]}};
}

struct Seen {
    bool there = false;
    std::string text{};
};
Result<Seen> look(FileOps& files, const Path& path)
{
    auto text = readTextFile(files, path, mostBytes);
    if (text) return Seen{true, std::move(*text)};
    if (text.error().systemError == ENOENT) return Seen{};
    return failure(text.error());
}

// Files of the kernel have no size, so they are read until they end.
std::string kernelText(FileOps& files, const Path& path)
{
    const auto file = files.openForReading(path);
    if (!file) return {};
    std::array<std::byte, 1024> bytes{};
    const auto n = readFully(**file, 0, bytes);
    return n ? std::string{reinterpret_cast<const char*>(bytes.data()), *n} : std::string{};
}

std::string startOf(FileOps& files, std::int64_t process)
{
    const std::string stat = kernelText(files, fmt::format("/proc/{}/stat", process));
    // The second field is the name in parentheses, which may hold blanks; the 22nd is the start time.
    const auto name = stat.rfind(')');
    if (name == std::string::npos) return {};
    std::string_view rest = std::string_view{stat}.substr(name + 1);
    for (int field = 2; field < 22; ++field) {
        const auto blank = rest.find(' ');
        if (blank == std::string_view::npos) return {};
        rest.remove_prefix(blank + 1);
    }
    const std::string boot = kernelText(files, "/proc/sys/kernel/random/boot_id");
    return fmt::format("{} {}", trimmed(boot), rest.substr(0, rest.find(' ')));
}

std::string hostName()
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "this computer";
    return escapedForDisplay(name.data());
}

} // namespace

std::string displayName(const LockOwner& owner)
{
    return fmt::format("process {} on {}", owner.process, escapedForDisplay(owner.host));
}

LockOwner thisProcess(FileOps& files)
{
    const std::int64_t process = ::getpid();
    return {hostName(), process, startOf(files, process), randomToken()};
}

bool processStillRuns(FileOps& files, const LockOwner& owner)
{
    if (owner.host != hostName()) return true;
    if (owner.process <= 0) return false;
    const bool exists = ::kill(static_cast<pid_t>(owner.process), 0) == 0 || errno == EPERM;
    if (!exists) return false;
    const std::string started = startOf(files, owner.process);
    return started.empty() || owner.started.empty() || started == owner.started;
}

LockFile::Answer LockFile::take(FileOps& files, const Path& path, const LockOwner& self,
                                const StillRuns& stillRuns, bool force)
{
    const auto refused = [&](SystemError error) {
        return Answer{.problem = fileError("Could not make a lock", path, error)};
    };
    Path own = path;
    own += "-" + self.token + randomToken();
    const auto made = files.createNew(own);
    if (!made) return refused(made.error());
    auto written = writeFully(**made, 0, bytesOf(textOf(self)));
    if (written) written = (*made)->close();
    if (!written) {
        std::ignore = files.unlink(own);
        return refused(written.error());
    }
    Answer answer;
    for (int attempt = 0; attempt < mostAttempts; ++attempt) {
        const auto named = files.renameNoReplace(own, path);
        if (named) {
            answer.lock.reset(new LockFile{files, path, self});
            return answer;
        }
        if (named.error().code != EEXIST) {
            answer = refused(named.error());
            break;
        }
        const auto seen = look(files, path);
        if (!seen) {
            answer.problem = seen.error();
            break;
        }
        if (!seen->there) continue;
        const auto other = ownerOf(seen->text);
        if (other && !force && stillRuns(*other)) {
            answer.other = other;
            break;
        }
        // Taken away by name and looked at again: another window may have been quicker.
        Path aside = own;
        aside += "-old";
        if (!files.rename(path, aside)) continue;
        const auto taken = look(files, aside);
        if (taken && taken->text != seen->text && !force) std::ignore = files.renameNoReplace(aside, path);
        std::ignore = files.unlink(aside);
    }
    std::ignore = files.unlink(own);
    if (!answer.other && !answer.problem) answer = refused(SystemError{EBUSY});
    return answer;
}

LockFile::~LockFile()
{
    if (held()) std::ignore = files_.unlink(path_);
}

bool LockFile::held() const
{
    const auto seen = look(files_, path_);
    return seen && seen->text == textOf(self_);
}

std::optional<LockOwner> lockHolder(FileOps& files, const Path& path, const StillRuns& stillRuns)
{
    const auto seen = look(files, path);
    if (!seen) return std::nullopt;
    auto owner = ownerOf(seen->text);
    if (owner && !stillRuns(*owner)) owner.reset();
    return owner;
}

LockFile::Answer lockProject(FileOps& files, const Path& project, const Path& state, const LockOwner& self,
                             const StillRuns& stillRuns, bool force)
{
    const auto real = files.realPath(project);
    const Path& place = real ? *real : project;
    auto answer =
        LockFile::take(files, place.parent_path() / hiddenName(place, "lock"), self, stillRuns, force);
    if (!answer.problem || state.empty()) return answer;
    const Path locks = state / "locks";
    if (!makeFolders(files, locks)) return answer;
    return LockFile::take(files, locks / projectId(files, project), self, stillRuns, force);
}

} // namespace segue
