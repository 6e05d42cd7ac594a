// FileOps on Linux system calls. A call that a signal interrupted before it did anything is made again; reads
// and writes are left to readFully() and writeFully().
#include "core/file_ops.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <tuple>
#include <utility>

namespace segue {

namespace {

std::unexpected<SystemError> systemError(int code) { return std::unexpected{SystemError{code}}; }
std::unexpected<SystemError> lastError() { return systemError(errno); }

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_{fd} {}
    Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        if (this != &other) {
            reset();
            fd_ = other.release();
        }
        return *this;
    }
    ~Descriptor() { reset(); }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }

private:
    void reset()
    {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    int fd_;
};

template <class Call>
auto retried(Call call)
{
    auto answer = call();
    while (answer == -1 && errno == EINTR) answer = call();
    return answer;
}

// The system would stop reading a name at a NUL and open something else.
bool hasNul(const Path& path) { return path.native().find('\0') != std::string::npos; }

// A call on one path, or on two, that answers 0 or -1.
template <class Call>
SystemStatus onPath(const Path& path, Call call)
{
    if (hasNul(path)) return systemError(EINVAL);
    if (retried([&] { return call(path.c_str()); }) != 0) return lastError();
    return {};
}
template <class Call>
SystemStatus onPaths(const Path& a, const Path& b, Call call)
{
    if (hasNul(a) || hasNul(b)) return systemError(EINVAL);
    if (retried([&] { return call(a.c_str(), b.c_str()); }) != 0) return lastError();
    return {};
}

std::int64_t nanoseconds(const timespec& t) { return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; }

FileStat toFileStat(const struct stat& s)
{
    FileStat result;
    result.type = S_ISREG(s.st_mode)   ? FileStat::Type::regular
                  : S_ISDIR(s.st_mode) ? FileStat::Type::directory
                  : S_ISLNK(s.st_mode) ? FileStat::Type::link
                                       : FileStat::Type::other;
    result.size = s.st_size;
    result.modifiedNanoseconds = nanoseconds(s.st_mtim);
    result.changedNanoseconds = nanoseconds(s.st_ctim);
    result.device = s.st_dev;
    result.inode = s.st_ino;
    result.mode = s.st_mode & 07777u;
    result.group = s.st_gid;
    return result;
}

class RealFile final : public File {
public:
    explicit RealFile(Descriptor descriptor) : fd_{std::move(descriptor)} {}

    SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
    {
        const ssize_t n = ::pread(fd_.get(), into.data(), into.size(), offset);
        if (n < 0) return lastError();
        return static_cast<std::size_t>(n);
    }
    SystemResult<std::size_t> writeSome(std::int64_t offset, std::span<const std::byte> bytes) override
    {
        const ssize_t n = ::pwrite(fd_.get(), bytes.data(), bytes.size(), offset);
        if (n < 0) return lastError();
        return static_cast<std::size_t>(n);
    }
    SystemResult<FileStat> stat() override
    {
        struct stat s{};
        if (::fstat(fd_.get(), &s) != 0) return lastError();
        return toFileStat(s);
    }
    SystemStatus allocate(std::int64_t size) override
    {
        if (size <= 0) return {};
        // The length stays what was written, so that a file cut short is seen to be short.
        if (retried([&] { return ::fallocate(fd_.get(), FALLOC_FL_KEEP_SIZE, 0, size); }) != 0)
            return systemError(errno == ENOSYS ? EOPNOTSUPP : errno);
        return {};
    }
    SystemStatus setPermissions(std::uint32_t mode, std::uint32_t group) override
    {
        struct stat s{};
        if (::fstat(fd_.get(), &s) != 0) return lastError();
        if (s.st_gid != group && ::fchown(fd_.get(), static_cast<uid_t>(-1), group) != 0) {
            if (errno != EPERM) return lastError();
            // Not our group to give: what the old group was allowed must not pass to another one.
            mode = (mode & ~070u) | ((mode & 07u) << 3);
        }
        if ((s.st_mode & 07777u) != mode && ::fchmod(fd_.get(), mode) != 0) return lastError();
        return {};
    }
    SystemStatus sync() override
    {
        if (::fsync(fd_.get()) != 0) return lastError();
        return {};
    }
    void startWriteBack(std::int64_t offset, std::int64_t length) override
    {
        std::ignore = ::sync_file_range(fd_.get(), offset, length, SYNC_FILE_RANGE_WRITE);
    }
    SystemStatus finishWriteBack(std::int64_t offset, std::int64_t length) override
    {
        constexpr unsigned whole =
            SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
        if (::sync_file_range(fd_.get(), offset, length, whole) == 0) return {};
        if (errno == ENOSYS || errno == ESPIPE || errno == EINVAL) return {};
        return lastError();
    }
    void expectReading(std::int64_t offset, std::int64_t length) override
    {
        std::ignore = ::posix_fadvise(fd_.get(), offset, length, POSIX_FADV_WILLNEED);
    }
    void dropCache(std::int64_t offset, std::int64_t length) override
    {
        std::ignore = ::posix_fadvise(fd_.get(), offset, length, POSIX_FADV_DONTNEED);
    }
    SystemStatus close() override
    {
        const int fd = fd_.release();
        if (fd < 0) return systemError(EBADF);
        // Linux has closed the descriptor also when it answers EINTR; closing again could hit someone else's.
        if (::close(fd) != 0 && errno != EINTR) return lastError();
        return {};
    }

private:
    Descriptor fd_;
};

constexpr int readFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

SystemResult<std::unique_ptr<File>> regularFile(Descriptor descriptor)
{
    if (!descriptor) return lastError();
    struct stat s{};
    if (::fstat(descriptor.get(), &s) != 0) return lastError();
    if (!S_ISREG(s.st_mode)) return systemError(EINVAL);
    return std::make_unique<RealFile>(std::move(descriptor));
}

// Without openat2: one component after another, no link followed anywhere. Stricter than RESOLVE_BENEATH,
// which lets links pass that stay inside.
Descriptor openComponents(Descriptor folder, const Path& name)
{
    for (auto part = name.begin(); part != name.end(); ++part) {
        const bool last = std::next(part) == name.end();
        const int flags = O_NOFOLLOW | (last ? readFlags : O_PATH | O_DIRECTORY | O_CLOEXEC);
        Descriptor next{retried([&] { return ::openat(folder.get(), part->c_str(), flags); })};
        if (!next) {
            // A link in the middle answers ENOTDIR with O_PATH | O_DIRECTORY; say what it is.
            struct stat s{};
            const int code = errno;
            const bool link =
                ::fstatat(folder.get(), part->c_str(), &s, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(s.st_mode);
            errno = link ? ELOOP : code;
            return Descriptor{};
        }
        folder = std::move(next);
    }
    return folder;
}

class RealFileOps final : public FileOps {
public:
    SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override
    {
        if (hasNul(path)) return systemError(EINVAL);
        return regularFile(Descriptor{retried([&] { return ::open(path.c_str(), readFlags); })});
    }
    SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder, const Path& name) override
    {
        if (hasNul(folder) || hasNul(name)) return systemError(EINVAL);
        if (name.empty()) return systemError(ENOENT);
        if (name.is_absolute() || std::ranges::find(name, Path{".."}) != name.end())
            return systemError(EXDEV);
        Descriptor at{retried([&] { return ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC); })};
        if (!at) return lastError();
        open_how how{};
        how.flags = static_cast<std::uint64_t>(readFlags);
        how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
        // EAGAIN: something was renamed meanwhile and the kernel could not be sure.
        long fd = -1;
        for (int attempt = 0; attempt < 16; ++attempt) {
            fd = ::syscall(SYS_openat2, at.get(), name.c_str(), &how, sizeof how);
            if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) break;
        }
        if (fd < 0 && (errno == ENOSYS || errno == EPERM))
            return regularFile(openComponents(std::move(at), name));
        return regularFile(Descriptor{static_cast<int>(fd)});
    }
    SystemResult<std::unique_ptr<File>> createNew(const Path& path) override
    {
        if (hasNul(path)) return systemError(EINVAL);
        Descriptor fd{retried(
            [&] { return ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666); })};
        if (!fd) return lastError();
        return std::make_unique<RealFile>(std::move(fd));
    }
    SystemResult<FileStat> stat(const Path& path) override
    {
        struct stat s{};
        const auto done = onPath(path, [&](const char* p) { return ::lstat(p, &s); });
        if (!done) return std::unexpected{done.error()};
        return toFileStat(s);
    }
    SystemResult<Path> realPath(const Path& path) override
    {
        if (hasNul(path)) return systemError(EINVAL);
        struct Free {
            void operator()(char* p) const { std::free(p); }
        };
        const std::unique_ptr<char, Free> real{::realpath(path.c_str(), nullptr)};
        if (!real) return lastError();
        return Path{real.get()};
    }
    SystemResult<std::vector<std::string>> list(const Path& folder) override
    {
        if (hasNul(folder)) return systemError(EINVAL);
        struct Close {
            void operator()(DIR* d) const { ::closedir(d); }
        };
        const std::unique_ptr<DIR, Close> directory{::opendir(folder.c_str())};
        if (!directory) return lastError();
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(directory.get())) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..") names.emplace_back(name);
            errno = 0;
        }
        if (errno != 0) return lastError();
        std::ranges::sort(names);
        return names;
    }
    SystemStatus makeDirectory(const Path& path) override
    {
        return onPath(path, [](const char* p) { return ::mkdir(p, 0777); });
    }
    SystemStatus removeDirectory(const Path& path) override { return onPath(path, ::rmdir); }
    SystemStatus unlink(const Path& path) override { return onPath(path, ::unlink); }
    SystemStatus hardLink(const Path& existing, const Path& link) override
    {
        return onPaths(existing, link, ::link);
    }
    SystemStatus rename(const Path& from, const Path& to) override
    {
        return onPaths(from, to, [](const char* a, const char* b) { return ::rename(a, b); });
    }
    SystemStatus renameNoReplace(const Path& from, const Path& to) override
    {
        const auto done = renameWith(from, to, RENAME_NOREPLACE);
        if (done || (done.error().code != EINVAL && done.error().code != ENOSYS)) return done;
        // The file system does not know the flag. Something that appears between these two calls is caught
        // for folders (rename refuses a full one), not for files.
        if (stat(to)) return systemError(EEXIST);
        return rename(from, to);
    }
    SystemStatus exchange(const Path& a, const Path& b) override { return renameWith(a, b, RENAME_EXCHANGE); }
    SystemStatus syncDirectory(const Path& path) override
    {
        if (hasNul(path)) return systemError(EINVAL);
        const Descriptor fd{
            retried([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); })};
        if (!fd) return lastError();
        // EINVAL: this file system has no such thing as syncing a folder.
        if (::fsync(fd.get()) != 0 && errno != EINVAL) return lastError();
        return {};
    }
    SystemResult<std::int64_t> freeSpace(const Path& folder) override
    {
        struct statvfs s{};
        const auto done = onPath(folder, [&](const char* p) { return ::statvfs(p, &s); });
        if (!done) return std::unexpected{done.error()};
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        const std::uint64_t unit = std::max<std::uint64_t>(s.f_frsize, 1);
        return static_cast<std::int64_t>(s.f_bavail > most / unit ? most : s.f_bavail * unit);
    }

private:
    static SystemStatus renameWith(const Path& from, const Path& to, unsigned flags)
    {
        return onPaths(from, to, [flags](const char* a, const char* b) {
            return ::renameat2(AT_FDCWD, a, AT_FDCWD, b, flags);
        });
    }
};

// A host program's own handler is left alone.
void ignoreIfDefault(int number)
{
    struct sigaction action{};
    if (::sigaction(number, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) return;
    action.sa_handler = SIG_IGN;
    std::ignore = ::sigaction(number, &action, nullptr);
}

} // namespace

FileOps& realFileOps()
{
    static RealFileOps files;
    static const bool signalsIgnored = [] {
        ignoreIfDefault(SIGXFSZ);
        ignoreIfDefault(SIGPIPE);
        return true;
    }();
    std::ignore = signalsIgnored;
    return files;
}

} // namespace segue
