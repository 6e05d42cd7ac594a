#include "core/file_ops.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace segue {

namespace {

// The first reading goes this much beyond the size, so that one call more tells the end of the file.
constexpr std::size_t margin = 1;

Error tooLarge(const Path& path, std::int64_t limit)
{
    return {fmt::format("The file is larger than the {} bytes that are accepted here", limit),
            escapedForDisplay(path.native()), ErrorKind::input, EFBIG};
}

} // namespace

std::string systemWords(int errorNumber)
{
    switch (errorNumber) {
    case 0: return "no error";
    case EACCES: return "permission denied";
    case EPERM: return "this is not allowed here";
    case ENOENT: return "there is no such file or folder";
    case EEXIST: return "it exists already";
    case ENOTDIR: return "a part of the path is not a folder";
    case EISDIR: return "it is a folder";
    case ENOTEMPTY: return "the folder is not empty";
    case EINVAL: return "it is not an ordinary file or this cannot be done with it";
    case ELOOP: return "the links lead in a circle or are not followed here";
    case EXDEV: return "it leads out of its folder or to another disk";
    case ENAMETOOLONG: return "the name is too long";
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "the file is larger than allowed";
    case EROFS: return "the disk is read-only";
    case EIO: return "the disk reported an error";
    case ENOMEM: return "there is not enough memory";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case EMLINK: return "the file has too many links";
    case EBUSY: return "it is in use";
    case ETXTBSY: return "it is a running program";
    case ENXIO:
    case ENODEV: return "the device is not there";
    case ESTALE: return "the file on the server is gone";
    case ETIMEDOUT: return "the server did not answer in time";
    case ENOSYS:
    case EOPNOTSUPP: return "this file system cannot do that";
    case EINTR: return "it was interrupted";
    case EPIPE: return "nobody reads at the other end";
    case EBADF: return "the file is closed";
    default: return fmt::format("system error {}", errorNumber);
    }
}

Error fileError(std::string_view what, const Path& path, SystemError error)
{
    constexpr std::array ofTheInput{ENOENT, EINVAL, EISDIR, ENOTDIR, ELOOP, EXDEV};
    const bool input = std::ranges::find(ofTheInput, error.code) != ofTheInput.end();
    return {fmt::format("{}: {}", what, systemWords(error.code)), escapedForDisplay(path.native()),
            input ? ErrorKind::input : ErrorKind::io, error.code};
}

SystemResult<std::size_t> readFully(File& file, std::int64_t offset, std::span<std::byte> into)
{
    std::size_t done = 0;
    while (done < into.size()) {
        const auto n = file.readSome(offset + static_cast<std::int64_t>(done), into.subspan(done));
        if (!n && n.error().code == EINTR) continue;
        if (!n) return n;
        if (*n == 0) break;
        done += *n;
    }
    return done;
}

SystemStatus writeFully(File& file, std::int64_t offset, std::span<const std::byte> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto n = file.writeSome(offset + static_cast<std::int64_t>(done), bytes.subspan(done));
        if (!n && n.error().code == EINTR) continue;
        if (!n) return std::unexpected{n.error()};
        if (*n == 0) return std::unexpected{SystemError{ENOSPC}};
        done += *n;
    }
    return {};
}

Result<std::vector<std::byte>> readWholeFile(FileOps& files, const Path& path, std::int64_t limit)
{
    constexpr std::string_view what = "Could not read the file";
    const auto file = files.openForReading(path);
    if (!file) return failure(fileError(what, path, file.error()));
    const auto stat = (*file)->stat();
    if (!stat) return failure(fileError(what, path, stat.error()));
    if (stat->size > limit) return failure(tooLarge(path, limit));

    std::vector<std::byte> bytes;
    std::size_t done = 0;
    std::size_t room = static_cast<std::size_t>(std::max<std::int64_t>(stat->size, 0)) + margin;
    // Normally one round; a file that grows meanwhile (or says 0, as in /proc) takes more.
    for (;;) {
        bytes.resize(done + room);
        const auto n = readFully(**file, static_cast<std::int64_t>(done), std::span{bytes}.subspan(done));
        if (!n) return failure(fileError(what, path, n.error()));
        done += *n;
        if (static_cast<std::int64_t>(done) > limit) return failure(tooLarge(path, limit));
        if (*n < room) break;
        room = std::max<std::size_t>(done, 4096);
    }
    bytes.resize(done);
    return bytes;
}

Result<std::string> readTextFile(FileOps& files, const Path& path, std::int64_t limit)
{
    const auto bytes = readWholeFile(files, path, limit);
    if (!bytes) return std::unexpected{bytes.error()};
    return std::string{reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

} // namespace segue
