#include "core/safe_write.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <tuple>

namespace segue {

namespace {

constexpr std::size_t copyBlock = 1 << 20;

std::string shown(const Path& path) { return escapedForDisplay(path.native()); }

Path parentOf(const Path& path) { return path.has_parent_path() ? path.parent_path() : Path{"."}; }

/// Removes the file it names unless it got its final name before.
class Temporary {
public:
    Temporary(FileOps& files, Path path) : files_{files}, path_{std::move(path)} {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary()
    {
        if (exists_) std::ignore = files_.unlink(path_);
    }
    [[nodiscard]] const Path& path() const { return path_; }
    void made() { exists_ = true; }
    void gone() { exists_ = false; }

private:
    FileOps& files_;
    Path path_;
    bool exists_ = false;
};

/// One atomic save, step by step; each step names itself in its error.
class Save {
public:
    Save(FileOps& files, const Path& target, std::string_view token)
        : files_{files}, target_{target}, token_{token}
    {
    }

    Status run(std::span<const std::byte> bytes,
               const std::function<Status(std::span<const std::byte>)>& check)
    {
        if (auto s = findPlace(); !s) return s;
        Temporary temporary{files_, place_.parent_path() / (hiddenName(place_, "tmp-") + token_)};
        if (auto s = write(temporary, bytes, check); !s) return s;
        if (old_)
            if (auto s = keepOld(); !s) return s;
        if (const auto s = files_.rename(temporary.path(), place_); !s)
            return problem("Could not give the new version its name", place_, s.error());
        temporary.gone();
        if (const auto s = files_.syncDirectory(parentOf(place_)); !s)
            return problem("The new version is in place, but the disk did not confirm it", place_, s.error());
        return {};
    }

private:
    static std::unexpected<Error> problem(std::string_view what, const Path& path, SystemError error)
    {
        return failure(fileError(what, path, error));
    }

    // Where the bytes really go (behind a link) and what is there now.
    Status findPlace()
    {
        constexpr std::string_view what = "Could not look at the place to save to";
        place_ = target_;
        auto now = files_.stat(place_);
        if (now && now->type == FileStat::Type::link) {
            const auto real = files_.realPath(target_);
            if (!real) return problem("The link cannot be followed", target_, real.error());
            place_ = *real;
            now = files_.stat(place_);
        }
        if (!now) {
            if (now.error().code == ENOENT) return {};
            return problem(what, place_, now.error());
        }
        if (now->type != FileStat::Type::regular)
            return failure("This is not an ordinary file, so nothing can be saved under its name",
                           shown(place_));
        if ((now->mode & 0222u) == 0)
            return failure(
                Error{"The file is write-protected; save under another name or lift the protection",
                      shown(place_), ErrorKind::io, EACCES});
        old_ = *now;
        return {};
    }

    Status write(Temporary& temporary, std::span<const std::byte> bytes,
                 const std::function<Status(std::span<const std::byte>)>& check)
    {
        const Path& path = temporary.path();
        const auto opened = files_.createNew(path);
        if (!opened) return problem("Could not make a file beside the one to save", path, opened.error());
        temporary.made();
        File& file = **opened;
        // First, so that nobody reads meanwhile what the old file would not show them.
        if (old_)
            if (const auto s = file.setPermissions(old_->mode, old_->group); !s)
                return problem("Could not take over the permissions", place_, s.error());
        if (const auto s = writeFully(file, 0, bytes); !s)
            return problem("Could not write the new version", place_, s.error());

        std::vector<std::byte> back(bytes.size());
        const auto n = readFully(file, 0, back);
        if (!n) return problem("Could not read the new version back", place_, n.error());
        if (*n != bytes.size() || !std::ranges::equal(back, bytes))
            return failure("What was read back differs from what was written", shown(place_), ErrorKind::io);
        if (check)
            if (auto s = check(back); !s) return s;

        if (const auto s = file.sync(); !s)
            return problem("Could not bring the new version to the disk", place_, s.error());
        if (const auto s = file.close(); !s)
            return problem("Could not close the new version", place_, s.error());
        return {};
    }

    // At no moment is there neither an old .bak nor a new one. A link made twice would be left over by
    // rename, which does nothing between two names of one file; so the .bak that is the old file already
    // stays.
    Status keepOld()
    {
        Path backup = place_;
        backup += ".bak";
        const auto existing = files_.stat(backup);
        if (existing && existing->inode == old_->inode && existing->device == old_->device) return {};

        Temporary link{files_, place_.parent_path() / (hiddenName(place_, "bak-") + token_)};
        const auto linked = files_.hardLink(place_, link.path());
        if (linked) {
            link.made();
        } else if (linksAreImpossible(linked.error())) {
            if (auto s = copyOld(link); !s) return s;
        } else {
            return problem("Could not keep the old version", place_, linked.error());
        }
        if (const auto s = files_.rename(link.path(), backup); !s)
            return problem("Could not keep the old version as .bak", backup, s.error());
        link.gone();
        return {};
    }

    // FAT and exFAT know no links, and a system may forbid links to other people's files.
    static bool linksAreImpossible(SystemError error)
    {
        return error.code == EPERM || error.code == EOPNOTSUPP || error.code == ENOSYS ||
               error.code == EMLINK;
    }

    Status copyOld(Temporary& copy)
    {
        constexpr std::string_view what = "Could not copy the old version";
        const auto from = files_.openForReading(place_);
        if (!from) return problem(what, place_, from.error());
        const auto to = files_.createNew(copy.path());
        if (!to) return problem(what, copy.path(), to.error());
        copy.made();
        if (const auto s = (*to)->setPermissions(old_->mode, old_->group); !s)
            return problem(what, copy.path(), s.error());
        std::vector<std::byte> block(copyBlock);
        for (std::int64_t at = 0;;) {
            const auto n = readFully(**from, at, block);
            if (!n) return problem(what, place_, n.error());
            if (*n == 0) break;
            if (const auto s = writeFully(**to, at, std::span{block}.first(*n)); !s)
                return problem(what, copy.path(), s.error());
            at += static_cast<std::int64_t>(*n);
        }
        if (const auto s = (*to)->sync(); !s) return problem(what, copy.path(), s.error());
        if (const auto s = (*to)->close(); !s) return problem(what, copy.path(), s.error());
        return {};
    }

    FileOps& files_;
    Path target_;
    std::string token_;
    Path place_{};
    std::optional<FileStat> old_{};
};

} // namespace

Status saveAtomically(FileOps& files, const Path& target, std::span<const std::byte> bytes,
                      const std::function<Status(std::span<const std::byte>)>& check, std::string_view token)
{
    if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
        return failure("A file name to save under is missing", shown(target));
    return Save{files, target, token}.run(bytes, check);
}

std::string hiddenName(const Path& target, std::string_view kind)
{
    constexpr std::size_t longestName = 255; // bytes, on every file system we know
    constexpr std::size_t roomForToken = 40;
    const std::string name = target.filename().native();
    const std::size_t room = longestName - roomForToken - kind.size() - 2;
    return fmt::format(".{}.{}", std::string_view{name}.substr(0, room), kind);
}

std::string randomToken()
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    std::random_device system;
    std::string token;
    for (int i = 0; i < 8; ++i) token += letters[system() % letters.size()];
    return token;
}

} // namespace segue
