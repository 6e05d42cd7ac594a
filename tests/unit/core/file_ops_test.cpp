#include "core/file_ops.h"

#include "core/hash.h"
#include "core/testing_file_ops.h"

#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace segue;

namespace {

FileOps& files() { return realFileOps(); }

template <class T>
int codeOf(const SystemResult<T>& result)
{
    return result ? 0 : result.error().code;
}

std::string contentOf(const SystemResult<std::unique_ptr<File>>& file)
{
    REQUIRE(file.has_value());
    std::string text(100, '\0');
    const auto n = readFully(**file, 0, std::as_writable_bytes(std::span{text.data(), text.size()}));
    REQUIRE(n.has_value());
    text.resize(*n);
    return text;
}

// Takes nothing and reports no error, as some broken file systems do when they are full.
class NothingWritten final : public File {
public:
    SystemResult<std::size_t> readSome(std::int64_t, std::span<std::byte>) override { return 0; }
    SystemResult<std::size_t> writeSome(std::int64_t, std::span<const std::byte>) override { return 0; }
    SystemResult<FileStat> stat() override { return FileStat{}; }
    SystemStatus allocate(std::int64_t) override { return {}; }
    SystemStatus setPermissions(std::uint32_t, std::uint32_t) override { return {}; }
    SystemStatus sync() override { return {}; }
    void startWriteBack(std::int64_t, std::int64_t) override {}
    void dropCache(std::int64_t, std::int64_t) override {}
    SystemStatus close() override { return {}; }
};

// As on a kernel without openat2. For this process and for good, so only in a child.
bool forbidOpenat2()
{
    std::array program{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

} // namespace

TEST_CASE("a new file is written and read at any position")
{
    const TempFolder temp;
    const auto file = files().createNew(temp / "a");
    REQUIRE(file.has_value());
    CHECK((*file)->allocate(1000).has_value());
    CHECK(writeFully(**file, 3, bytesOf("def")).has_value());
    CHECK(writeFully(**file, 0, bytesOf("abc")).has_value());
    CHECK((*file)->stat().value().size == 6); // reserved space is not length
    (*file)->startWriteBack(0, 6);
    CHECK((*file)->sync().has_value());
    (*file)->dropCache(0, 0);
    CHECK(contentOf(file) == "abcdef");
    CHECK((*file)->close().has_value());
    CHECK(codeOf((*file)->close()) == EBADF);
    CHECK(temp.read("a") == "abcdef");
    CHECK(codeOf(files().createNew(temp / "a")) == EEXIST);
    CHECK(files().syncDirectory(temp.path()).has_value());
    CHECK(files().freeSpace(temp.path()).value() > 0);
}

TEST_CASE("only ordinary files open for reading and nothing hangs")
{
    const TempFolder temp;
    temp.write("a", "x");
    REQUIRE(mkfifo((temp / "fifo").c_str(), 0600) == 0);
    CHECK(contentOf(files().openForReading(temp / "a")) == "x");
    CHECK(codeOf(files().openForReading(temp / "fifo")) == EINVAL);
    CHECK(codeOf(files().openForReading(temp.path())) == EINVAL);
    CHECK(codeOf(files().openForReading("/dev/zero")) == EINVAL);
    CHECK(codeOf(files().openForReading(temp / "none")) == ENOENT);
    CHECK(codeOf(files().openForReading(Path{(temp / "a").native() + std::string{"\0b", 2}})) == EINVAL);
    CHECK(codeOf(files().openForReading(temp / std::string(256, 'n'))) == ENAMETOOLONG);
}

TEST_CASE("a name from a file never leads out of its folder")
{
    const TempFolder temp;
    temp.write("outside", "secret");
    temp.write("in/a", "A");
    temp.write("in/sub/b", "B");
    std::filesystem::create_symlink("../outside", temp / "in/link");
    std::filesystem::create_symlink("..", temp / "in/up");
    std::filesystem::create_symlink("/etc", temp / "in/abs");
    const Path in = temp / "in";
    CHECK(contentOf(files().openBeneath(in, "a")) == "A");
    CHECK(contentOf(files().openBeneath(in, "sub/b")) == "B");
    for (const char* name : {"../outside", "sub/../../outside", "/etc/passwd", "sub/../a", ".."}) {
        CAPTURE(name);
        CHECK(codeOf(files().openBeneath(in, name)) == EXDEV);
    }
    for (const char* name : {"link", "up/outside", "abs/passwd"}) {
        CAPTURE(name);
        const int code = codeOf(files().openBeneath(in, name));
        CHECK((code == EXDEV || code == ELOOP)); // ELOOP where the kernel has no openat2
    }
    CHECK(codeOf(files().openBeneath(in, "sub")) == EINVAL);
    CHECK(codeOf(files().openBeneath(in, "none")) == ENOENT);
    CHECK(codeOf(files().openBeneath(in, "")) == ENOENT);
    CHECK(codeOf(files().openBeneath(in, Path{std::string{"a\0/../../outside", 16}})) == EINVAL);
}

TEST_CASE("a kernel without openat2 keeps names inside as well and follows no link at all")
{
    const TempFolder temp;
    temp.write("outside", "secret");
    temp.write("in/sub/b", "B");
    std::filesystem::create_symlink("../outside", temp / "in/link");
    std::filesystem::create_symlink("..", temp / "in/up");
    std::filesystem::create_symlink("sub", temp / "in/inside");
    const Path in = temp / "in";
    constexpr int cannotTell = 100;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int wrong = cannotTell;
        if (forbidOpenat2()) {
            wrong = 0;
            std::array<std::byte, 4> bytes{};
            const auto good = files().openBeneath(in, "sub/b");
            if (!good || readFully(**good, 0, bytes).value_or(0) != 1) wrong = 1;
            int test = 2;
            for (const char* name : {"link", "up/outside", "inside/b"}) {
                if (codeOf(files().openBeneath(in, name)) != ELOOP) wrong = test;
                ++test;
            }
            if (codeOf(files().openBeneath(in, "sub/../../outside")) != EXDEV) wrong = 5;
            if (codeOf(files().openBeneath(in, "sub")) != EINVAL) wrong = 6;
            if (codeOf(files().openBeneath(in, "none/b")) != ENOENT) wrong = 7;
            if (codeOf(files().openBeneath(in, "sub/b/c")) != ENOTDIR) wrong = 8;
        }
        _exit(wrong);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == cannotTell) {
        MESSAGE("skipped: this system does not let a program restrict itself");
        return;
    }
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("names are listed in the order of their bytes")
{
    const TempFolder temp;
    for (const char* name : {"b", "a", "B", "\xC3\xA9", ".hidden", "a.txt"}) temp.write(name, "");
    CHECK(files().list(temp.path()).value() ==
          std::vector<std::string>{".hidden", "B", "a", "a.txt", "b", "\xC3\xA9"});
    CHECK(codeOf(files().list(temp / "none")) == ENOENT);
    CHECK(codeOf(files().list(temp / "a")) == ENOTDIR);
}

TEST_CASE("stat tells kinds and does not follow a link")
{
    const TempFolder temp;
    temp.write("a", "12345");
    std::filesystem::create_symlink("a", temp / "link");
    REQUIRE(chmod((temp / "a").c_str(), 0640) == 0);
    const FileStat a = files().stat(temp / "a").value();
    CHECK(a.type == FileStat::Type::regular);
    CHECK(a.size == 5);
    CHECK(a.mode == 0640);
    CHECK(a.modifiedNanoseconds > 0);
    CHECK(files().stat(temp.path()).value().type == FileStat::Type::directory);
    CHECK(files().stat(temp / "link").value().type == FileStat::Type::link);
    CHECK(files().stat("/dev/null").value().type == FileStat::Type::other);
    CHECK(files().openForReading(temp / "a").value()->stat().value() == files().stat(temp / "a").value());
    CHECK(files().realPath(temp / "link").value() == files().realPath(temp / "a").value());
}

TEST_CASE("renames replace or refuse or exchange as asked")
{
    const TempFolder temp;
    temp.write("a", "A");
    temp.write("b", "B");
    CHECK(codeOf(files().renameNoReplace(temp / "a", temp / "b")) == EEXIST);
    CHECK(files().exchange(temp / "a", temp / "b").has_value());
    CHECK(temp.read("a") == "B");
    CHECK(files().rename(temp / "a", temp / "b").has_value());
    CHECK(temp.read("b") == "B");
    CHECK_FALSE(temp.has("a"));
    CHECK(files().renameNoReplace(temp / "b", temp / "c").has_value());
    CHECK(files().hardLink(temp / "c", temp / "d").has_value());
    CHECK(files().stat(temp / "c").value().inode == files().stat(temp / "d").value().inode);
    CHECK(files().unlink(temp / "c").has_value());
    CHECK(files().makeDirectory(temp / "f").has_value());
    CHECK(codeOf(files().makeDirectory(temp / "f")) == EEXIST);
    CHECK(files().removeDirectory(temp / "f").has_value());
    CHECK(codeOf(files().exchange(temp / "d", temp / "none")) == ENOENT);
}

TEST_CASE("a whole file is read up to the limit and refused above it")
{
    const TempFolder temp;
    const Path file = temp.write("a", std::string(1000, 'x'));
    CHECK(readTextFile(files(), file, 1000).value() == std::string(1000, 'x'));
    const auto refused = readTextFile(files(), file, 999);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().what.find("larger than the 999 bytes") != std::string::npos);
    CHECK(refused.error().where == file.string());
    CHECK(refused.error().kind == ErrorKind::input);
    CHECK(readTextFile(files(), temp.write("empty", ""), 0).value().empty());
    CHECK(readTextFile(files(), temp / "none", 10).error().kind == ErrorKind::input);
    // A file of the kernel says length 0 and has content.
    CHECK_FALSE(readTextFile(files(), "/proc/self/status", 1 << 20).value().empty());
}

TEST_CASE("interrupted and short calls are gone on with")
{
    const TempFolder temp;
    FaultyFileOps odd{files(), {.shortWrites = 3, .interruptEvery = true}};
    const std::string text = "a text of some length";
    const auto file = odd.createNew(temp / "a");
    REQUIRE(file.has_value());
    CHECK(writeFully(**file, 0, bytesOf(text)).has_value());
    CHECK(temp.read("a") == text);
    CHECK(readTextFile(odd, temp / "a", 100).value() == text);
}

TEST_CASE("a write that takes nothing counts as a full disk")
{
    NothingWritten file;
    CHECK(codeOf(writeFully(file, 0, bytesOf("x"))) == ENOSPC);
    CHECK(writeFully(file, 0, {}).has_value());
    std::array<std::byte, 4> bytes{};
    CHECK(readFully(file, 0, bytes).value() == 0);
}

TEST_CASE("a read error is an error and not a short file")
{
    const TempFolder temp;
    const Path file = temp.write("a", "content");
    for (const FileCall call : {FileCall::open, FileCall::stat, FileCall::read}) {
        FaultyFileOps bad{files(), {.calls = {call}, .failAt = 0, .error = EIO}};
        const auto text = readTextFile(bad, file, 100);
        REQUIRE_FALSE(text.has_value());
        CHECK(text.error().kind == ErrorKind::io);
        CHECK(text.error().systemError == EIO);
        CHECK(text.error().what == "Could not read the file: the disk reported an error");
    }
}

TEST_CASE("errors are sentences and have the right kind")
{
    CHECK(fileError("Could not write the project", "/a/b.segue", {ENOSPC}) ==
          Error{"Could not write the project: the disk is full", "/a/b.segue", ErrorKind::io, ENOSPC});
    for (const int code : {ENOENT, EINVAL, EISDIR, ENOTDIR, ELOOP, EXDEV})
        CHECK(fileError("x", "y", {code}).kind == ErrorKind::input);
    for (const int code : {EACCES, EIO, ENOSPC, EDQUOT, EROFS})
        CHECK(fileError("x", "y", {code}).kind == ErrorKind::io);
    CHECK(fileError("x", "a\x1b", {EIO}).where == "a\\x1b");
    CHECK(systemWords(EACCES) == "permission denied");
    CHECK(systemWords(9999) == "system error 9999");
}

TEST_CASE("a file size limit is an error and not a death")
{
    const TempFolder temp;
    const auto file = files().createNew(temp / "a");
    REQUIRE(file.has_value());
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit small = before;
    small.rlim_cur = 10;
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto written = writeFully(**file, 0, bytesOf("more than ten bytes"));
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(codeOf(written) == EFBIG);
}

TEST_CASE("a folder without permission is refused")
{
    if (geteuid() == 0) {
        MESSAGE("skipped: the system administrator may write everywhere");
        return;
    }
    const TempFolder temp;
    REQUIRE(files().makeDirectory(temp / "f").has_value());
    REQUIRE(chmod((temp / "f").c_str(), 0500) == 0);
    CHECK(codeOf(files().createNew(temp / "f/a")) == EACCES);
    REQUIRE(chmod((temp / "f").c_str(), 0700) == 0);
}
